"""The music font is read without the package that brings it."""

import subprocess
import sys

import numpy as np
import pytest

from chorale.errors import ModelError
from chorale.notation import smufl
from chorale.notation.outline import flatten, from_svg, to_svg, transformed


def test_a_black_head_is_one_space_high_and_has_stem_anchors():
    head = smufl.glyph("noteheadBlack")
    assert head.bottom - head.top == pytest.approx(1.0)
    assert head.anchors["stemUpSE"] == (1.18, -0.17)
    assert head.anchors["stemDownNW"] == (0.0, 0.17)


@pytest.mark.parametrize("name", ["gClef", "fClef", "accidentalSharp", "restQuarter", "flag16thDown", "fermataBelow"])
def test_an_outline_fills_the_box_its_index_states(name):
    points = np.concatenate(flatten(smufl.outline(name)))
    data = smufl.glyph(name)
    assert points.min(axis=0) == pytest.approx([data.left, data.top], abs=0.05)
    assert points.max(axis=0) == pytest.approx([data.right, data.bottom], abs=0.05)


def test_an_unknown_glyph_is_named():
    with pytest.raises(ModelError, match="no glyph banana"):
        smufl.glyph("banana")


def test_a_page_is_laid_out_without_heavy_libraries():
    heavy = "verovio", "pygame", "music21", "fontTools", "fpdf"
    code = (
        "import sys; from chorale.music import Chorale, Score; from chorale.notation import lay_out;"
        f"lay_out(Score(Chorale.silent(32), title='T')); print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_svg_path_is_read_with_all_its_shorthands():
    outline = from_svg("M1 2l1 0h2v3c0 1 1 1 1 0s1 -1 1 0z", 1.0)
    assert [segment[0] for segment in outline] == ["M", "L", "L", "L", "C", "C", "Z"]
    assert outline[1][1:] == (2, -2)
    assert outline[3][1:] == (4, -5)
    assert outline[5][1:3] == (5, -4)


def test_outlines_move_grow_and_are_written_back():
    outline = transformed((("M", 1.0, 2.0), ("L", 0.0, -0.0001), ("Z",)), 2, 1, 0)
    assert to_svg(outline) == "M3 4L1 0Z"
