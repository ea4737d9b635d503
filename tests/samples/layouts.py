"""Every model's pages: `LAYOUTS[model](certificate, look, rng, dpi)` prints them.

The words of the forms follow `certificate.world`: pass `phrases.world_of(seed)` to `draw_certificate`, so that seeds
from 1000 on print labels and phrases that the seeds below never print.
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
