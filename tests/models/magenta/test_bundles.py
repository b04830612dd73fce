"""Bundles and checkpoints that Magenta and TensorFlow wrote are read to the last bit, and serve as models."""

import tarfile

import numpy as np
import pytest

from chorale.models import adding, registry
from chorale.models.tensorflow import read_variables

pytestmark = [pytest.mark.magenta, pytest.mark.filterwarnings("ignore")]


def same(found, weights):
    assert {name for name in found if name in weights} == set(weights)
    for name, value in weights.items():
        np.testing.assert_array_equal(found[name], value)


@pytest.mark.parametrize(
    ("module", "name", "told"),
    [
        ("melody_rnn.melody_rnn", "attention_rnn", "Magenta's MelodyRNN, attention, 128 + 128 units"),
        ("drums_rnn.drums_rnn", "drum_kit", "Magenta's DrumsRNN, drums, 256 + 256 + 256 units"),
    ],
)
def test_a_bundle_of_magentas_own_making_is_a_model(bundle, module, name, told):
    path, saved, weights = bundle(module, name)
    same(read_variables(path).weights, weights)
    same(read_variables(path.parent / saved.rpartition("/")[2]).weights, weights)
    added = adding.add(path)
    assert added.description == told
    assert added.name == name.replace("_", "-")
    assert np.isfinite(registry.load(added.name).trial()).all()


def test_a_music_vae_checkpoint_in_a_folder_or_an_archive_is_a_model(vae_checkpoint, tmp_path):
    folder, weights = vae_checkpoint("groovae_2bar_humanize")
    same(read_variables(folder).weights, weights)
    with tarfile.open(tmp_path / "groovae_2bar_humanize.tar", "w") as archive:
        archive.add(folder, "groovae_2bar_humanize")
    same(read_variables(tmp_path / "groovae_2bar_humanize.tar").weights, weights)
    assert adding.add(folder, "one").description == "Magenta's GrooVAE, humanizing drums, 2 bars"
    assert adding.add(tmp_path / "groovae_2bar_humanize.tar").name == "groovae-2bar-humanize"
    assert np.isfinite(registry.load("one").trial()).all()
