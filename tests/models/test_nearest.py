"""What the network is told about the visible notes: anchors, intervals, degrees, against loops that say the same."""

import numpy as np
import pytest

keras = pytest.importorskip("keras", reason="the network needs the train extra")

from chorale.models.coconet import codec  # noqa: E402  after the skip
from chorale.models.coconet.nearest import Anchors, Degrees, Moves, Relations  # noqa: E402

pytestmark = [
    pytest.mark.training,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # TensorFlow's own
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
H, S, O, N = codec.HIDDEN, codec.SILENCE, codec.OUTSIDE, codec.HIDDEN  # noqa: E741  outside


def column(*codes):
    """One example in which the soprano has these codes and the others are hidden."""
    roll = np.full((1, len(codes), 4), H, np.int32)
    roll[0, :, 0] = codes
    return roll


def anchors_of(codes):
    return keras.ops.convert_to_numpy(Anchors()(codes))


def context(steps, tonic=None):
    return codec.context_planes(codec.Context(tonic=tonic), steps)[None]


def answer(layer, *inputs):
    """The layer's answer with random weights."""
    layer(list(inputs))
    rng = np.random.default_rng(0)
    for weight in layer.trainable_variables:
        weight.assign(rng.normal(size=weight.shape))
    return keras.ops.convert_to_numpy(layer(list(inputs)))


def test_anchors_are_the_nearest_visible_cells_and_outside_is_none():
    found = anchors_of(column(O, 30, H, H, S, H, 31, H))
    assert found[0, :, 0].tolist() == [N, 30, 30, 30, S, S, 31, 31]
    assert found[0, :, 4].tolist() == [30, 30, S, S, S, 31, 31, N]
    assert found[0, 1:, 8].tolist() == [0, 1, 2, 0, 1, 0, 1]
    assert found[0, :-1, 12].tolist() == [1, 0, 2, 1, 0, 1, 0]
    assert (found[0, :, [1, 2, 3, 5, 6, 7]] == N).all()


def test_anchors_agree_with_a_search_in_both_directions():
    rng = np.random.default_rng(0)
    codes = np.where(rng.random((3, 20, 4)) < 0.7, H, rng.integers(0, 47, (3, 20, 4))).astype(np.int32)
    found = anchors_of(codes)
    for piece, step, voice in np.ndindex(3, 20, 4):
        line = codes[piece, :, voice]
        for side, order in ((0, range(step, -1, -1)), (4, range(step, 20))):
            first = next((place for place in order if line[place] != H), None)
            assert found[piece, step, side + voice] == (N if first is None else line[first])
            assert first is None or found[piece, step, 8 + side + voice] == abs(step - first)


def moved(codes, by):
    return np.where(codes < codec.PITCHES, codes + by, codes).astype(np.int32)


def test_relations_of_a_key_do_not_change_when_everything_is_transposed():
    rng = np.random.default_rng(1)
    codes = np.where(rng.random((1, 16, 4)) < 0.5, H, rng.integers(5, 40, (1, 16, 4))).astype(np.int32)
    layer = Relations(8)
    layer.build([(None, None, 16), (None, None, codec.CONTEXT)])
    table = np.random.default_rng(0).normal(size=layer.table.shape)
    table[: 8 * (codec.HIDDEN + 1)] = 0  # the rows that name the pitches themselves
    layer.table.assign(table)

    def read(by, tonic):
        return keras.ops.convert_to_numpy(layer([anchors_of(moved(codes, by)), context(16, tonic)]))

    np.testing.assert_allclose(read(3, 5), read(0, 2), atol=1e-5)
    assert np.abs(read(3, 2) - read(0, 2)).max() > 0.1


def test_moves_follow_the_anchor():
    rng = np.random.default_rng(2)
    features = rng.normal(size=(1, 6, 5)).astype(np.float32)
    codes = column(20, H, H, 23, H, H)
    low = answer(Moves(), features, anchors_of(codes))
    high = answer(Moves(), features, anchors_of(moved(codes, 4)))
    np.testing.assert_allclose(high[0, :, 0, 4 : codec.PITCHES], low[0, :, 0, : codec.PITCHES - 4], atol=1e-5)
    assert np.abs(low[0, :3, 0, 8:33]).min() > 0  # an octave to either side of the anchor
    assert not low[0, :, 0, :8].any()
    assert not low[0, :, 1:].any()  # no anchor, no move
    assert not low[..., codec.SILENCE].any()


def test_moves_are_the_same_in_training():
    rng = np.random.default_rng(4)
    features = rng.normal(size=(3, 8, 5)).astype(np.float32)
    codes = np.where(rng.random((3, 8, 4)) < 0.5, H, rng.integers(0, 47, (3, 8, 4))).astype(np.int32)
    layer, found = Moves(), anchors_of(codes)
    answered = answer(layer, features, found)
    trained = keras.ops.convert_to_numpy(layer([features, found], training=True))
    np.testing.assert_array_equal(trained, answered)


def test_a_move_of_nought_is_the_anchor_itself():
    layer = Moves()
    found = anchors_of(column(0, H, H, 45))
    features = np.ones((1, 4, 1), np.float32)
    layer([features, found])
    kernel = np.zeros((1, 8, 25))
    kernel[0, 0, 12], kernel[0, 4, 13] = 1, 2  # hold what was; a semitone over what comes
    layer.intervals.kernel.assign(kernel.reshape(1, -1))
    logits = keras.ops.convert_to_numpy(layer([features, found]))[0, :, 0]
    assert logits[1].argmax() == 0
    assert logits[1].sum() == 1  # a semitone over the highest pitch is none
    assert logits[0].tolist() == [1, 2, *[0] * 45]


def test_degrees_follow_the_tonic_and_say_nothing_without_one():
    features = np.random.default_rng(3).normal(size=(1, 4, 5)).astype(np.float32)
    c, e = (answer(Degrees(), features, context(4, tonic)) for tonic in (0, 4))
    np.testing.assert_allclose(e[..., 4 : codec.PITCHES], c[..., : codec.PITCHES - 4], atol=1e-5)
    assert not answer(Degrees(), features, context(4)).any()
