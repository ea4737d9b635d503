"""Every model's pages: `LAYOUTS[model](certificate, look, rng, dpi)` prints them.

The words of the forms follow `certificate.world` (`tests.samples.worlds`).

What fills which path, beyond the rules of `tests.samples.dossier`:

* A value is spelled as its office prints it: "hòa" or "hoà", "m²" or "m2" inside notes and changes.
* Part own, part shared use of one parcel: two `uses` of one purpose, each with its area and form.
* `holders[].role` is absent where a couple stands under "Ông (Bà)" and "Vợ (Chồng)"; the names alone do not say it.
  The first of co-owners and heirs is "Người đại diện", the others "Thành viên"; who is repeated in the list of those
  he stands for is one holder. A dead spouse ("(đã chết)") is a holder; the deceased whose land heirs hold is not.
  A temple, a school or a committee is an organisation, the people of a village a community. A company's
  representative is `holders[1]` with `kind, role, sex, name` only. A military paper has the kind "other".
* Several parcels: one address printed for all fills all; the total fills nothing. "Lô 31", "Khoảnh 19": the numbers.
* 1993: no `purpose_code` and no `form`; the whole area above the table fills nothing. 2003: `id_papers[].issued_on,
  issuer` where printed. `certificate.barcode` from 2009 to 2014, `qr` and `code` in 2024.
* `assets[].term` where it is not "-/-"; the area of forest and trees has no path.
* Only the last transfer, gift or inheritance fills `current_users`; a partial sale, a correction or a change of an
  identity paper fills none. A row about a new number of the parcel fills `parcels[0].map_sheet, map_number`.
* A supplementary page repeats parcel, serial and register number without filling them; its rows fill `changes`.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from tests.samples import layout_1993, layout_2003, layout_2014, layout_2024
from tests.samples.certificate import Certificate
from tests.samples.look import Look
from tests.samples.sheet import Sheet

DrawPages = Callable[[Certificate, Look, Random, int], list[tuple[str, Sheet]]]
LAYOUTS: dict[str, DrawPages] = {
    "1993": layout_1993.draw_pages,
    "2003": layout_2003.draw_pages,
    "2009": layout_2014.draw_pages,
    "2014": layout_2014.draw_pages,
    "2024": layout_2024.draw_pages,
}
