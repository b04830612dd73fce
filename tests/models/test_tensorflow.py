"""TensorFlow's checkpoints and Magenta's bundles, generated here, are read whole or refused in one line."""

import io
import struct
import tarfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.models import adding, registry
from chorale.models.tensorflow import is_checkpoint, read_variables
from chorale.models.tensorflow.snappy import unpacked
from chorale.models.tensorflow.table import entries
from chorale.models.tensorflow.wire import DamagedError, Message, varint

RNG = np.random.default_rng(0)
WEIGHTS = {
    "decoder/bias": RNG.normal(size=7).astype(np.float32),
    "decoder/kernel": RNG.normal(size=(3, 5)).astype(np.float32),
    "scalar": np.array(0.5, np.float32),
}


def number(value):
    """Return a varint."""
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def field(key, value):
    if isinstance(value, int):
        return number(key << 3) + number(value)
    return number(key << 3 | 2) + number(len(value)) + value


def packed(data, repeats=0):
    """Return bytes in Snappy's form, the first and so many copies of it."""
    literal = bytes([61 << 2]) + (len(data) - 1).to_bytes(2, "little") + data
    copies = b"".join(bytes([2 | 63 << 2]) + len(data).to_bytes(2, "little") for _ in range(repeats))
    return number(len(data) + 64 * repeats) + literal + copies


def block(pairs):
    out, before = b"", b""
    for key, value in pairs:
        shared = next(
            (n for n, (a, b) in enumerate(zip(key, before, strict=False)) if a != b), min(len(key), len(before))
        )
        out += number(shared) + number(len(key) - shared) + number(len(value)) + key[shared:] + value
        before = key
    return out + struct.pack("<II", 0, 1)


def table(pairs, *, snappy=False):
    """Return a table of two blocks."""
    out, handles = b"", []
    for part in (pairs[:2], pairs[2:]):
        data = packed(block(part)) if snappy else block(part)
        handles.append((part[-1][0], number(len(out)) + number(len(data))))
        out += data + bytes([int(snappy)]) + bytes(4)
    ends = []
    for data in (block([]), block(handles)):
        ends.append(number(len(out)) + number(len(data)))
        out += data + bytes(5)
    return out + b"".join(ends).ljust(40, b"\0") + bytes.fromhex("57fb808b247547db")


def shape(value):
    return b"".join(field(2, field(1, size)) for size in value.shape)


def version_1(weights, *, snappy=True):
    told = b"".join(field(1, field(1, name.encode()) + field(2, shape(v)) + field(3, 1)) for name, v in weights.items())
    pairs = [(b"", field(1, told))]
    for name, value in sorted(weights.items()):
        tensor = field(5, value.astype("<f4").tobytes())
        pairs.append((b"\0" + name.encode(), field(2, field(1, name.encode()) + field(3, tensor))))
    return table(pairs, snappy=snappy)


def version_2(weights):
    """Return an index and its data."""
    pairs, data = [(b"", field(1, 1))], b""
    for name, value in sorted(weights.items()):
        entry = field(1, 1) + field(2, shape(value)) + field(4, len(data)) + field(5, value.nbytes)
        pairs.append((name.encode(), entry))
        data += value.astype("<f4").tobytes()
    return table(pairs), data


def bundle(weights, name="basic_rnn"):
    return field(1, field(1, name.encode())) + field(2, version_1(weights)) + field(3, b"graph")


@pytest.fixture
def stored(tmp_path):
    """A folder with one checkpoint of each form."""
    index, data = version_2(WEIGHTS)
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "model.ckpt-3.index").write_bytes(index)
    (tmp_path / "one" / "model.ckpt-3.data-00000-of-00001").write_bytes(data)
    (tmp_path / "old.ckpt").write_bytes(version_1(WEIGHTS))
    (tmp_path / "tune.mag").write_bytes(bundle(WEIGHTS))
    with tarfile.open(tmp_path / "groovae.tar", "w") as archive:
        for path in sorted((tmp_path / "one").iterdir()):
            archive.add(path, f"one/{path.name}")
    return tmp_path


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("one", "one"),
        ("one/model.ckpt-3", "one"),
        ("one/model.ckpt-3.index", "one"),
        ("old.ckpt", "old"),
        ("tune.mag", "basic_rnn"),
        ("groovae.tar", "groovae"),
    ],
)
def test_every_form_gives_the_same_variables(stored, path, name):
    assert is_checkpoint(stored / path)
    found = read_variables(stored / path)
    assert found.config == {"id": name}
    assert found.weights.keys() == WEIGHTS.keys()
    for key, value in WEIGHTS.items():
        assert found.weights[key].dtype == np.float32
        np.testing.assert_array_equal(found.weights[key], value)


