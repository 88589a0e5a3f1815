"""Other ways into the pool: who meets which, who joins there and with what intent, what it costs; carts left behind."""

from __future__ import annotations

import numpy as np
import pytest

import sim
from sim.running import World, run_many

SHOP = {
    "clock.days": 40, "clock.run_out_days": 0, "market.people": 60_000, "brand.budget_cny_per_day": 400.0,
    "visitors.passers_by_per_day": 2000.0, "visitors.buy_share": 0.5, "switches.referral": False, "brand.gift_cny": 0.0,
    "door.self_selection_share": 0.0, "pool.service_cny_per_month": 0.0,
}
STAFF = {"name": "staff", "met_by": "visitors", "newcomers_share": 1.0, "invitation_seen_chance": 1.0}


def lived(*entrances, **changes):
    (result,) = run_many([World(sim.load("baseline", {**SHOP, "door.entrances": entrances, **changes}), "private_pool", 5)])
    return result


def test_nine_in_ten_notice_staff_who_ask_and_half_of_these_accept():
    result = lived({**STAFF, "invitation_seen_chance": 0.9}, **{"brand.budget_cny_per_day": 0.0})
    joined, came = result.count("joins").sum(), result.count("orders_first_free").sum()
    assert joined / came == pytest.approx(0.9 * 0.5, abs=0.01) and came > 6000


def test_who_meets_no_other_entrance_gets_the_card_in_the_parcel():
    result = lived({**STAFF, "newcomers_share": 0.5, "accept_factor": 0.0}, **{"brand.budget_cny_per_day": 0.0})
    joined, came = result.count("joins").sum(), result.count("orders_first_free").sum()
    assert joined / came == pytest.approx(0.5 * 0.8 * 0.5, abs=0.01)


def test_of_two_entrances_the_first_in_the_list_is_met_first():
    first, second = {**STAFF, "newcomers_share": 0.5, "accept_factor": 2.0}, {**STAFF, "accept_factor": 0.0}
    one, other = lived(first, second, **{"brand.budget_cny_per_day": 0.0}), lived(second, first, **{"brand.budget_cny_per_day": 0.0})
    assert one.count("joins").sum() / one.count("orders_first_free").sum() == pytest.approx(0.5, abs=0.02)
    assert other.count("joins").sum() == 0


def test_an_entrance_for_visitors_is_not_met_by_who_clicked():
    clicked = {"visitors.passers_by_per_day": 0.0}
    assert lived(STAFF, **clicked).ledger_sha256 == lived(**clicked).ledger_sha256
    assert lived({**STAFF, "met_by": "clickers"}, **clicked).ledger_sha256 != lived(**clicked).ledger_sha256
    assert lived(STAFF, **{"switches.entrances": False}).ledger_sha256 == lived().ledger_sha256


def test_each_joiner_at_the_counter_costs_a_bonus_to_the_micro_yuan():
    result = lived({**STAFF, "joiner_cny": 1.25})
    first = result.count("orders_first_paid")
    only_visitors = first == 0
    assert np.array_equal(result.account("join_gifts")[only_visitors], 1_250_000 * result.count("joins")[only_visitors])
    everybody = lived({**STAFF, "met_by": "everybody", "joiner_cny": 1.25})
    assert np.array_equal(everybody.account("join_gifts"), 1_250_000 * everybody.count("joins"))
    assert everybody.count("joins").sum() > 1000


def test_an_entrance_that_costs_is_closed_where_the_brand_has_no_money():
    poor = {"brand.budget_cny_per_day": 0.0}
    assert lived({**STAFF, "joiner_cny": 1.0}, **poor).ledger_sha256 == lived(**poor).ledger_sha256


def test_who_is_talked_into_joining_is_less_engaged_from_the_first_day():
    keen, talked = (lived({**STAFF, "met_by": "everybody", "engagement_factor": each}, **{"brand.touches_per_month": 0.0}) for each in (1.0, 0.4))
    assert np.array_equal(keen.count("joins")[:5], talked.count("joins")[:5])
    assert talked.count("engaged")[4] < 0.02 * keen.count("engaged")[4] and keen.count("engaged")[4] > 100, "0.24 is below 0.3"


def test_a_tenth_of_carts_won_back_bring_a_fifth_more_first_orders_and_cost_a_message_each():
    clicks = {"visitors.passers_by_per_day": 0.0, "public.match_conversion_cap_factor": 1.0, "brand.budget_cny_per_day": 4000.0}
    plain, carts = lived(**clicks), lived(**clicks, **{"brand.cart_recovered_chance": 0.1})
    a_click = [r.count("orders_first_paid")[:10].sum() / r.count("clicks")[:10].sum() for r in (plain, carts)]
    assert a_click[1] / a_click[0] == pytest.approx(1.23, abs=0.06)
    assert np.array_equal(carts.account("accounts"), np.rint(carts.count("clicks") * 0.03 * 2.3 * 40_000).astype(np.int64))
    assert not plain.account("accounts").any()
