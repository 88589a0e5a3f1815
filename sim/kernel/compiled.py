"""How rules and kernels are compiled: once, with a cache that can never be stale.

numba's own cache looks only at the file in which a function stands, so that a changed rule in another file would go on
living, unseen, in a cached kernel. Here the cache folder bears a fingerprint of every source file that compiled code
can see: when one of them comes to mean something else, everything is compiled again. A comment, a docstring, the date
of a file and what a parameter is said to mean have no say.

``NUMBA_DISABLE_JIT=1`` turns the compiler off; the same bits come out, slowly. ``SIYU_CACHE_DIR`` moves the cache.
"""

from __future__ import annotations

import ast
import atexit
import hashlib
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Collection, Iterator
from functools import cache, wraps
from pathlib import Path
from typing import Any

import numba
import numpy as np
from numba.core import dispatcher

from sim.kernel.kept_code import keeper

HERE = Path(__file__).resolve().parent.parent

DECORATORS = frozenset({"rule", "narrow_rule", "scalar_entry", "step", "room", "kernel"})
"""What marks a function that is compiled; modules that use one are compiled ones."""


@cache
def _sources() -> dict[str, bool]:
    """Every source file that compiled code can see, by its place below this folder: whether it is compiled itself.

    These are the modules that decorate functions with what stands here, and whatever they import of Siyu.
    """
    places = {path.relative_to(HERE).as_posix(): path.read_text("utf-8") for path in sorted(HERE.rglob("*.py"))}
    compiled = [place for place, text in places.items() if "kernel.compiled" in text and _decorates(text)]
    seen, waiting = dict.fromkeys(compiled, True), list(compiled)
    while waiting:
        for place in _imported(places[waiting.pop()], places):
            if place not in seen:
                seen[place] = False
                waiting.append(place)
    return dict(sorted(seen.items()))


def _decorates(text: str) -> bool:
    return any(
        isinstance(node, ast.ImportFrom) and node.module == "sim.kernel.compiled"
        and not DECORATORS.isdisjoint(each.name for each in node.names)
        for node in ast.parse(text).body
    )


def _imported(text: str, places: Collection[str]) -> Iterator[str]:
    """The files that a module imports of Siyu as it is read, not those that only types or calls need."""
    for node in ast.parse(text).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        else:
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
        for name in names:
            inside = name.removeprefix("sim.").replace(".", "/")
            yield from (place for place in (f"{inside}.py", f"{inside}/__init__.py") if place in places)


def meaning(text: str, *, words: bool) -> str:
    """What a source file says to a compiler: its syntax without comments, docstrings and places.

    Without ``words`` prose is left out too, such as what a parameter means: a text with a space or a foreign letter.
    """
    tree = ast.parse(text)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [each for each in body if not _is_text(each)]  # type: ignore[attr-defined]
        if not words and isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_prose(node.value):
            node.value = ""
    return ast.dump(tree, annotate_fields=False)


def _is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def _is_prose(text: str) -> bool:
    return " " in text or not text.isascii()


@cache
def source_fingerprint() -> str:
    """Sixteen hexadecimal digits that change whenever what compiled code can see means something else."""
    digest = hashlib.sha256()
    for place, compiled in _sources().items():
        said = meaning((HERE / place).read_text("utf-8"), words=compiled)
        digest.update(f"{place}\0{said}\0".encode())
    return digest.hexdigest()[:16]


def _this_copy() -> str:
    """Where these sources lie: copies keep their compiled code apart, so that each may be removed with its own."""
    return hashlib.sha256(str(HERE).encode()).hexdigest()[:8]


@cache
def cache_folder() -> Path:
    """The folder for compiled code: below SIYU_CACHE_DIR, the user's cache folder, or else the user's temporary one.

    Where none can be written, a folder of this process alone, which is removed when the process ends.
    """
    named = os.environ.get("SIYU_CACHE_DIR") or os.environ.get("XDG_CACHE_HOME")
    name = f"{source_fingerprint()}-{_this_copy()}"
    for above in ((Path(named) if named else Path.home() / ".cache") / "siyu", _temporary()):
        if above is not None and _can_be_written(above / name):
            return above / name
    alone = Path(tempfile.mkdtemp(prefix="siyu-"))
    atexit.register(shutil.rmtree, alone, ignore_errors=True)
    return alone


def _temporary() -> Path | None:
    """A temporary folder of this user's, for all processes; None if somebody else could write there."""
    if not hasattr(os, "getuid"):
        return Path(tempfile.gettempdir()) / "siyu"
    folder = Path(tempfile.gettempdir()) / f"siyu-{os.getuid()}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        told = folder.lstat()
    except OSError:
        return None
    return folder if stat.S_ISDIR(told.st_mode) and told.st_uid == os.getuid() and not told.st_mode & 0o022 else None


def _can_be_written(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False


def is_compiled_already() -> bool:
    """Whether compiled code for exactly these sources lies in the cache, so that nobody has to wait for it."""
    return any(cache_folder().rglob("customer_day.live-*.nbc"))


@cache
def _keeper() -> Any:
    return keeper(cache_folder(), source_fingerprint())


def _compile(function: Callable[..., Any], signature: Any, **options: Any) -> Any:
    numbas: Any = dispatcher
    before, numbas.FunctionCache = numbas.FunctionCache, _keeper()
    try:
        signatures = () if signature is None else (signature,)
        return numba.njit(*signatures, cache=True, error_model="numpy", no_cfunc_wrapper=True, **options)(function)
    finally:
        numbas.FunctionCache = before


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


def scalar_entry(gives: str, *takes: str | type[Any], number: int = 1) -> Callable[[Callable[..., Any]], Any]:
    """Compile a pure function of numbers for callers in plain Python: they come straight to its one version.

    Before a call numba looks at the types of the arguments, which takes longer than a rule; here they are converted: to
    the named type, or in a named tuple all to float32. It gives one number of a type, or a tuple of so many.
    """

    def compiled(function: Callable[..., Any]) -> Any:
        if numba.config.DISABLE_JIT:
            return function
        one = _type_of(gives)
        result = one if number == 1 else numba.types.UniTuple(one, number)
        found = _compile(function, result(*map(_type_of, takes)))
        return next(iter(found.overloads.values())).entry_point

    return compiled


def _type_of(argument: str | type[Any]) -> Any:
    """A type by its name; for a named tuple, of that many float32."""
    if isinstance(argument, str):
        return getattr(numba.types, argument)
    return numba.types.NamedUniTuple(numba.types.float32, len(argument._fields), argument)


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
