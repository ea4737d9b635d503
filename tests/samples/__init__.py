"""A seeded generator of fictional scanned certificates of the 2014 and 2024 models, with their truth.

`draw_dossier(seed, model=..., level=..., dpi=...)` draws one in memory, `python -m tests.samples OUT_DIR --seed N
--count K` writes many; `tests.samples.dossier` says what the truth contains. It imports nothing of the program: the
reader must not know its samples.
"""

from __future__ import annotations

from tests.samples.dossier import SampleDossier, draw_dossier, draw_pile
from tests.samples.files import write_dossier
from tests.samples.leaves import Arrangement
from tests.samples.shooting import SamplePage

__all__ = ["Arrangement", "SampleDossier", "SamplePage", "draw_dossier", "draw_pile", "write_dossier"]
