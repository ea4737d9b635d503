"""An office whose program is killed: one store, one receiver behind a slow line, and what must hold after."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.e2e.rig.books import ReceiverBooks, StoreBooks
from tests.e2e.rig.clerk import Account, Clerk
from tests.e2e.rig.kill_point import Trap, always, interrupted_calls
from tests.e2e.rig.program import PATIENCE_S, Program
from tests.e2e.rig.receiving import Receiver
from tests.e2e.rig.screen import Screen
from tests.integration.upload.proxy import FaultProxy

PAGE_WRITE = r"/pages/[0-9a-f]{32}\.tmp$"
COMMIT = r"/store\.db-wal$"
SLOW_BYTES_PER_S = 150_000
Kept = dict[str, set[tuple[Any, ...]]]


@dataclass(frozen=True, kw_only=True)
class Kill:
    """One kill.

    Attributes:
        station: What the person was doing.
        inside: The durability call as strace saw it begin and not end, or the request that was cut off; "" when the
            kill came just behind it.
    """

    station: str
    inside: str

    @property
    def kind(self) -> str:
        """What it fell into: fsync, fdatasync, PATCH or nothing."""
        return self.inside.partition("(")[0].partition(" ")[0] or "nothing"


class KillingOffice:
    """Kills and counts.

    Attributes:
        kills: All of them, in their order.
        seconds: How long each restart took until the person could go on.
    """

    def __init__(self, screen: Screen, root: Path) -> None:
        self._screen = screen
        self._root = root
        self.feed, self.store = root / "feed", root / "store"
        self.feed.mkdir()
        self.books = StoreBooks(self.store)
        self.receiver = Receiver(root / "receiver")
        self.received = ReceiverBooks(self.receiver.data)
        self.line = FaultProxy(lambda: self.receiver.port)
        self.kills: list[Kill] = []
        self.seconds: list[float] = []
        self._program: Program | None = None
        self._trace = root / "strace.log"

    # ------------------------------------------------------------ starting

    def start(self, who: Account | None = None) -> Clerk:
        """Start the program; with somebody, sign them in."""
        begun = time.monotonic()
        self._trace = self._root / f"strace-{len(self.kills)}-{time.monotonic_ns()}.log"
        self._program = Program(self._screen, self.store, self.feed, trace=self._trace)
        clerk = Clerk(self._program, self.books)
        if who is not None:
            clerk.sign_in(who)
            self.seconds.append(time.monotonic() - begun)
        return clerk

    @property
    def program(self) -> Program:
        """The program that runs."""
        assert self._program is not None
        return self._program

    def close(self) -> None:
        """End everything."""
        if self._program is not None:
            self._program.close()
        self.line.close()
        self.receiver.close()

    # ------------------------------------------------------------ killing

    def kill_inside(
        self, station: str, file: str, act: Callable[[], object], when: Callable[[], object] = always
    ) -> None:
        """Do something, again when nothing comes of it, and kill inside a durability call it leads to."""
        seen: list[Kept] = []
        trap = Trap(self.program.pid, file, when, lambda: seen.append(self.books.kept()))
        try:
            until = time.monotonic() + 150
            while trap.is_alive():
                assert time.monotonic() < until, f"nothing was written at {station}"
                self.program.check_alive()
                act()
                trap.join(PATIENCE_S)
        finally:
            trap.give_up()
        assert trap.found, f"the program ended by itself: {self.program.output()[-3000:]}"
        self.program.wait_dead()
        calls = [call for call in interrupted_calls(self._trace) if trap.found.split("/")[-1] in call]
        self.kills.append(Kill(station=station, inside=calls[0] if calls else ""))
        self._check_kept(seen[-1])

    def kill_in_patch(self, station: str, clerk: Clerk, *, receiver: bool = False) -> None:
        """Send over a slow line, and kill the program or the receiver while a page is on its way."""
        self.line.bytes_per_s = SLOW_BYTES_PER_S
        before, kept, asked = self.received.partial(), self.books.kept(), len(self.line.crossings)
        clerk.program.key("ctrl+4")
        clerk.program.press_until(
            "a page half sent", "F5", lambda: self._under_way(asked) if self.received.partial() != before else []
        )
        os.kill(self.receiver.pid if receiver else self.program.pid, signal.SIGKILL)
        open_patches = self._under_way(asked)
        (self.receiver if receiver else self.program).wait_dead()
        partial = self.received.partial()
        self.line.bytes_per_s = None
        assert open_patches
        assert partial
        held = ", ".join(f"{here} of {whole} bytes" for here, whole in partial.values())
        self.kills.append(Kill(station=station, inside=f"PATCH of a page, {held}"))
        self._check_kept(kept)

    def _under_way(self, asked: int) -> list[str]:
        """Pages being sent right now, of the requests behind the first `asked` ones."""
        return [each.path for each in self.line.crossings[asked:] if each.method == "PATCH" and not each.body]

    def _check_kept(self, kept: Kept) -> None:
        """Everything that was acknowledged before is still there."""
        now = self.books.kept()
        assert {name: rows - now[name] for name, rows in kept.items() if rows - now[name]} == {}
        self.books.check_pages()
