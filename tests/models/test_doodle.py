"""The Bach Doodle's network: converted, asked, and at work in our sampler."""

import numpy as np
import pytest

from chorale.errors import InputError, ModelError
from chorale.models import adding, registry
from chorale.models.coconet.codec import codes_of
from chorale.models.coconet.sampling import Settings
from chorale.models.doodle import conversion, playing
from chorale.models.doodle.layers import LAYERS
from chorale.models.tfjs import read_checkpoint
from chorale.music import REST, Chorale, Note, Score

pytest.importorskip("onnx", reason="the onnx package converts the checkpoint")

TUNE = (67, 69, 71, 72)


@pytest.fixture(scope="module")
def doodle(tmp_path_factory, doodle_checkpoint):
    """The network of the generated checkpoint as a harmonizer."""
    folder = tmp_path_factory.mktemp("converted")
    conversion.convert(read_checkpoint(doodle_checkpoint), folder)
    return playing.open_model(folder, {})


@pytest.fixture
def models_folder():
    return registry.user_folder()


def rolls(count, steps, seed=0):
    rng = np.random.default_rng(seed)
    pitches = rng.integers(36, 82, size=(count, steps, 4))
    pitches[:, 3:5, 1] = REST
    return pitches, rng.random(pitches.shape) < rng.random()


