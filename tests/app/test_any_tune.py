"""Whatever tune and whatever voices are given: an answer that keeps them, or one clear line."""

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from chorale import assets, models
from chorale.app import Request, Selection, Studio, edits
from chorale.app.harmonizing import prepare, writable
from chorale.errors import InputError
from chorale.models.coconet.drawing import Settings
from chorale.models.coconet.manners import Manners
from chorale.models.coconet.sampling import Coconet
from chorale.models.coconet.windows import log_softmax
from chorale.music import REST, Chorale, Key, Meter, Pitch, Score

LIGHT = Settings(candidates=2, passes=2, rounds=1, further=0)


class Noise:
    """A network that has an opinion of every cell, and no idea of music."""

    classes, reads_context = 47, False

    def read(self, task, pitches, hidden, **_how):
        rng = np.random.default_rng(int(hidden.sum()) + task.score.steps)
        return log_softmax(rng.normal(size=(*pitches.shape, 47)).astype(np.float32))


class Light:
    """A harmonizer that takes less trouble than usual."""

    def __init__(self, model):
        self.model = model

    def harmonize(self, score, mask, **asked):
        return self.model.harmonize(score, mask, **asked, settings=LIGHT)


@pytest.fixture(scope="module")
def real():
    return Light(models.load("coconet"))


@pytest.fixture(scope="module")
def noise():
    return Light(Coconet({}, Noise(), Manners.read(assets.folder("models") / "coconet" / "statistics.json")))


def harmonized(harmonizer, score, request=Request(seed=1)):  # noqa: B008  immutable
    """Return what Harmonize makes of a score, and what it tells; what was given is checked to be as it was."""
    studio = Studio(load=lambda _: harmonizer)
    try:
        studio.edit("Write", lambda _: score)
        studio.harmonize(request).result()
        studio.poll()
        told = [message.text for message in studio.take_messages()]
        check(score, request, studio.score)
        return studio.score, told
    finally:
        studio.close()


def check(score, request, result):
    _, mask = prepare(score, writable(score, request))
    before, after = score.chorale, result.chorale
    silent = writable(score, request) & ~mask
    kept = ~mask & ~silent
    assert (after.pitches == before.pitches)[kept].all()
    assert (after.onsets == before.onsets)[kept].all()
    assert (after.pitches[silent] == REST).all()
    assert (after.pitches[mask] != REST).all()
    assert ((after.pitches[mask] >= 36) & (after.pitches[mask] <= 81)).all()
    assert (result.key, result.meter, result.pickup, result.steps) == (
        score.key,
        score.meter,
        score.pickup,
        score.steps,
    )


