"""A job while it waits, and while its process is there."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

from sim.ui.jobs import folders, processes
from sim.ui.jobs.job import State
from sim.ui.jobs.kinds import Kind
from sim.ui.jobs.words import Sentence, sentence


@dataclass(frozen=True)
class Waiting:
    """A job in the queue; ``address`` is where it was asked for, or the visitor again if that is not known."""

    folder: Path
    visitor: str
    kind: Kind
    address: str = ""


@dataclass(frozen=True)
class Running:
    """A job and its process, when it began (seconds since 1970) and how many minutes it may take."""

    folder: Path
    visitor: str
    kind: Kind
    process: Popen[bytes]
    began: float
    minutes: float
    address: str = ""

    def end(self) -> int | None:
        """End it with everything that it has started; the exit status."""
        return processes.ended(self.process)

    def verdict(self) -> tuple[State, Sentence | None] | None:
        """What became of it, with the reason if it failed; None while it goes on."""
        if self.process.poll() is None:
            if time.time() - self.began < self.minutes * 60:
                return None
            self.end()
            return "failed", sentence("time", limit=f"{self.minutes:g}")
        status = self.end()
        if folders.read(self.folder / "answer.json"):
            return "done", None
        told = folders.read(self.folder / "failure.json")
        failure: Sentence = {"en": told["en"], "zh": told["zh"]} if told else sentence("died", status=status)
        return "failed", failure
