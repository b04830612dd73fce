import threading
from pathlib import Path

import pygame
import pytest

from chorale.errors import InputError, ModelError
from chorale.music import REST, Chorale


def harmonized(person):
    person.click("harmonize")
    person.wait_for(lambda: person.studio.harmonizing is None)


def test_harmonize_writes_three_voices_and_offers_four_answers(tune):
    soprano = tune.notes()
    harmonized(tune)
    assert tune.notes() == soprano
    assert all(len(tune.notes(voice)) == 8 for voice in (1, 2, 3))
    assert [tune.find(f"answer-{letter}").enabled for letter in "abcd"] == [True] * 4
    assert any("Harmonized" in text for text in tune.said())
    assert tune.find("portrait").value == "pleased"


def test_answers_replace_one_another_in_one_undo_step(tune):
    harmonized(tune)
    first = tune.notes(3)
    tune.click("answer-c")
    assert tune.notes(3) != first
    assert tune.find("answer-c").value == "on"
    tune.key(pygame.K_z, ctrl=True)
    assert tune.notes(3) == []


def test_the_voices_are_shown_as_they_are_sampled(tune):
    tune.harmonizer.hold = threading.Event()
    tune.key(pygame.K_h, text="h")
    tune.turn(5)
    assert tune.find("harmonize").value == "50%"
    assert tune.find("portrait").value == "conducting"
    tune.harmonizer.hold.set()
    tune.wait_for(lambda: tune.studio.harmonizing is None)
    assert tune.notes(1)


def test_escape_stops_harmonize_and_nothing_has_changed(tune):
    before = tune.score
    tune.harmonizer.hold = threading.Event()
    tune.key(pygame.K_h, text="h")
    tune.key(pygame.K_ESCAPE)
    tune.turn(5)
    assert tune.studio.harmonizing is None
    assert tune.score is before


@pytest.mark.parametrize("error", [ModelError("the weights are damaged"), ZeroDivisionError("inside")])
def test_a_job_that_fails_is_told_of_and_changes_nothing(tune, error):
    before = tune.score
    tune.harmonizer.error = error
    harmonized(tune)
    assert tune.score is before
    assert any(str(error) in text.lower() or "damaged" in text for text in tune.said())
    assert tune.find("portrait").value == "frowning"


def test_harmonize_without_a_note_says_what_is_missing(person):
    person.click("harmonize")
    assert any("note" in text for text in person.said())
    assert person.studio.harmonizing is None


def test_only_the_selected_bars_are_written_anew(tune):
    harmonized(tune)
    before = tune.score.chorale.pitches.copy()
    tune.key(pygame.K_HOME)
    tune.key(pygame.K_PAGEDOWN, shift=True)
    tune.editor.harmony.set_seed(7)
    tune.studio.edit("Silence", lambda score: score.replace(chorale=_without_alto(score)))
    harmonized(tune)
    after = tune.score.chorale.pitches
    assert (after[:16, 1] != REST).all()
    assert (after[16:, 1] == REST).all()
    assert (after[:, 0] == before[:, 0]).all()


def _without_alto(score):
    pitches, onsets = score.chorale.pitches.copy(), score.chorale.onsets.copy()
    pitches[:, 1], onsets[:, 1] = REST, False
    return Chorale(pitches, onsets)


def test_space_plays_lights_the_notes_and_holds(tune):
    tune.key(pygame.K_HOME)
    tune.key(pygame.K_SPACE, text=" ")
    tune.turn(60)
    assert tune.sound.playing
    assert tune.sound.position > 1
    assert tune.find("portrait").value == "listening"
    tune.key(pygame.K_SPACE, text=" ")
    assert not tune.sound.playing
    assert tune.find("portrait").value == "idle"


def test_playing_an_empty_page_says_so(person):
    person.click("play")
    assert any("nothing to play" in text for text in person.said())


