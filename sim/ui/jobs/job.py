"""What is known of a job at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, cast

from sim.text.phrases import Language
from sim.ui.jobs import folders
from sim.ui.jobs.request import Request
from sim.ui.jobs.words import Sentence

State = Literal["queued", "running", "done", "failed", "stopped"]

WAITING: tuple[State, ...] = ("queued", "running")


@dataclass(frozen=True)
class Job:
    """A job as it was when somebody looked.

    ``place`` counts from 1 in the queue and is 0 once it runs; ``share`` is the part that is done; ``seconds_left`` is
    None until enough is done to tell; ``phase`` is starting, compiling or working; times are seconds since 1970.
    """

    id: str
    visitor: str
    request: Request
    state: State
    asked: float
    began: float | None
    ended: float | None
    place: int
    share: float
    seconds_left: float | None
    phase: str
    failure: Sentence | None
    folder: Path

    @property
    def is_over(self) -> bool:
        """Whether nothing more will come."""
        return self.state not in WAITING

    def why(self, language: Language) -> str:
        """Why it failed, in a sentence; empty if it did not."""
        return self.failure[language] if self.failure else ""

    def raw(self) -> dict[str, Any]:
        """The answer as plain values; raises LookupError if there is none."""
        found = folders.read(self.folder / "answer.json")
        if not found:
            raise LookupError(f"job {self.id} has no answer; it is {self.state}")
        return found

    def answer(self) -> Any:
        """The answer as the experiment returned it, such as a Waterfall; raises LookupError if there is none."""
        from sim.ui.jobs.answers import revived

        return revived(self.raw())


def job_in(folder: Path, place: int = 0) -> Job | None:
    """The job in a folder; None if there is none."""
    asked, state, progress = (folders.read(folder / f"{name}.json") for name in ("request", "state", "progress"))
    try:
        return Job(
            folder.name, str(asked["visitor"]), Request(**asked["request"]), cast(State, state["state"]),
            float(asked["asked"]), state.get("began"), state.get("ended"), place,
            1.0 if state["state"] == "done" else float(progress.get("share", 0.0)), progress.get("seconds_left"),
            str(progress.get("phase", "starting")), state.get("failure"), folder,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        return None
