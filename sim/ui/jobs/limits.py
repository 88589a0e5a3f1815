"""How much may be asked for: at once, by one visitor, by all; how much a job may use; how long answers are kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from sim.batches.study import processors


@dataclass(frozen=True)
class Limits:
    """Bounds that keep one visitor from starving others, and jobs from filling the computer.

    ``by_visitor`` bounds what one browser has waiting or running, quick and long ones apart; ``by_address`` what comes
    from one address, however many browsers claim to stand there: a class behind one router is one address.
    ``running`` jobs go on at once, of which one place is left to quick kinds if there are two or more; ``megabytes``
    is memory of one job; ``upload_megabytes`` bounds what may be handed over; answers are kept for ``days_kept`` days,
    at most ``kept`` of them in ``kept_megabytes``.
    """

    running: int = field(default_factory=processors)
    by_visitor: int = 4
    by_address: int = 24
    in_all: int = 40
    megabytes: int = 3_000
    upload_megabytes: int = 100
    kept: int = 200
    kept_megabytes: int = 2_000
    days_kept: float = 7.0
    minutes: float | None = None

    @property
    def long_ones(self) -> int:
        """How many long jobs may run at once."""
        return max(1, self.running - 1)
