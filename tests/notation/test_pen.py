"""Pen lines as outlines."""

import numpy as np
import pytest

from chorale.notation.outline import flatten
from chorale.notation.pen import rounded_box, stroke_outline
from chorale.notation.raster import coverage


def area(outline, size=60, scale=10):
    """Return how many square units an outline covers."""
    contours = [contour * scale + 20 for contour in flatten(outline)]
    return coverage(contours, size * scale, size * scale).sum() / 255 / scale**2


def test_a_line_covers_its_length_times_its_thickness():
    assert area(stroke_outline([(0, 0), (3, 4)], 0.4)) == pytest.approx(2.0, rel=0.02)


def test_a_corner_is_drawn_to_its_point():
    square = stroke_outline([(0, 0), (10, 0), (10, 10)], 1.0)
    points = np.concatenate(flatten(square))
    assert points[:, 0].max() == pytest.approx(10.5)
    assert points[:, 1].min() == pytest.approx(-0.5)
    assert area(square) == pytest.approx(20, rel=0.01)


def test_a_closed_line_has_no_gap():
    ring = [(5 + 3 * np.cos(turn), 5 + 3 * np.sin(turn)) for turn in np.linspace(0, 2 * np.pi, 41)[:-1]]
    closed = stroke_outline([*ring, ring[0]], 0.5)
    assert area(closed) == pytest.approx(2 * np.pi * 3 * 0.5, rel=0.02)


@pytest.mark.parametrize("length", [1.0, 3.3, 20.0])
def test_a_broken_line_begins_and_ends_with_a_dash(length):
    contours = flatten(stroke_outline([(0, 0), (length, 0)], 0.2, (0.7, 0.45)))
    xs = np.concatenate(contours)[:, 0]
    assert (xs.min(), xs.max()) == (0, pytest.approx(length))
    assert len(contours) == max(1, round((length + 0.45) / 1.15))


def test_a_dash_goes_round_a_corner():
    contours = flatten(stroke_outline([(0, 0), (1, 0), (1, 1)], 0.2, (2.0, 0.5)))
    assert len(contours) == 1


def test_a_rounded_box_is_a_box_less_its_corners():
    assert area(rounded_box(0, 0, 6, 4, 1)) == pytest.approx(24 - (4 - np.pi), rel=0.01)
    assert area(rounded_box(0, 0, 2, 2, 9)) == pytest.approx(np.pi, rel=0.02)
