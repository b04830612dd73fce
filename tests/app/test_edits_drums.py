"""Drums under the voices through every edit that moves the bars, and back."""

from pathlib import Path

import numpy as np
import pytest

from chorale.app import edits, exporting
from chorale.music import DrumPattern, Meter, Piece, Score


def kicks(steps, *at):
    hits = np.zeros((steps, 9), bool)
    hits[list(at), Piece.KICK] = True
    return DrumPattern(hits, np.full((steps, 9), 70), np.full((steps, 9), 0.1))


@pytest.fixture
def drummed(score):
    return edits.set_drums(score, kicks(score.steps, *range(score.pickup, score.steps, score.meter.steps_per_bar)))


def struck(score):
    return np.flatnonzero(score.drums.hits[:, Piece.KICK]).tolist()


def test_drums_are_cut_or_extended_to_the_length_of_the_score(score):
    assert len(edits.set_drums(score, kicks(4, 0)).drums) == score.steps
    assert len(edits.set_drums(score, kicks(score.steps + 40, 0, score.steps + 8)).drums) == score.steps


def test_drums_without_a_hit_are_none(score):
    assert edits.set_drums(score, DrumPattern.silent(16)) is score
    assert edits.remove_drums(score) is score


def test_they_are_taken_away_and_what_else_there_is_stays(score, drummed):
    assert drummed != score
    assert hash(drummed) != hash(score)
    assert edits.remove_drums(drummed) == score


def test_inserted_bars_push_them_on(drummed):
    bar = drummed.meter.steps_per_bar
    second = drummed.bars[-2].start
    longer = edits.insert_bars(drummed, drummed.bars[-2].number)
    assert struck(longer) == [step + bar * (step >= second) for step in struck(drummed)]
    assert longer.drums.velocities[struck(longer)[-1], Piece.KICK] == 70
    assert longer.drums.offsets[struck(longer)[-1], Piece.KICK] == pytest.approx(0.1)


def test_removed_bars_take_theirs_along_and_inserting_then_removing_changes_nothing(drummed):
    number = drummed.bars[-2].number
    assert edits.remove_bars(edits.insert_bars(drummed, number), number).drums == drummed.drums
    assert len(struck(edits.remove_bars(drummed, number))) == len(struck(drummed)) - 1


def test_new_bars_at_the_end_are_silent_and_a_cut_score_cuts_them(drummed):
    longer = edits.add_bars(drummed, 2)
    assert struck(longer) == struck(drummed)
    assert len(longer.drums) == longer.steps
    shorter = edits.set_bars(drummed, 1)
    assert len(shorter.drums) == shorter.steps


def test_another_meter_leaves_every_hit_on_its_step(drummed):
    changed = edits.set_meter(drummed, Meter(2, 4))
    assert struck(changed) == struck(drummed)
    assert len(changed.drums) == changed.steps


def test_an_edit_of_a_note_keeps_them(drummed):
    assert edits.place(drummed, 3, 0, 4, 48).drums == drummed.drums
    assert isinstance(edits.place(drummed, 3, 0, 4, 48), Score)


@pytest.mark.parametrize(
    ("suffix", "words"),
    [(".musicxml", "on the grid of sixteenths"), (".pdf", "not drawn"), (".mid", ""), (".wav", ""), (".chorale", "")],
)
def test_what_an_export_does_not_keep_of_them_is_told(score, drummed, suffix, words):
    path = Path(f"page{suffix}")
    assert (words in exporting.left_out(drummed, path)) if words else exporting.left_out(drummed, path) == ""
    assert exporting.left_out(score, path) == ""
    assert words in exporting.told(drummed, path)
    stiff = edits.set_drums(score, DrumPattern(drummed.drums.hits))
    assert exporting.left_out(stiff, Path("page.musicxml")) == ""
