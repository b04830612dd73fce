"""Everything a person can do, headless."""

import threading
from pathlib import Path

import pytest

from chorale import assets, io
from chorale.app import Request, Selection, Studio, edits
from chorale.errors import InputError, ModelError
from chorale.levels import tunes


def write_tune(studio, pitches=(67, 69, 71, 72)):
    for index, midi in enumerate(pitches):
        studio.edit("Place note", lambda score, at=4 * index, midi=midi: edits.place(score, 0, at, 4, midi))


def finish(studio):
    job = studio.harmonizing
    assert job.join(10)
    studio.poll()


def test_a_new_score_is_empty_clean_and_untitled(studio):
    studio.new(4)
    assert (studio.name, studio.document.dirty, studio.document.path) == ("Untitled", False, None)
    assert studio.score.steps == 64


def test_a_tune_of_ours_opens_with_its_title(studio):
    studio.new_from_tune("old_hundredth")
    assert studio.name == "Old Hundredth"
    with pytest.raises(InputError, match="wanted one of"):
        studio.new_from_tune("the_unwritten")


def test_a_file_of_a_tune_opens_like_any_score(studio, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text((assets.folder("levels") / "tunes" / "twinkle.toml").read_text(encoding="utf-8"), encoding="utf-8")
    assert studio.open(file) == ()
    assert (studio.score, studio.document.path) == (tunes.load("twinkle"), None)
    file.write_text("title = ", encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.toml"):
        studio.open(file)
    assert studio.score == tunes.load("twinkle")


def test_harmonize_fills_the_other_voices_as_one_step_named_with_its_seed(studio):
    write_tune(studio)
    before = studio.score
    studio.harmonize(Request(seed=7))
    finish(studio)
    assert studio.harmonizing is None
    assert studio.document.undo_label == "Harmonize (seed 7)"
    assert [len(studio.score.chorale.notes(voice)) for voice in range(4)] == [4, 4, 4, 4]
    assert studio.score.chorale.notes(0) == before.chorale.notes(0)
    assert studio.undo() == "Harmonize (seed 7)"
    assert studio.score is before


def test_the_bars_that_the_tune_leaves_empty_stay_empty(studio):
    write_tune(studio)
    studio.harmonize()
    finish(studio)
    assert (studio.score.chorale.pitches[16:] == -1).all()


def test_without_a_seed_each_harmonize_takes_the_next(studio, chords):
    write_tune(studio)
    for _ in range(3):
        studio.harmonize()
        finish(studio)
    studio.harmonize(Request(seed=40))
    finish(studio)
    studio.harmonize()
    finish(studio)
    assert [seed for seed, _, _ in chords.calls] == [0, 1, 2, 40, 41]


def test_the_answers_can_be_compared_within_one_step(studio):
    write_tune(studio)
    tune = studio.score
    studio.harmonize(Request(alternatives=3, seed=2))
    finish(studio)
    heard = [studio.score.chorale]
    for index in (1, 2):
        studio.choose(index)
        heard.append(studio.score.chorale)
    assert len(set(heard)) == 3
    assert studio.document.undo_label == "Harmonize C (seed 2)"
    studio.choose(0)
    assert studio.score.chorale == heard[0]
    assert studio.alternatives.chosen == 0
    studio.undo()
    assert studio.score is tune


def test_an_answer_chosen_after_an_edit_is_a_step_of_its_own(studio):
    write_tune(studio)
    studio.harmonize(Request(alternatives=2))
    finish(studio)
    studio.edit("Move", lambda score: edits.move_diatonic(score, Selection.of((1, 0)), 1))
    edited = studio.score
    studio.choose(1)
    assert studio.undo() == "Harmonize B (seed 0)"
    assert studio.score is edited


def test_an_answer_that_is_not_there_is_refused(studio):
    with pytest.raises(InputError, match="no alternative A"):
        studio.choose(0)
    write_tune(studio)
    studio.harmonize(Request(alternatives=2))
    finish(studio)
    with pytest.raises(InputError, match="no alternative D"):
        studio.choose(3)
    studio.new()
    assert studio.alternatives is None


def test_voices_appear_as_they_are_sampled(studio, chords):
    write_tune(studio)
    chords.hold = threading.Event()
    studio.harmonize(Request(alternatives=2))
    while studio.harmonizing.progress.fraction < 0.6:
        pass
    assert studio.shown is not studio.score
    assert studio.shown.chorale.notes(3)
    assert not studio.score.chorale.notes(3)
    chords.hold.set()
    finish(studio)
    assert studio.shown is studio.score


def test_a_cancelled_harmonize_changes_nothing_and_says_nothing(studio, chords):
    write_tune(studio)
    before, chords.hold = studio.score, threading.Event()
    job = studio.harmonize()
    studio.cancel_harmonize()
    assert studio.harmonizing is None
    chords.hold.set()
    job.join(10)
    studio.poll()
    assert studio.score is before
    assert studio.take_messages() == []


def test_only_one_harmonize_runs_at_a_time(studio, chords):
    write_tune(studio)
    chords.hold = threading.Event()
    studio.harmonize()
    with pytest.raises(InputError, match="at work"):
        studio.harmonize()
    chords.hold.set()
    finish(studio)


def test_changing_the_music_stops_harmonize_and_changing_the_title_does_not(studio, chords):
    write_tune(studio)
    chords.hold = threading.Event()
    studio.harmonize()
    studio.edit("Title", lambda score: edits.set_title(score, "Meanwhile"))
    assert studio.harmonizing is not None
    chords.hold.set()
    finish(studio)
    assert studio.score.title == "Meanwhile"
    assert studio.score.chorale.notes(3)
    chords.hold.clear()
    studio.harmonize()
    studio.edit("Place", lambda score: edits.place(score, 0, 0, 4, 60))
    assert studio.harmonizing is None
    assert "music changed" in studio.take_messages()[-1].text
    chords.hold.set()


def test_opening_another_document_stops_harmonize_and_its_answer_never_arrives(studio, chords):
    write_tune(studio)
    chords.hold = threading.Event()
    job = studio.harmonize()
    studio.new(2)
    chords.hold.set()
    job.join(10)
    studio.poll()
    assert not studio.score.chorale.onsets.any()
    assert studio.document.undo_label is None


def test_what_goes_wrong_in_the_model_becomes_a_message(clock):
    def load(_):
        raise ModelError("model coconet: its file network.onnx is damaged (checksum); install Chorale again")

    studio = Studio(load=load, clock=clock)
    write_tune(studio)
    before = studio.score
    studio.harmonize()
    finish(studio)
    (message,) = studio.take_messages()
    assert message.kind == "error"
    assert "damaged (checksum)" in message.text
    assert studio.score is before
    studio.close()


def test_a_model_that_breaks_its_word_is_not_let_in(studio, chords, monkeypatch):
    write_tune(studio)
    real = chords.harmonize

    def lie(score, mask, **how):
        return [
            type(a)(edits.move_octaves(a.score, Selection.of((0, 0)), 1), a.seed, 0.0) for a in real(score, mask, **how)
        ]

    monkeypatch.setattr(chords, "harmonize", lie)
    before = studio.score
    studio.harmonize()
    finish(studio)
    assert studio.score is before
    assert "changed notes" in studio.take_messages()[0].text


def test_saving_and_opening_gives_the_same_score_and_a_clean_document(studio, tmp_path):
    write_tune(studio)
    studio.harmonize()
    finish(studio)
    path = studio.save(tmp_path / "mine")
    assert path == tmp_path / "mine.chorale"
    assert not studio.document.dirty
    saved = studio.score
    studio.new()
    assert studio.open(path) == ()
    assert studio.score == saved
    assert (studio.document.path, studio.name, studio.document.dirty) == (path, "mine", False)
    studio.edit("Title", lambda score: edits.set_title(score, "T"))
    assert studio.save() == path
    assert io.read(path).score.title == "T"


def test_saving_wants_a_name_and_the_projects_suffix(studio, tmp_path):
    with pytest.raises(InputError, match="wanted a name"):
        studio.save()
    with pytest.raises(InputError, match=r"wanted the suffix \.chorale"):
        studio.save(tmp_path / "mine.mid")
    with pytest.raises(InputError, match="cannot write"):
        studio.save(tmp_path / "none" / "mine.chorale")
    assert studio.document.path is None


def test_a_file_that_cannot_be_read_leaves_the_open_document(studio, tmp_path):
    write_tune(studio)
    before = studio.document
    (tmp_path / "bad.chorale").write_bytes(b"\x00")
    for name in ("none.mid", "bad.chorale", "bad.xyz"):
        with pytest.raises(InputError, match=name):
            studio.open(tmp_path / name)
    assert studio.document is before


def test_other_formats_are_opened_without_a_file_to_save_to(studio, tmp_path):
    write_tune(studio)
    studio.export(tmp_path / "tune.musicxml")
    studio.open(tmp_path / "tune.musicxml")
    assert studio.document.path is None
    assert [note.pitch for note in studio.score.chorale.notes(0)] == [67, 69, 71, 72]


@pytest.mark.parametrize("suffix", ["musicxml", "mxl", "xml", "mid", "chorale", "wav", "svg", "pdf", "png"])
def test_every_format_is_written(studio, tmp_path, suffix):
    studio.new(1)
    write_tune(studio)
    job = studio.export_job(tmp_path / f"out.{suffix}")
    job.result()
    studio.poll()
    assert (tmp_path / f"out.{suffix}").stat().st_size > 100
    assert [path.name for path in tmp_path.iterdir()] == [f"out.{suffix}"]
    assert studio.take_messages()[0].text.startswith("exported")


def test_an_exported_page_says_who_wrote_the_lower_voices_also_after_saving(studio, tmp_path):
    write_tune(studio)
    studio.export(tmp_path / "tune.musicxml")
    assert b"harmonized with" not in (tmp_path / "tune.musicxml").read_bytes()
    studio.harmonize()
    finish(studio)
    studio.open(studio.save(tmp_path / "four.chorale"))
    studio.export(tmp_path / "four.musicxml", layout="open")
    assert b"harmonized with Chorale" in (tmp_path / "four.musicxml").read_bytes()


@pytest.mark.parametrize("name", ["out.doc", "out", "out.mp3"])
def test_an_unknown_suffix_is_refused_with_those_that_are_known(studio, tmp_path, name):
    with pytest.raises(InputError, match=r"wanted one of \.musicxml"):
        studio.export(tmp_path / name)
    with pytest.raises(InputError):
        studio.export_job(tmp_path / name)


def test_an_export_that_fails_in_the_background_is_told_of(studio, tmp_path):
    write_tune(studio)
    studio.export_job(tmp_path / "none" / "out.mid").join(10)
    studio.poll()
    assert studio.take_messages()[0].kind == "error"


def test_settings_are_remembered_between_studios(tmp_path):
    first = Studio(config=tmp_path)
    first.change_settings(scale=1.5)
    with pytest.raises(InputError, match="scale"):
        first.change_settings(scale=7)
    first.close()
    second = Studio(config=tmp_path)
    assert second.settings.scale == 1.5
    second.close()


def test_damaged_settings_are_told_of_and_do_not_keep_the_studio_from_starting(tmp_path):
    (tmp_path / "settings.json").write_text("{")
    studio = Studio(config=tmp_path)
    assert studio.take_messages()[0].kind == "warning"
    assert studio.settings == type(studio.settings)()
    studio.close()


def test_settings_that_cannot_be_kept_are_told_of_and_hold_for_the_session(tmp_path):
    (tmp_path / "file").write_text("")
    studio = Studio(config=tmp_path / "file" / "config")
    studio.change_settings(scale=1.5)
    assert studio.settings.scale == 1.5
    assert "not remembered" in studio.take_messages()[-1].text
    studio.close()


def test_opened_and_saved_files_are_remembered(tmp_path):
    studio = Studio(config=tmp_path / "config")
    write_tune(studio)
    studio.save(tmp_path / "a.chorale")
    assert [Path(name).name for name in studio.settings.recent] == ["a.chorale"]
    studio.close()
