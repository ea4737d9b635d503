"""How fast a batch goes up, and what kills cost: `python -m tests.bench.upload_rate [--pages 200] [--kills 5]`.

First part: a whole exchange (manifest, pages over four connections, forms, receipts verified; the receiver syncs and
hashes every page) beside one plain upload of the same bytes in a single stream to a sink that syncs once. Second part:
bytes on the wire over unique bytes when sender and receiver are killed with SIGKILL in the middle of pages.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests

from tests.e2e.upload.test_kills import UNIQUE_BYTES, Scene
from tests.integration.upload.proxy import Crossing
from tests.integration.upload.world import ReceiverProcess, enrolled_uploader, make_batch_of

SINK = """
import http.server, os, sys
class Sink(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    def do_POST(self):
        left = int(self.headers["Content-Length"])
        with open(sys.argv[1], "wb") as out:
            while left:
                block = self.rfile.read1(min(left, 262144))
                out.write(block)
                left -= len(block)
            out.flush()
            os.fsync(out.fileno())
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()
    def log_message(self, *words):
        pass
server = http.server.HTTPServer(("127.0.0.1", 0), Sink)
print(server.server_port, flush=True)
server.serve_forever()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--page-bytes", type=int, default=400_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--kills", type=int, default=5, help="of the sender and of the receiver each")
    options = parser.parse_args()
    plain = [plain_rate(options.pages, options.page_bytes) for _ in range(options.runs)]
    whole = [exchange_rate(options.pages, options.page_bytes) for _ in range(options.runs)]
    total_mb = options.pages * options.page_bytes / 1e6
    print(f"{options.pages} pages of {options.page_bytes} bytes ({total_mb:.0f} MB), median of {options.runs} runs")
    print(f"plain single stream  {statistics.median(plain):7.1f} MB/s")
    print(f"whole exchange       {statistics.median(whole):7.1f} MB/s")
    print(f"exchange / plain     {statistics.median(whole) / statistics.median(plain):7.2f}")
    if options.kills:
        cost_of_kills(options.kills)


def plain_rate(pages: int, page_bytes: int) -> float:
    """MB/s of one plain POST."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "source"
        source.write_bytes(os.urandom(page_bytes) * pages)
        sink = subprocess.Popen([sys.executable, "-c", SINK, f"{folder}/sunk"], stdout=subprocess.PIPE, text=True)
        assert sink.stdout is not None
        port = int(sink.stdout.readline())
        started_s = time.perf_counter()
        with source.open("rb") as stream:
            requests.post(f"http://127.0.0.1:{port}/", data=stream, timeout=120).raise_for_status()
        taken_s = time.perf_counter() - started_s
        sink.kill()
        sink.wait()
        sink.stdout.close()
    return pages * page_bytes / 1e6 / taken_s


def exchange_rate(pages: int, page_bytes: int) -> float:
    """MB/s of a batch with verified receipts."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        receiver = ReceiverProcess(folder / "receiver")
        receiver.start()
        uploader = enrolled_uploader(receiver, folder / "device")
        batch = make_batch_of(folder / "pages", dossiers=pages // 4, pages=4, size_bytes=page_bytes)
        started_s = time.perf_counter()
        outcomes = uploader.send(batch, lambda _progress: None)
        taken_s = time.perf_counter() - started_s
        assert len(outcomes) == pages // 4
        assert all(outcome.receipt for outcome in outcomes)
        receiver.kill()
    return pages * page_bytes / 1e6 / taken_s


def cost_of_kills(kills: int) -> None:
    """Kill sender and receiver in turn, evenly over the bytes, and count what crossed the wire."""
    for who in ("nobody", "sender", "receiver"):
        with tempfile.TemporaryDirectory() as folder:
            scene = Scene(Path(folder))
            marks = [UNIQUE_BYTES * part // (kills + 1) for part in range(1, kills + 1)] if who != "nobody" else []

            def on_bytes(
                crossing: Crossing, total: int, scene: Scene = scene, who: str = who, marks: list[int] = marks
            ) -> None:
                if crossing.method == "PATCH" and marks and total > marks[0]:
                    marks.pop(0)
                    scene.kill_sender(crossing) if who == "sender" else scene.kill_receiver(crossing)

            scene.proxy.on_bytes = on_bytes
            scene.proxy.bytes_per_s = 1_000_000
            scene.run_until_stored()
            scene.check()
            done = scene.kills["sender"] + scene.kills["receiver"]
            extra = scene.proxy.body_bytes - UNIQUE_BYTES
            print(
                f"killed: {who:8} {done} times ({scene.kills['in_patch']} inside a PATCH): wire / unique bytes"
                f" {scene.proxy.body_bytes / UNIQUE_BYTES:.3f}, {extra / max(done, 1) / 1000:.0f} KB per kill"
            )
            scene.close()


if __name__ == "__main__":
    main()
