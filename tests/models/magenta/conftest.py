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
