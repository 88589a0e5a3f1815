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
from functools import cache, wraps
from pathlib import Path
from typing import Any

import numba
import numpy as np

NEVER_COMPILED = (
    "ui", "cli", "report", "questions", "batches", "calibration", "records", "inference", "running.py", "mesa_model",
    "simulation", "strategies", "results", "text", "__init__.py", "customers/columns.py", "customers/agents.py",
    "customers/customer.py", "customers/environment.py", "customers/message.py", "customers/starting.py",
    "customers/daily.py", "customers/agent_census.py", "rules/spillover.py",
    *(f"assumptions/{name}.py" for name in (
        "errors", "excesses", "explaining", "inactive_mechanisms", "loading", "overrides", "parameter_ranges",
        "provenance", "ranges", "workload", "writing", "yaml_reader",
    )),
)
"""Modules that compiled code does not import, so that they need not be in the fingerprint."""


HERE = Path(__file__).resolve().parent.parent


@cache
def _sources() -> dict[str, Path]:
    """Every source file that compiled code can see, by its place below this folder."""
    places = {path.relative_to(HERE): path for path in sorted(HERE.rglob("*.py"))}
    return {
        place.as_posix(): path for place, path in places.items()
        if place.parts[0] not in NEVER_COMPILED and place.as_posix() not in NEVER_COMPILED
    }


@cache
def source_fingerprint() -> str:
    """Sixteen hexadecimal digits that change whenever a source file that compiled code can see does."""
    digest = hashlib.sha256()
    for place, path in _sources().items():
        digest.update(place.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _this_copy() -> str:
    """Where the same sources lie and when they were written: numba keeps the compiled code of copies apart."""
    times = [path.stat().st_mtime_ns for path in _sources().values()]
    return hashlib.sha256(f"{HERE} {times}".encode()).hexdigest()[:8]


@cache
def cache_folder() -> Path:
    """The folder for compiled code: below SIYU_CACHE_DIR, the user's cache folder, or else a private temporary one."""
    named = os.environ.get("SIYU_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    folder = (Path(named) if named else Path.home() / ".cache") / "siyu" / f"{source_fingerprint()}-{_this_copy()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return Path(tempfile.mkdtemp(prefix="siyu-"))


def is_compiled_already() -> bool:
    """Whether compiled code for exactly these sources lies in the cache, so that nobody has to wait for it."""
    return any(cache_folder().rglob("customer_day.live-*.nbc"))


def _compile(function: Callable[..., Any], signature: str | None, **options: Any) -> Any:
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(cache_folder())
    try:
        signatures = () if signature is None else (signature,)
        return numba.njit(*signatures, cache=True, error_model="numpy", no_cfunc_wrapper=True, **options)(function)
    finally:
        numba.config.CACHE_DIR = before


_NOT_COUNTING: Any = {"_nrt": False} if hasattr(numba.core.options.DefaultOptions, "_nrt") else {}
"""Makes a numba that can leave out the count of who holds an array, see ``step``."""

narrow: Any = np.float32
"""Rounds a number to a float32, as rows store it and the innermost loops compute with it."""

ONE: Any = np.float32(1.0)
"""One, as a float32: a bare 1.0 would make compiled code compute in float64 and plain Python not."""


def narrow_rule(arguments: str) -> Callable[[Callable[..., Any]], Any]:
    """Compile a pure function that computes in float32, as the innermost loops do: twice as many people at a time.

    ``arguments`` lists f for a real number and b for a truth. With the compiler off the function computes in float32
    too, so that the bits are the same; constants inside it must be float32 (see ``ONE``).
    """
    types = {"f": "float32", "b": "boolean"}
    signature = f"float32({', '.join(types[each] for each in arguments)})"

    def compiled(function: Callable[..., Any]) -> Any:
        if not numba.config.DISABLE_JIT:
            return _compile(function, signature)

        @wraps(function)
        def plain(*numbers: Any) -> Any:
            return function(*(narrow(x) if kind == "f" else x for x, kind in zip(numbers, arguments, strict=True)))

        return plain

    return compiled


def rule(function: Callable[..., Any] | None = None, *, signature: str | None = None, **options: Any) -> Any:
    """Compile a pure function of numbers; division by zero follows IEEE, as NumPy does.

    A ``signature`` makes one version of a function that is called with many shades of integers. Like a ``step``, it
    may look at arrays but makes none.
    """
    if function is None:
        return lambda named: _compile(named, signature, **options, **_NOT_COUNTING)
    return _compile(function, None, **_NOT_COUNTING)


def lone_rule(signature: str) -> Callable[[Callable[..., Any]], Any]:
    """Compile a pure function of numbers for callers in plain Python: they come straight to its one version.

    Before a call numba looks at the types of the arguments, which takes longer than a rule; here they are converted.
    """

    def compiled(function: Callable[..., Any]) -> Any:
        found = _compile(function, signature)
        return found if numba.config.DISABLE_JIT else next(iter(found.overloads.values())).entry_point

    return compiled


def straight(verb: Any) -> Any:
    """A kernel for a caller whose arguments always have the same types: its first call settles which.

    Before a call numba looks at the types of all arguments, which takes several microseconds where a population is
    among them, and a day has ten such calls. A test lives all shipped scenarios with that look.
    """
    if numba.config.DISABLE_JIT:
        return verb
    way = None

    @wraps(verb)
    def call(*arguments: Any) -> None:
        nonlocal way
        if way is None:
            way = verb.compile(tuple(map(numba.typeof, arguments)))
        way(*arguments)

    return call


def step(function: Callable[..., Any]) -> Any:
    """Compile a step of a kernel: called from compiled code only, so that Python needs no way in.

    A step makes no arrays, and is compiled without counting who holds those that it looks at: each such count is a word
    in memory that threads would take from one another, for every slice of every column.
    """
    return _compile(function, None, no_cpython_wrapper=True, **_NOT_COUNTING)


def room(function: Callable[..., Any]) -> Any:
    """Compile a step of a kernel that makes the arrays in which other steps work."""
    return _compile(function, None, no_cpython_wrapper=True)


def kernel(function: Callable[..., Any] | None = None, *, signature: str | None = None) -> Any:
    """Compile a verb over arrays; it runs without Python's global lock, so that threads can share the work.

    One with a ``signature`` makes no arrays, like a ``step``.
    """
    return rule(function, signature=signature, nogil=True) if function is None else _compile(function, None, nogil=True)
