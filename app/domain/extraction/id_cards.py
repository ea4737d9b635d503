"""Identity cards: what their QR code says; their printed words only tell that they are identity cards."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.dossier import HolderKind, IdKind
from app.domain.extraction.drafts import Draft
from app.domain.extraction.rows import PageText
from app.domain.identity import IdCard, parse_id_card_qr
from app.domain.reading import Source
from app.domain.text import fold


def read_cards(page: PageText) -> list[tuple[IdCard, PageText]]:
    """The cards whose QR code was read on a page."""
    cards = [parse_id_card_qr(code.text) for code in page.scan.codes]
    return [(card, page) for card in cards if card]


def card_drafts(pages: Sequence[PageText], read: Sequence[Draft], *, alone: bool) -> list[Draft]:
    """Identity cards: alone they are the holder; beside a certificate they add to the holder they match.

    Args:
        pages: All pages.
        read: What was read from the certificate.
        alone: Whether there is no certificate among the pages.
    """
    cards = [pair for page in pages for pair in read_cards(page)]
    if alone:
        return holder_of_card(*cards[0], "holders[0]") if cards else []
    holders = [draft for draft in read if draft.path.startswith("holders[")]
    drafts: list[Draft] = []
    for card, page in cards:
        where = _holder_matching(card, holders)
        if where:
            papers = len({d.path.split("]")[1] for d in holders if d.path.startswith(f"{where}.id_papers[")})
            known = {d.value for d in holders if d.path.startswith(f"{where}.id_papers[")}
            found = details_of_card(card, page, where, papers)
            drafts += [draft for draft in found if card.number not in known or ".id_papers[" not in draft.path]
    return drafts


def _holder_matching(card: IdCard, holders: Sequence[Draft]) -> str | None:
    """The holder with the card's number, its old number, or its name."""
    for draft in holders:
        if draft.path.endswith(".number") and draft.value in (card.number, card.old_number) and draft.value:
            return draft.path.split(".")[0]
    for draft in holders:
        if draft.path.endswith("].name") and draft.value and fold(draft.value) == fold(card.name):
            return draft.path.split(".")[0]
    return None


def holder_of_card(card: IdCard, page: PageText, where: str) -> list[Draft]:
    """The whole holder, from the card alone."""
    values = {
        "kind": HolderKind.PERSON.value,
        "name": card.name,
        "sex": card.sex,
        "born": card.born,
        "address": card.address,
        "id_papers[0].kind": IdKind.CCCD.value,
        "id_papers[0].number": card.number,
        "id_papers[0].issued_on": card.issued_on,
    }
    return [_draft(f"{where}.{name}", value, card, page) for name, value in values.items() if value]


def details_of_card(card: IdCard, page: PageText, where: str, papers: int) -> list[Draft]:
    """What a card adds to a holder of the certificate: second readings, and the identity paper where it is new.

    Args:
        card: The card.
        page: Where its code stands.
        where: Path of the holder it matches.
        papers: How many identity papers the certificate printed for the holder.
    """
    drafts = [_draft(f"{where}.{name}", value, card, page) for name, value in _compared(card).items() if value]
    number = f"{where}.id_papers[{papers}]"
    values = {"kind": IdKind.CCCD.value, "number": card.number, "issued_on": card.issued_on}
    return drafts + [_draft(f"{number}.{name}", value, card, page) for name, value in values.items() if value]


def _compared(card: IdCard) -> dict[str, str | None]:
    return {"name": card.name.upper(), "sex": card.sex}


def _draft(path: str, value: str, card: IdCard, page: PageText) -> Draft:
    code = next((code for code in page.scan.codes if code.text.startswith(card.number)), None)
    source = Source.ID_CARD.value
    return Draft(path=path, value=value, raw=value, source=source, page=page.page, box=code.box if code else None)
