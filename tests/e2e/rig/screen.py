"""An X screen without a monitor, with a Vietnamese keyboard."""

from __future__ import annotations

import os
import subprocess

from tests.e2e.rig.keyboard import put_vietnamese_letters


class Screen:
    """Xvfb on a free display.

    Attributes:
        display: Such as ":3".
    """

    def __init__(self, width_px: int = 1366, height_px: int = 768) -> None:
        read_end, write_end = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{width_px}x{height_px}x24", "-nolisten", "tcp",
             "-noreset"],
            pass_fds=[write_end],
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            self.display = f":{pipe.readline().strip()}"
        put_vietnamese_letters(self.display)

    def environment(self) -> dict[str, str]:
        """The environment of a program that shall appear on this screen."""
        return {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def xdotool(self, *arguments: str) -> str:
        """Run xdotool on this screen; its output, empty when it found nothing."""
        done = subprocess.run(
            ["xdotool", *arguments], env=self.environment(), capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout.strip()

    def close(self) -> None:
        """End the server."""
        self._server.terminate()
        self._server.wait(10)
