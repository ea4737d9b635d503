"""Which reading belongs to a page: by its model and kind."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.domain.dossier import Model, PageKind
from app.domain.extraction import certificate_1993, certificate_2003, certificate_2014, certificate_2024, supplement
from app.domain.extraction.drafts import Draft
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.marks import read_codes, read_serial
from app.domain.extraction.page_sets import SeenPage
from app.domain.extraction.rows import PageText

_K = PageKind


Reader = Callable[[PageText, Lexicon, int], list[Draft]]
"""Reads a page; gets closed lists and the number of the first change on it."""


def _cover(text: PageText, _lexicon: Lexicon, _first: int) -> list[Draft]:
    return certificate_2003.read_cover(text)


_READERS: dict[Model | None, dict[PageKind, Reader]] = {
    Model.M1993: {
        _K.CERTIFICATE_1: _cover,
        _K.CERTIFICATE_2: lambda text, lexicon, _: certificate_1993.read_page_2(text, lexicon),
        _K.CERTIFICATE_3: lambda text, lexicon, _: certificate_2003.read_page_3(text, lexicon),
        _K.CERTIFICATE_4: certificate_2003.read_page_4,
    },
    Model.M2003: {
        _K.CERTIFICATE_1: _cover,
        _K.CERTIFICATE_2: lambda text, lexicon, _: certificate_2003.read_page_2(text, lexicon),
        _K.CERTIFICATE_3: lambda text, lexicon, _: certificate_2003.read_page_3(text, lexicon),
        _K.CERTIFICATE_4: certificate_2003.read_page_4,
    },
    Model.M2014: {
        _K.CERTIFICATE_1: lambda text, lexicon, _: certificate_2014.read_page_1(text, lexicon),
        _K.CERTIFICATE_2: lambda text, lexicon, _: certificate_2014.read_page_2(text, lexicon),
        _K.CERTIFICATE_3: certificate_2014.read_page_3,
        _K.CERTIFICATE_4: certificate_2014.read_page_4,
    },
    Model.M2024: {
        _K.CERTIFICATE_FRONT: lambda text, lexicon, _: certificate_2024.read_front(text, lexicon),
        _K.CERTIFICATE_BACK: certificate_2024.read_back,
    },
    None: {_K.CERTIFICATE_1: _cover, _K.CERTIFICATE_4: certificate_2003.read_page_4},
}


_SERIAL_DIGITS: dict[PageKind, int | None] = {
    _K.CERTIFICATE_1: certificate_2014.SERIAL_DIGITS,
    _K.CERTIFICATE_FRONT: certificate_2024.SERIAL_DIGITS,
    _K.SUPPLEMENT: None,
}
"""Pages that carry the serial, and how many digits it has there; None for any."""


def page_drafts(page: SeenPage, lexicon: Lexicon, first_change: int) -> list[Draft]:
    """Everything read from one page of a certificate; changes are numbered from `first_change`."""
    if page.kind == PageKind.SUPPLEMENT:
        return supplement.read_supplement(page.text, lexicon, first_change)
    model = Model.M2014 if page.guess.model == Model.M2009 else page.guess.model
    reader = _READERS[model].get(page.kind)
    return reader(page.text, lexicon, first_change) if reader else []


def serial_of(pages: Sequence[SeenPage]) -> str | None:
    """The serial that some pages carry, None when none was read."""
    for page in pages:
        drafts = [*read_serial(page.text, _SERIAL_DIGITS.get(page.kind)), *read_codes(page.text)]
        found = next((draft.value for draft in drafts if draft.path == "certificate.serial" and draft.value), None)
        if page.kind in _SERIAL_DIGITS and found:
            return found
    return None
