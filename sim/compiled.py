"""How rules and kernels are compiled: once, with a cache that can never be stale.

numba's own cache looks only at the file in which a function stands, so that a changed rule in another file would go on
living, unseen, in a cached kernel. Here the cache folder bears a fingerprint of every source file that compiled code
can see: when one of them changes, everything is compiled again. Layers above the crowd are left out, because imports go
down only (a contract in pyproject.toml).

``NUMBA_DISABLE_JIT=1`` turns the compiler off; the same bits come out, slowly. ``SIYU_CACHE_DIR`` moves the cache.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numba

NEVER_COMPILED = (
    "ui", "cli", "reporting", "experiments", "calibration", "batches", "running.py", "day.py", "brand.py", "policies",
    "comparison.py", "verdict.py", "estimates.py", "phrases.py", "provenance.py", "metrics", "result.py",
    "loading.py", "explaining.py", "changing.py", "writing.py", "yaml_text.py", "mistakes.py", "__init__.py",
)
"""Modules above the crowd: compiled code cannot import them, so that they need not be in the fingerprint."""


@cache
def source_fingerprint() -> str:
    """Sixteen hexadecimal digits that change whenever a source file that compiled code can see does."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted(here.rglob("*.py")):
        if path.relative_to(here).parts[0] in NEVER_COMPILED:
            continue
        digest.update(str(path.relative_to(here)).encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@cache
def cache_folder() -> Path:
    """The folder for compiled code: below SIYU_CACHE_DIR, the user's cache folder, or else a private temporary one."""
    named = os.environ.get("SIYU_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    folder = (Path(named) if named else Path.home() / ".cache") / "siyu" / source_fingerprint()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="siyu-"))


def is_compiled_already() -> bool:
    """Whether compiled code for exactly these sources lies in the cache, so that nobody has to wait for it."""
    return any(cache_folder().rglob("living.live-*.nbc"))


def _compile(function: Callable[..., Any], signature: str | None, **options: Any) -> Any:
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(cache_folder())
    try:
        signatures = () if signature is None else (signature,)
        return numba.njit(*signatures, cache=True, error_model="numpy", no_cfunc_wrapper=True, **options)(function)
    finally:
        numba.config.CACHE_DIR = before


def rule(function: Callable[..., Any] | None = None, *, signature: str | None = None, **options: Any) -> Any:
    """Compile a pure function of numbers; division by zero follows IEEE, as NumPy does.

    A ``signature`` makes one version of a function that is called with many shades of integers.
    """
    if function is None:
        return lambda named: _compile(named, signature, **options)
    return _compile(function, None)


def step(function: Callable[..., Any]) -> Any:
    """Compile a step of a kernel: called from compiled code only, so that Python needs no way in."""
    return _compile(function, None, no_cpython_wrapper=True)


def kernel(function: Callable[..., Any] | None = None, *, signature: str | None = None) -> Any:
    """Compile a verb over arrays; it runs without Python's global lock, so that threads can share the work."""
    return rule(function, signature=signature, nogil=True) if function is None else _compile(function, None, nogil=True)
