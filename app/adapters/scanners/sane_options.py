"""What a SANE device can do, read from `scanimage -A`, and the options that serve a request.

Names differ by vendor and language: sources and modes are found by words in them, never by an exact name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from app.ports import ScanRequest, ScanSource

_OPTION = re.compile(
    r"    (?:--(?P<long>[a-z][a-z0-9-]*)|-(?P<short>[a-z]))(?P<flag>\[=\([^)]*\)\])?(?: (?P<rest>.*))?"
)
_STATE = re.compile(r"^(?P<spec>.*?) ?\[(?P<state>[^\[\]]*)\](?: \[[^\[\]]*\])?$")
_RANGE = re.compile(r"(?:auto\|+)?(?P<low>-?[\d.]+)\.\.(?P<high>-?[\d.]+)(?P<unit>[a-z%]*)")
_UNIT = re.compile(r"(?<=\d)(dpi|mm|pel)$")
_FEEDER_WORDS = ("feeder", "adf", "nạp")
_DUPLEX_WORDS = ("duplex", "both", "hai mặt")
_BACK_WORDS = ("back", "rear")
_GLASS_WORDS = ("flatbed", "platen", "glass", "normal")
_MODE_WORDS = {"color": ("color", "colour", "màu"), "gray": ("gray", "grey", "xám")}
_TOLERANCE = 1.02
_MM_PER_INCH = 25.4


class UnsupportedError(Exception):
    """The device cannot do what is asked; the text names the option."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaneOption:
    """One option of a device.

    Attributes:
        name: Without dashes.
        choices: The allowed words or numbers; empty for ranges and free text.
        highest: End of the allowed range, in `unit`; None when there is no range.
        active: Whether it may be set just now.
    """

    name: str
    choices: tuple[str, ...] = ()
    lowest: float | None = None
    highest: float | None = None
    unit: str = ""
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The options for one job and what its pages must look like; None where the device decides."""

    arguments: tuple[str, ...]
    width_px: int | None
    height_px: int | None
    dpi: int | None


def parse_options(untrusted_text: str) -> dict[str, SaneOption]:
    """Read the options out of what `scanimage -A` prints."""
    found = (_OPTION.fullmatch(line) for line in untrusted_text.splitlines())
    options = (_parse_option(match) for match in found if match)
    return {option.name: option for option in options}


def settings_for(request: ScanRequest, options: Mapping[str, SaneOption]) -> Settings:
    """Choose the options for a request; what the request names itself goes before our choice.

    Raises:
        UnsupportedError: The device lacks the source, the mode, the resolution or the size.
    """
    given = dict(request.options or {})
    usable = {name: option for name, option in options.items() if option.active and name not in given}
    chosen = given | _source(request.source, usable, given) | _mode(request.mode, usable) | _resolution(request, usable)
    width = _length(usable.get("x"), request.width_mm, request.dpi)
    height = _length(usable.get("y"), request.height_mm, request.dpi)
    ours = "resolution" in chosen and "resolution" not in given
    return Settings(
        arguments=(
            *(f"--{name}={value}" for name, value in chosen.items()),
            *(() if width is None else ("-x", width.argument)),
            *(() if height is None else ("-y", height.argument)),
        ),
        width_px=width.pixels if width and ours else None,
        height_px=height.pixels if height and ours else None,
        dpi=request.dpi if ours else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Length:
    argument: str
    pixels: int


def _parse_option(match: re.Match[str]) -> SaneOption:
    name = match["long"] or match["short"]
    if match["flag"]:
        return SaneOption(name=name, choices=("yes", "no"), active=match["rest"] != "[inactive]")
    state = _STATE.match(match["rest"] or "")
    spec, active = (state["spec"], state["state"] not in {"inactive", "read-only"}) if state else (match["rest"], True)
    span = _RANGE.match(spec or "")
    if span:
        return SaneOption(
            name=name, lowest=float(span["low"]), highest=float(span["high"]), unit=span["unit"], active=active
        )
    choices = tuple(_UNIT.sub("", choice) for choice in (spec or "").split("|") if choice)
    return SaneOption(name=name, choices=choices, active=active)


def _source(source: ScanSource, options: Mapping[str, SaneOption], given: Mapping[str, str]) -> dict[str, str]:
    if "source" in given:
        return {}
    choices = options["source"].choices if "source" in options else ()
    if source is ScanSource.FLATBED:
        return _glass(choices)
    both_sides = _first(choices, _DUPLEX_WORDS)
    one_side = _first(choices, _FEEDER_WORDS, without=(*_DUPLEX_WORDS, *_BACK_WORDS))
    if source is ScanSource.FEEDER and one_side:
        return {"source": one_side} | _sides(options, duplex=False)
    if source is ScanSource.DUPLEX and both_sides:
        return {"source": both_sides}
    if source is ScanSource.DUPLEX and one_side and (sides := _sides(options, duplex=True)):
        return {"source": one_side} | sides
    raise UnsupportedError(source.value)


def _glass(choices: tuple[str, ...]) -> dict[str, str]:
    if not choices:
        return {}  # devices without a choice have only the glass
    glass = _first(choices, _GLASS_WORDS)
    if glass is None:
        raise UnsupportedError(ScanSource.FLATBED.value)
    return {"source": glass}


def _sides(options: Mapping[str, SaneOption], *, duplex: bool) -> dict[str, str]:
    if "adf-mode" in options:
        side = _first(options["adf-mode"].choices, ("duplex",) if duplex else ("simplex",))
        return {"adf-mode": side} if side else {}
    if "duplex" in options:
        return {"duplex": "yes" if duplex else "no"}
    return {}


def _mode(mode: str, options: Mapping[str, SaneOption]) -> dict[str, str]:
    choices = options["mode"].choices if "mode" in options else ()
    if not choices:
        return {}
    found = _first(choices, _MODE_WORDS.get(mode, (mode,)))
    if found is None:
        raise UnsupportedError(mode)
    return {"mode": found}


def _resolution(request: ScanRequest, options: Mapping[str, SaneOption]) -> dict[str, str]:
    option = options.get("resolution")
    if option is None:
        return {}
    in_list = str(request.dpi) in option.choices
    in_range = (
        option.lowest is not None and option.highest is not None and option.lowest <= request.dpi <= option.highest
    )
    if not in_list and not in_range:
        raise UnsupportedError(f"{request.dpi} dpi")
    return {"resolution": str(request.dpi)}


def _length(option: SaneOption | None, length_mm: float, dpi: int) -> _Length | None:
    """The argument for one side of the page, in the device's unit, at most what the glass has."""
    if option is None or option.highest is None:
        return None
    in_pixels = option.unit == "pel"
    asked = length_mm / _MM_PER_INCH * dpi if in_pixels else length_mm
    if asked > option.highest * _TOLERANCE:
        raise UnsupportedError(f"{length_mm:g} mm")
    length = min(asked, option.highest)
    return _Length(argument=f"{length:g}", pixels=round(length if in_pixels else length / _MM_PER_INCH * dpi))


def _first(choices: tuple[str, ...], words: tuple[str, ...], without: tuple[str, ...] = ()) -> str | None:
    """The first choice with one of the words in it, in the order of the words."""
    for word in words:
        for choice in choices:
            lowered = choice.lower()
            if word in lowered and not any(other in lowered for other in without):
                return choice
    return None
