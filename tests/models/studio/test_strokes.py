"""How GrooVAE's expected velocities and offsets are moved to where drummers' lie."""

import json

import numpy as np
import pytest

from chorale.errors import ModelError
from chorale.models.groove_vae.strokes import FILE, Strokes


def written(folder, **tables):
    (folder / FILE).write_text(json.dumps(tables), encoding="utf-8")
    return Strokes(folder)


def test_a_number_takes_the_value_of_its_rank(tmp_path):
    strokes = written(tmp_path, expected=[[-1, 0, 1], [0, 1, 2]], played=[[-3, 0, 3], [5, 6, 9]])
    moved = strokes.scattered(np.array([[0.5, 0.0], [-1.0, 1.5], [9.0, -9.0]], np.float32))
    np.testing.assert_allclose(moved, [[1.5, 5.0], [-3.0, 7.5], [3.0, 5.0]])


def test_a_damaged_table_is_told(tmp_path):
    with pytest.raises(ModelError, match=r"its strokes\.json is damaged"):
        written(tmp_path, expected=[[0, 1]])