def spread(planes, kernel, dilation):
    """Depthwise convolution of (B, T, P, C) with (k, k, C, 1), sides padded as TensorFlow's "same" does."""
    size = len(kernel)
    reach = [(size - 1) * step for step in dilation]
    around = [(side // 2, side - side // 2) for side in reach]
    padded = np.pad(planes, ((0, 0), *around, (0, 0)))
    _, steps, pitches, _ = planes.shape
    return sum(
        padded[:, down * dilation[0] :][:, :steps, across * dilation[1] :][:, :, :pitches] * kernel[down, across, :, 0]
        for down in range(size)
        for across in range(size)
    )


def reference(weights, pitches, hidden):
    """The logits (B, T, 4, 46) as the published network's source computes them, nothing folded, double precision."""
    roll = (pitches[..., None, :] == np.arange(36, 82)[:, None]) & ~hidden[:, :, None]
    known = np.broadcast_to(~hidden[:, :, None], roll.shape)
    planes = np.concatenate([roll, known], axis=-1).astype(float)
    for layer in LAYERS:
        own = {name.removeprefix(layer.name("")): np.float64(weights[name]) for name in layer.shapes}
        if layer.number % 2 == 1:
            kept = planes
        planes = spread(planes, own["SeparableConv2d/depthwise_weights"], layer.dilation)
        if layer.number == 17:
            parts = np.split(planes + own["SeparableConv2d/biases"], 4, axis=-1)
            mixed = [part @ own[f"split_17_{n}/kernel"] + own[f"split_17_{n}/bias"] for n, part in enumerate(parts)]
            planes = np.concatenate(mixed, axis=-1)
        else:
            planes = planes @ own["SeparableConv2d/pointwise_weights"][0, 0] + own["SeparableConv2d/biases"]
        spreads = np.sqrt(own["popvariance"] + 1e-7)
        planes = (planes - own["popmean"]) / spreads * own["gamma"] + own["beta"]
        if layer.number == 32:
            return planes.transpose(0, 1, 3, 2)
        if layer.number and layer.number % 2 == 0:
            planes = planes + kept
        planes = np.maximum(planes, 0)
    return None


def test_the_layers_are_the_published_ones():
    weights = {name: shape for layer in LAYERS for name, shape in layer.shapes.items()}
    assert len(weights) == 238
    assert sum(int(np.prod(shape)) for shape in weights.values()) == 553_436


@pytest.mark.parametrize("steps", [1, 9])
def test_the_converted_network_computes_what_the_published_one_does(doodle, doodle_checkpoint, steps):
    pitches, hidden = rolls(2, steps)
    expected = reference(read_checkpoint(doodle_checkpoint).weights, pitches, hidden)
    found = doodle.predictor.network(codes=codes_of(pitches, hidden).astype(np.int32))
    assert found.std() > 0.5  # or nothing would be compared
    np.testing.assert_allclose(found, expected, atol=1e-4, rtol=1e-4)


def test_log_probs_are_distributions_over_the_pitches(doodle):
    pitches, hidden = rolls(2, 21)
    log_probs = doodle.log_probs(pitches, hidden)
    assert log_probs.shape == (2, 21, 4, 46)
    assert log_probs.dtype == np.float32
    np.testing.assert_allclose(np.exp(log_probs).sum(axis=-1), 1, rtol=1e-4)
    other = np.where(hidden, 999, pitches)
    np.testing.assert_array_equal(doodle.log_probs(other, hidden), log_probs)


def test_many_rolls_are_asked_in_parts(doodle, monkeypatch):
    pitches, hidden = rolls(5, 8)
    whole = doodle.log_probs(pitches, hidden)
    monkeypatch.setattr(playing, "LARGEST_CALL", 17)
    np.testing.assert_allclose(doodle.log_probs(pitches, hidden), whole, atol=1e-4)


@pytest.mark.parametrize("pitches", [np.zeros((4, 4), int), np.full((1, 4, 4), 90)])
def test_log_probs_say_what_is_wrong_with_their_arguments(doodle, pitches):
    with pytest.raises(InputError, match=r"wanted|knows"):
        doodle.log_probs(pitches, np.zeros(pitches.shape, bool))


def test_it_harmonizes_as_ours_does_and_keeps_the_soprano(doodle):
    notes = [Note(4 * number, 4, pitch) for number, pitch in enumerate(TUNE)]
    score = Score(Chorale.from_voices([notes], 16))
    writable = np.ones((16, 4), bool)
    writable[:, 0] = False
    settings = Settings(candidates=2, passes=2, rounds=1)
    first, again = (doodle.harmonize(score, writable, seed=3, settings=settings) for _ in range(2))
    assert first == again
    result = first[0].score.chorale
    assert (result.pitches[:, 0] == score.chorale.pitches[:, 0]).all()
    assert (result.onsets[:, 0] == score.chorale.onsets[:, 0]).all()
    assert (result.pitches != REST).all()


def test_a_checkpoint_is_added_played_and_forgotten(doodle_checkpoint, models_folder):
    added = adding.add(doodle_checkpoint)
    assert added.name == "bach-doodle"
    assert added.name in registry.available()
    model = registry.load("bach-doodle")
    assert model is registry.load("bach-doodle")
    assert model.log_probs(*rolls(1, 4)).shape == (1, 4, 4, 46)
    with pytest.raises(InputError, match="already"):
        adding.add(doodle_checkpoint, "bach-doodle")
    adding.remove("bach-doodle")
    assert not list(models_folder.iterdir())
    with pytest.raises(InputError, match="'bach-doodle': wanted one of"):
        registry.load("bach-doodle")


def test_a_model_added_anew_under_its_name_is_another_one(doodle_checkpoint):
    adding.add(doodle_checkpoint, "one")
    first = registry.load("one")
    adding.remove("one")
    adding.add(doodle_checkpoint, "one")
    assert registry.load("one") is not first


@pytest.mark.parametrize("name", ["", "Doodle", "../x", "a b", ".", "-x", "x" * 41, "coconet"])
def test_a_name_that_is_none_or_taken_is_refused(doodle_checkpoint, models_folder, name):
    with pytest.raises(InputError, match="wanted"):
        adding.add(doodle_checkpoint, name)
    assert not models_folder.exists()
    with pytest.raises(InputError, match=r"wanted one"):
        adding.remove(name)
    assert "coconet" in registry.available()


def shape_of_a_weight(folder, manifest):
    del folder
    entry = next(entry for entry in manifest[0]["weights"] if entry["name"] == "model/conv3/gamma")
    entry["shape"] = [1, 1, 128, 1]


def missing_weight(folder, manifest):
    gone = manifest[0]["weights"].pop()
    shard = folder / manifest[0]["paths"][0]
    shard.write_bytes(shard.read_bytes()[: -int(np.prod(gone["shape"]))])


def strange_weight(folder, manifest):
    entry = {"name": "model/conv33/gamma", "shape": [1], "dtype": "bool"}
    (folder / "more").write_bytes(b"\1")
    manifest.append({"paths": ["more"], "weights": [entry]})


def negative_variance(folder, manifest):
    del folder
    entry = next(entry for entry in manifest[0]["weights"] if entry["name"] == "model/conv3/popvariance")
    entry["quantization"]["min"] = -9


def of_another_family(folder, manifest):
    (folder / "config.json").write_text('{"type": "MusicVAE"}')
    for entry in manifest[0]["weights"]:
        entry["name"] = entry["name"].replace("model/conv", "decoder/")


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (shape_of_a_weight, r"model/conv3/gamma is float32 \(1, 1, 128, 1\); wanted float32 \(1, 1, 1, 128\)"),
        (missing_weight, r"weight model/conv\S+ is missing"),
        (strange_weight, "'model/conv33/gamma' does not belong"),
        (negative_variance, "model/conv3/popvariance is negative"),
        (of_another_family, r"a 'MusicVAE' with 238 weights, .* wanted the network of the Bach Doodle"),
    ],
)
def test_a_checkpoint_of_other_layers_is_refused_and_leaves_nothing(damaged, models_folder, edit, said):
    folder = damaged(edit)
    with pytest.raises(InputError, match=said) as caught:
        adding.add(folder, "any")
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)
    assert not models_folder.exists() or not list(models_folder.iterdir())


