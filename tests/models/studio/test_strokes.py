"""How GrooVAE's expected velocities are moved to where drummers' lie."""

import json

import numpy as np
import pytest

from chorale.errors import ModelError
from chorale.models.groove_vae.strokes import FILE, Strokes
from chorale.models.groove_vae.timing import PLACES


def written(folder, **tables):
    (folder / FILE).write_text(json.dumps(tables), encoding="utf-8")
    return Strokes(folder)


WORTH = [[0] * PLACES] * 9


def test_a_velocity_takes_the_value_of_its_rank(tmp_path):
    pieces = [[-1, 0, 1], *[[0, 1, 2]] * 8], [[-3, 0, 3], *[[5, 6, 9]] * 8]
    strokes = written(tmp_path, expected=pieces[0], played=pieces[1], worth=WORTH)
    moved = strokes.scattered(np.array([[0.5, 0.0], [-1.0, 1.5], [9.0, -9.0]], np.float32)[:, [0] + [1] * 8])
    np.testing.assert_allclose(moved[:, :2], [[1.5, 5.0], [-3.0, 7.5], [3.0, 5.0]])


@pytest.mark.parametrize("worth", [None, WORTH[:8], "much"])
def test_a_damaged_table_is_told(tmp_path, worth):
    tables = {"expected": [[0, 1]] * 9, "played": [[0, 1]] * 9, "worth": worth}
    with pytest.raises(ModelError, match=r"its strokes\.json is damaged"):
        written(tmp_path, **{name: table for name, table in tables.items() if table is not None})
