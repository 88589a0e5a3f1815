"""What cannot be written, or runs code, is said before anything is lived, in one sentence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sim.assumptions import yaml_reader
from sim.batches.cluster import Cluster, ClusterError
from sim.cli import main

RUN = ["run", "baseline", "--strategy", "hybrid", "--days", "1"]
COMPARE = ["compare", "baseline", "--seeds", "2", "--days", "1"]


@pytest.fixture
def _nothing_is_lived(monkeypatch: pytest.MonkeyPatch):
    def lived(*_: Any, **__: Any) -> None:
        raise AssertionError("it was lived")

    monkeypatch.setattr("sim.running.run_many", lived)


@pytest.mark.usefixtures("_nothing_is_lived")
@pytest.mark.parametrize("command", [RUN, COMPARE], ids=["run", "compare"])
def test_a_folder_that_holds_something_else_is_refused_before_anything_is_lived(command, tmp_path: Path, capsys):
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert main([*command, "--out", str(tmp_path)]) == 2
    assert "holds mine.txt, which is not ours to replace; name another folder.\n" in capsys.readouterr().err
    assert (tmp_path / "mine.txt").read_text("utf-8") == "mine"


@pytest.mark.usefixtures("_nothing_is_lived")
@pytest.mark.parametrize("command", [RUN, COMPARE], ids=["run", "compare"])
def test_a_file_in_place_of_the_folder_is_refused_before_anything_is_lived(command, tmp_path: Path, capsys):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert main([*command, "--out", str(tmp_path / "file")]) == 2
    said = capsys.readouterr().err
    assert said.startswith("--out: in ") and "nothing can be written" in said and said.count("\n") == 1


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path, capsys):
    assert main(["export", "baseline", "--strategy", "hybrid", "--out", str(tmp_path)]) == 2
    assert "but that is a folder; name a file." in capsys.readouterr().err


def test_a_disk_that_fails_in_the_end_is_a_sentence(tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch):
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device", "/full/disk")

    monkeypatch.setattr("sim.report.saving.save_run", full)
    assert main([*RUN, "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.endswith("/full/disk cannot be read or written (No space left on device); look at its disk and rights, or name another place.\n")


@pytest.mark.parametrize("more", [["--estimate"], []], ids=["estimate", "run"])
def test_a_design_that_runs_code_of_its_own_says_so_before_it_does(more, tmp_path: Path, capfd):
    (tmp_path / "own.py").write_text("import sys\nprint('CODE RAN', file=sys.stderr)\n", encoding="utf-8")
    design = tmp_path / "design.yaml"
    design.write_text(f'scenarios: [baseline]\nstrategies: ["{tmp_path}/own.py:X"]\n', encoding="utf-8")
    assert main(["batch", str(design), "--out", str(tmp_path / "out"), *more]) == 2
    said = capfd.readouterr().err
    assert said.index(f"line 2: the code in {tmp_path}/own.py is run now.") < said.index("CODE RAN")


@pytest.mark.parametrize("error", [yaml_reader.yaml.YAMLError("Exceeded maximum nesting depth of 10"), RecursionError("maximum recursion depth exceeded")])
def test_our_own_limit_of_depth_is_told_whatever_the_yaml_reader_says(error, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: Any, **__: Any) -> Any:
        raise error

    monkeypatch.setattr(yaml_reader.yaml, "parse", refuse)
    assert yaml_reader.read("[[", "a.yaml").mistakes == ["a.yaml, line 1: nested more than 12 levels deep; no parameter stands so deep"]


def test_a_lost_scheduler_is_a_sentence():
    class Gone:
        def nthreads(self) -> dict[str, int]:
            raise OSError("Timed out trying to connect")

    pytest.importorskip("distributed")
    with pytest.raises(ClusterError, match=r"the scheduler of the cluster is lost .* start it again, and say the same again"):
        list(Cluster(Gone()).live([]))
