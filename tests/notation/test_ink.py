"""Finding free places."""

import pytest

from chorale.notation.ink import Ink
from chorale.notation.primitives import Box, Glyph, Line, Mark, Role


def test_what_a_box_covers_counts_by_area_and_weight():
    ink = Ink.of_boxes([(Box(0, 0, 2, 2), 1.0), (Box(1, 0, 3, 1), 0.5)])
    assert ink.covered([Box(0, 0, 1, 1), Box(1, 0, 2, 1), Box(5, 5, 6, 6)]).tolist() == [1.0, 1.5, 0.0]


def test_covering_a_head_is_worse_than_covering_the_staff():
    head = Ink.of([Glyph(Mark(Role.HEAD), "noteheadBlack", 0, 0)])
    staff = Ink.of([Line(Mark(Role.STAFF), 0, 0, 1.2, 0, 0.13)])
    box = [Box(-1, -1, 2, 1)]
    assert head.covered(box)[0] > 10 * staff.covered(box)[0] > 0


def test_ink_can_be_joined_and_narrowed():
    ink = Ink.of_boxes([(Box(0, 0, 1, 1), 1.0)]).with_more([(Box(10, 0, 11, 1), 1.0)])
    assert ink.covered([Box(0, 0, 20, 1)])[0] == pytest.approx(2.0)
    assert ink.near(Box(5, 0, 20, 1)).covered([Box(0, 0, 20, 1)])[0] == pytest.approx(1.0)
