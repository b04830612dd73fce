"""Magenta's networks, of the published shapes and untrained, serve the five tools."""

import numpy as np
import pytest

from chorale.errors import Cancelled, InputError, ModelError
from chorale.models import adding, registry
from chorale.models.base import Surroundings, Taps
from chorale.music import DrumPattern, Key, Melody, Meter, Note

pytest.importorskip("onnx", reason="the onnx package converts the checkpoint")

TUNE = Melody.from_notes([Note(0, 4, 62), Note(4, 4, 64), Note(8, 4, 66), Note(12, 4, 67)], 16)
D_MAJOR = Key.parse("D major")
FREE = Surroundings()
LOCKED = Surroundings(key=D_MAJOR, locked=True)


@pytest.fixture
def model(published_checkpoint):
    """Return a function that adds a published network and returns the tool."""

    def add(name):
        adding.add(published_checkpoint(name), "any")
        return registry.load("any")

    return add


def beat(steps=16):
    hits = np.zeros((steps, 9), bool)
    hits[::4, 0] = hits[2::4, 2] = True
    return DrumPattern(hits)


def scale_kept(melody, key=D_MAJOR):
    return {note.pitch % 12 for note in melody.notes} <= key.scale


def test_a_melody_goes_on_the_same_for_a_seed_alone_or_among_others(model):
    rnn = model("basic_rnn")
    three = rnn.continued(TUNE, 24, FREE, seed=5, variations=3)
    assert [len(each.music) for each in three] == [24] * 3
    assert [each.seed for each in three] == [5, 6, 7]
    assert len({each.music for each in three}) == 3
    assert rnn.continued(TUNE, 24, FREE, seed=6)[0] == three[1]
    cold = rnn.continued(TUNE, 8, FREE, variations=2, temperature=0.0)
    assert cold[0].music == cold[1].music


def test_a_melody_in_a_locked_key_keeps_to_it_and_comes_to_rest(model):
    rnn = model("basic_rnn")
    (found,) = rnn.continued(TUNE, 32, LOCKED, seed=1, ending=True)
    assert scale_kept(found.music)
    last = found.music.notes[-1]
    assert last.pitch % 12 in {2, 6, 9}
    assert last.start == 24
    assert last.end == 32
    (free,) = rnn.continued(TUNE, 32, FREE, seed=1)
    assert not scale_kept(free.music)


def test_a_melody_after_nothing_or_after_an_hour_is_written_too(model):
    rnn = model("basic_rnn")
    assert len(rnn.continued(Melody(np.array([], int)), 4, FREE)[0].music) == 4
    hour = Melody(np.tile(TUNE.pitches, 600), np.tile(TUNE.onsets, 600))
    assert len(rnn.continued(hour, 4, FREE)[0].music) == 4
    far = Melody(TUNE.pitches + np.array([-40] * 4 + [0] * 12, np.int16), TUNE.onsets)
    assert "outside the model's range" in rnn.continued(far, 4, FREE)[0].notes[0]


def test_drums_go_on_denser_where_that_is_wanted(model):
    rnn = model("drum_kit_rnn")
    thin, thick = (
        rnn.continued(beat(), 16, Surroundings(density=density), seed=1)[0].music.hits.sum() for density in (0.0, 1.0)
    )
    assert thin < thick


@pytest.mark.parametrize(
    ("surroundings", "facts", "said"),
    [
        (Surroundings(meter=Meter(3, 4)), {}, "meter 3/4: wanted 4/4"),
        (Surroundings(meter=Meter(5, 4)), {}, "meter 5/4: wanted 4/4"),
        (FREE, {"temperature": 3.0}, "temperature 3: wanted 0 to 2"),
        (FREE, {"variations": 0}, "0 variations"),
    ],
)
def test_what_cannot_be_asked_is_told(model, surroundings, facts, said):
    vae = model("mel_2bar_small")
    with pytest.raises(InputError, match=said):
        vae.generated(32, surroundings, **facts)


def test_melodies_come_out_of_nothing_in_any_length_and_key(model):
    vae = model("mel_2bar_small")
    two = vae.generated(64, FREE, seed=3, variations=2)
    assert [len(each.music) for each in two] == [64, 64]
    assert vae.generated(64, FREE, seed=4)[0] == two[1]
    assert vae.generated(20, FREE, temperature=0.0, variations=2)[0].music.notes is not None
    (locked,) = vae.generated(64, LOCKED, seed=3)
    assert scale_kept(locked.music)


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        ("mel_2bar_small", (TUNE, Melody.from_notes([Note(0, 48, 90)], 48))),
        ("drums_2bar_lokl_small", (beat(), beat(48))),
    ],
)
def test_there_is_a_way_from_one_clip_to_another(model, name, ends):
    vae = model(name)
    places = [0, 0.5, 1]
    path = vae.interpolated(*ends, places, FREE, seed=2)
    assert [len(each.music) for each in path] == [48] * 3
    assert path[1:] == vae.interpolated(*ends, places[1:], FREE, seed=2)
    assert len({each.music for each in path}) > 1


def test_a_drummer_plays_the_same_hits_with_a_hand_of_its_own(model):
    groover = model("groovae_2bar_humanize")
    pattern = beat(72)
    first, second = groover.grooved(pattern, FREE, variations=2)
    for found in (first.music, second.music):
        assert (found.hits == pattern.hits).all()
        assert len(set(found.velocities[found.hits].tolist())) > 3
        assert found.offsets.any()
    assert first.music != second.music
    still = groover.grooved(pattern, FREE, variations=2, temperature=0.0)
    assert still[0].music == still[1].music


def test_drums_are_made_for_taps(model):
    drummer = model("groovae_tap2drum_2bar")
    taps = Taps(np.arange(40) % 4 == 0, np.full(40, 0.125, np.float32))
    found = drummer.drummed(taps, Surroundings(density=0.5), variations=2, seed=9)
    assert [len(each.music) for each in found] == [40, 40]
    assert found[0].music != found[1].music
    assert found[1] == drummer.drummed(taps, Surroundings(density=0.5), seed=10)[0]


def test_a_job_can_be_cancelled(model):
    def stop(progress):
        assert progress.fraction > 0
        raise Cancelled

    with pytest.raises(Cancelled):
        model("basic_rnn").continued(TUNE, 8, FREE, report=stop)


def test_a_changed_configuration_says_what_to_do(model):
    model("basic_rnn")
    folder = registry.user_folder() / "any"
    text = (folder / "config.json").read_text()
    (folder / "config.json").write_text(text.replace('"recurrent"', '"other"'))
    with pytest.raises(ModelError, match="remove it and add it again"):
        registry.open_folder(folder)
