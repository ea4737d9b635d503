"""A seeded generator of fictional scanned certificates of five models and the papers beside them, with their truth.

`draw_dossier(seed, model=..., level=..., dpi=...)` draws one in memory, `draw_pile` several as one pile, `draw_loose`
papers without a certificate; `python -m tests.samples OUT_DIR --seed N --count K` writes many. `tests.samples.dossier`
says what the truth contains, docs/TRUTH.md its format. It imports nothing of the program: the reader must not know its
samples.
"""

from __future__ import annotations

from tests.samples.dossier import SampleDossier, draw_dossier, draw_loose, draw_pile
from tests.samples.files import write_dossier
from tests.samples.leaves import Arrangement
from tests.samples.shooting import SamplePage

__all__ = ["Arrangement", "SampleDossier", "SamplePage", "draw_dossier", "draw_loose", "draw_pile", "write_dossier"]
