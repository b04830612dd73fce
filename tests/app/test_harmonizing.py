"""Which cells Harmonize may write, and how its answer comes back."""

import numpy as np
import pytest

from chorale.app import Request, Selection, Studio, edits, voices_named
from chorale.app.harmonizing import answered, harmonizers, prepare, writable
from chorale.errors import InputError, ModelError
from chorale.models import registry
from chorale.models.base import Harmonization


def full(score):
    for voice, midi in ((1, 62), (2, 55), (3, 43)):
        for step in range(0, 24, 8):
            score = edits.place(score, voice, step, 8, midi)
    return score


def test_all_but_the_kept_voices_may_be_written(score):
    assert writable(score, Request()).any(axis=0).tolist() == [False, True, True, True]
    kept = writable(full(score), Request(keep=frozenset({0, 3})))
    assert kept.all(axis=0).tolist() == [False, True, True, False]


def test_locked_cells_may_not_be_written(score):
    locked = edits.toggle_lock(full(score), Selection.of((2, 8)))
    mask = writable(locked, Request())
    assert not mask[8:16, 2].any()
    assert mask[:8, 2].all()


def test_bars_are_written_whole_notes_at_a_time():
    score = edits.place(edits.empty(3), 0, 0, 48, 72)
    score = edits.place(score, 1, 12, 8, 60)  # held into bar 2: kept
    score = edits.place(score, 2, 28, 8, 55)  # begins in bar 2, held on: written to its end
    mask = writable(score, Request(bars=(2, 2)))
    assert np.flatnonzero(mask[:, 1]).tolist() == list(range(20, 32))
    assert np.flatnonzero(mask[:, 2]).tolist() == list(range(16, 36))
    assert np.flatnonzero(mask[:, 3]).tolist() == list(range(16, 32))


def test_a_selection_is_written_whatever_its_voice_is(score):
    mask = writable(score, Request(selection=Selection.of((0, 4))))
    assert np.argwhere(mask).tolist() == [[step, 0] for step in range(4, 8)]


@pytest.mark.parametrize("bars", [(5, 4), (0, 2), (3, 99)])
def test_bars_that_are_not_there_are_refused(score, bars):
    with pytest.raises(InputError, match="bars of this score, which are 1 to 4"):
        writable(score, Request(bars=bars))


def test_an_empty_page_cannot_be_harmonized():
    with pytest.raises(InputError, match="at least one note"):
        writable(edits.empty(), Request())
    with pytest.raises(InputError, match="at least one note"):
        writable(edits.place(edits.empty(), 1, 0, 4, 60), Request())


def test_nothing_to_write_is_refused(score):
    with pytest.raises(InputError, match="nothing to write"):
        writable(score, Request(keep=frozenset(range(4))))
    locked = score
    for voice in (1, 2, 3):
        locked = edits.toggle_voice_lock(locked, voice)
    with pytest.raises(InputError, match="kept or locked"):
        writable(locked, Request())


@pytest.mark.parametrize(
    "values",
    [
        {"alternatives": 0},
        {"alternatives": 5},
        {"temperature": -0.1},
        {"temperature": float("nan")},
        {"seed": -1},
        {"ornament": -1.1},
        {"ornament": float("nan")},
    ],
)
def test_a_request_out_of_range_is_refused(values):
    with pytest.raises(InputError, match="wanted"):
        Request(**values)


def test_voices_are_named_by_letters():
    assert voices_named("SB") == {0, 3}
    assert voices_named("s, a,t") == {0, 1, 2}
    for bad in ("", "X", "SX", "soprano"):
        with pytest.raises(InputError, match="wanted letters"):
            voices_named(bad)


def test_where_the_tune_rests_for_a_beat_the_choir_rests_and_a_breath_is_sung_through(score):
    breathing = edits.set_length(edits.delete(full(score), Selection.of((0, 8))), Selection.of((0, 0)), 3)
    prepared, mask = prepare(breathing, writable(breathing, Request()))
    assert mask[3, 1:].all()
    assert not mask[8:12].any()
    assert (prepared.chorale.pitches[8:12] == -1).all()
    assert not mask[24:].any()  # the empty end of the page
    assert (prepared.chorale.pitches[:, 0] == breathing.chorale.pitches[:, 0]).all()


def test_where_all_voices_are_free_none_is_silenced(score):
    chosen = Selection.all_of(full(score)).notes - {(0, 0)}
    _, mask = prepare(full(score), writable(full(score), Request(selection=Selection(chosen))))
    assert mask[4:16].all()


def test_an_answer_that_changed_a_given_note_is_not_let_in(score):
    mask = writable(score, Request())
    wrong = edits.move_chromatic(score, Selection.of((0, 4)), 1)
    with pytest.raises(ModelError, match="changed notes that it was given"):
        answered(score, mask, Harmonization(wrong, 0, 0.0))
    shorter = edits.set_bars(score, 2)
    with pytest.raises(ModelError):
        answered(score, mask, Harmonization(shorter, 0, 0.0))


def test_an_answer_brings_notes_and_nothing_else(score):
    mask = writable(score, Request())
    other = edits.set_title(edits.place(edits.respell(score, Selection.of((0, 0))), 1, 0, 4, 62), "Not mine")
    after = answered(score, mask, Harmonization(other, 0, 0.0))
    assert after.title == ""
    assert after.pitch_at(0, 0) == score.pitch_at(0, 0)
    assert after.chorale.notes(1) == other.chorale.notes(1)


def test_only_models_that_harmonize_are_offered(monkeypatch):
    kinds = {"coconet": "coconet", "melodies": "melody_rnn", "theirs": "doodle", "damaged": ""}
    monkeypatch.setattr(registry, "available", lambda: tuple(kinds))
    monkeypatch.setattr(registry, "kind_of", kinds.__getitem__)
    assert harmonizers() == ("coconet", "theirs")


def test_a_model_that_does_not_harmonize_is_refused(score):
    studio = Studio(load=lambda _: object())
    studio.edit("Write", lambda _: score)
    with pytest.raises(InputError, match=r"model melodies does not harmonize: wanted one of .*coconet"):
        studio.harmonize(Request(model="melodies")).result()
    studio.close()
