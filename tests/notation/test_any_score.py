"""Whatever people write, the page holds it."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale.music import VOICES, Chorale, Key, Meter, Note, Score
from chorale.notation import Options, lay_out
from chorale.notation.pdf import pdf_of
from chorale.notation.primitives import Role, box_of
from chorale.notation.svg import svg_of

METERS = [Meter(4, 4), Meter(3, 4), Meter(2, 4), Meter(3, 2), Meter(6, 8), Meter(9, 8), Meter(5, 8), Meter(2, 2)]
RANGES = [(58, 84), (52, 77), (45, 70), (36, 62)]


@st.composite
def voices(draw, steps, low, high):
    """Draw one voice: notes and rests of any length anywhere."""
    notes, at = [], draw(st.integers(0, 8))
    while at < steps:
        length = draw(st.sampled_from([1, 2, 2, 3, 4, 4, 5, 6, 8, 12, 20]))
        if draw(st.integers(0, 5)):
            notes.append(Note(at, min(length, steps - at), draw(st.integers(low, high))))
        at += length
    return notes if draw(st.integers(0, 4)) else []


@st.composite
def scores(draw, *, ranges=RANGES):
    """Draw a score of one to six bars in any of the meters and keys."""
    meter = draw(st.sampled_from(METERS))
    pickup = draw(st.integers(0, meter.steps_per_bar - 1))
    steps = pickup + meter.steps_per_bar * draw(st.integers(1, 5)) - draw(st.sampled_from([0, 0, 2]))
    lines = [draw(voices(steps, low, high)) for low, high in ranges]
    return Score(
        Chorale.from_voices(lines, steps),
        key=Key.from_signature(draw(st.integers(-7, 7))),
        meter=meter,
        pickup=pickup,
        fermatas=frozenset(draw(st.sets(st.integers(0, steps - 1), max_size=2))),
        lyrics=tuple((step, "Wort-") for step in sorted(draw(st.sets(st.integers(0, steps - 1), max_size=4)))),
        title=draw(st.sampled_from(["", "Ein Lied"])),
    )


def drawn_notes(page):
    return {(note.voice, note.start) for note in page.notes}


@settings(max_examples=35, deadline=None)
@given(score=scores(), width=st.sampled_from([45.0, 90.0, 160.0]))
def test_every_note_is_drawn_inside_the_page_and_can_be_exported(score, width):
    page = lay_out(score, Options(width=width))
    assert drawn_notes(page) == {(voice, note.start) for voice in VOICES for note in score.chorale.notes(voice)}
    boxes = [box_of(item) for item in page.items]
    assert min(box.top for box in boxes) >= -0.01
    assert max(box.bottom for box in boxes) <= page.height
    covered = np.zeros((score.steps, 4), dtype=bool)
    for note in page.notes:
        covered[note.first : note.first + note.length, note.voice] = True
    assert np.array_equal(covered, score.chorale.pitches >= 0)
    assert svg_of(page)
    assert pdf_of(page)


@settings(max_examples=25, deadline=None)
@given(score=scores(ranges=[(0, 127)] * 4))
def test_even_notes_beyond_every_voice_are_drawn(score):
    assert drawn_notes(lay_out(score)) == {(v, note.start) for v in VOICES for note in score.chorale.notes(v)}


@settings(max_examples=35, deadline=None)
@given(score=scores())
def test_accidentals_and_dots_never_cover_a_head(score):
    page = lay_out(score)
    heads = [box_of(item).grown(-0.08) for item in page.items if item.mark.role == Role.HEAD]
    signs = [box_of(item).grown(-0.08) for item in page.items if item.mark.role in {Role.ACCIDENTAL, Role.DOT}]
    assert [(sign, head) for sign in signs for head in heads if sign.meets(head)] == []
