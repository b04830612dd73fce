"""Quality against work: every setting is measured on the same phrases, told as a table and as a picture."""

import xml.etree.ElementTree as ET

import numpy as np
import pytest

from chorale.models.coconet.sampling import Settings
from chorale.music import Chorale, Key, Score
from chorale.training.harmonizers import curve, drawing
from chorale.training.harmonizers.curve import Point
from chorale.training.harmonizers.drawing import Panel
from chorale.training.harmonizers.work import Workshop

SVG = "{http://www.w3.org/2000/svg}"


def point(passes, rounds=2, candidates=4, ms=100.0):
    return Point(passes, rounds, candidates, 0.5 / passes, 0.25, 0.1, 0.05, 0.9, 0.35, 0.2, ms)


def test_every_setting_is_measured_once_on_the_same_phrases(ignorant, tmp_path):
    points = curve.measured("ours", tmp_path, Workshop(tmp_path / "run", 2), pieces=2, seed=0)
    settings = len(curve.PASSES) * len(curve.ROUNDS) * len(curve.CANDIDATES)
    assert len(points) == len({(p.passes, p.rounds, p.candidates) for p in points}) == settings
    assert ignorant.harmonized == 2 * settings
    assert {p.nats for p in points} == {1.0}  # what the harmonizer says of itself, as a cost
    assert {p.right for p in points} == {0.0}
    again = curve.measured("ours", tmp_path, Workshop(tmp_path / "run"), pieces=2, seed=0)
    assert again == points
    assert ignorant.harmonized == 2 * settings


def moving(changes):
    beats = np.repeat(np.arange(16) < changes, 4)
    pitches = np.column_stack([np.full(64, 67), 60 + np.cumsum(np.diff(beats, prepend=0)), np.full((64, 2), 50)])
    pitches[:, 1] = 60 + np.repeat(np.minimum(np.arange(16), changes) % 2, 4)
    return Score(Chorale(pitches.astype(np.int16)), Key.parse("C"))


def test_the_distance_of_textures_is_the_mean_of_how_far_each_ratio_is_from_one():
    assert curve.texture_distance([moving(8)], [moving(8)]) == 0
    assert curve.texture_distance([moving(4)], [moving(8)]) == 0.5
    assert curve.texture_distance([moving(12)], [moving(8)]) == 0.5


def test_the_table_marks_the_default():
    usual = Settings()
    rows = curve.markdown([point(1), point(usual.passes, usual.rounds, usual.candidates)]).splitlines()
    assert rows[2].startswith("| 1 | 2 | 4 | 0.500 / 0.250 | 0.100 / 0.050 | 0.900 | 0.350 | 0.20 | 100 |")
    assert f"| {usual.candidates} (default) |" in rows[3]
    assert rows[1].count("---") == rows[0].count("|") - 1


def test_the_picture_has_a_line_for_each_number_of_rounds_and_a_dot_for_each_number_of_passes():
    points = [point(passes, rounds, ms=20 * passes * (1 + rounds)) for passes in (1, 4, 16) for rounds in (0, 1)]
    root = ET.fromstring(curve.svg(points))  # noqa: S314  our own text
    assert len(list(root.iter(f"{SVG}polyline"))) == 3 * len(curve.ROUNDS)
    assert len(list(root.iter(f"{SVG}circle"))) == 3 * len(points)
    texts = [text.text for text in root.iter(f"{SVG}text")]
    assert texts.count("0 rounds") == 3
    assert "parallel fifths and octaves a bar" in texts


def test_dots_stand_where_their_numbers_say():
    picture = drawing.drawn([Panel("y", {"a": [(10, 0), (100, 4)], "b": []})], "x")
    root = ET.fromstring(picture)  # noqa: S314
    dots = [(float(dot.get("cx")), float(dot.get("cy"))) for dot in root.iter(f"{SVG}circle")]
    assert dots == [(0, drawing.HEIGHT), (drawing.WIDTH, 0)]


def test_names_of_lines_that_end_together_do_not_collide():
    picture = drawing.drawn([Panel("y", {name: [(10, 1), (100, 2)] for name in "abc"})], "x")
    root = ET.fromstring(picture)  # noqa: S314
    heights = sorted(float(text.get("y")) for text in root.iter(f"{SVG}text") if text.text in {"a", "b", "c"})
    assert min(np.diff(heights)) >= 14


@pytest.mark.parametrize(("value", "top"), [(0, 1), (0.3, 0.4), (1, 1), (7, 10), (43, 50), (0.0021, 0.004)])
def test_the_upper_end_of_an_axis_is_a_round_number(value, top):
    assert drawing._round_up(value) == pytest.approx(top)