def tune(names, length=4, *, meter="4/4", key="C major", pickup=0, bars=None):
    """Return a score with a soprano of equal notes; "-" rests, "_" holds the note before."""
    words, meter = names.split(), Meter.parse(meter)
    bars = bars or -(-(len(words) * length - pickup) // meter.steps_per_bar)
    score = edits.set_key(edits.empty(bars, meter, pickup), Key.parse(key))
    for at, name in enumerate(words):
        held = 1 + next((i for i, word in enumerate(words[at + 1 :]) if word != "_"), len(words) - at - 1)
        if name not in {"-", "_"}:
            score = edits.place(score, 0, at * length, held * length, Pitch.parse(name))
    return score


TUNES = {
    "one note": tune("C5", bars=2),
    "one sixteenth": tune("C5", 1, bars=1),
    "repeated notes": tune("A4 A4 A4 A4 A4 A4 A4 A4"),
    "rests between": tune("C5 - E5 - G5 - C5 -"),
    "chromatic": tune("C5 C#5 D5 D#5 E5 F5 F#5 G5", 2),
    "no key at all": tune("C5 F#4 Bb4 E5 Ab4 D5 G#4 C#5", 2),
    "sixteenths": tune("C5 D5 E5 F5 G5 F5 E5 D5 C5 B4 A4 B4 C5 C5 C5 C5", 1),
    "three-four with a pickup": tune("G4 C5 C5 E5 D5 D5 G4", meter="3/4", pickup=4),
    "six-eight": tune("C5 D5 E5 F5 E5 D5 C5 B4 C5 _ _ -", 2, meter="6/8"),
    "two-two": tune("C5 E5 D5 C5", 8, meter="2/2"),
    "five-four": tune("C5 D5 E5 D5 C5", meter="5/4"),
    "far too low": tune("C3 D3 E3 C3"),
    "from bottom to top": tune("C3 C5 C7 C5"),
    "seven flats": tune("Cb5 Db5 Eb5 Cb5", key="Cb major"),
}


@pytest.mark.parametrize("name", TUNES)
def test_any_tune_is_harmonized_and_kept(real, name):
    harmonized(real, TUNES[name])


def test_a_tune_out_of_range_is_harmonized_elsewhere_and_that_is_said(real):
    _, told = harmonized(real, TUNES["far too low"])
    assert any("higher, where the model knows the soprano, and moved back" in line for line in told)


@pytest.mark.parametrize("score", [edits.empty(4), tune("- - - -"), Score(Chorale.silent(0))])
def test_a_page_without_a_note_is_one_line(real, score):
    with pytest.raises(InputError, match=r"at least one note|nothing to"):
        harmonized(real, score)


def test_all_voices_locked_is_one_line(real):
    score = TUNES["one note"]
    for voice in (1, 2, 3):
        score = edits.toggle_voice_lock(score, voice)
    with pytest.raises(InputError, match="nothing to write: all voices asked for are kept or locked"):
        harmonized(real, score)


def test_contradictory_locks_are_kept_and_their_faults_found(real):
    score = tune("C5 D5 E5 C5")
    for start, alto, bass in ((0, 65, 48), (4, 67, 50)):  # locked octaves with the soprano, and dissonance
        score = edits.place(edits.place(score, 1, start, 4, alto), 3, start, 4, bass)
    score = edits.toggle_lock(score, Selection.of((1, 0), (1, 4), (3, 0), (3, 4)))
    studio = Studio(load=lambda _: real)
    studio.edit("Write", lambda _: score)
    studio.harmonize().result()
    studio.poll()
    assert [note.pitch for note in studio.score.chorale.notes(3)][:2] == [48, 50]
    assert "parallel-octaves" in {finding.code for finding in studio.check().findings}
    studio.close()


def test_a_bass_an_inner_voice_or_two_voices_may_be_given(real):
    four, _ = harmonized(real, tune("C5 D5 E5 D5 C5 B4 C5 _"))
    for keep in ({3}, {1, 2}, {0, 1, 2}):  # other sets are drawn below
        harmonized(real, four, Request(keep=frozenset(keep), seed=2))


def test_a_chord_that_the_soprano_forbids_is_told_and_the_others_are_written(real):
    asked = edits.ask_chords(tune("C5 D5 E5 C5"), "1.1=V 1.2=V6 1.3=I 1.4=vi")
    score, told = harmonized(real, asked)
    assert [line for line in told if "was not written" in line] == [
        "V at bar 1, beat 1 was not written: the soprano has C there"
    ]
    assert [int(score.chorale.pitches[step, 3]) % 12 for step in (4, 8, 12)] == [11, 0, 9]
    assert {int(pitch) % 12 for pitch in score.chorale.pitches[12]} <= {9, 0, 4}


def test_plain_is_note_against_note_and_ornate_moves_more(real):
    score = tune("C5 D5 E5 F5 G5 E5 D5 C5")
    plain, ornate = (
        sum(len(harmonized(real, score, Request(seed=3, ornament=x))[0].chorale.notes(v)) for v in (1, 2, 3))
        for x in (-1.0, 1.0)
    )
    assert plain <= 3 * 8
    assert ornate > 1.3 * plain


@st.composite
def tasks(draw):
    """Some voices with rests, some of them locked here and there, and what is asked of them."""
    beats = draw(st.integers(1, 6))
    score = edits.empty(2, pickup=draw(st.sampled_from([0, 4])))
    for voice, middle in enumerate((72, 65, 57, 48)):
        for beat in range(beats):
            length = draw(st.sampled_from([0, 2, 4, 4, 7]))
            if length:
                score = edits.place(score, voice, 4 * beat, length, middle + draw(st.integers(-9, 9)))
    locked = [(v, n.start) for v in range(4) for n in score.chorale.notes(v) if draw(st.integers(0, 5)) == 0]
    score = edits.toggle_lock(score, Selection.of(*locked)) if locked else score
    keep = frozenset(draw(st.sets(st.integers(0, 3), max_size=3)))
    bars = draw(st.sampled_from([None, None, (1, 1), (2, 2)]))
    chosen = draw(st.sampled_from([None, None, Selection.between(score, 4, 12), Selection.between(score, 0, 8, [2])]))
    return score, Request(keep=keep, bars=bars, selection=chosen, seed=draw(st.integers(0, 9)))


@settings(
    max_examples=12,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(task=tasks())
def test_whatever_is_given_locked_or_chosen_is_kept(noise, task):
    score, request = task
    try:
        result, _ = harmonized(noise, score, request)
    except InputError as error:
        refused = str(error)
    else:
        refused = ""
    if refused:
        assert refused.startswith("nothing to ")
        return
    assert (result.chorale.pitches == score.chorale.pitches)[score.locked].all()
