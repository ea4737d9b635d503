"""What the documents name is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.domain.fields import FIELDS
from app.domain.people import Role
from app.domain.states import DossierState

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
DECISIONS = ROOT / "docs" / "decisions"
PLACE = re.compile(r"`((?:app|ui|tests|resources|docs)/[\w./-]+\w)`")
MODULE = re.compile(r"python -m (tests\.[\w.]+\w)")


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_every_file_and_module_a_document_names_exists(doc):
    text = doc.read_text(encoding="utf-8")
    assert [place for place in PLACE.findall(text) if not (ROOT / place).exists()] == []
    modules = [ROOT / name.replace(".", "/") for name in MODULE.findall(text)]
    runnable = [place for place in modules if place.with_suffix(".py").exists() or (place / "__main__.py").exists()]
    assert modules == runnable


@pytest.mark.parametrize("doc", DOCS[1:], ids=lambda doc: doc.name)
def test_every_link_between_documents_leads_somewhere(doc):
    links = re.findall(r"\]\((?!https?:)([^)#]+)\)", doc.read_text(encoding="utf-8"))
    assert [link for link in links if not (doc.parent / link).exists()] == []


def test_the_index_of_decisions_has_each_once_with_its_title():
    found = re.findall(r"^\| \[(\d{4})\]\((\S+)\) \| (.+) \|$", (DECISIONS / "README.md").read_text("utf-8"), re.M)
    titles = {file.name: file.read_text(encoding="utf-8").splitlines()[0] for file in DECISIONS.glob("0*.md")}
    assert {name: f"# {number} {title}" for number, name, title in found} == titles
    assert len({number for number, _, _ in found}) == len(found) == len(titles)


def test_every_field_state_and_role_has_its_line_in_the_glossary():
    rows = re.findall(r"^\|[^|]+\|([^|]+)\|", (ROOT / "docs" / "GLOSSARY.md").read_text(encoding="utf-8"), re.MULTILINE)
    words = set(re.findall(r"\w+", " ".join(rows)))
    fields = {spec.pattern.rpartition(".")[2] for spec in FIELDS}
    assert fields | set(DossierState) | set(Role) <= words
