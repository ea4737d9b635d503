"""Identity cards: what their QR code says; their printed words only tell that they are identity cards."""

from __future__ import annotations

from app.domain.dossier import HolderKind, IdKind
from app.domain.extraction.drafts import Draft
from app.domain.extraction.rows import PageText
from app.domain.identity import IdCard, parse_id_card_qr
from app.domain.reading import Source


def read_cards(page: PageText) -> list[tuple[IdCard, PageText]]:
    """The cards whose QR code was read on a page."""
    cards = [parse_id_card_qr(code.text) for code in page.scan.codes]
    return [(card, page) for card in cards if card]


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
