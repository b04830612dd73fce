"""The same random weights give the same logits in Magenta's own graphs and in ours, to 1e-4."""

from pathlib import Path

import numpy as np
import pytest

from chorale.models.doodle import conversion
from chorale.models.doodle.layers import LAYERS
from chorale.models.magenta import graphs, layout
from chorale.models.magenta.networks import Latent, Steps
from chorale.models.runtime import Network
from chorale.models.tfjs import Checkpoint

pytestmark = [pytest.mark.magenta, pytest.mark.filterwarnings("ignore")]
CLOSE = {"atol": 1e-4, "rtol": 0}


def checkpoint(weights):
    return Checkpoint(Path("random"), weights, {})


def compared(capsys, name, found, expected):
    """Compare, and tell the largest difference to whoever runs with -s."""
    assert expected.std() > 0.1  # or nothing would be compared
    with capsys.disabled():
        print(f"\n{name}: {expected.shape}, largest difference {np.abs(found - expected).max():.1e}", end="")
    np.testing.assert_allclose(found, expected, **CLOSE)


def one_hots(rng, batch, steps, width):
    return np.eye(width, dtype=np.float32)[rng.integers(width, size=(batch, steps))]


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("melody_rnn.melody_rnn_model", "basic_rnn"),
        ("melody_rnn.melody_rnn_model", "lookback_rnn"),
        ("melody_rnn.melody_rnn_model", "attention_rnn"),
        ("drums_rnn.drums_rnn_model", "drum_kit"),
    ],
)
def test_a_recurrent_network_steps_as_magenta_does(tf, magenta, filled, tmp_path, capsys, module, name):
    config = magenta(f"magenta.models.{module}").default_configs[name]
    config.hparams.batch_size, steps = 2, 60
    with tf.Graph().as_default():
        magenta("magenta.models.shared.events_rnn_graph").get_build_graph_fn("generate", config)()
        session, weights = filled()
        graph = tf.get_default_graph()
        inputs = np.random.default_rng(1).normal(size=(2, steps, config.encoder_decoder.input_size)).astype(np.float32)
        logits = graph.get_tensor_by_name("fully_connected/BiasAdd:0")
        expected = session.run(logits, {graph.get_collection("inputs")[0]: inputs}).reshape(2, steps, -1)
    network = layout.recurrent(checkpoint(weights))
    remembered = config.hparams.attn_length
    (tmp_path / "network.onnx").write_bytes(graphs.step_graph(network, remembered))
    ours = Steps(Network(tmp_path / "network.onnx"), network.classes, graphs.state_size(network, remembered))
    state, found = ours.start(2), []
    for step in range(steps):
        answer, state = ours.step(inputs[:, step], state)
        found.append(answer)
    compared(capsys, name, np.stack(found, axis=1), expected)


def music_vae(tf, magenta, filled, name, inputs, outputs):
    """Return the weights, the means of z and the logits given z and the last outputs."""
    config = magenta("magenta.models.music_vae.configs").CONFIG_MAP[name]
    config.hparams.batch_size, steps = len(inputs), inputs.shape[1]
    config.data_converter.set_mode("infer")
    if hasattr(config.hparams, "sampling_schedule"):
        config.hparams.sampling_schedule, config.hparams.sampling_rate = "constant", 0.0
    with tf.Graph().as_default():
        model, lengths = config.model, tf.constant([steps] * len(inputs))
        model.build(config.hparams, config.data_converter.output_depth, is_training=False)
        mean = model.encode(tf.constant(inputs), lengths).loc
        z = tf.placeholder(tf.float32, [len(inputs), config.hparams.z_size])
        last = tf.constant(np.pad(outputs, [(0, 0), (1, 0), (0, 0)])[:, :-1])
        results = model.decoder.reconstruction_loss(last, tf.constant(outputs), lengths, z)[2]
        session, weights = filled()
        latent = np.random.default_rng(2).normal(size=z.shape.as_list()).astype(np.float32)
        means, logits = session.run([mean, results.rnn_output], {z: latent})
    return weights, means, latent, logits


