"""What levels/README.md tells teachers is so."""

import re
from pathlib import Path

import pytest

from chorale import assets
from chorale.levels import worlds
from chorale.levels.goals import PREDICATES
from chorale.levels.level import KINDS, read
from chorale.levels.player import doubts
from chorale.levels.proving import prove

README = (assets.folder("levels") / "README.md").read_text(encoding="utf-8")
EXAMPLES = sorted((assets.folder("levels") / "examples").glob("*.toml"))


def _table(heading):
    """Return the first cell's names, and the last cell, of each row of the table under a line that begins so."""
    lines = README[README.index(heading) :].splitlines()[2:]
    rows = [line.strip("|").split(" | ") for line in lines[: next(n for n, line in enumerate(lines) if not line)]]
    return {name: row[-1].strip(" |") for row in rows for name in re.findall("`([a-z]+)`", row[0])}


def test_the_complete_example_is_sound(tmp_path):
    path = tmp_path / "example.toml"
    path.write_text(re.search("```toml\n(.*?)```", README, re.DOTALL)[1], encoding="utf-8")
    assert prove(read(path)) == ()


def test_every_predicate_is_in_the_table_with_its_fields():
    told = {
        name: set(filter(None, re.split(r",\s*", fields.replace("`", ""))))
        for name, fields in _table("| check |").items()
    }
    has = {
        name: {f"{field}{'!' * needed}" for field, needed in each.takes.items()} for name, each in PREDICATES.items()
    }
    assert told == has


def test_every_kind_is_in_the_table():
    assert set(_table("| kind |")) == set(KINDS)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_sound(path):
    level = read(path)
    assert prove(level) + doubts(level) == ()


def test_the_examples_are_a_teachers_folder():
    found = worlds.load(Path(EXAMPLES[0]).parent)
    assert found.problems + found.loose_ends() == ()
    assert len(found.by_id) == len(EXAMPLES)
