"""From a log to a scenario that loads, says where its numbers come from, and gives the log back."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from order_logs import lines, sampled, written

import sim
from sim.assumptions.errors import ScenarioError
from sim.assumptions.scenario import DAYS_PER_MONTH
from sim.calibration.funnel import TEMPLATE, read_funnel
from sim.calibration.learning import Asked, learn, matched
from sim.calibration.scenario_of import needs_of, season_from
from sim.cli import main
from sim.report import calibrated, order_charts

TRUTH = (0.8, 60.0, 0.7, 90.0)
SPEND = (5.0, 4.0, 120.0)


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return written(tmp_path_factory.mktemp("log") / "orders.csv", 3000, 420, 100, TRUTH, SPEND, seed=21)


@pytest.fixture(scope="module")
def learnt(log):
    return learn(log, Asked(weeks=40), "my brand")


def test_the_scenario_holds_the_fitted_process_in_months(learnt):
    fitted, market = learnt.found.fits["pareto_nbd"].parameters, learnt.scenario.market
    months = 7 / DAYS_PER_MONTH
    need = needs_of(learnt.found, learnt.regime)
    assert need == pytest.approx((fitted["r"], 7 * fitted["alpha"]), rel=0.05)  # at most one order a day
    assert learnt.regime.caught_share == 1.0  # at this margin buying back pays
    found = (market.need_gamma_shape, market.need_gamma_months, market.exit_gamma_shape, market.exit_gamma_months)
    assert found == pytest.approx((need[0], need[1] / DAYS_PER_MONTH, fitted["s"], fitted["beta"] * months), rel=1e-4)
    p, q, gamma = learnt.found.spend.values
    assert market.order_value_cny == pytest.approx(p * gamma / (q - 1), rel=1e-4)
    assert learnt.scenario.name == "my_brand"


def test_every_number_of_the_scenario_stands_below_its_provenance(learnt):
    rows = learnt.text.splitlines()
    numbers = [place for place, row in enumerate(rows) if row.startswith("  ") and not row.startswith("  #")]
    assert len(numbers) >= 6 and all(rows[place - 1].startswith("  #") for place in numbers)
    assert "standard error" in learnt.text and "extends: baseline.yaml" in learnt.text


@pytest.mark.parametrize(("paid", "back", "caught"), [(0.4, True, 1.0), (0.4, False, 0.6), (0.0, False, 1.0)])
def test_needs_are_orders_over_the_share_that_was_caught(log, learnt, paid, back, caught):
    other = learn(log, Asked(weeks=40, paid_share=paid, bought_back=back), "other")
    assert other.regime.caught_share == pytest.approx(caught)
    assert other.scenario.market.need_gamma_months == pytest.approx(learnt.scenario.market.need_gamma_months * caught, rel=0.03)
    assert other.scenario.market.exit_gamma_months == learnt.scenario.market.exit_gamma_months
    assert other.scenario.public.repeat_orders_paid_share == paid


def test_channels_tell_the_paid_share(tmp_path):
    who, when, amount = sampled(2000, 300, 60, TRUTH, SPEND, seed=4)
    paid = np.random.default_rng(1).random(who.size) < 0.3
    head, *rows = lines(who, when, amount).splitlines()
    names = np.where(paid, "ads", "direct")
    (tmp_path / "o.csv").write_text("\n".join([f"{head},channel", *(f"{r},{n}" for r, n in zip(rows, names, strict=True))]), encoding="utf-8")
    found = learn(tmp_path / "o.csv", Asked(paid_channels=("ads",)), "x")
    assert found.regime.paid_share == pytest.approx(0.3, abs=0.03) and found.regime.bought_back
    with pytest.raises(ScenarioError, match="names adds, but the log has no such channel; did you mean ads"):
        learn(tmp_path / "o.csv", Asked(paid_channels=("adds",)), "x")


@pytest.mark.parametrize("back", [True, False])
def test_the_simulator_under_that_very_regime_gives_the_log_back(log, back):
    asked = Asked(weeks=40, paid_share=0.4, bought_back=back)
    found = matched(learn(log, asked, "x"), 24).match
    assert found.error < 0.04
    assert found.coverage >= 0.7
    assert found.people == 3000 and found.simulated.shape == (24, 60)


def test_a_wrong_process_does_not_match(log):
    found = learn(log, Asked(weeks=40), "x")
    wrong = replace(found, scenario=sim.load(found.scenario, {"market.need_factor": 1.5}))
    assert matched(wrong, 8).match.error > 0.2


def test_a_seasonal_scenario_turns_with_the_calendar():
    factors = tuple(float(n) for n in range(12))
    january, july = (int((np.datetime64(day) - np.datetime64("1970-01-01")).astype(int)) for day in ("2023-01-01", "2023-07-02"))
    assert season_from(factors, january) == factors
    assert season_from(factors, july)[0] == 6.0


# the funnel sheet

FILLED = """\
week,visits,paid_clicks,first_orders,joins,members,messages_sent,messages_seen,members_left,ad_cost_cny,gift_cost_cny,staff_cost_cny
2026-01-05,,1000,30,12,1000,1600,700,4,2100,36,115
2026-01-12,,900,28,10,1010,1610,690,5,1950,30,115
2026-01-19,,1100,36,14,,,,,2300,42,
"""


def test_a_filled_sheet_gives_costs_and_chances(tmp_path, log):
    (tmp_path / "funnel.csv").write_text(FILLED, encoding="utf-8")
    ratios = read_funnel(tmp_path / "funnel.csv").ratios
    assert ratios["acquisition_cost_cny"].value == pytest.approx(6350 / 94)
    assert ratios["click_price_cny"].value == pytest.approx(6350 / 3000)
    assert ratios["join_share"].value == pytest.approx(36 / 94) and ratios["join_share"].weeks == 3
    assert ratios["service_cny_per_month"].value == pytest.approx(230 / 2010 * 365 / 84, rel=1e-6)
    found = learn(log, Asked(weeks=40, funnel=tmp_path / "funnel.csv"), "x").scenario
    door, gift = found.door, found.brand.gift_cny
    accept = door.accept_without_gift_chance + (1 - door.accept_without_gift_chance) * gift / (gift + door.half_gift_cny)
    assert gift == pytest.approx(3.0) and door.invitation_seen_chance * accept == pytest.approx(36 / 94, rel=1e-4)
    assert found.public.first_order_chance == pytest.approx(94 / 3000, rel=1e-4)


@pytest.mark.parametrize(("dates", "days"), [
    (("2025-01-31", "2025-02-28", "2025-03-31"), 365 / 12), (("2025-02-01", "2025-03-01"), 365 / 12),
    (("2025-03-03", "2025-03-04", "2025-03-07"), 1), (("2025-03-03", "2025-03-10", "2025-03-24"), 7), (("2025-03-03",), 7),
])  # fmt: skip
def test_the_time_between_lines_is_read_from_their_dates(dates, days, tmp_path):
    rows = "".join(f"{date},200,{100 * days:.6f},{0.01 * days:.6f}\n" for date in dates)
    (tmp_path / "funnel.csv").write_text("week,members,messages_sent,staff_cost_cny\n" + rows, encoding="utf-8")
    ratios = read_funnel(tmp_path / "funnel.csv").ratios
    assert ratios["touches_per_month"].value == pytest.approx(0.5 * 365 / 12)
    assert ratios["service_cny_per_month"].value == pytest.approx(0.01 / 200 * 365 / 12, rel=1e-4)


def test_the_template_can_be_filled_in_either_language(tmp_path, capsys):
    assert main(["calibrate", "--template"]) == 0
    assert capsys.readouterr().out == TEMPLATE
    assert main(["calibrate", "--template", "--out", str(tmp_path / "sheet.csv")]) == 0
    chinese = "周,付费点击,首单数,广告费\n2026-01-05,100,5,200\n"
    with (tmp_path / "sheet.csv").open("a", encoding="utf-8") as sheet:
        sheet.write("2026-01-05,,100,5,,,,,,200,,\n")
    (tmp_path / "chinese.csv").write_text(chinese, encoding="gb18030")
    for name in ("sheet.csv", "chinese.csv"):
        assert read_funnel(tmp_path / name).ratios["click_price_cny"].value == 2.0


@pytest.mark.parametrize(("content", "sentence"), [
    (TEMPLATE, "there is a line of names, but no order below it; export the log again."),
    ("week,add_cost_cny\n2026-01-05,3\n", "the funnel sheet has no column add_cost_cny; did you mean ad_cost_cny?"),
    ("visits,joins\n3,4\n", "there is no column week; start from `siyu calibrate --template`."),
    ("week,joins\n2026-01-05,-4\n", "joins in line 2 is -4, but it is 0 or more; correct it."),
    ("week,joins\n2026-01-05,4\n2026-01-05,5\n", "a week stands there twice; give one line for each."),
    ("week,first_orders,joins\n2026-01-05,4,4\n2026-01-12,4,5\n", "joins in line 3 is 5, but first_orders is 4, and it cannot be more; correct one of them."),
    ("week,messages_sent,messages_seen\n2026-01-05,40,44\n", "messages_seen in line 2 is 44, but messages_sent is 40, and it cannot be more; correct one of them."),
    ("week,joins\n2126-01-05,4\n", "line 2 is dated 2126-01-05, which is yet to come; correct the date, or leave the line out."),
    ("week,joins\n2026-01-05,4\n2026-01-19,4\n2026-02-02,4\n", "lines lie 14 days apart; give one line a week, a day or a month."),
    ("week,joins\n2025-01-01,4\n2025-04-01,4\n2025-07-01,4\n", "lines lie 90 to 91 days apart; give one line a week, a day or a month."),
    ("week,joins\n2026-01-05,many\n", "the joins in line 2 is many, which is no number; write it as in 129.50."),
])
def test_a_broken_sheet_is_told_in_one_sentence(content, sentence, tmp_path):
    (tmp_path / "funnel.csv").write_text(content, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        read_funnel(tmp_path / "funnel.csv")
    assert caught.value.mistakes == [f"{tmp_path / 'funnel.csv'}: {sentence}"]


# the command


def test_the_command_prints_what_was_promised(log, tmp_path, capsys):
    out = tmp_path / "mine.yaml"
    assert main(["calibrate", str(log), "--calibration-weeks", "40", "--out", str(out), "--json"]) == 0
    printed, err = capsys.readouterr()
    found = json.loads(printed)
    assert set(found["pareto_nbd"]) == {"r", "alpha", "s", "beta", "log_likelihood"}
    assert set(found["bg_nbd"]) == {"r", "alpha", "a", "b", "log_likelihood"}
    assert set(found["gamma_gamma"]) == {"p", "q", "gamma"}
    assert set(found["holdout"]) == {"actual_repeats", "pareto_nbd", "bg_nbd", "pareto_nbd_mape", "bg_nbd_mape"}
    assert found["customers"] == 3000 and found["orders"] == len(log.read_text(encoding="utf-8").splitlines()) - 1
    assert f"The scenario is {out}" in err
    assert sim.load(str(out)).name == "mine"


def test_the_log_can_be_lived_again_from_a_file(log, learnt, tmp_path):
    file = tmp_path / "again.yaml"
    assert main(["calibrate", str(log), "--calibration-weeks", "40", "--paid-share", "0.4", "--not-bought-back", "--again", str(file)]) == 0
    repeats = [sim.run(sim.load(str(file)), "public_only", seed).count("orders_by_itself").sum() for seed in (1, 2, 3)]
    assert np.mean(repeats) == pytest.approx(learnt.found.track.actual[-1], rel=0.05)


def test_without_weeks_held_out_there_is_no_check(log, capsys):
    assert main(["calibrate", str(log), "--unit", "day", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["holdout"] is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_table_and_the_pictures_show_the_numbers(learnt, language, tmp_path):
    text = calibrated.table(learnt.as_json(), language)
    assert f"{learnt.found.fits['pareto_nbd'].parameters['r']:.4f}" in text
    assert f"{learnt.found.holdout['actual_repeats']:,}" in text
    figure = order_charts.figure(learnt.picture(), language)
    figure.savefig(tmp_path / "picture.png", dpi=40)
    tracking, later = figure.axes
    assert np.asarray(tracking.lines[0].get_ydata()).tolist() == learnt.found.track.actual.tolist()
    assert np.asarray(later.lines[1].get_ydata()).tolist() == learnt.found.later.expected["pareto_nbd"].tolist()
