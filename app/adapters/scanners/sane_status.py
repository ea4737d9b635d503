"""What the end of a `scanimage` run means.

Source: measured with the `test` and `pnm` back ends. The exit status is the SANE status, but 0 says little: it also
comes with an empty feeder, a cut page on a full disk and after a second interrupt. Pages are judged by decoding.
"""

from __future__ import annotations

_UNSUPPORTED, _CANCELLED, _BUSY, _INVALID, _EOF, _JAMMED = 1, 2, 3, 4, 5, 6
_NO_DOCS, _COVER_OPEN, _IO_ERROR, _ACCESS_DENIED = 7, 8, 9, 11
_FAULTS = {
    _UNSUPPORTED: "scan_unsupported",
    _CANCELLED: "scan_cancelled",
    _BUSY: "scanner_busy",
    _INVALID: "scan_unsupported",
    _JAMMED: "paper_jam",
    _COVER_OPEN: "cover_open",
    _IO_ERROR: "scanner_communication",
    _ACCESS_DENIED: "scanner_access_denied",
}
_CRASHES = frozenset({134, 139})
_NOT_OPENED = "open of device"
_NOTHING_IN_FEEDER = "out of documents"


def fault_of(exit_status: int, said: str, pages: int) -> str | None:
    """The code of the fault a run ended with; None when it ended well.

    Args:
        exit_status: As the child gave it; negative for a signal.
        said: Its last messages.
        pages: How many of its pages were good.
    """
    if exit_status < 0 or exit_status in _CRASHES:
        return "scanner_crashed"
    if exit_status in {_UNSUPPORTED, _INVALID} and _NOT_OPENED in said:
        return "scanner_offline"
    if exit_status in {0, _EOF, _NO_DOCS}:
        return None if pages else _nothing_came(exit_status, said)
    return _FAULTS.get(exit_status, "scanner_unknown")


def _nothing_came(exit_status: int, said: str) -> str:
    is_empty = exit_status == _NO_DOCS or _NOTHING_IN_FEEDER in said
    return "feeder_empty" if is_empty else "bad_page"
