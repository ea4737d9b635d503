"""The reference receiving server: the upload contract made executable, for tests, the demo and a district PC."""

from __future__ import annotations

import socket
from pathlib import Path

__all__ = ["serve"]

MAX_HEADER_BYTES = 16 * 1024
MAX_CONNECTIONS = 512


def serve(data: Path, port: int, host: str = "127.0.0.1") -> None:
    """Serve until the process is stopped; prints `receiver on http://HOST:PORT` when it can be reached.

    Args:
        data: Folder of the receiver; made if missing.
        port: 0 for a free one.
        host: Plain HTTP beyond this computer needs a TLS proxy in front.
    """
    import uvicorn

    from app.receiver.web import make_app

    app = make_app(data)
    with socket.create_server((host, port), family=_family(host), backlog=128) as listening:
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        config = uvicorn.Config(
            app,
            http="h11",
            ws="none",
            lifespan="off",
            log_level="warning",
            access_log=False,
            server_header=False,
            h11_max_incomplete_event_size=MAX_HEADER_BYTES,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_keep_alive=75,
            timeout_graceful_shutdown=2,
        )
        print(f"receiver on http://{host}:{listening.getsockname()[1]}", flush=True)  # noqa: T201 - the ready line
        uvicorn.Server(config).run(sockets=[listening])


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