def test_a_network_that_answers_no_numbers_is_not_kept(damaged, models_folder):
    def explode(folder, manifest):
        del folder
        for entry in manifest[0]["weights"]:
            if "gamma" in entry["name"]:
                entry["quantization"]["scale"] = 1e30

    with pytest.raises(ModelError, match="answers no numbers"):
        adding.add(damaged(explode), "any")
    assert not list(models_folder.iterdir())


def test_a_data_folder_that_cannot_be_written_is_told(doodle_checkpoint, models_folder):
    models_folder.parent.mkdir(parents=True, exist_ok=True)
    models_folder.write_text("a file stands in the way")
    with pytest.raises(InputError, match="cannot keep the model"):
        adding.add(doodle_checkpoint, "any")


def test_a_damaged_added_model_says_what_to_do(doodle_checkpoint):
    folder = adding.add(doodle_checkpoint, "any").folder
    (folder / "network.onnx").write_bytes(b"")
    with pytest.raises(ModelError, match=r"damaged .*; remove it and add it again"):
        registry.load("any")
    adding.remove("any")


def test_without_onnx_adding_says_what_is_missing(doodle_checkpoint, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "onnx", None)
    with pytest.raises(ModelError, match="onnx is not installed"):
        adding.add(doodle_checkpoint, "any")


def sounding(pitches, hidden):
    return hidden & (pitches != REST)


@pytest.fixture(scope="module")
def published(tmp_path_factory, data_folder):
    """The network as published, where the data are."""
    if not (data_folder / "coconet_bach").is_dir():
        pytest.skip("the data folder has no coconet_bach")
    folder = tmp_path_factory.mktemp("published")
    conversion.convert(read_checkpoint(data_folder / "coconet_bach"), folder)
    return playing.open_model(folder, {})


@pytest.fixture(scope="module")
def phrases(data_folder):
    """The first 64 steps of the official test pieces."""
    pieces = np.load(data_folder / "Jsb16thSeparated.npz", allow_pickle=True, encoding="latin1")["test"]
    return [np.where(np.isnan(piece), REST, np.nan_to_num(piece)).astype(int)[:64] for piece in pieces]


def nats(model, phrase, hidden):
    """Nats (T, 4) of each cell."""
    log_probs = model.log_probs(phrase[None], hidden[None])[0]
    return -np.take_along_axis(log_probs, np.maximum(phrase - 36, 0)[..., None], axis=-1)[..., 0], log_probs


@pytest.mark.acceptance
def test_the_published_network_scores_as_it_was_measured(published, phrases):
    """Soprano given, one pass: 1.773 nats a cell (A 1.563, T 1.768, B 1.989), 39.4 % right; with a share, .31."""
    whole, voices, right, shares = [], [], [], []
    rng = np.random.default_rng(0)
    for phrase in phrases:
        hidden = np.ones(phrase.shape, bool)
        hidden[:, 0] = False
        cost, log_probs = nats(published, phrase, hidden)
        whole.append(cost[sounding(phrase, hidden)].mean())
        voices.append([cost[phrase[:, voice] != REST, voice].mean() for voice in (1, 2, 3)])
        right.append((log_probs.argmax(axis=-1) == phrase - 36)[sounding(phrase, hidden)].mean())
        for _ in range(3):
            some = hidden & (rng.random(phrase.shape) < rng.random())
            some[rng.integers(len(phrase)), 1:] = True
            shares.append(nats(published, phrase, some)[0][sounding(phrase, some)].mean())
    assert np.mean(whole) == pytest.approx(1.773, abs=0.002)
    np.testing.assert_allclose(np.mean(voices, axis=0), [1.563, 1.768, 1.989], atol=0.003)
    assert np.mean(right) == pytest.approx(0.394, abs=0.002)
    assert np.mean(shares) == pytest.approx(0.308, abs=0.06)


def test_the_published_network_knows_that_a_held_note_goes_on(published):
    pitches = np.tile([67, 62, 59, 43], (1, 32, 1))
    hidden = np.zeros(pitches.shape, bool)
    hidden[0, 14, 2] = True
    assert np.exp(published.log_probs(pitches, hidden)[0, 14, 2, 59 - 36]) > 0.9
