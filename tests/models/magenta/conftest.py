"""Magenta's own graphs with random weights, where Magenta is installed."""

import contextlib
import importlib
import importlib.util
import io
import os

import numpy as np
import pytest


@pytest.fixture(scope="session")
def tf():
    """TensorFlow as Magenta wants it: graphs and sessions, Keras 2."""
    if importlib.util.find_spec("magenta") is None:
        pytest.skip("Magenta is not installed: wanted the dependency group magenta (uv run --group magenta pytest)")
    os.environ.update(TF_USE_LEGACY_KERAS="1", TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="")
    with contextlib.redirect_stdout(io.StringIO()):
        module = importlib.import_module("tensorflow.compat.v1")
    module.disable_v2_behavior()
    module.logging.set_verbosity("ERROR")
    return module


@pytest.fixture(scope="session")
def magenta(tf):
    """Return a function that imports a module of Magenta."""
    del tf
    return importlib.import_module


def random_weights(shapes, seed=0):
    """Return weights by name, of such sizes that what passes through neither fades nor saturates."""
    rng = np.random.default_rng(seed)
    return {
        name: (rng.normal(size=shape) * (2 / np.sqrt(np.prod(shape[:-1])) if len(shape) > 1 else 0.3)).astype(
            np.float32
        )
        for name, shape in sorted(shapes.items())
    }


@pytest.fixture(scope="session")
def weights_made():
    return random_weights


@pytest.fixture(scope="session")
def filled(tf):
    """Return a function that gives the variables of the present graph random values: a session and those values."""

    def fill(seed=0):
        variables = [each for each in tf.global_variables() if each.shape.rank]
        weights = random_weights({each.op.name: tuple(each.shape.as_list()) for each in variables}, seed)
        weights |= {name: np.abs(value) + 0.5 for name, value in weights.items() if name.endswith("popvariance")}
        threads = tf.ConfigProto(intra_op_parallelism_threads=1, inter_op_parallelism_threads=1)
        session = tf.Session(config=threads)
        session.run(tf.global_variables_initializer())
        for variable in variables:
            variable.load(weights[variable.op.name], session)
        return session, weights

    return fill


@pytest.fixture
def bundle(tf, magenta, filled, tmp_path):
    """Return a function that makes a bundle with random weights through Magenta's own generator."""

    def make(module, name):
        config = magenta(f"magenta.models.{module}_model").default_configs[name]
        config.hparams.batch_size = 1
        with tf.Graph().as_default():
            magenta("magenta.models.shared.events_rnn_graph").get_build_graph_fn("generate", config)()
            session, weights = filled()
            saved = tf.train.Saver().save(session, str(tmp_path / "model.ckpt"))
        maker = magenta(f"magenta.models.{module}_sequence_generator").get_generator_map()[name]
        maker(checkpoint=saved).create_bundle_file(str(tmp_path / f"{name}.mag"), "random weights")
        return tmp_path / f"{name}.mag", saved, weights

    return make


@pytest.fixture
def vae_checkpoint(tf, magenta, filled, tmp_path):
    """Return a function that makes a MusicVAE's checkpoint with random weights: its folder, and the weights."""

    def make(name):
        config = magenta("magenta.models.music_vae.configs").CONFIG_MAP[name]
        config.hparams.batch_size = 1
        read, written = config.data_converter.input_depth, config.data_converter.output_depth
        folder = tmp_path / name
        folder.mkdir()
        with tf.Graph().as_default():
            model = config.model
            model.build(config.hparams, written, is_training=False)
            model.encode(tf.zeros([1, 32, read]), tf.constant([32]))
            z = tf.zeros([1, config.hparams.z_size])
            model.decoder.reconstruction_loss(*[tf.zeros([1, 32, written])] * 2, tf.constant([32]), z)
            session, weights = filled()
            tf.train.Saver().save(session, str(folder / "model.ckpt-3061"))
        return folder, weights

    return make


def cell_shapes(prefix, inputs, units):
    return {f"{prefix}kernel": (inputs + units, 4 * units), f"{prefix}bias": (4 * units,)}


def dense_shapes(prefix, inputs, outputs, kernel="kernel", bias="bias"):
    return {f"{prefix}{kernel}": (inputs, outputs), f"{prefix}{bias}": (outputs,)}


