"""The families that the sweep compares: the same inputs and outputs, and what is peculiar to each."""

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="training needs the train extra")

from chorale.models.coconet import codec  # noqa: E402  after the skip
from chorale.models.coconet.refining import Planes  # noqa: E402
from chorale.training.comparison import table  # noqa: E402
from chorale.training.families import FAMILIES, convnet, dilated  # noqa: E402

pytestmark = [
    pytest.mark.training,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # TensorFlow's own
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]


def numbers(tensor):
    return keras.ops.convert_to_numpy(tensor)


def test_planes_show_the_visible_pitches_and_which_voices_are_visible():
    codes = np.array([[[30, codec.HIDDEN, codec.SILENCE, 0]]], np.int32)
    planes = numbers(Planes()(codes))
    assert planes.shape == (1, 1, codec.PITCHES, 8)
    assert planes[0, 0, 30].tolist() == [1, 0, 0, 0, 1, 0, 1, 1]
    assert planes[0, 0, :, :4].sum() == 2
    assert (planes[0, 0, :, 4:] == [1, 0, 1, 1]).all()


@pytest.mark.parametrize("build", [convnet, dilated])
def test_convolutional_families_read_codes_and_context_and_give_logits(build):
    model = build(depth=2, filters=4)
    rng = np.random.default_rng(0)
    for weight in model.trainable_variables:
        weight.assign(rng.normal(size=weight.shape))
    codes = np.full((2, 8, 4), codec.HIDDEN, np.int32)
    codes[:, :, 0] = 30
    known = codec.context_planes(codec.Context(tonic=2), 8)[None].repeat(2, axis=0)
    logits = numbers(model([codes, known]))
    assert logits.shape == (2, 8, 4, codec.CLASSES)
    assert np.abs(logits - numbers(model([codes, np.zeros_like(known)]))).max() > 0
    codes[1, :, 0] = 33
    other = numbers(model([codes, known]))
    np.testing.assert_allclose(other[0], logits[0], atol=1e-5)
    assert np.abs(other[1] - logits[1]).max() > 0


def test_a_convolution_hears_the_same_music_higher_up_alike():
    model = convnet(depth=4, filters=4)
    codes = np.full((1, 8, 4), codec.HIDDEN, np.int32)
    codes[0, :, 0], codes[0, :4, 3] = 25, 18
    context = np.zeros((1, 8, codec.CONTEXT), np.float32)
    low = numbers(model([codes, context]))
    high = numbers(model([np.where(codes < codec.HIDDEN, codes + 3, codes), context]))
    np.testing.assert_allclose(high[..., 13:33], low[..., 10:30], atol=1e-5)


def test_the_command_line_and_the_table_name_every_family():
    from chorale.training.coconet import _parser  # noqa: PLC0415

    for name in FAMILIES:
        assert _parser().parse_args(["--family", name]).family == name
    row = dict.fromkeys(("weights", "step", "ms", "job", "job_bare", "some", "cells", "A", "T", "B"), 1.5)
    printed = table(dict.fromkeys(FAMILIES, row))
    assert len(printed.splitlines()) == 2 + len(FAMILIES)
    assert all(f"| {name} |" in printed for name in FAMILIES)
