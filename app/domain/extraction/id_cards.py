"""Identity cards: alone they are the holder; beside a certificate they speak for the holder they match.

Each card is put together from its sides: QR code, machine readable zone, printed words. Beside a certificate a card
never replaces what is printed there: what agrees makes it surer, what differs stands beside it, what is new is added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain import findings
from app.domain.dossier import HolderKind, IdKind
from app.domain.extraction.card_print import CardSide, kind_of, sides_by_code, sides_by_print, sides_by_zone
from app.domain.extraction.drafts import Draft
from app.domain.extraction.fuzzy import distance
from app.domain.extraction.page_kinds import guess_kind
from app.domain.extraction.rows import PageText
from app.domain.reading import Finding, Source
from app.domain.text import fold

MOST_SLIPS = 2
"""Two numbers that differ in more places are of two cards."""

_LONG_NAME = 8
_ZONE_LETTERS = str.maketrans("tlj", "iii")
_CARD_KINDS = ("id_card_front", "id_card_back")
_CARD_SOURCES = (Source.ID_CARD.value, Source.MRZ.value)
_PERSON = re.compile(r"(?:holders|current_users)\[\d+\]")
_SURENESS = {Source.ID_CARD.value: 0, Source.MRZ.value: 1, Source.OCR.value: 2}


@dataclass(frozen=True, slots=True)
class Card:
    """Everything seen of one card, surest source first."""

    sides: tuple[CardSide, ...]

    def value(self, name: str) -> str | None:
        """The value of a name, of the surest source."""
        return next((draft.value for draft in self.drafts(name)), None)

    def drafts(self, name: str) -> list[Draft]:
        """All readings of a value."""
        found = [draft for side in self.sides for draft in side.values if draft.path == name and draft.value]
        return sorted(found, key=lambda draft: _SURENESS.get(draft.source, 2))

    @property
    def kind(self) -> str:
        """Kind of the identity paper."""
        return next((kind_of(side) for side in self.sides if side.is_old is not None), IdKind.CCCD.value)


def read_cards(pages: Sequence[PageText]) -> list[Card]:
    """The cards of all pages, in the order in which they are first seen."""
    cards: list[Card] = []
    for side in _sides(pages):
        home = next((card for card in cards if _belongs(side, card)), None)
        home = home or _home_of_back(side, cards)
        if home is None:
            cards.append(Card((side,)))
        else:
            cards[cards.index(home)] = Card((*home.sides, side))
    return [card for card in cards if card.value("number")]


def _sides(pages: Sequence[PageText]) -> Iterator[CardSide]:
    """Sides with a number first: those without join the others."""
    on_cards = [page for page in pages if guess_kind(page).kind in _CARD_KINDS]
    found = [side for page in pages for side in sides_by_code(page)]
    found += [side for page in pages for side in sides_by_zone(page)]
    found += [side for page in on_cards for side in sides_by_print(page)]
    order = {page.page: index for index, page in enumerate(pages)}
    numbered = [side for side in found if side.value("number")]
    yield from sorted(numbered, key=lambda side: order[side.page])
    yield from (side for side in found if not side.value("number"))


def _belongs(side: CardSide, card: Card) -> bool:
    number = side.value("number")
    if number is None:
        return False
    for other in card.sides:
        known = other.value("number")
        if known and (number == known or (_nearly(number, known) and _same_person(side, other))):
            return True
    return False


def _nearly(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) <= MOST_SLIPS


def _same_person(side: CardSide, other: CardSide) -> bool:
    """Whether nothing but the number speaks against it: the same page, or the same name or birth."""
    if any(
        fold(a) == fold(b)
        for name in ("name", "plain_name", "born")
        if (a := side.value(name)) and (b := other.value(name if name == "born" else "name") or other.value(name))
    ):
        return True
    return side.page == other.page


def _home_of_back(side: CardSide, cards: Sequence[Card]) -> Card | None:
    """The one card a back without a number can belong to: on its page, else the only one that lacks a day of issue."""
    if side.value("number"):
        return None
    here = [card for card in cards if any(other.page == side.page for other in card.sides)]
    open_cards = [card for card in here or cards if not card.value("issued_on")]
    candidates = open_cards or here
    return candidates[0] if len(candidates) == 1 else None


# ---------------------------------------------------------------- drafts of the record


def card_drafts(pages: Sequence[PageText], read: Sequence[Draft], *, alone: bool) -> list[Draft]:
    """What the cards add to a record.

    Args:
        pages: All pages.
        read: What was read from the certificate.
        alone: Whether there is no certificate among the pages.
    """
    cards = read_cards(pages)
    if alone:
        return [draft for index, card in enumerate(cards) for draft in _as_holder(card, f"holders[{index}]")]
    drafts: list[Draft] = []
    for card in cards:
        where = person_of(card, read)
        if where:
            drafts += _beside(card, where, [*read, *drafts])
    return drafts


def card_findings(pages: Sequence[PageText], drafts: Sequence[Draft]) -> list[Finding]:
    """What cards and certificate say differently, and cards of people who are not on the certificate.

    Args:
        pages: All pages.
        drafts: All drafts, those of `card_drafts` among them.
    """
    found = [_difference(path, drafts) for path in dict.fromkeys(draft.path for draft in drafts)]
    strangers = [card for card in read_cards(pages) if person_of(card, drafts) is None]
    return [one for one in found if one] + [findings.make("id_card_stranger") for _ in strangers]


def _difference(path: str, drafts: Sequence[Draft]) -> Finding | None:
    if not _PERSON.match(path):
        return None
    same = [draft for draft in drafts if draft.path == path and draft.value]
    on_card = next((draft.value for draft in same if draft.source in _CARD_SOURCES), None)
    other = next((draft.value for draft in same if on_card and draft.value != on_card), None)
    return findings.make("id_card_differs", path, card=on_card, value=other) if other else None


def person_of(card: Card, read: Sequence[Draft]) -> str | None:
    """Path of the person a card belongs to: by number, by old number, by name and birth; None for nobody."""
    numbers = {draft.value for name in ("number", "old_number") for draft in card.drafts(name)}
    for draft in read:
        if draft.path.endswith(".number") and _PERSON.match(draft.path) and draft.value in numbers:
            return draft.path.split(".")[0]
    named = [draft.path.split(".")[0] for draft in read if _has_name(draft, card)]
    fitting = [where for where in dict.fromkeys(named) if _born_alike(where, card, read)]
    return fitting[0] if len(fitting) == 1 else None


def _has_name(draft: Draft, card: Card) -> bool:
    if not (draft.value and draft.path.endswith("].name") and _PERSON.match(draft.path)):
        return False
    if fold(draft.value) in {fold(one.value or "") for one in card.drafts("name")}:
        return True
    return any(_same_letters(one.value or "", draft.value) for one in card.drafts("plain_name"))


def _same_letters(in_zone: str, printed: str) -> bool:
    """Whether a name of the zone for machines is a printed one: I and T look alike there, one slip is allowed."""
    one, other = (fold(name).translate(_ZONE_LETTERS) for name in (in_zone, printed))
    return distance(one, other) <= (1 if len(other) >= _LONG_NAME else 0)


def _born_alike(where: str, card: Card, read: Sequence[Draft]) -> bool:
    """Whether the births do not speak against it; years are compared, certificates print no more."""
    born = next((draft.value for draft in read if draft.path == f"{where}.born" and draft.value), None)
    on_card = card.value("born")
    return born is None or on_card is None or born[:4] == on_card[:4]


def _as_holder(card: Card, where: str) -> list[Draft]:
    """The whole holder, from the card alone."""
    drafts = [_rule(f"{where}.kind", HolderKind.PERSON.value, card)]
    for name in ("name", "sex", "born", "address"):
        drafts += _readings(card, name, f"{where}.{name}")
    return drafts + _paper(card, f"{where}.id_papers[0]")


def _paper(card: Card, where: str) -> list[Draft]:
    drafts = [_rule(f"{where}.kind", card.kind, card), *_readings(card, "number", f"{where}.number")]
    return drafts + _readings(card, "issued_on", f"{where}.issued_on")


def _readings(card: Card, name: str, path: str) -> list[Draft]:
    """All readings of a value; names that differ in capitals alone are one, as printed."""
    drafts = card.drafts(name)
    if name == "name":
        printed = {
            draft.value.lower(): draft.value for draft in reversed(drafts) if draft.source == "ocr" and draft.value
        }
        drafts = [replace(one, value=printed.get((one.value or "").lower(), one.value)) for one in drafts]
    return [replace(draft, path=path) for draft in drafts]


def _rule(path: str, value: str, card: Card) -> Draft:
    """A value that follows from what kind of paper it is, as sure as the paper's number."""
    return replace(card.drafts("number")[0], path=path, value=value, raw=None)


