"""The command line: what it prints, what it refuses, and how it ends. The engine is replaced; only the calls are tested."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import tomllib
from types import ModuleType, SimpleNamespace

import pytest

import sim
from sim.cli import main


def module(monkeypatch, name, **members):
    stand_in = ModuleType(name)
    vars(stand_in).update(members)
    monkeypatch.setitem(sys.modules, name, stand_in)
    return stand_in


@pytest.fixture
def engine(monkeypatch):
    """Stand-ins for everything slow; remembers the calls."""
    calls = SimpleNamespace(run=[], compare=[], saved=[])

    def run(scenario, strategy, seed=1, *, crowd="columns", threads=None, progress=None):
        assert crowd == "columns"
        calls.run.append((scenario, strategy, seed, threads))
        progress(scenario.clock.days, scenario.clock.days)
        return SimpleNamespace(ledger_sha256="ab12", seed=seed)

    def compare(scenario, strategies=None, seeds=40, *, workers=None, progress=None):
        calls.compare.append((scenario, strategies, seeds, workers))
        progress(seeds, seeds)
        return SimpleNamespace(as_json=lambda: {"seeds": seeds, "verdict": {"zh": "私域"}})

    def figure(_what, _lang):
        from matplotlib.figure import Figure

        return Figure()

    module(monkeypatch, "sim.kernel.compiled", is_compiled_already=lambda: False)
    module(monkeypatch, "sim.simulation.compiling", compile_side_by_side=lambda: None)
    module(monkeypatch, "sim.running", run=run)
    module(monkeypatch, "sim.inference.plausibility", as_json=lambda _found: [], doubts_after=lambda _made: (),
           told=lambda _found, _lang: "")
    known = ("public_only", "private_pool", "hybrid")
    module(monkeypatch, "sim.strategies", names=lambda: known, SHIPPED=dict.fromkeys(known), find=lambda name: name)
    module(monkeypatch, "sim.results.metrics", all_of=lambda _result: {"profit_cny": 1.5, "payback_days": None})
    study = module(monkeypatch, "sim.questions.compare.study", compare=compare)
    module(monkeypatch, "sim.questions.compare", study=study)
    module(monkeypatch, "sim.report.saved_files", RUN_FILES=(), COMPARISON_FILES=(), VERDICT_FILES=())
    parts = {
        "charts": module(monkeypatch, "sim.report.charts", comparison_figure=figure, run_figure=figure),
        "saving": module(monkeypatch, "sim.report.saving", RUN_FILES=(), COMPARISON_FILES=(), save_run=lambda _r, folder: calls.saved.append(folder),
                         save_comparison=lambda _c, folder: calls.saved.append(folder)),
        "tables": module(monkeypatch, "sim.report.tables", comparison_table=lambda _c, lang: f"table {lang}",
                         run_table=lambda _r, lang: f"run {lang}", runaway_of=lambda _c, _lang: ""),
        "words": module(monkeypatch, "sim.report.words", verdict=lambda _c, lang: f"verdict {lang}",
                        runaway_alarm=lambda _r0, _lang: ""),
    }
    module(monkeypatch, "sim.report", **parts)
    return calls


def siyu(*arguments: str) -> subprocess.CompletedProcess[str]:
    code = "import sys; from sim.cli import main; sys.exit(main())"
    return subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False, timeout=60)


def refused(capsys, *arguments: str) -> str:
    """The sentences on the error stream of a call that must end with status 2 and print nothing else."""
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "Traceback" not in err
    return err


# check and explain


def test_check_says_that_a_scenario_is_all_right(capsys):
    assert main(["check", "baseline"]) == 0
    assert capsys.readouterr().out == "baseline: all right\n"


def test_check_tells_every_mistake_of_every_file_on_the_error_stream(capsys, write):
    bad = write("bad.yaml", "extends: baseline\nclock: {days: 0}\nmarket: {peple: 1}\n")
    assert main(["check", bad, "baseline", "nowhere"]) == 2
    out, err = capsys.readouterr()
    assert out == "baseline: all right\n"
    assert [line.split(": ")[0] for line in err.splitlines()] == [f"{bad}, line 2", f"{bad}, line 3", "nowhere"]


def test_check_says_that_no_bid_makes_a_click_cost_the_start_price(capsys):
    alone = ["--set", "public.rivals.0.advertisers_count=0", "--set", "public.rivals.1.advertisers_count=1",
             "--set", "public.rivals.2.advertisers_count=0"]
    assert main(["check", "baseline", *alone]) == 2
    said = capsys.readouterr().err
    assert said.startswith("baseline: public: on day 0 no bid wins") and "against 1 rivals" in said
    assert main(["check", "baseline", "--set", "public.start_click_price_cny=3"]) == 0


def test_check_answers_without_loading_anything_slow():
    code = """if True:
        import sys
        from sim.cli import main
        status = main(["check", "baseline"])
        slow = {"numba", "mesa", "pandas", "matplotlib", "numpy", "scipy", "tqdm", "streamlit"} & set(sys.modules)
        sys.exit(f"loaded {slow}" if slow else status)
    """
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, "baseline: all right\n", "")


def test_explain_tells_what_differs_in_both_languages(capsys):
    arguments = ["explain", "baseline", "--set", "clock.days=90", "--set", "switches.fatigue=false", "--only-differences"]
    assert main(arguments) == 0
    english = capsys.readouterr().out
    assert english.startswith("clock.days: 90  [days]\n    days that are lived and counted, with new acquisition\n    --set; baseline: 365;")
    assert "switches.fatigue: false\n" in english and "baseline: true" in english
    assert main([*arguments, "--lang", "zh"]) == 0
    chinese = capsys.readouterr().out
    assert "计入结果的天数" in chinese and "基准值: 365" in chinese
    assert main(["explain", "baseline", "--only-differences"]) == 0
    assert capsys.readouterr().out == "Nothing differs from the baseline.\n"


def test_explain_prints_json(capsys):
    assert main(["explain", "baseline", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    days = next(row for row in rows if row["key"] == "clock.days")
    assert {"key": "clock.days", "value": 365, "unit": "days"}.items() <= days.items()


# run and compare


def test_run_calls_the_engine_with_what_was_asked(engine, capsys):
    assert main(["run", "baseline", "--strategy", "hybrid", "--seed", "7", "--days", "30", "--threads", "2", "--crowd", "columns",
                 "--set", "pool.capture_level=1", "--json"]) == 0
    ((scenario, strategy, seed, threads),) = engine.run
    assert (strategy, seed, threads) == ("hybrid", 7, 2)
    assert (scenario.clock.days, scenario.pool.capture_level) == (30, 1.0)
    assert json.loads(capsys.readouterr().out) == {
        "scenario": "baseline", "strategy": "hybrid", "seed": 7, "days": 30,
        "metrics": {"profit_cny": 1.5, "payback_days": None}, "ledger_sha256": "ab12",
    }


def test_compare_calls_the_engine_with_what_was_asked(engine, capsys):
    assert main(["compare", "baseline", "--strategies", "hybrid, public_only,hybrid", "--seeds", "3", "--workers", "2", "--json"]) == 0
    ((scenario, strategies, seeds, workers),) = engine.compare
    assert (scenario.name, strategies, seeds, workers) == ("baseline", ("hybrid", "public_only"), 3, 2)
    out, err = capsys.readouterr()
    assert json.loads(out) == {"seeds": 3, "verdict": {"zh": "私域"}}
    assert err == "Compiling the model once, half a minute or a little more…\n"


def test_compare_takes_all_strategies_and_forty_seeds_if_not_told(engine):
    assert main(["compare", "baseline"]) == 0
    assert engine.compare[0][1:] == (None, 40, None)


def test_compare_says_first_what_it_leaves_out_then_the_verdict_the_table_and_where_the_picture_is(engine, capsys, tmp_path):
    chart, out = tmp_path / "new" / "a.PNG", tmp_path / "kept"
    assert main(["compare", "baseline", "--lang", "zh", "--chart", str(chart), "--out", str(out)]) == 0
    first, rest = capsys.readouterr().out.split("\n\n", 1)
    assert first == "假如每条假设都恰好成立、只剩运气（尚不知道的事由 siyu decide baseline 权衡）："
    assert rest == f"verdict zh\n\ntable zh\nSaved in {out}\nThe picture is {chart}\n"
    assert chart.read_bytes().startswith(b"\x89PNG")
    assert engine.saved == [out]


@pytest.mark.usefixtures("engine")
def test_json_stays_json_when_something_is_saved_too(capsys, tmp_path):
    for command in (["run", "--strategy", "hybrid"], ["compare"]):
        assert main([*command, "baseline", "--json", "--out", str(tmp_path / command[0]), "--chart", str(tmp_path / "a.svg")]) == 0
        json.loads(capsys.readouterr().out)


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["compare", "baseline", "--strategies", "hybird,public_only"], "There is no strategy hybird; did you mean hybrid?\n"),
    (["compare", "baseline", "--strategies", "hybrid"], "--strategies is hybrid, but a comparison needs two"),
    (["compare", "baseline", "--seeds", "0"], "Invalid value for '--seeds': 0 is not in the range"),
    (["compare", "baseline", "--seeds", "many"], "Invalid value for '--seeds'"),
    (["compare", "baseline", "--chart", "a.bmp"], "--chart is a.bmp, but a picture ends in .png, .svg or .pdf.\n"),
    (["compare", "baseline", "--out", "/dev/null/x"], "--out: in /dev/null/x nothing can be written ("),
    (["compare", "baseline", "--chart", "/dev/null/a.png"], "--chart: in /dev/null nothing can be written ("),
    (["compare", "baseline", "--workers", "-1"], "Invalid value for '--workers'"),
    (["compare", "baselin"], "baselin: there is no such file; did you mean baseline?\n"),
    (["compare", "baseline", "--set", "clock.day=3"], "--set: there is no clock.day; did you mean clock.days?\n"),
    (["compare", "baseline", "--sead", "3"], "No such option '--sead'"),
    (["run", "baseline"], "--strategy is missing; there are public_only, private_pool, hybrid.\n"),
    (["run", "baseline", "--strategy", "zzz"], "There is no strategy zzz; there are public_only, private_pool, hybrid.\n"),
    (["run", "baseline", "--strategy", "hybrid", "--days", "0"], "Invalid value for '--days'"),
    (["run", "baseline", "--strategy", "hybrid", "--seed", "-1"], "Invalid value for '--seed'"),
    (["run", "baseline", "--strategy", "hybrid", "--crowd", "mob"], "Invalid value for '--crowd'"),
    (["explain", "baseline", "--lang", "de"], "Invalid value for '--lang'"),
    (["comprae", "baseline"], "There is no command comprae; did you mean compare?\n"),
    (["check"], "Missing argument 'SCENARIO...'"),
])
def test_bad_input_ends_with_status_2_and_one_sentence(engine, capsys, arguments, sentence):
    told = refused(capsys, *arguments)
    assert told.startswith(sentence)
    assert told.count("\n") == 1
    assert engine.run == engine.compare == []


@pytest.mark.usefixtures("engine")
def test_an_interruption_ends_with_status_130_and_one_line(capsys, monkeypatch):
    def interrupted(*_arguments, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(sys.modules["sim.running"], "run", interrupted)
    assert main(["run", "baseline", "--strategy", "hybrid"]) == 130
    assert capsys.readouterr().err.strip().splitlines()[-1] == "Interrupted."


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_control_c_while_a_scenario_is_read_ends_with_status_130(tmp_path):
    # A scenario that takes long to read stands for any work.
    slow = tmp_path / "slow.yaml"
    slow.write_text("".join(f"k{i}: 1\n" for i in range(90_000)))
    code = "import sys; from sim.cli import main; print('ready', flush=True); sys.exit(main())"
    with subprocess.Popen([sys.executable, "-c", code, "check", *[str(slow)] * 20],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.5)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err.rstrip().endswith("Interrupted.")
    assert "Traceback" not in err


# app, help, version, the public door


@pytest.fixture
def started(monkeypatch, tmp_path):
    """What was started instead of the app."""
    started = []
    (tmp_path / "sim").mkdir()
    (tmp_path / "app.py").touch()
    monkeypatch.setattr("sim.cli.serve.__file__", str(tmp_path / "sim/cli/serve.py"))
    monkeypatch.setattr(subprocess, "run", lambda command, **_: started.append(command) or SimpleNamespace(returncode=0))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: object())
    return started


def test_the_app_is_started_on_the_loopback_address_only(started, tmp_path, capsys):
    assert main(["app", "--port", "9000"]) == 0
    assert started[0][1:4] == ["-m", "sim.ui.server", str(tmp_path / "app.py")]
    assert {"--server.address=127.0.0.1", "--server.port=9000"} <= set(started[0])
    assert capsys.readouterr().err == ""


def test_a_class_reaches_the_app_only_if_it_is_told_so_and_says_so(started, capsys):
    assert main(["app", "--address", "192.0.2.7"]) == 0
    assert "--server.address=192.0.2.7" in started[0]
    assert "whoever can reach this computer may use it" in capsys.readouterr().err


def test_an_address_that_is_none_is_refused(started, capsys):
    assert "my computer is no address; write 127.0.0.1" in refused(capsys, "app", "--address", "my computer")
    assert started == []


def test_the_app_without_streamlit_says_how_to_install_it(monkeypatch, capsys, tmp_path):
    (tmp_path / "sim").mkdir()
    (tmp_path / "app.py").touch()
    monkeypatch.setattr("sim.cli.serve.__file__", str(tmp_path / "sim/cli/serve.py"))
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    assert "pip install 'siyu[app]'" in refused(capsys, "app")


def test_scenarios_and_the_app_travel_inside_the_package(root):
    shipped = tomllib.loads((root / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert shipped["scenarios"] == "sim/_scenarios"
    assert ("app.py" in shipped) == (root / "app.py").exists(), 'ship it: "app.py" = "sim/_app.py"'


def test_help_and_version_are_told():
    assert "compare" in siyu("--help").stdout
    version = siyu("--version")
    assert (version.returncode, version.stdout.split()[0]) == (0, "siyu")


@pytest.mark.parametrize("name", ["Scenario", "ScenarioError", "Result", "load", "loads", "shipped", "explain", "to_yaml", "__version__"])
def test_the_public_door_gives_each_name(name):
    assert getattr(sim, name) is not None
    assert name in dir(sim)


def test_the_public_door_knows_no_other_name():
    with pytest.raises(AttributeError, match="module 'sim' has no attribute 'runn'"):
        _ = sim.runn
