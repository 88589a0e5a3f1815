"""Where a table begins: the line of names, which titles and remarks may precede."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sim.calibration.read.words_of import names, plain

MOST_LINES = 60
"""Lines among which the names of columns are looked for."""

Cells = Sequence[str]


def roles_in(cells: Cells, named: Mapping[str, str | None]) -> int:
    """How many of customer, date and amount a line names, in known words or in those that the user gave."""
    bare = {plain(cell) for cell in cells}
    given = {cell.strip() for cell in cells}
    roles = {"customer": ("customer",), "date": ("date", "paid_at"), "amount": ("amount", "price")}
    return sum(
        (named.get(role) or "").strip() in given if named.get(role) else any(bare & set(names(each)) for each in known)
        for role, known in roles.items()
    )


def line_of_names(lines: Sequence[Cells], named: Mapping[str, str | None]) -> int | None:
    """The line that names most, and at least two, of the columns that a log needs; None if no line does."""
    scores = [roles_in(cells, named) if len(cells) > 1 else 0 for cells in lines]
    best = max(scores, default=0)
    return scores.index(best) if best >= 2 else None
