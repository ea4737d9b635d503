"""Options as different vendors' back ends print them, and what is chosen for a request."""

from __future__ import annotations

import pytest

from app.adapters.scanners.sane_options import SaneOption, UnsupportedError, parse_options, settings_for
from app.ports import Device, ScanRequest, ScanSource

SHEET_FED = """
All options specific to device `vendor:libusb:001:004':
  Standard:
    --source ADF Front|ADF Back|ADF Duplex [ADF Front]
        Selects the scan source.
    --mode Lineart|Gray|Color [Color]
    --resolution 50..600dpi (in steps of 1) [300]
  Geometry:
    -x 0..221.121mm (in steps of 0.0211639) [215.872]
    -y 0..876.695mm (in steps of 0.0211639) [279.364]
    --button-scan[=(yes|no)] [no] [read-only]
"""
OFFICE = """
    --mode Black & White|True Gray|24bit Color [24bit Color]
    --resolution 100|150|200|300|400|600dpi [200]
    --source FlatBed|Automatic Document Feeder(left aligned) [FlatBed]
    --adf-mode Simplex|Duplex [inactive]
    -x 0..211.9mm (in steps of 0.0999908) [211.881]
    -y 0..355.6mm (in steps of 0.0999908) [355.567]
"""
SIMPLE = """
    --mode Lineart|Gray|Color [Gray]
    --resolution 75|150|300|600dpi [75]
    -x 0..2550pel [2550]
    -y 0..3508pel [3508]
"""
TWO_SIDES_BY_SWITCH = """
    --source Flatbed|ADF [Flatbed]
    --duplex[=(yes|no)] [no]
    --resolution auto||75..1200dpi (in steps of 1) [75]
"""
DEVICE = Device(driver="scanimage", device_id="x", name="x")


def arguments(printed: str, **asked: object) -> list[str]:
    request = ScanRequest(device=DEVICE, **asked)  # type: ignore[arg-type]
    return list(settings_for(request, parse_options(printed)).arguments)


def test_options_are_read_with_their_choices_ranges_and_state():
    options = parse_options(OFFICE + SHEET_FED.split("Standard:")[1].split("Geometry:")[1])
    assert options["adf-mode"] == SaneOption(name="adf-mode", choices=("Simplex", "Duplex"), active=False)
    assert options["resolution"].choices == ("100", "150", "200", "300", "400", "600")
    assert options["x"] == SaneOption(name="x", lowest=0.0, highest=221.121, unit="mm")
    assert not options["button-scan"].active or options["button-scan"].choices == ("yes", "no")


@pytest.mark.parametrize(
    ("printed", "source", "chosen"),
    [
        (SHEET_FED, ScanSource.FEEDER, ["--source=ADF Front"]),
        (SHEET_FED, ScanSource.DUPLEX, ["--source=ADF Duplex"]),
        (OFFICE, ScanSource.FLATBED, ["--source=FlatBed"]),
        (OFFICE, ScanSource.FEEDER, ["--source=Automatic Document Feeder(left aligned)"]),
        (OFFICE.replace("[inactive]", "[Simplex]"), ScanSource.DUPLEX, ["--adf-mode=Duplex"]),
        (OFFICE.replace("[inactive]", "[Simplex]"), ScanSource.FEEDER, ["--adf-mode=Simplex"]),
        (TWO_SIDES_BY_SWITCH, ScanSource.DUPLEX, ["--source=ADF", "--duplex=yes"]),
        (TWO_SIDES_BY_SWITCH, ScanSource.FEEDER, ["--source=ADF", "--duplex=no"]),
    ],
)
def test_sources_are_found_by_words_whatever_the_vendor_calls_them(printed, source, chosen):
    assert set(chosen) <= set(arguments(printed, source=source))


@pytest.mark.parametrize(
    ("printed", "source"),
    [
        (SHEET_FED, ScanSource.FLATBED),
        (OFFICE.replace("    --adf-mode Simplex|Duplex [inactive]\n", ""), ScanSource.DUPLEX),
        (SIMPLE, ScanSource.FEEDER),
    ],
)
def test_a_source_the_device_lacks_is_refused(printed, source):
    with pytest.raises(UnsupportedError, match=source.value):
        arguments(printed, source=source)


def test_a_device_without_a_choice_of_sources_has_only_the_glass():
    assert not any("--source" in argument for argument in arguments(SIMPLE))


@pytest.mark.parametrize(("mode", "chosen"), [("color", "--mode=24bit Color"), ("gray", "--mode=True Gray")])
def test_modes_are_found_by_words(mode, chosen):
    assert chosen in arguments(OFFICE, mode=mode)


def test_a_resolution_beside_the_list_is_refused_not_rounded():
    with pytest.raises(UnsupportedError, match="250 dpi"):
        arguments(OFFICE, dpi=250)


def test_a_resolution_in_a_range_is_taken():
    assert "--resolution=250" in arguments(TWO_SIDES_BY_SWITCH, dpi=250)


def test_a_page_a_little_larger_than_the_glass_is_cut_to_it():
    settings = settings_for(ScanRequest(device=DEVICE, width_mm=215.0), parse_options(OFFICE))
    assert settings.arguments[-4:] == ("-x", "211.9", "-y", "297")
    assert (settings.width_px, settings.height_px, settings.dpi) == (2503, 3508, 300)


def test_a_page_much_larger_than_the_glass_is_refused():
    with pytest.raises(UnsupportedError, match="297 mm"):
        arguments(OFFICE, width_mm=297.0, height_mm=420.0)


def test_devices_that_count_in_pixels_get_pixels():
    settings = settings_for(ScanRequest(device=DEVICE), parse_options(SIMPLE))
    assert settings.arguments[-4:] == ("-x", "2480.31", "-y", "3507.87")
    assert (settings.width_px, settings.height_px) == (2480, 3508)


def test_what_the_request_names_itself_goes_before_our_choice():
    options = {"source": "ADF Back", "resolution": "600", "mode": "Lineart"}
    chosen = arguments(SHEET_FED, source=ScanSource.FEEDER, options=options)
    assert [argument for argument in chosen if argument.startswith("--")] == [
        "--source=ADF Back",
        "--resolution=600",
        "--mode=Lineart",
    ]


def test_with_a_resolution_of_its_own_a_request_expects_no_size_of_ours():
    request = ScanRequest(device=DEVICE, options={"resolution": "600"})
    settings = settings_for(request, parse_options(OFFICE))
    assert (settings.width_px, settings.height_px, settings.dpi) == (None, None, None)


def test_a_device_that_tells_nothing_is_asked_for_nothing():
    settings = settings_for(ScanRequest(device=DEVICE), {})
    assert (settings.arguments, settings.width_px, settings.dpi) == ((), None, None)
