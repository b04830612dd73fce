"""A small game: a tutorial, two levels behind it, an exam; no model, and a day that the test chooses."""

from datetime import date

import pytest

from chorale.app.game import Game
from chorale.errors import ModelError
from chorale.levels import worlds

LEVEL = """
id = "{id}"
kind = "{kind}"
title = "{title}"
intro = "Write."
requires = [{requires}]
key = "C major"
meter = "4/4"
version = {version}
[score]
{score}
{goals}
{tail}
[solution]
{solution}
"""
EXACT = '[[goals]]\ncheck = "exact"\nweight = 30\n'


def no_model(name):
    raise ModelError(f"{name} is not installed")


@pytest.fixture
def put(tmp_path):
    """Write a level file; return its path."""

    def write(place, name, *, requires=(), kind="place", score='soprano = "?:4 ? ?:2"', goals=EXACT,
              solution='soprano = "c5:4 d5 e5:2"', tail="", version=1):  # fmt: skip
        path = tmp_path / "levels" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        listed = ", ".join(f'"{each}"' for each in requires)
        parts = {"kind": kind, "score": score, "goals": goals, "solution": solution, "tail": tail, "version": version}
        path.write_text(LEVEL.format(id=name, title=name.title(), requires=listed, **parts), encoding="utf-8")
        return path

    return write


@pytest.fixture
def shelf(put, tmp_path):
    """Two worlds: a/first, a/second, a/last and b/first, each behind the one before."""
    put("01-a/1.toml", "a/first")
    put("01-a/2.toml", "a/second", requires=["a/first"])
    put("01-a/3.toml", "a/last", requires=["a/second"])
    put("02-b/1.toml", "b/first", requires=["a/last"])
    return tmp_path / "levels"


@pytest.fixture
def play(shelf, tmp_path):
    """Start a game, each time the same person's."""

    def start(today=date(2026, 11, 23), load=no_model, **more):
        found = worlds.load(shelf)
        return Game(found, tmp_path / "data", load=load, today=lambda: today, **more)

    return start


@pytest.fixture
def game(play):
    return play()
