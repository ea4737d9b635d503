"""Qt without a screen, in our fonts and style, for every test of the window."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