def _beside(card: Card, where: str, read: Sequence[Draft]) -> list[Draft]:
    """What a card says of a person of the certificate: second readings, and what the certificate does not print."""
    known = {draft.path: draft.value for draft in read if draft.value and draft.path.startswith(f"{where}.")}
    drafts = [
        draft
        for name in ("name", "sex", "born")
        for one in _sure(card, name)
        if (draft := _alike(one, f"{where}.{name}", known.get(f"{where}.{name}")))
    ]
    if f"{where}.address" not in known:
        drafts += [replace(draft, path=f"{where}.address") for draft in _sure(card, "address")]
    return drafts + _papers_beside(card, where, known)


def _sure(card: Card, name: str) -> list[Draft]:
    """Readings by code or zone; without one the printed words."""
    drafts = card.drafts(name)
    coded = [draft for draft in drafts if draft.source in _CARD_SOURCES]
    return coded or [replace(draft, source=Source.ID_CARD.value) for draft in drafts]


def _alike(draft: Draft, path: str, printed: str | None) -> Draft | None:
    """A card's value in the form of the printed one: capitals, a bare year."""
    value = draft.value or ""
    if printed is None:
        return replace(draft, path=path)
    if value.lower() == printed.lower() or (path.endswith(".born") and value.startswith(printed)):
        value = printed
    elif path.endswith(".name") and printed.isupper():
        value = value.upper()
    elif path.endswith(".born") and len(printed) == len("1958"):
        value = value[:4]
    return replace(draft, path=path, value=value)


def _papers_beside(card: Card, where: str, known: Mapping[str, str]) -> list[Draft]:
    numbers = {path: value for path, value in known.items() if path.endswith(".number") and value}
    drafts: list[Draft] = []
    for name in ("number", "old_number"):
        for draft in _sure(card, name):
            same = next((path for path, value in numbers.items() if _may_be(draft.value, value)), None)
            if same:
                drafts.append(replace(draft, path=same))
    number = card.value("number")
    paper = next((path for path, value in numbers.items() if _may_be(number, value)), None)
    if paper is None:
        count = 1 + max((int(path.split("id_papers[")[1].split("]")[0]) for path in numbers), default=-1)
        return drafts + _paper(card, f"{where}.id_papers[{count}]")
    issued = paper.replace(".number", ".issued_on")
    if issued not in known:
        drafts += [replace(draft, path=issued) for draft in _sure(card, "issued_on")]
    return drafts


def _may_be(number: str | None, printed: str | None) -> bool:
    """Whether two numbers are the same but for slips of reading."""
    return bool(number and printed) and _nearly(number or "", printed or "")
