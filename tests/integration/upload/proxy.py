"""Stands between client and receiver: counts and keeps what crosses the wire, and does to it what bad lines do."""

from __future__ import annotations

import contextlib
import gzip
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

BLOCK = 8192


@dataclass(kw_only=True)
class Crossing:
    """One request with its answer, as it crossed."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""
    status: int = 0
    reply_headers: dict[str, str] = field(default_factory=dict)
    reply: bytes = b""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What happens to a request.

    Attributes:
        cut_after: The connection ends after this many body bytes went to the receiver.
        answer: Sent instead of asking the receiver, as it is.
        drip_s: The answer comes byte by byte with a pause this long between them.
        lose_reply: The receiver does its work, the client hears nothing.
        truncate_reply: Only so many bytes of the answer's body arrive.
        change_reply: Makes another body of the receiver's answer.
        before: Called before anything is passed on.
        after: Called when the receiver has answered, before the client hears of it.
    """

    cut_after: int | None = None
    answer: bytes | None = None
    drip_s: float = 0.0
    lose_reply: bool = False
    truncate_reply: int | None = None
    change_reply: Callable[[bytes], bytes] | None = None
    before: Callable[[], None] | None = None
    after: Callable[[], None] | None = None


Rule = Callable[[Crossing], Fault | None]


def http_answer(status: int, body: bytes = b"", content_type: str = "text/html", extra: str = "") -> bytes:
    """A whole HTTP answer as bytes."""
    head = f"HTTP/1.1 {status} X\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n{extra}\r\n"
    return head.encode() + body


class FaultProxy:
    """A proxy on loopback; one thread per connection, all ended by `close`.

    Args:
        port: Asked for the receiver's port at every connection, because it may be restarted.
        bytes_per_s: Limit of the bodies on their way to the receiver, over all connections; None for none.
    """

    def __init__(self, port: Callable[[], int], bytes_per_s: float | None = None) -> None:
        self.rule: Rule = lambda _crossing: None
        self.on_bytes: Callable[[Crossing, int], None] = lambda _crossing, _total: None
        self.crossings: list[Crossing] = []
        self.body_bytes = 0
        self.bytes_per_s = bytes_per_s
        self._port = port
        self._lock = threading.Lock()
        self._open: list[socket.socket] = []
        self._threads: list[threading.Thread] = []
        self._listening = socket.create_server(("127.0.0.1", 0))
        self._listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16 * 1024)  # a line holds little
        self._closing = False
        self.port = int(self._listening.getsockname()[1])
        self._begin(self._accept)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """End every connection and thread."""
        self._closing = True
        with self._lock:
            opened = [*self._open, self._listening]
        for each in opened:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        for thread in self._threads:
            thread.join(timeout=10)
            assert not thread.is_alive()

    def of(self, method: str, part: str) -> list[Crossing]:
        """Requests of a method whose address contains a part."""
        return [each for each in self.crossings if each.method == method and part in each.path]

    def _begin(self, work: Callable[..., None], *arguments: object) -> None:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self._closing:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            self._begin(self._serve, client)

    def _serve(self, client: socket.socket) -> None:
        with self._lock:
            self._open.append(client)
        try:
            with client, client.makefile("rb", buffering=BLOCK) as incoming:
                while not self._closing and self._one(client, incoming):
                    pass
        except (OSError, ValueError):
            return
        finally:
            with self._lock:
                self._open.remove(client)

    def _one(self, client: socket.socket, incoming: object) -> bool:
        head = _read_head(incoming)
        if not head:
            return False
        crossing = _crossing(head)
        self.crossings.append(crossing)
        fault = self.rule(crossing) or Fault()
        if fault.before:
            fault.before()
        if fault.answer is not None:
            crossing.body = incoming.read(int(crossing.headers.get("content-length", "0")))  # type: ignore[attr-defined]
            for drop in _drops(fault.answer) if fault.drip_s else [fault.answer]:
                client.sendall(drop)
                time.sleep(fault.drip_s)
            return True
        with socket.create_connection(("127.0.0.1", self._port()), timeout=60) as server:
            with self._lock:
                self._open.append(server)
            try:
                server.sendall(_closing_head(head))
                if not self._pass_body(crossing, incoming, server, fault.cut_after):
                    return False
                reply = b"".join(iter(lambda: server.recv(65536), b""))
            finally:
                with self._lock:
                    self._open.remove(server)
        return _answer(client, crossing, reply, fault)

    def _pass_body(self, crossing: Crossing, incoming: object, server: socket.socket, cut_after: int | None) -> bool:
        left = int(crossing.headers.get("content-length", "0"))
        body = bytearray()
        while left:
            if cut_after is not None and len(body) >= cut_after:
                return False
            most = min(BLOCK, left) if cut_after is None else min(BLOCK, left, cut_after - len(body))
            block = incoming.read1(most)  # type: ignore[attr-defined]
            if not block:
                return False
            server.sendall(block)
            body += block
            left -= len(block)
            with self._lock:
                self.body_bytes += len(block)
                total = self.body_bytes
            self.on_bytes(crossing, total)
            if self.bytes_per_s:
                time.sleep(len(block) / self.bytes_per_s)
        crossing.body = bytes(body)
        return True


def _drops(answer: bytes) -> list[bytes]:
    return [answer[place : place + 1] for place in range(len(answer))]


def _read_head(incoming: object) -> bytes:
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        line = incoming.readline()  # type: ignore[attr-defined]
        if not line:
            return b""
        head += line
    return head


def _crossing(head: bytes) -> Crossing:
    first, *lines = head.decode("latin-1").split("\r\n")
    method, path, _ = first.split(" ")
    pairs = (line.split(":", 1) for line in lines if ":" in line)
    return Crossing(method=method, path=path, headers={name.lower(): value.strip() for name, value in pairs})


def _closing_head(head: bytes) -> bytes:
    first, _, rest = head.partition(b"\r\n")
    lines = [line for line in rest.split(b"\r\n") if line and not line.lower().startswith(b"connection:")]
    return b"\r\n".join([first, *lines, b"Connection: close", b"", b""])


def _answer(client: socket.socket, crossing: Crossing, reply: bytes, fault: Fault) -> bool:
    head, _, body = reply.partition(b"\r\n\r\n")
    if not head:
        return False
    first, *lines = head.decode("latin-1").split("\r\n")
    crossing.status = int(first.split(" ")[1])
    pairs = (line.split(":", 1) for line in lines)
    crossing.reply_headers = {name.lower(): value.strip() for name, value in pairs}
    crossing.reply = body
    if fault.after:
        fault.after()
    if fault.lose_reply:
        return False
    gone = {"content-length", "connection"}
    if fault.change_reply:
        packed = crossing.reply_headers.get("content-encoding") == "gzip"
        body = fault.change_reply(gzip.decompress(body) if packed else body)
        gone.add("content-encoding")
    kept = [line for line in lines if line.lower().partition(":")[0] not in gone]
    length = [] if crossing.status in (204, 304) else [f"Content-Length: {len(body)}"]
    client.sendall("\r\n".join([first, *kept, *length, "", ""]).encode("latin-1") + body[: fault.truncate_reply])
    return fault.truncate_reply is None
