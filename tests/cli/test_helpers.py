"""Processes that the window starts begin by importing what the window's own began with."""

import importlib
import multiprocessing
import sys

from chorale.cli import main


def test_importing_the_program_again_does_not_run_it_again():
    importlib.import_module("chorale.__main__")


def test_a_program_in_one_file_becomes_the_helper_that_it_was_started_as(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(multiprocessing, "freeze_support", lambda: asked.append(True))
    assert main(["--version"]) == 0
    assert asked == [True]
    assert capsys.readouterr().out