def recurrent_shapes(inputs, classes, sizes, prefix="rnn/"):
    """Return the shapes of a recurrent network without attention."""
    shapes, width = {}, inputs
    for number, units in enumerate(sizes):
        shapes |= cell_shapes(f"{prefix}multi_rnn_cell/cell_{number}/basic_lstm_cell/", width, units)
        width = units
    return shapes | dense_shapes("fully_connected/", width, classes, "weights", "biases")


def attended_shapes(inputs, classes, sizes):
    """Return the shapes of a recurrent network with attention around all cells, as drum_kit_rnn was published."""
    outer, units = "rnn/attention_cell_wrapper/", sizes[-1]
    return (
        recurrent_shapes(inputs, classes, sizes, outer)
        | dense_shapes(outer, inputs + units, inputs)
        | dense_shapes(f"{outer}attention/", 2 * sum(sizes), units)
        | dense_shapes(f"{outer}attention_output_projection/", 2 * units, units)
        | {f"{outer}attention/attn_w": (1, 1, units, units), f"{outer}attention/attn_v": (units,)}
    )


def autoencoder_shapes(inputs, outputs, encoder=512, latent=256, decoder=(256, 256)):
    """Return the shapes of a MusicVAE of one level."""
    shapes = {}
    for way in ("fw", "bw"):
        prefix = f"encoder/cell_0/bidirectional_rnn/{way}/multi_rnn_cell/cell_0/lstm_cell/"
        shapes |= cell_shapes(prefix, inputs, encoder)
    for name in ("mu", "sigma"):
        shapes |= dense_shapes(f"encoder/{name}/", 2 * encoder, latent)
    shapes |= dense_shapes("decoder/z_to_initial_state/", latent, 2 * sum(decoder))
    width = outputs + latent
    for number, units in enumerate(decoder):
        shapes |= cell_shapes(f"decoder/multi_rnn_cell/cell_{number}/lstm_cell/", width, units)
        width = units
    return shapes | dense_shapes("decoder/output_projection/", width, outputs)


def converter(kind, **arguments):
    return {"type": kind, "args": arguments}


KEYBOARD = converter("MelodyConverter", numSteps=32, minPitch=21, maxPitch=108)
COUNTED = [{"type": "BinaryCounter", "args": {"numBits": 6}}]
PUBLISHED = {
    "basic_rnn": (
        recurrent_shapes(38, 38, (512, 512)),
        {"type": "MusicRNN", "dataConverter": converter("MelodyConverter", minPitch=48, maxPitch=83)},
    ),
    "drum_kit_rnn": (
        attended_shapes(518, 512, (256, 256, 256)),
        {
            "type": "MusicRNN",
            "dataConverter": converter("DrumsOneHotConverter"),
            "attentionLength": 32,
            "auxInputs": COUNTED,
        },
    ),
    "mel_2bar_small": (autoencoder_shapes(90, 90), {"type": "MusicVAE", "dataConverter": KEYBOARD}),
    "drums_2bar_lokl_small": (
        autoencoder_shapes(10, 512),
        {"type": "MusicVAE", "dataConverter": converter("DrumsConverter", numSteps=32)},
    ),
    "groovae_2bar_humanize": (
        autoencoder_shapes(27, 27),
        {"type": "MusicVAE", "dataConverter": converter("GrooveConverter", numSteps=32, humanize=True)},
    ),
    "groovae_tap2drum_2bar": (
        autoencoder_shapes(27, 27),
        {"type": "MusicVAE", "dataConverter": converter("GrooveConverter", numSteps=32, tapify=True)},
    ),
}
"""Names, and the shapes of the weights and the configuration, as magenta.js has them."""


@pytest.fixture(scope="session")
def published():
    return PUBLISHED


@pytest.fixture(scope="session")
def published_checkpoint(tmp_path_factory, checkpoint_writer):
    """Return a function that writes a checkpoint of a published form, once for each name."""
    folder, written = tmp_path_factory.mktemp("published"), {}

    def write(name, kind="uint8"):
        if name not in written:
            shapes, config = PUBLISHED[name]
            written[name] = checkpoint_writer(folder / name, random_weights(shapes), kind, 1 << 22, config)
        return written[name]

    return write
