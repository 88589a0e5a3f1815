"""Parts of a batch's tables as Parquet files that are whole or not there, and that say themselves if they are spoilt.

A part is written aside, brought to the disk, and renamed; its name bears the beginning of the SHA-256 of its bytes. A
part that a crash cut short, or that somebody changed, no longer matches its name and counts as not there. Inside it
names the design of its batch, its table, its number and a checksum of its rows (``Marks``), so that a part that
somebody brought from another batch, gave another number or wrote anew is known as a stranger.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import pyarrow as pa

NAME = re.compile(r"part-([0-9]{5,7})-([0-9a-f]{16})\.parquet")
ASIDE = ".aside-"
"""How the name of a file that is being written begins; readers of folders pass over names with a dot in front."""


MARK = b"siyu_"
"""How the keys of a part's marks begin, among what its Parquet file says about itself."""


class Marks(NamedTuple):
    """What a part says of itself: the design of its batch by fingerprint, which table, which number."""

    design: str
    table: str
    number: int


def encoded(table: pa.Table, marks: Marks | None = None) -> bytes:
    """A table as the bytes of a Parquet file, marked as that part: the same table gives the same bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    if marks:
        said = {**marks._asdict(), "rows": checksum(table)}
        table = table.replace_schema_metadata({MARK + key.encode(): str(value) for key, value in said.items()})
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd")
    content: bytes = sink.getvalue().to_pybytes()
    return content


def checksum(table: pa.Table) -> str:
    """The SHA-256 of a table's columns: names, types and every value, however they are packed."""
    digest = hashlib.sha256()
    for field, column in zip(table.schema, table.columns, strict=True):
        digest.update(f"{field.name}\0{field.type}\0{len(column)}\0".encode())
        digest.update(column.is_null().to_numpy(zero_copy_only=False).tobytes())
        values = column.drop_null().to_numpy()
        digest.update(values.tobytes() if values.dtype.kind != "O" else json.dumps(values.tolist()).encode())
    return digest.hexdigest()


def marks_of(path: Path) -> dict[str, str]:
    """What a part's file says of itself, by the names of ``Marks`` and ``rows``; raises OSError or ArrowException."""
    import pyarrow.parquet as pq

    return said_by(pq.read_schema(path))


def said_by(schema: pa.Schema) -> dict[str, str]:
    """The marks among what a table's schema says; empty if there are none."""
    said = schema.metadata or {}
    return {key[len(MARK) :].decode(): value.decode() for key, value in said.items() if key.startswith(MARK)}


def save(folder: Path, number: int, content: bytes) -> Path:
    """Write part ``number`` into a folder, whole or not at all; what stood there under that number makes room."""
    folder.mkdir(exist_ok=True)
    path = folder / f"part-{number:05d}-{hashlib.sha256(content).hexdigest()[:16]}.parquet"
    write_whole(path, content)
    for other in folder.glob(f"part-{number:05d}-*.parquet"):
        if other != path:
            other.unlink()
    return path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file aside, bring it to the disk and rename it, so that a crash leaves all of it or nothing."""
    handle, aside = tempfile.mkstemp(prefix=ASIDE, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(aside).chmod(0o644)
        Path(aside).replace(path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise
    _remember_names(path.parent)


def _remember_names(folder: Path) -> None:
    """Bring the folder's list of names to the disk as well; Windows does so by itself and knows no such call."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def found(folder: Path) -> tuple[dict[int, Path], list[Path]]:
    """The parts in a folder that match their names, by number, and those that are spoilt."""
    whole: dict[int, Path] = {}
    spoilt: list[Path] = []
    for path, number, digest in _named(folder):
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest().startswith(digest):
                whole[number] = path
            else:
                spoilt.append(path)
    return whole, spoilt


def _named(folder: Path) -> Iterator[tuple[Path, int, str]]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = NAME.fullmatch(path.name)
        if name and path.is_file():
            yield path, int(name[1]), name[2]


def sweep(folder: Path) -> None:
    """Remove what interrupted writing left aside."""
    for path in folder.rglob(f"{ASIDE}*"):
        path.unlink(missing_ok=True)
