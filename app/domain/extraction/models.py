"""Which reading belongs to a page: by its model and kind."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.code_lists import CodeLists
from app.domain.dossier import Model, PageKind
from app.domain.extraction import certificate_2014, certificate_2024
from app.domain.extraction.drafts import Draft
from app.domain.extraction.lexicon import Lexicon
from app.domain.extraction.page_sets import SeenPage

_K = PageKind


def page_drafts(page: SeenPage, lexicon: Lexicon, first_change: int) -> list[Draft]:
    """Everything read from one page of a certificate; changes are numbered from `first_change`."""
    text = page.text
    if page.guess.model == Model.M2024:
        return {
            _K.CERTIFICATE_FRONT: lambda: certificate_2024.read_front(text, lexicon),
            _K.CERTIFICATE_BACK: lambda: certificate_2024.read_back(text, lexicon, first_change),
        }[page.kind]()
    if page.guess.model != Model.M2014:
        return []
    return {
        _K.CERTIFICATE_1: lambda: certificate_2014.read_page_1(text, lexicon),
        _K.CERTIFICATE_2: lambda: certificate_2014.read_page_2(text, lexicon),
        _K.CERTIFICATE_3: lambda: certificate_2014.read_page_3(text, lexicon, first_change),
        _K.CERTIFICATE_4: lambda: certificate_2014.read_page_4(text, lexicon, first_change),
    }[page.kind]()


def serial_of(pages: Sequence[SeenPage]) -> str | None:
    """The serial that some pages carry, None when none was read."""
    drafts = [draft for page in pages for draft in page_drafts(page, Lexicon(CodeLists()), 0)]
    return next((draft.value for draft in drafts if draft.path == "certificate.serial" and draft.value), None)
