"""Hostile tests share the laws of the books and the worlds of other folders."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.extend(str(Path(__file__).parent.parent / name) for name in ("laws", "unit"))
