"""`diaba demo`: the main job on fictional papers, from a simulated scanner to the receipts, driven by keys.

The window and the reader know nothing of the papers' truth; only the simulated person sees it, as a person sees the
paper. Exit status 0 only when every step really happened.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from app.errors import DiabaError
from app.messages import Messages

LEAST_DOSSIERS = 6
DEFAULT_SEED = 2026


def main(arguments: Sequence[str]) -> int:
    """Run the demo; the exit status of the program."""
    options = _options(arguments)
    if importlib.util.find_spec("tests.samples") is None:
        print(
            "diaba: demo cần bộ mẫu trong mã nguồn (thư mục tests/samples); hãy chạy từ bản tải mã nguồn.",
            file=sys.stderr,
        )
        return 3
    from ui.demo.hands import StuckError
    from ui.demo.story import tell

    out = options.out.absolute()
    if out.exists():
        shutil.rmtree(out)
    try:
        return 0 if tell(out, count=options.count, seed=options.seed, level=options.level) else 1
    except StuckError as error:
        print(f"diaba: demo dừng: {error}", file=sys.stderr)
        return 1
    except DiabaError as error:
        print(f"diaba: {Messages().error(error).line}", file=sys.stderr)
        return error.exit_status


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="diaba", description="Việc chính trên giấy tờ hư cấu, từ đầu đến cuối.")
    parser.add_argument("command", choices=["demo"])
    parser.add_argument("--out", type=Path, default=Path("demo-results"), help="thư mục kết quả (bị xóa và tạo lại)")
    parser.add_argument("--count", type=int, default=LEAST_DOSSIERS, help="số hồ sơ")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="hạt giống của mẫu")
    parser.add_argument("--level", choices=("clean", "office", "poor", "mixed"), default="office")
    return parser.parse_args(list(arguments))