def test_a_bundle_becomes_a_model(tmp_path, weights_of_a_small_rnn):
    (tmp_path / "My Tunes.mag").write_bytes(bundle(weights_of_a_small_rnn))
    added = adding.add(tmp_path / "My Tunes.mag")
    assert added.name == "my-tunes"
    assert added.description == "Magenta's MelodyRNN, basic, 8 units"
    assert np.isfinite(registry.load("my-tunes").trial()).all()


@pytest.fixture
def weights_of_a_small_rnn():
    shapes = {
        "rnn/multi_rnn_cell/cell_0/basic_lstm_cell/kernel": (46, 32),
        "rnn/multi_rnn_cell/cell_0/basic_lstm_cell/bias": (32,),
        "fully_connected/weights": (8, 38),
        "fully_connected/biases": (38,),
        "fully_connected/weights/Adam": (8, 38),
    }
    return {name: RNG.normal(size=size).astype(np.float32) for name, size in shapes.items()}


def spoiled(path, change):
    data = bytearray(path.read_bytes())
    path.write_bytes(bytes(change(data)))


@pytest.mark.parametrize(
    ("path", "change", "said"),
    [
        ("old.ckpt", lambda data: data[:-1], "damaged"),
        ("old.ckpt", lambda _: b"", "damaged"),
        ("tune.mag", lambda data: data[:40], "damaged"),
        ("tune.mag", lambda _: b"MThd" * 40, "damaged"),
        ("one/model.ckpt-3.index", lambda data: data[50:], "damaged"),
        ("one/model.ckpt-3.data-00000-of-00001", lambda data: data[:-1], "the bytes of 'scalar' are not there"),
        ("one/model.ckpt-3.data-00000-of-00001", lambda data: b"\0\0\xc0\x7f" * (len(data) // 4), "no numbers"),
        ("groovae.tar", lambda data: data[:700], "groovae.tar"),
    ],
)
def test_a_damaged_file_is_told_in_one_line(stored, path, change, said):
    spoiled(stored / path, change)
    asked = stored / path.split("/", maxsplit=1)[0]
    with pytest.raises(InputError, match=said) as caught:
        read_variables(asked)
    assert "\n" not in str(caught.value)
    assert str(asked) in str(caught.value)


def test_a_checkpoint_without_its_data_or_among_others_is_told(stored):
    (stored / "one" / "model.ckpt-3.data-00000-of-00001").unlink()
    with pytest.raises(InputError, match=r"its \.data file is missing"):
        read_variables(stored / "one")
    (stored / "one" / "model.ckpt-4.index").write_bytes(b"")
    with pytest.raises(InputError, match="2 checkpoints in it; wanted the path of one"):
        read_variables(stored / "one")
    with tarfile.open(stored / "none.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("readme"), io.BytesIO())
    with pytest.raises(InputError, match="0 checkpoints in it; wanted one"):
        read_variables(stored / "none.tar")


@given(st.data())
def test_any_change_of_a_bundle_is_read_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("fuzz") / "tune.mag"
    content = bytearray(bundle(WEIGHTS))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content)
    try:
        read_variables(path)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017  reading it is as good


def test_packed_bytes_come_back_copies_that_overlap_too():
    assert unpacked(packed(b"abc" * 30, 2))[: 90 + 64] == (b"abc" * 52)[: 90 + 64]
    assert unpacked(number(9) + bytes([0]) + b"a" + bytes([1 | 4 << 2, 1])) == b"a" * 9  # a copy of what it writes
    for damaged in (b"\x05", number(3) + b"\x00a", number(4) + bytes([1, 9]), number(1 << 40), b"\xff" * 12):
        with pytest.raises(DamagedError):
            unpacked(damaged)


def test_numbers_and_fields_are_told_apart_from_damage():
    assert varint(number(300), 0) == (300, 2)
    message = Message(field(1, 7) + field(2, b"text") + field(1, (1 << 64) - 1))
    assert (message.signed(1), message.text(2), message.number(9), message.text(9)) == (-1, "text", 0, "")
    for damaged in (b"\x0b", b"\x12\x05ab", b"\x80"):
        with pytest.raises(DamagedError):
            Message(damaged)
    with pytest.raises(DamagedError, match="no number"):
        message.number(2)
    with pytest.raises(DamagedError, match="no run of bytes"):
        message.text(1)
    with pytest.raises(DamagedError, match="no table"):
        list(entries(bytes(60)))
