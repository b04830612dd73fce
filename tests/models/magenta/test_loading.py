"""Published checkpoints of Magenta's networks are added, run as numpy would, or refused in one line."""

import os
import time

import numpy as np
import pytest

from chorale.errors import InputError
from chorale.models import adding, registry
from chorale.models.magenta import graphs, layout
from chorale.models.magenta.networks import Latent, Steps
from chorale.models.runtime import Network
from chorale.models.tfjs import Checkpoint

pytest.importorskip("onnx", reason="the onnx package converts the checkpoint")

SMALL = {"inputs": 38, "classes": 38, "sizes": (24, 20)}


def sigmoid(numbers):
    return 1 / (1 + np.exp(-numbers))


def stepped(inputs, memory, output, weights, prefix):
    """One step of an LSTM cell as TensorFlow's BasicLSTMCell computes it."""
    gates = np.concatenate([inputs, output], axis=1) @ weights[f"{prefix}kernel"] + weights[f"{prefix}bias"]
    opened, content, forget, shown = np.split(gates, 4, axis=1)
    memory = memory * sigmoid(forget + 1) + sigmoid(opened) * np.tanh(content)
    return memory, np.tanh(memory) * sigmoid(shown)


def attended(weights, prefix, state, past):
    """What attention sees of the past (L, units), given the cells' states."""
    query = state @ weights[f"{prefix}kernel"] + weights[f"{prefix}bias"]
    scores = np.tanh(past @ weights[f"{prefix}attn_w"][0, 0] + query) @ weights[f"{prefix}attn_v"]
    shares = np.exp(scores - scores.max())
    return (shares / shares.sum()) @ past


def dense(weights, prefix, inputs, kernel="kernel", bias="bias"):
    return inputs @ weights[f"{prefix}{kernel}"] + weights[f"{prefix}{bias}"]


def test_a_recurrent_network_with_attention_around_all_cells_steps_as_it_should(tmp_path, published, weights_made):
    shapes, _ = published["drum_kit_rnn"]
    weights = {name: value.astype(np.float64) for name, value in weights_made(shapes).items()}
    checkpoint = Checkpoint(tmp_path, {name: np.float32(value) for name, value in weights.items()}, {})
    network = layout.recurrent(checkpoint)
    (tmp_path / "network.onnx").write_bytes(graphs.step_graph(network, 3))
    ours = Steps(Network(tmp_path / "network.onnx"), 512, graphs.state_size(network, 3))
    outer = "rnn/attention_cell_wrapper/"
    cells = [(np.zeros((1, 256)), np.zeros((1, 256)))] * 3
    seen, past, state = np.zeros(256), np.zeros((3, 256)), ours.start(1)
    for heard in np.random.default_rng(1).normal(size=(6, 1, 518)):
        source = dense(weights, outer, np.concatenate([heard, seen[None]], axis=1))
        for number, (memory, output) in enumerate(cells):
            prefix = f"{outer}multi_rnn_cell/cell_{number}/basic_lstm_cell/"
            cells[number] = stepped(source, memory, output, weights, prefix)
            source = cells[number][1]
        seen = attended(
            weights, f"{outer}attention/", np.concatenate([part[0] for cell in cells for part in cell]), past
        )
        leaving = dense(weights, f"{outer}attention_output_projection/", np.concatenate([source[0], seen])[None])
        past = np.concatenate([past[1:], leaving])
        expected = dense(weights, "fully_connected/", leaving, "weights", "biases")
        found, state = ours.step(heard, state)
        np.testing.assert_allclose(found, expected, atol=1e-4)
    assert expected.std() > 0.1


def test_an_autoencoder_reads_and_writes_as_it_should(tmp_path, published, weights_made):
    shapes, _ = published["groovae_2bar_humanize"]
    weights = weights_made(shapes)
    network = layout.autoencoder(Checkpoint(tmp_path, weights, {}))
    for part in ("encoder", "start", "decoder"):
        (tmp_path / f"{part}.onnx").write_bytes(getattr(graphs, f"{part}_graph")(network))
    ours, rng = Latent.opened(tmp_path, 27), np.random.default_rng(1)
    heard, last = rng.normal(size=(2, 9, 27)), []
    for way, steps in (("fw", heard.transpose(1, 0, 2)), ("bw", heard.transpose(1, 0, 2)[::-1])):
        memory = output = np.zeros((2, 512))
        for step in steps:
            prefix = f"encoder/cell_0/bidirectional_rnn/{way}/multi_rnn_cell/cell_0/lstm_cell/"
            memory, output = stepped(step, memory, output, weights, prefix)
        last.append(output)
    last = np.concatenate(last, axis=1)
    mean, spread = ours.read(heard)
    np.testing.assert_allclose(mean, dense(weights, "encoder/mu/", last), atol=1e-4)
    np.testing.assert_allclose(spread, np.logaddexp(0, dense(weights, "encoder/sigma/", last)), atol=1e-4)
    z = rng.normal(size=(2, 256))
    first = np.split(np.tanh(dense(weights, "decoder/z_to_initial_state/", z)), 4, axis=1)
    state, written = ours.start(z), np.zeros((2, 27))
    for _ in range(3):
        first[:2] = stepped(
            np.concatenate([written, z], axis=1), *first[:2], weights, "decoder/multi_rnn_cell/cell_0/lstm_cell/"
        )
        first[2:] = stepped(first[1], *first[2:], weights, "decoder/multi_rnn_cell/cell_1/lstm_cell/")
        found, state = ours.step(written.astype(np.float32), z.astype(np.float32), state)
        written = dense(weights, "decoder/output_projection/", first[3])
        np.testing.assert_allclose(found, written, atol=1e-4)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("basic_rnn", "Magenta's MelodyRNN, basic, 512 + 512 units"),
        ("drum_kit_rnn", "Magenta's DrumsRNN, drums, 256 + 256 + 256 units"),
        ("mel_2bar_small", "Magenta's MusicVAE, melodies, 2 bars"),
        ("drums_2bar_lokl_small", "Magenta's MusicVAE, drums, 2 bars"),
        ("groovae_2bar_humanize", "Magenta's GrooVAE, humanizing drums, 2 bars"),
        ("groovae_tap2drum_2bar", "Magenta's GrooVAE, drums to a tapped rhythm, 2 bars"),
    ],
)
def test_every_published_network_is_added_by_its_folder(published_checkpoint, name, told):
    added = adding.add(published_checkpoint(name, "uint16" if "mel" in name else "uint8"))
    assert added.name == name.replace("_", "-")
    assert added.description == told
    assert np.isfinite(registry.load(added.name).trial()).all()


