"""Agreements of values that were read apart from each other."""

from __future__ import annotations

import dataclasses

from app.adapters.code_lists_files import load_code_lists
from app.domain.dossier import Dossier, Holder, IdPaper
from app.domain.extraction.reconcile import supporting_paths
from tests.unit.domain.extraction.paper import page_1, page_2, page_4, read

LISTS = load_code_lists()


def record() -> Dossier:
    reading = read(page_1(), page_2(), page_4())
    return Dossier(dossier_id="d", certificate=reading.certificate, holders=reading.holders, parcels=reading.parcels)


def test_a_right_certificate_supports_its_own_values():
    assert supporting_paths(record(), LISTS) == {
        "certificate.register_number": ("prefix_fits",),
        "certificate.issued_on": ("period_fits",),
        "certificate.issuer": ("issuer_fits",),
        "certificate.barcode": ("barcode_unit",),
        "parcels[0].address": ("era_unit", "barcode_unit"),
        "holders[0].born": ("age_fits",),
        "holders[0].id_papers[0].number": ("number_fits",),
        "holders[1].born": ("age_fits",),
        "holders[1].id_papers[0].number": ("number_fits",),
    }


def test_nothing_supports_an_empty_record():
    assert supporting_paths(Dossier(dossier_id="d"), LISTS) == {}


def test_what_does_not_fit_gives_no_support():
    right = record()
    wrong = dataclasses.replace(
        right,
        certificate=dataclasses.replace(
            right.certificate, issued_on="2001-02-03", register_number="H 1", barcode="1", issuer="UBND XÃ CÁCH BI"
        ),
        holders=(Holder(sex="male", born="1999", id_papers=(IdPaper(kind="cccd", number="027081999921"),)),),
        parcels=(dataclasses.replace(right.parcels[0], address="xã Không Có, tỉnh Bắc Ninh"),),
    )
    assert supporting_paths(wrong, LISTS) == {}
