"""What a visitor asks a job to do: plain values, so that it can be written down beside what came out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import Any

from sim.assumptions.loading import loads
from sim.assumptions.scenario import Scenario
from sim.assumptions.writing import to_yaml


@dataclass(frozen=True)
class Request:
    """One kind of work (``sim.ui.jobs.kinds``) on one scenario, which is written out in full; empty if it needs none.

    ``options`` are JSON values: seeds, strategies, what varies. Files that were uploaded are handed over beside it.
    """

    kind: str
    scenario: str
    options: dict[str, Any]

    @classmethod
    def of(cls, kind: str, scenario: Scenario | None = None, /, **options: Any) -> Request:
        """A request about a scenario; raises TypeError for options that are no JSON values."""
        plain = json.loads(json.dumps(options, allow_nan=False))
        return cls(kind, to_yaml(scenario) if scenario else "", plain)

    @property
    def fingerprint(self) -> str:
        """The same for the same question, and for no other."""
        text = json.dumps(asdict(self), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]

    def assumed(self) -> Scenario:
        """The scenario; raises ScenarioError if it is none."""
        return loads(self.scenario, "scenario.yaml")

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)