def test_the_published_sizes_are_those_of_the_files(published):
    """Megabytes of float32 that magenta.js's list of checkpoints states."""
    stated = {"basic_rnn": 13.0, "drum_kit_rnn": 11.9, "mel_2bar_small": 17.7, "drums_2bar_lokl_small": 18.5}
    for name, size in stated.items():
        told = sum(np.prod(shape) for kept, shape in published[name][0].items() if "sigma" not in kept)
        extra = 0 if "rnn" in name else 256 * 1025
        assert (told + extra) * 4 / 1e6 == pytest.approx(size, abs=0.1), name


@pytest.fixture
def small(tmp_path, checkpoint_writer, weights_made):
    """Return a function that writes a small checkpoint of changed shapes and configuration."""

    def write(shapes, config=None, name="small"):
        return checkpoint_writer(tmp_path / name, weights_made(shapes), "uint8", config=config)

    return write


def without(shapes, name):
    return {kept: shape for kept, shape in shapes.items() if kept != name}


FC = "fully_connected/weights"
CELL = "rnn/multi_rnn_cell/cell_1/basic_lstm_cell/kernel"


@pytest.mark.parametrize(
    ("name", "change", "config", "said"),
    [
        (
            "basic_rnn",
            lambda shapes: without(shapes, "fully_connected/biases"),
            {},
            "fully_connected/biases is missing",
        ),
        ("basic_rnn", lambda shapes: shapes | {FC: (511, 38)}, {}, r"weights is float32 \(511, 38\); wanted .*512, 38"),
        ("basic_rnn", lambda shapes: shapes | {CELL: (1000, 2048)}, {}, r"cell_1.*\(1000, 2048\); wanted .*1024, 2048"),
        ("basic_rnn", lambda shapes: shapes | {"strange": (3,)}, {}, "'strange' has no place in it"),
        ("basic_rnn", lambda shapes: shapes, {"chordEncoder": "PitchChordEncoder"}, "reads chords beside the notes"),
        ("drum_kit_rnn", lambda shapes: shapes, {"attentionLength": "long"}, "attention over 'long' steps"),
        ("mel_2bar_small", lambda shapes: shapes, {"dataConverter": {"type": "DrumsConverter"}}, "those of melodies"),
        (
            "mel_2bar_small",
            lambda shapes: shapes,
            {"dataConverter": {"args": {"numSteps": 33}}},
            "spans 33 steps; wanted whole bars",
        ),
        ("mel_2bar_small", lambda shapes: shapes | {"decoder/nade/w_enc": (2, 2)}, {}, "with a NADE decoder"),
        ("mel_2bar_small", lambda shapes: shapes | {"encoder/hierarchical_level_0/x": (2,)}, {}, "of several levels"),
        ("mel_2bar_small", lambda shapes: without(shapes, "encoder/mu/bias"), {}, "encoder/mu/bias is missing"),
    ],
)
def test_what_cannot_be_played_is_refused_in_one_line(small, published, name, change, config, said):
    shapes, told = published[name]
    folder = small(change(shapes), told | config)
    with pytest.raises(InputError, match=said) as caught:
        adding.add(folder, "any")
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)
    assert not list(registry.user_folder().glob("*"))


def test_what_a_killed_process_left_is_cleared_away_by_the_next(published_checkpoint):
    root = registry.user_folder()
    for name, age in (("old", 3600), ("new", 5)):
        (root / f".adding-{name}" / "model").mkdir(parents=True)
        os.utime(root / f".adding-{name}", (time.time() - age,) * 2)
    adding.add(published_checkpoint("groovae_2bar_humanize"), "any")
    assert sorted(path.name for path in root.iterdir()) == [".adding-new", "any"]
    assert "any" in registry.available()
    assert ".adding-new" not in registry.available()


@pytest.mark.parametrize("path", ["nowhere", "x" * 5000])
def test_a_path_where_nothing_is_is_told(tmp_path, path):
    with pytest.raises(InputError, match="wanted a published model"):
        adding.add(tmp_path / path)
