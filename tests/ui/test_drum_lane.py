"""Drums under the chorale in the window: there when there are any, muted, turned down, sought in, taken away."""

import numpy as np
import pytest

from chorale.app import edits
from chorale.music import DrumPattern, Piece


@pytest.fixture
def drummed(tune):
    """The person, with drums under a tune of eight quarters."""
    hits = np.zeros((tune.score.steps, 9), bool)
    hits[::8, Piece.KICK] = hits[4::8, Piece.SNARE] = True
    tune.studio.edit("Drums", lambda score: edits.set_drums(score, DrumPattern(hits)))
    tune.turn(2)
    return tune


def test_without_drums_there_is_no_lane(tune):
    with pytest.raises(KeyError):
        tune.find("drum-lane")
    assert tune.editor.page.rect.bottom == tune.editor.transport.rect.top


def test_drums_take_a_strip_under_the_page_with_every_hit_on_it(drummed):
    lane = drummed.find("drum-lane")
    assert drummed.editor.page.rect.bottom <= lane.rect.top
    assert lane.rect.bottom <= drummed.editor.transport.rect.top
    assert len(lane.clip.notes) == drummed.score.drums.hits.sum()
    boxes = [drummed.find(name).rect for name in ("drum-lane", "mute-drums", "volume-drums", "remove-drums")]
    assert all(box.collidelist(boxes[index + 1 :]) < 0 for index, box in enumerate(boxes))


def test_they_are_muted_and_turned_down_beside_the_voices(drummed):
    drummed.click("mute-drums")
    assert drummed.player.mix.gains[4] == 0
    assert drummed.player.mix.gains[0] > 0
    drummed.click("mute-drums")
    drummed.find("volume-drums").set(0.5)
    drummed.turn()
    assert drummed.player.mix.volumes[4] == 0.5
    assert drummed.studio.settings.drum_volume == 0.5


def test_the_player_is_given_them_with_the_voices(drummed):
    drummed.click("play")
    assert drummed.player._score.drums == drummed.score.drums


def test_a_click_on_the_lane_goes_there(drummed):
    lane = drummed.find("drum-lane")
    drummed.click_at((lane.rect.centerx, lane.rect.centery))
    assert drummed.editor.playing.position == pytest.approx(lane.step_at((lane.rect.centerx, 0)), abs=0.5)


def test_taken_away_they_are_gone_with_their_strip_and_undo_brings_them_back(drummed):
    before = drummed.score
    drummed.click("remove-drums")
    drummed.turn()
    assert drummed.score.drums is None
    with pytest.raises(KeyError):
        drummed.find("drum-lane")
    drummed.click("undo")
    drummed.turn()
    assert drummed.score == before
    assert drummed.find("drum-lane")


def test_another_meter_is_said_to_leave_them_where_they_are(drummed):
    hits = drummed.score.drums.hits
    drummed.click("meter")
    drummed.choose("3/4")
    assert "The drums keep their places" in drummed.said()[-1]
    assert np.array_equal(drummed.score.drums.hits[: len(hits)], hits[: drummed.score.steps])