@pytest.mark.parametrize("name", ["cat-mel_2bar_small", "cat-drums_2bar_small", "groovae_2bar_humanize"])
def test_an_autoencoder_reads_and_writes_as_magenta_does(tf, magenta, filled, tmp_path, capsys, name):
    rng, batch, steps = np.random.default_rng(1), 2, 32
    widths = {"cat-mel_2bar_small": (90, 90), "cat-drums_2bar_small": (10, 512), "groovae_2bar_humanize": (27, 27)}
    inputs, outputs = (one_hots(rng, batch, steps, width) for width in widths[name])
    if widths[name][0] == 27:
        inputs = outputs = rng.normal(size=(batch, steps, 27)).astype(np.float32)
    weights, means, latent, expected = music_vae(tf, magenta, filled, name, inputs, outputs)
    network = layout.autoencoder(checkpoint(weights))
    parts = {"encoder": graphs.encoder_graph, "start": graphs.start_graph, "decoder": graphs.decoder_graph}
    for part, made in parts.items():
        (tmp_path / f"{part}.onnx").write_bytes(made(network))
    ours = Latent.opened(tmp_path, network.outputs)
    compared(capsys, f"{name}, mean of z", ours.read(inputs)[0], means)
    state, found = ours.start(latent), []
    last = np.zeros((batch, network.outputs), np.float32)
    for step in range(steps):
        answer, state = ours.step(last, latent, state)
        found.append(answer)
        last = outputs[:, step]
    compared(capsys, f"{name}, logits", np.stack(found, axis=1), expected)


def magenta_names(weights):
    """Return the Doodle's weights under the names of Magenta 2.1.4, which cannot build a layer mixed in groups.

    Such a layer is one whose mixing is zero between groups, with the bias that came before the mixing taken through it.
    """
    renamed = {"depthwise_weights": "depthwise_kernel", "pointwise_weights": "pointwise_kernel", "biases": "bias"}
    told = {}
    for name, value in weights.items():
        layer, _, kind = name.partition("/SeparableConv2d/")
        if kind:
            told[f"{layer}/separable_conv2d/{renamed[kind]}"] = value
        elif "/split_" not in name:
            told[name] = value
    layer = "model/conv17/"
    kernel = np.zeros((1, 1, 128, 128), np.float32)
    for group in range(4):
        part = slice(32 * group, 32 * group + 32)
        kernel[0, 0, part, part] = weights[f"{layer}split_17_{group}/kernel"]
    bias = np.concatenate([weights[f"{layer}split_17_{group}/bias"] for group in range(4)])
    told[f"{layer}separable_conv2d/pointwise_kernel"] = kernel
    told[f"{layer}separable_conv2d/bias"] = weights[f"{layer}SeparableConv2d/biases"] @ kernel[0, 0] + bias
    return told


def test_coconet_answers_as_magenta_does(tf, magenta, weights_made, tmp_path, capsys):
    weights = weights_made({name: shape for layer in LAYERS for name, shape in layer.shapes.items()})
    weights |= {name: np.abs(value) + 0.5 for name, value in weights.items() if name.endswith("popvariance")}
    conversion.convert(checkpoint(weights), tmp_path)
    rng = np.random.default_rng(1)
    pitches, hidden = rng.integers(36, 82, size=(2, 32, 4)), rng.random((2, 32, 4)) < 0.4
    found = Network(tmp_path / "network.onnx")(codes=np.where(hidden, 47, pitches - 36).astype(np.int32))
    facts = dict.fromkeys(["use_sep_conv", "mask_indicates_context", "use_residual"], True)
    hparams = magenta("magenta.models.coconet.lib_hparams").Hyperparameters(
        architecture="dilated",
        num_filters=128,
        num_dilation_blocks=5,
        num_initial_regular_conv_layers=0,
        crop_piece_len=32,
        **facts,
    )
    with tf.Graph().as_default(), tf.Session() as session:
        model = magenta("magenta.models.coconet.lib_graph").build_graph(is_training=False, hparams=hparams)
        named = magenta_names(weights)
        variables = {each.op.name: each for each in tf.global_variables()}
        assert variables.keys() == named.keys()
        for name, variable in variables.items():
            variable.load(named[name].reshape(variable.shape), session)
        rolls = (pitches[:, :, None] == np.arange(36, 82)[:, None]).astype(np.float32)
        masks = np.broadcast_to(hidden[:, :, None], rolls.shape).astype(np.float32)
        fed = {"pianorolls": rolls, "masks": masks, "lengths": np.full(2, 32)}
        expected = session.run(model.logits, {model.placeholders[name]: value for name, value in fed.items()})
    compared(capsys, "coconet", found, expected.transpose(0, 1, 3, 2))