def test_voices_are_muted_soloed_and_turned_down(tune):
    tune.click("mute-alto")
    tune.click("solo-bass")
    slider = tune.find("volume-tenor")
    tune.click_at((slider.rect.x + slider.rect.height // 2, slider.rect.centery))
    mix = tune.player.mix
    assert mix.muted == {1}
    assert mix.soloed == {3}
    assert mix.volumes[2] == 0
    assert tune.studio.settings.volumes[2] == 0


def test_the_instrument_is_chosen_from_the_menu(tune):
    tune.click("instrument")
    labels = [entry.label for entry in tune.editor.state.board.menu.entries]
    tune.choose(labels[1])
    assert tune.player.preset.label == labels[1]
    assert tune.find("instrument").value == labels[1]


def test_key_meter_tempo_and_bars_are_set_in_the_bar(tune):
    tune.click("key")
    tune.choose("G major")
    tune.click("meter")
    tune.choose("3/4")
    tempo, bars = tune.find("tempo").rect, tune.find("bars").rect
    tune.click_at((tempo.right - 5, tempo.centery))
    tune.click_at((bars.right - 5, bars.centery))
    assert tune.score.key.name == "G major"
    assert str(tune.score.meter) == "3/4"
    assert tune.score.qpm == 86
    assert tune.find("bars").value == f"{len(tune.score.bars)} bars"


def test_the_tempo_counts_the_beats_of_the_meter_as_the_page_does(tune):
    tune.click("meter")
    tune.choose("6/8")
    tune.studio.edit("Tempo", lambda score: score.replace(qpm=90.0))
    tune.turn()
    assert tune.find("tempo").value == "= 60"
    tempo = tune.find("tempo").rect
    tune.click_at((tempo.right - 5, tempo.centery))
    assert tune.score.qpm == 93


def test_the_title_is_renamed_by_a_click(tune):
    tune.click("title")
    tune.type("my tune")
    tune.key(pygame.K_RETURN)
    assert tune.score.title == "my tune"
    tune.type("c")
    assert len(tune.notes()) == 9, "the keyboard is the page's again"


def test_saving_asks_for_a_name_once_and_opening_brings_it_back(tune, tmp_path):
    tune.studio.change_settings(folder=str(tmp_path))
    tune.key(pygame.K_s, ctrl=True)
    tune.type("song")
    tune.key(pygame.K_RETURN)
    assert (tmp_path / "song.chorale").is_file()
    tune.type("c")
    tune.key(pygame.K_s, ctrl=True)
    assert not tune.studio.document.dirty
    saved = tune.score
    tune.key(pygame.K_n, ctrl=True)
    assert tune.notes() == []
    tune.key(pygame.K_o, ctrl=True)
    names = [row.text for row in tune.find("files-list").rows]
    while tune.find("files-list").value != "song.chorale":
        tune.key(pygame.K_DOWN)
        assert names
    tune.key(pygame.K_RETURN)
    tune.opened()
    assert tune.score == saved


@pytest.mark.parametrize("suffix", [".musicxml", ".mid"])
def test_exports_are_written_from_the_menu(tune, tmp_path, suffix):
    harmonized(tune)
    tune.studio.change_settings(folder=str(tmp_path))
    tune.click("file")
    tune.choose({".musicxml": "MusicXML…", ".mid": "MIDI…"}[suffix])
    tune.type("song")
    tune.click("files-accept")
    tune.turn()
    path = tmp_path / f"song{suffix}"
    tune.wait_for(lambda: any("Exported" in text for text in tune.said()), seconds=40)
    assert not any("failed" in text for text in tune.said())
    tune.studio.open(path)
    assert len(tune.notes()) == 8
    assert all(tune.notes(voice) for voice in range(4))


def test_a_tune_of_ours_is_opened_from_the_menu(person):
    person.key(pygame.K_t, ctrl=True)
    assert len(person.editor.state.board.menu.entries) >= 12
    person.key(pygame.K_DOWN)
    person.key(pygame.K_RETURN)
    assert len(person.notes()) > 8


def test_replacing_an_unsaved_score_offers_to_bring_it_back(tune):
    before = tune.score
    tune.key(pygame.K_n, ctrl=True)
    card = tune.editor.state.toasts.cards[-1]
    tune.turn()
    tune.click_at(card._word.center)
    assert tune.score == before


def test_what_a_killed_session_left_is_offered_and_brought_back(person, monkeypatch):
    left = [_Left()]
    monkeypatch.setattr(person.studio, "recoverable", lambda: list(left))
    recovered = []
    monkeypatch.setattr(person.studio, "recover", recovered.append)
    person.editor.filing.look_for_lost()
    person.turn(2)
    person.click("recover")
    assert recovered == left
    assert not person.find("notice").visible


class _Left:
    title, path, folder = "Lost", None, Path()

    def discard(self):
        raise AssertionError


def test_a_failing_edit_is_one_line_and_a_frown(tune, monkeypatch):
    def fail(*_, **__):
        raise InputError("the note would leave the piano")

    monkeypatch.setattr(tune.studio, "edit", fail)
    tune.type("c")
    assert "The note would leave the piano" in tune.said()
