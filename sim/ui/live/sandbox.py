"""The sandbox, last of all: any two ways of doing business in the chosen scenario, and events dropped in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from sim.assumptions.provenance import scenario_fingerprint
from sim.assumptions.scenario import Scenario
from sim.text.phrases import STRATEGIES, Language, strategy_name
from sim.ui import state
from sim.ui.live import player
from sim.ui.live.lessons import watched_for_a_year
from sim.ui.visit import Visit
from sim.ui.words.live import say

if TYPE_CHECKING:
    from sim.records.incidents import Incident
    from sim.records.panel import Arm

USUAL_WAYS = ("public_only", "hybrid")
MOST_LUCK = 9999
CHOICES = (
    "price_doubles", "double_eleven", "accounts_purged", "reach_cut", "stops_engaging", "offers_daily", "tap_closed",
)
"""What may be dropped in, as sim.records.incidents names it."""


class Sandbox(NamedTuple):
    """What is watched in the sandbox."""

    scenario: Scenario
    ways: tuple[str, str]
    seed: int
    incidents: tuple[Incident, ...]

    @property
    def world(self) -> str:
        """A name for all of it but the incidents."""
        return f"sandbox {scenario_fingerprint(self.scenario)} {' '.join(self.ways)} {self.seed}"

    def arms(self, incidents: Sequence[Incident]) -> list[Arm]:
        """Both futures, in which these things happen."""
        from sim.records.incidents import happening
        from sim.records.panel import Arm

        return [happening(Arm(self.scenario, way), incidents) for way in self.ways]

    def names(self, language: Language) -> list[str]:
        """What both are called."""
        return [strategy_name(way, language) for way in self.ways]


def understood(own: dict[str, str], scenario: Scenario) -> Sandbox:
    """What the link says about the sandbox; whatever makes no sense is what is usual. Raises ScenarioError."""
    from sim.records.incidents import INCIDENTS, MOST_INCIDENTS, Incident

    year = watched_for_a_year(scenario)
    first, _, second = own.get("ways", "").partition(",")
    ways = tuple(way if way in STRATEGIES else usual for way, usual in zip((first, second), USUAL_WAYS, strict=True))
    seed = own.get("seed", "")
    found = re.findall(r"(?a)([a-z_]+)\.(\d{1,3})(?:,|$)", own.get("happens", ""))
    incidents = [Incident(name, int(day)) for name, day in found if name in INCIDENTS and int(day) < year.clock.days]
    luck = int(seed) if re.fullmatch(r"[0-9]{1,4}", seed) else 1
    return Sandbox(year, (ways[0], ways[1]), luck, tuple(incidents[:MOST_INCIDENTS]))


def written(incidents: Sequence[Incident]) -> str | None:
    """Incidents as the link says them; None for none."""
    return ",".join(f"{each.name}.{each.day}" for each in incidents) or None


def choose(visit: Visit) -> Sandbox:
    """The two ways and the luck, as widgets."""
    wish, language = understood(visit.own, visit.scenario), visit.language
    st.markdown(say("sandbox_question", language))
    columns = st.columns((2, 2, 1))
    for place, (column, name) in enumerate(zip(columns, ("strategy_a", "strategy_b"), strict=False)):
        _choose_way(wish, place, column, say(name, language), language)
    st.session_state["live.seed"] = wish.seed
    columns[2].number_input(
        say("seed", language), 1, MOST_LUCK, step=1, key="live.seed",
        on_change=lambda: state.remember("seed", str(st.session_state["live.seed"])),
    )
    return wish


def _choose_way(wish: Sandbox, place: int, column: DeltaGenerator, label: str, language: Language) -> None:
    key = f"live.way.{place}.{language}"
    st.session_state[key] = wish.ways[place]

    def chosen() -> None:
        ways = [*wish.ways]
        ways[place] = st.session_state[key]
        state.remember("ways", ",".join(ways))

    column.selectbox(
        label, list(STRATEGIES), format_func=lambda way: strategy_name(way, language), key=key, on_change=chosen
    )


def drop_in(wish: Sandbox) -> None:
    """Add what was dropped into the film, if it is something that may happen."""
    from sim.records.incidents import INCIDENTS, MOST_INCIDENTS, Incident

    given = player.dropped()
    if given and given[0] in INCIDENTS and 0 <= given[1] < wish.scenario.clock.days:
        incidents = (*wish.incidents, Incident(*given))
        state.remember("happens", written(incidents[:MOST_INCIDENTS]))


def tell(wish: Sandbox, language: Language) -> None:
    """What happens in the film, and how to take it out again."""
    from sim.records.incidents import MOST_INCIDENTS

    if not wish.incidents:
        return
    said = [f"{say('happened', language, day=each.day + 1, what=say(each.name, language))}" for each in wish.incidents]
    st.markdown(say("events", language, events=say("separator", language).join(said)))
    if len(wish.incidents) >= MOST_INCIDENTS:
        st.caption(say("enough", language))
    with st.container(horizontal=True):
        st.button(say("undo", language), on_click=lambda: state.remember("happens", written(wish.incidents[:-1])))
        st.button(say("clear", language), on_click=lambda: state.remember("happens", None))
