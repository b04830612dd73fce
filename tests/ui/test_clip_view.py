"""A clip on the desk: what its picture says, what it tells when it is pointed at, and that it is drawn once."""

from fractions import Fraction

import numpy as np
import pygame
import pytest

from chorale.music import Clip, ClipNote, Piece
from chorale.ui.theme import Theme
from chorale.ui.widgets.clip_view import ClipView

THEME = Theme(1.0)
SIZES = [(220, 96), (640, 240), (120, 48)]


def drums(*hits, steps=32):
    notes = (ClipNote(Fraction(at), key, Fraction(at) + Fraction(1, 2), loud) for at, key, loud in hits)
    return Clip(tuple(notes), steps, drums=True)


def melody(*notes, steps=32):
    return Clip(
        tuple(ClipNote(Fraction(at), pitch, Fraction(at) + long, loud) for at, long, pitch, loud in notes), steps
    )


BEAT = drums((0, 36, 110), (4, 38, 60), (8, 36, 110), (12, 38, 127), *((2 * n, 42, 40 + n) for n in range(16)))
TUNE = melody((0, 4, 67, 60), (4, 4, 69, 120), (8, 8, 71, 80), (16, 4, 71, 80))


@pytest.fixture(autouse=True)
def screen():
    pygame.display.init()
    pygame.font.init()
    yield
    pygame.display.quit()


def view(clip, size=(220, 96), before=None, **states):
    made = ClipView("clip", "Variation 1", **states)
    made.rect = pygame.Rect((10, 10), size)
    made.show(clip, before)
    return made


def drawn(made, screen_size=(700, 300)):
    surface = pygame.Surface(screen_size)
    made.draw(surface, THEME)
    return pygame.surfarray.array3d(surface).astype(int)


def marks(made):
    drawn(made)
    return made._drawn.marks


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("clip", [BEAT, TUNE])
def test_every_note_lies_inside_the_field_and_none_is_lost(clip, size):
    made = view(clip, size)
    area = pygame.Rect((0, 0), size)
    assert len(marks(made)) == len(clip.notes)
    assert all(area.contains(mark.grain.rect) for mark in made._drawn.marks)


def test_a_louder_hit_is_higher_and_brighter():
    soft, loud = (mark for mark in marks(view(BEAT)) if mark.note.pitch == 38)
    assert loud.grain.height > 1.4 * soft.grain.height
    assert sum(loud.colour) > sum(soft.colour)


def test_a_louder_note_of_a_melody_is_brighter():
    soft, loud = marks(view(TUNE))[:2]
    assert sum(loud.colour) > sum(soft.colour)


def test_a_late_hit_is_drawn_late_by_what_it_is_late():
    straight, late = (marks(view(drums((at, 38, 90)), (640, 240)))[0].grain.left for at in (4, Fraction(17, 4)))
    width = view(BEAT, (640, 240))
    drawn(width)
    assert late - straight == pytest.approx(width._drawn.frame.step_width / 4)


def test_a_quarter_of_a_pixel_shows():
    early, late = (drawn(view(drums((at, 38, 90)))) for at in (4, 4 + Fraction(1, 24)))
    assert np.abs(early - late).sum() > 50


def test_rows_stand_as_on_a_drum_staff_the_kick_at_the_foot():
    tops = {mark.note.pitch: mark.grain.top for mark in marks(view(drums((0, 36, 127), (0, 38, 127), (0, 51, 127))))}
    assert tops[36] > tops[38] > tops[51]


def test_all_nine_pieces_have_a_row_where_there_is_room():
    every = drums(*((2 * piece, piece.key, 127) for piece in Piece))
    assert len({mark.grain.top for mark in marks(view(every, (640, 240)))}) == 9


def test_higher_notes_stand_higher_and_a_repeated_note_is_two_bars():
    low, middle, high, again = (mark.grain for mark in marks(view(TUNE)))
    assert low.top > middle.top > high.top == again.top
    assert high.left + high.width < again.left


def test_what_was_before_shows_as_outlines():
    straight = drums((4, 38, 90))
    late = drums((Fraction(9, 2), 38, 50))
    assert (drawn(view(late, (640, 240), before=straight)) != drawn(view(late, (640, 240)))).any()


@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_drawn_outside_its_rectangle(size):
    made = view(BEAT, size, selected=lambda: True, kept=lambda: True, playhead=lambda: 3.0)
    picture = drawn(made)
    picture[10 : 10 + size[0], 10 : 10 + size[1]] = 0
    assert not picture.any()


def test_the_playhead_moves_and_lights_what_sounds():
    at = [0.5]
    made = view(TUNE, playhead=lambda: at[0])
    first = drawn(made)
    at[0] = 5.0
    assert (drawn(made) != first).any()
    assert made.live


def test_without_a_playhead_it_is_still_and_drawn_once():
    made = view(BEAT)
    drawn(made)
    kept, look = made._drawn, made.look
    drawn(made)
    assert made._drawn is kept
    assert made.look == look
    assert not made.live
    made.show(TUNE)
    assert made.look != look


def test_states_change_its_look():
    states = {"selected": False, "kept": False}
    made = view(BEAT, selected=lambda: states["selected"], kept=lambda: states["kept"])
    plain = made.look
    for state in states:
        states[state] = True
        assert made.look != plain
        assert state in made.value
        states[state] = False


def test_a_click_enter_and_space_choose_it_and_a_drag_scrubs():
    chosen, sought = [], []
    made = view(TUNE, (640, 240), action=lambda: chosen.append(1), seek=sought.append)
    drawn(made)
    middle = (10 + made._drawn.frame.area.centerx, 60)
    made.press(middle)
    made.release(middle)
    assert sought == [pytest.approx(16, abs=0.1)]
    made.release((5, 5))
    for key in (pygame.K_RETURN, pygame.K_SPACE, pygame.K_a):
        made.key(pygame.event.Event(pygame.KEYDOWN, key=key))
    assert len(chosen) == 3


def test_hovering_is_told_once_and_so_is_leaving():
    told = []
    made = view(TUNE, hovered=told.append)
    made.hover((20, 20))
    made.hover((21, 20))
    made.leave()
    assert told == [True, False]


def test_an_empty_one_says_what_it_waits_for():
    made = view(None, empty="Drop a tune here")
    assert made.value == "Drop a tune here"
    assert drawn(made).any()


def test_the_same_note_stands_as_high_in_clips_that_lie_beside_each_other():
    low, high = melody((0, 4, 67, 80), (4, 4, 60, 80)), melody((0, 4, 67, 80), (4, 4, 84, 80))

    def g(clip, beside):
        made = view(clip)
        made.show(clip, beside=beside)
        return next(mark.grain.top for mark in marks(made) if mark.note.pitch == 67)

    assert g(low, (low, high)) == g(high, (low, high))
    assert g(low, ()) != g(high, ())


def test_a_part_beside_what_it_was_has_rows_for_what_is_struck_alone():
    size = (640, 240)
    height = {before is None: max(m.grain.height for m in marks(view(BEAT, size, before))) for before in (None, BEAT)}
    assert height[False] > 2 * height[True]
