"""The same day of a pool, written as people usually do: a plain Mesa model, and NumPy over whole arrays.

Both forget, hear a message once a week, need, exit and leave by the rules of sim/rules/pool.py and sim/rules/people.py, with an
ordinary random generator and no books. They are here to be measured against, not to agree to the bit.
"""

from __future__ import annotations

import mesa
import numpy as np

HALF_LIFE, STAYS, ACCESSIBILITY, FLOOR, GAIN, VALUE, TIRES = 30.0, 0.95, 0.6, 0.2, 0.3, 0.6, 0.3
NEED, EXIT, LEAVE, CAPTURE, ORDER, EVERY = 0.004, 0.002, 0.0002, 0.8, 0.01, 7


class PlainMember(mesa.Agent):
    """A member as an object with a random generator shared by all."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.engagement, self.fatigue, self.member, self.gone, self.orders = 0.5, 0.0, True, False, 0

    def step(self) -> None:
        if self.gone:
            return
        random = self.random.random
        if self.member:
            self.engagement *= 1.0 - 0.6931 / HALF_LIFE
            self.fatigue *= STAYS
            if self.model.day % EVERY == 0 and random() < ACCESSIBILITY * (FLOOR + (1.0 - FLOOR) * self.engagement):
                fresh = 1.0 / (1.0 + self.fatigue**4)
                self.engagement += GAIN * VALUE * fresh * (1.0 - self.engagement)
                self.fatigue += TIRES * (1.0 - VALUE)
                self.orders += random() < ORDER * fresh
            if random() < LEAVE:
                self.member = False
        if random() < NEED:
            self.orders += random() < CAPTURE * self.engagement**2
        if random() < EXIT * (1.0 - 0.3 * self.engagement):
            self.gone = True


class PlainPool(mesa.Model):
    """A pool of plain members."""

    def __init__(self, members: int) -> None:
        super().__init__(rng=1)
        self.day = 0
        PlainMember.create_agents(self, members)

    def step(self) -> None:
        self.day += 1
        self.agents.do("step")


class ArrayPool:
    """The same pool as NumPy arrays; everybody's day in a few dozen array operations."""

    def __init__(self, members: int) -> None:
        self.random, self.day = np.random.default_rng(1), 0
        self.engagement, self.fatigue = np.full(members, 0.5, np.float32), np.zeros(members, np.float32)
        self.member, self.gone = np.ones(members, bool), np.zeros(members, bool)
        self.orders = np.zeros(members, np.uint16)

    def step(self) -> None:
        self.day += 1
        uniforms, alive = self.random.random((2, self.member.size), np.float32), ~self.gone
        living = alive & self.member
        self.engagement[living] *= 1.0 - 0.6931 / HALF_LIFE
        self.fatigue[living] *= STAYS
        if self.day % EVERY == 0:
            seeing = ACCESSIBILITY * (FLOOR + (1.0 - FLOOR) * self.engagement)
            attention = self.random.random(self.member.size, np.float32)
            seen = living & (attention < seeing)
            fresh = 1.0 / (1.0 + self.fatigue**4)
            self.orders += seen & (attention < seeing * ORDER * fresh)
            self.engagement[seen] += (GAIN * VALUE * fresh * (1.0 - self.engagement))[seen]
            self.fatigue[seen] += TIRES * (1.0 - VALUE)
        self.orders += alive & (uniforms[0] < NEED * CAPTURE * self.engagement**2)
        self.member &= ~(living & (uniforms[1] > 1.0 - LEAVE))
        self.gone |= alive & (uniforms[1] < EXIT * (1.0 - 0.3 * self.engagement))
