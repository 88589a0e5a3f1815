"""Result folders from strangers: sentences, and nothing outside the folder is read."""

from __future__ import annotations

import hashlib
import io
import json

import pyarrow as pa
import pyarrow.compute as pc
import pytest
from batch_runs import DESIGN
from pyarrow import parquet

import sim
from sim.batches.stored.about import BatchError
from sim.batches.stored.batch import Batch
from sim.cli import main


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A finished batch of few runs."""
    place = tmp_path_factory.mktemp("batch")
    design = place / "short.yaml"
    design.write_text(DESIGN.format(seeds=1), encoding="utf-8")
    sim.batch(design, place / "out", workers=1)
    return place / "out"


@pytest.fixture
def folder(made, tmp_path):
    """A copy that may be spoilt."""
    import shutil

    return shutil.copytree(made, tmp_path / "out")


def lie(folder, **values):
    about = folder / "about.json"
    about.write_text(json.dumps(json.loads(about.read_text("utf-8")) | values), encoding="utf-8")


def forge(folder, table, change):
    """Replace the first part of a table by a changed one whose name matches its bytes."""
    path = min((folder / table).glob("part-*.parquet"))
    packed = io.BytesIO()
    parquet.write_table(change(parquet.read_table(path)), packed)
    path.unlink()
    digest = hashlib.sha256(packed.getvalue()).hexdigest()[:16]
    (folder / table / f"{path.name.rsplit('-', 1)[0]}-{digest}.parquet").write_bytes(packed.getvalue())


def replaced(name, values):
    return lambda table: table.set_column(table.column_names.index(name), name, [values(len(table))])


LIES = [
    {"runs": "many"}, {"runs": 0}, {"runs": -3}, {"runs": 10**30}, {"runs": 1.5}, {"runs": True}, {"runs_per_part": 0},
    {"seeds": "x"}, {"tables": ["../../etc"]}, {"tables": ["runs"]}, {"tables": "runs"}, {"tables": []}, {"keys": [3]}, {"keys": {"a": 1}},
    {"scenarios": ["../../../etc/passwd"]}, {"scenarios": ["/etc/passwd"]}, {"scenarios": [None]}, {"name": ["x"]}, {"code": "x"},
    {"code": {"siyu": 3}}, {"more": 1}, {"strategies": "hybrid"},
]


@pytest.mark.parametrize("lies", LIES, ids=str)
@pytest.mark.parametrize("command", [["results"], ["export"], ["export", "--as", "orders", "--run", "0"]], ids=" ".join)
def test_a_folder_that_lies_about_itself_is_spoilt(lies, command, folder, capsys):
    lie(folder, **lies)
    assert main([command[0], str(folder), *command[1:]]) == 2
    said = capsys.readouterr().err
    assert said.endswith("about.json is spoilt; make the batch anew in another folder.\n") and said.count("\n") == 1


FORGED = {
    "numbers as texts": ("runs", replaced("profit_cny", lambda n: pa.array(["=1+1"] * n))),
    "scenarios as numbers": ("runs", replaced("scenario", lambda n: pa.array(range(n)))),
    "no scenario": ("runs", lambda table: table.drop_columns(["scenario"])),
    "seeds as fractions": ("runs", replaced("seed", lambda n: pa.array([0.5] * n))),
    "too many rows": ("runs", lambda table: pa.concat_tables([table] * 3)),
    "no row": ("runs", lambda table: table.slice(0, 0)),
    "sums as texts": ("sums", replaced("metric", lambda n: pa.array(range(n)))),
    "sums cut short": ("sums", lambda table: table.slice(0, table.num_rows - 1)),
    "no column": ("sums", lambda table: table.select([])),
}


@pytest.mark.parametrize("name", FORGED)
def test_parts_of_wrong_types_are_a_sentence(name, folder, capsys):
    forge(folder, *FORGED[name])
    statuses = [main(["results", str(folder), "--json"]), main(["export", str(folder), "--table", FORGED[name][0]])]
    said = capsys.readouterr().err
    assert statuses == [2, 2]
    assert set(said.splitlines()) and all(line.endswith("make the batch anew.") for line in said.splitlines()), said


def test_a_run_of_a_scenario_elsewhere_is_not_read(folder, capsys):
    forge(folder, "runs", replaced("scenario", lambda n: pa.array(["../../../secret"] * n)))
    (folder.parent.parent / "secret.yaml").write_text("extends: baseline\n", encoding="utf-8")
    assert main(["export", str(folder), "--as", "orders", "--run", "0"]) == 2
    assert capsys.readouterr().err == "run 0 is of a scenario that the batch does not have.\n"


def test_an_about_that_is_a_device_or_a_pipe_is_no_batch(folder, capsys):
    import os

    (folder / "about.json").unlink()
    (folder / "about.json").symlink_to("/dev/zero")
    assert main(["results", str(folder)]) == 2
    (folder / "about.json").unlink()
    os.mkfifo(folder / "about.json")
    assert main(["results", str(folder)]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2 and all("holds no batch" in line for line in said)


def test_links_to_parts_elsewhere_count_only_with_the_bytes_of_their_name(folder, tmp_path, capsys):
    path = min((folder / "runs").glob("part-*.parquet"))
    path.rename(tmp_path / "elsewhere")
    path.symlink_to("/etc/passwd")
    assert main(["results", str(folder)]) == 2
    said = capsys.readouterr().err
    assert "is spoilt and left out" in said and "root:" not in said


def test_an_older_version_s_folder_is_read_as_far_as_it_goes_and_not_lived_again(folder, capsys):
    lie(folder, code={"siyu": "0.0.1"})
    forge(folder, "runs", lambda table: table.drop_columns(["roi"]))
    assert main(["results", str(folder), "--metric", "profit_cny"]) == 0
    capsys.readouterr()
    assert main(["results", str(folder), "--metric", "roi"]) == 2
    assert capsys.readouterr().err == "The batch has no roi: another version wrote it; name others with --metric.\n"
    assert main(["export", str(folder), "--as", "orders", "--run", "0"]) == 2
    assert "only that version can live its runs again" in capsys.readouterr().err
    with pytest.raises(BatchError, match="another version of the code"):
        sim.batch((folder / "design.yaml"), folder, workers=1)
    assert len(Batch(folder)) == 16


@pytest.fixture(scope="module")
def other(tmp_path_factory):
    """A finished batch of as many runs by another design."""
    place = tmp_path_factory.mktemp("other")
    design = place / "short.yaml"
    design.write_text(DESIGN.format(seeds="[7]"), encoding="utf-8")
    sim.batch(design, place / "out", workers=1)
    return place / "out"


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """A finished batch of several parts."""
    design = tmp_path_factory.mktemp("many") / "many.yaml"
    design.write_text(DESIGN.format(seeds=4), encoding="utf-8")
    sim.batch(design, design.parent / "out", workers=1)
    return design.parent / "out"


def parts_of(folder, table):
    return sorted((folder / table).glob("part-*.parquet"))


def from_another_design(folder, other):
    for table in ("runs", "sums"):
        parts_of(folder, table)[0].unlink()
        there = parts_of(other, table)[0]
        (folder / table / there.name).write_bytes(there.read_bytes())


def one_table_from_another_design(folder, other):
    parts_of(folder, "sums")[1].unlink()
    there = parts_of(other, "sums")[0]
    (folder / "sums" / there.name.replace("00000", "00001")).write_bytes(there.read_bytes())


def renumbered(folder, _other):
    for table in ("runs", "sums"):
        first, second, *_ = parts_of(folder, table)
        first.rename(first.with_name("aside"))
        second.rename(second.with_name(second.name.replace("00001", "00000")))


def copied_as_another(folder, _other):
    for table in ("runs", "sums"):
        first, second, *_ = parts_of(folder, table)
        second.unlink()
        first.with_name(first.name.replace("00000", "00001")).write_bytes(first.read_bytes())


def of_another_table(folder, _other):
    parts_of(folder, "runs")[0].unlink()
    there = parts_of(folder, "sums")[0]
    (folder / "runs" / there.name).write_bytes(there.read_bytes())


def unmarked(folder, _other):
    forge(folder, "runs", lambda table: table.replace_schema_metadata())


STRANGERS = {
    from_another_design: "was written by the batch of another design; take it out, and make the batch anew",
    one_table_from_another_design: "was written by the batch of another design; take it out, and make the batch anew",
    renumbered: "was written by this batch as part 1 of runs; take it out, and make the batch anew",
    copied_as_another: "was written by this batch as part 0 of runs; take it out, and make the batch anew",
    of_another_table: "was written by this batch as part 0 of sums; take it out, and make the batch anew",
    unmarked: "holds no runs as this version writes them; make the batch anew",
}


@pytest.mark.parametrize("harm", STRANGERS, ids=lambda harm: harm.__name__)
def test_a_part_that_belongs_elsewhere_is_refused_by_every_reader_and_by_the_batch(harm, many, other, tmp_path, capsys):
    import shutil

    folder = shutil.copytree(many, tmp_path / "out")
    harm(folder, other)
    before = sorted(path.name for path in folder.rglob("part-*"))
    for command in (["results", str(folder)], ["export", str(folder)], ["batch", str(folder / "design.yaml"), "--out", str(folder)]):
        assert main(command) == 2
        told = capsys.readouterr()
        assert told.out == "" and told.err.endswith(f"{STRANGERS[harm]}.\n") and told.err.count("\n") == 1
    assert sorted(path.name for path in folder.rglob("part-*")) == before


@pytest.mark.parametrize("table", ["runs", "sums"])
def test_rows_that_were_altered_under_a_name_that_matches_are_refused(folder, table, capsys):
    def altered(there):
        number = there.column_names.index("profit_cny") if table == "runs" else len(there.column_names) - 2
        return there.set_column(number, there.column_names[number], pc.add(there[number], 1))

    forge(folder, table, altered)
    assert main(["export", str(folder), "--table", table]) == 2
    assert capsys.readouterr().err.endswith("was altered after it was written by this batch; make the batch anew.\n")


def test_runs_in_another_order_are_refused(folder, capsys):
    forge(folder, "runs", lambda table: table.take(list(range(len(table)))[::-1]))
    assert main(["results", str(folder)]) == 2
    assert "was altered after it was written" in capsys.readouterr().err
