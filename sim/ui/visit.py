"""What a visitor asks of a page: given to every page's `show`."""

from __future__ import annotations

import shlex
from dataclasses import dataclass

from sim.assumptions.scenario import Scenario
from sim.text.phrases import Language
from sim.ui.link import Wish, written
from sim.ui.own_scenarios import PREFIX, Origin


@dataclass(frozen=True)
class Visit:
    """One pass over one page: the language, the scenario as it was chosen and as sliders have changed it, the futures.

    ``base`` is the scenario as its file says, ``scenario`` the one to be run; ``origin`` says where it comes from.
    What is chosen is changed through `sim.ui.state` (`use`, `move`, `set_parameter`, `remember`), from callbacks.
    """

    page: str
    wish: Wish
    base: Scenario
    scenario: Scenario
    origin: Origin

    @property
    def language(self) -> Language:
        """The language that the visitor reads."""
        return self.wish.language

    @property
    def futures(self) -> int:
        """The futures of an answer."""
        return self.wish.futures

    @property
    def name(self) -> str:
        """The scenario's name in the link: a shipped one's, or `own-` with a fingerprint."""
        return self.wish.scenario

    @property
    def moved(self) -> dict[str, float]:
        """The parameters that do not stand at the scenario's own values."""
        return self.wish.moved

    @property
    def own(self) -> dict[str, str]:
        """What the link says that this page alone understands."""
        return self.wish.own

    @property
    def link(self) -> dict[str, str]:
        """The address of this page, as it can be shared."""
        return written(self.wish)

    @property
    def is_own(self) -> bool:
        """Whether the visitor brought or calibrated the scenario."""
        return self.name.startswith(PREFIX)

    @property
    def changes(self) -> dict[str, float]:
        """What differs from the scenario's file, by parameter."""
        days = self.wish.days
        return self.moved | ({"clock.days": days} if days else {})

    def command(self, verb: str, *more: str) -> str:
        """What to type for the same; a scenario of the visitor's own is a file that was downloaded before."""
        name = f"{self.base.name}.yaml" if self.is_own else self.name
        settings = [word for key, value in self.changes.items() for word in ("--set", f"{key}={value:g}")]
        speech = ["--lang", "zh"] if self.language == "zh" else []
        return shlex.join(["siyu", verb, name, *settings, *more, *speech])
