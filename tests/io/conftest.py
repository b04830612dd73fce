"""Scores to write and read, and a strategy for them."""

import numpy as np
import pytest
from hypothesis import strategies as st

from chorale.music import METERS, REST, Chorale, Key, Meter, Note, Score

_METERS = (*METERS, Meter(2, 2), Meter(3, 8), Meter(5, 4), Meter(12, 8))
_WORDS = st.text(alphabet="abcdeÄöß', <&é合", min_size=1, max_size=12).map(lambda text: " ".join(text.split()))
_SYLLABLES = st.builds(
    lambda word, goes_on: word + "-" * goes_on, st.text(alphabet="adeghÖ,.'", min_size=1, max_size=5), st.booleans()
)


@st.composite
def _lines(draw, steps, *, silent=True):
    """Notes of one voice, spelled: (note, fifth) pairs."""
    pairs, position = [], 0
    while position < steps:
        length = min(draw(st.integers(1, 20)), steps - position)
        midi = draw(st.integers(40, 80))
        if not silent or draw(st.integers(0, 3)):
            fifth = draw(st.sampled_from([each for each in range(-8, 13) if (each * 7 - midi) % 12 == 0]))
            pairs.append((Note(position, length, midi), fifth))
        position += length
    return pairs


@st.composite
def _scores(draw):
    """Scores whose every field can live in MusicXML: fermatas and words stand at notes of the soprano."""
    meter = draw(st.sampled_from(_METERS))
    pickup = draw(st.integers(0, meter.steps_per_bar - 1))
    steps = pickup + draw(st.integers(1, 3 * meter.steps_per_bar))
    voices = [draw(_lines(steps, silent=False))] + [draw(st.just([]) | _lines(steps)) for _ in range(3)]
    spelling = np.zeros((steps, 4), dtype=np.int16)
    for voice, pairs in enumerate(voices):
        for note, fifth in pairs:
            spelling[note.start : note.end, voice] = fifth
    onsets = st.sampled_from([note.start for note, _ in voices[0]])
    return Score(
        Chorale.from_voices([[note for note, _ in pairs] for pairs in voices], steps),
        key=Key.from_signature(draw(st.integers(-7, 7)), draw(st.sampled_from(["major", "minor"]))),
        meter=meter,
        pickup=pickup,
        qpm=draw(st.integers(20, 300)),
        fermatas=draw(st.frozensets(onsets, max_size=3)),
        title=draw(_WORDS),
        composer=draw(_WORDS),
        lyrics=tuple(sorted(draw(st.dictionaries(onsets, _SYLLABLES, max_size=5)).items())),
        spelling=spelling,
    )


@pytest.fixture(scope="session")
def scores():
    """The strategy, to draw from."""
    return _scores()


@pytest.fixture(scope="session")
def score():
    """Two bars and a pickup with everything on them: a tie over a bar line, accidentals, a fermata, words, rests."""
    soprano = [(0, 4, 67), (4, 8, 67), (12, 4, 74), (16, 6, 71), (22, 2, 69), (24, 4, 68)]
    alto = [(0, 4, 62), (4, 4, 62), (8, 2, 64), (10, 2, 66), (12, 8, 67), (20, 4, 66), (24, 4, 64)]
    tenor = [(0, 4, 59), (4, 2, 60), (6, 2, 59), (8, 4, 57), (12, 4, 59), (16, 12, 59)]
    bass = [(0, 4, 43), (4, 4, 55), (8, 4, 54), (12, 4, 55), (16, 4, 51), (24, 4, 52)]
    voices = [[Note(*note) for note in voice] for voice in (soprano, alto, tenor, bass)]
    return Score(
        Chorale.from_voices(voices, 28),
        key=Key.parse("G major"),
        meter=Meter(3, 4),
        pickup=4,
        qpm=84,
        fermatas=frozenset({24}),
        title="Aus meines Herzens Grunde",
        composer="Trad.",
        lyrics=((0, "Aus"), (4, "mei-"), (12, "nes"), (16, "Her-"), (22, "zens"), (24, "Grund")),
    )


@pytest.fixture(scope="session")
def melody():
    """One bar of soprano alone."""
    pitches = np.full((16, 4), REST)
    pitches[:, 0] = np.repeat([60, 62, 64, 65], 4)
    return Score(Chorale(pitches))
