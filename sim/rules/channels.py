"""Rules about channels: what each kind usually is as an AIE vector, and what may be called private.

Accessibility is how readily a member is reached, IP (persona) whether a person speaks there and not a service desk,
Endurance whether people stay (source 004). Source 004 names the three tests and calls official accounts half-private;
the numbers are assumptions.
"""

from __future__ import annotations

from typing import NamedTuple


class Vector(NamedTuple):
    """What a channel is: A, I and E; members whom one account holds; what a message costs; whose house it is."""

    accessibility_chance: float
    """A fully engaged member sees a message."""
    persona_share: float
    """Part of a message's effect on the tie that is left when it comes from there: 1 from a person, 0 from a desk."""
    leave_factor: float
    """Leaving after a seen message, relative to a personal account: the higher, the less endures."""
    account_members_count: int
    """Members whom one account holds."""
    message_cny: float
    """What the channel charges for a message."""
    obeys_platform: bool
    """Whether the platform's sanctions cut its reach."""


STATED_OF_CHANNELS = Vector._fields[:-1]
"""What a scenario may state of a channel in place of what is usual."""

MOST_CHANNELS = 8
"""Channels that a brand may have, its pool's own included."""

NO_LIMIT = 1_000_000_000

USUAL: dict[str, Vector] = {
    "personal_account": Vector(0.78, 1.0, 1.0, 5_000, 0.0, True),
    "enterprise_account": Vector(0.7, 0.6, 1.2, 50_000, 0.0, True),
    "group": Vector(0.6, 0.6, 1.5, 500, 0.0, True),
    "official_account": Vector(0.12, 0.5, 1.0, NO_LIMIT, 0.0, True),
    "mini_program": Vector(0.2, 0.1, 0.5, NO_LIMIT, 0.0, True),
    "app": Vector(0.3, 0.2, 1.0, NO_LIMIT, 0.0, False),
    "sms": Vector(0.25, 0.0, 3.0, NO_LIMIT, 0.04, False),
}
"""The usual vector of each kind of channel."""

LEAST_ACCESSIBILITY, LEAST_PERSONA, MOST_LEAVING = 0.5, 0.5, 2.0
"""What a channel must reach in each of the three to pass."""

BADGES: dict[str, str] = {"private": "私域", "half-private": "半私域", "public": "公域"}
"""What a channel may be called, in English and Chinese."""


def badge(accessibility_chance: float, persona_share: float, leave_factor: float) -> str:
    """What a channel deserves to be called: private if it passes all three tests, public if it passes none."""
    passed = (accessibility_chance >= LEAST_ACCESSIBILITY) + (persona_share >= LEAST_PERSONA) + (
        leave_factor <= MOST_LEAVING
    )
    return "private" if passed == 3 else "half-private" if passed else "public"
