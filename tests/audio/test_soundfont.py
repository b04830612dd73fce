import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale.audio import load_all, soundfont
from chorale.audio.sampling import held_note
from chorale.audio.soundfont import SoundFont, default_font
from chorale.errors import InputError


def test_the_font_that_comes_along_covers_the_four_voices_compass_in_every_program_used():
    font = SoundFont(default_font())
    programs = {program for preset in load_all() for voice in preset.voices for program in voice.programs}
    assert [(p, key) for p in programs for key in range(36, 85, 3) if not font.zones(p, key, 92)] == []


def test_a_zone_carries_the_samples_root_and_loop(sine_font):
    (zone,) = SoundFont(sine_font).zones(0, 60, 90)
    assert (zone.root, zone.start, zone.end, zone.loop_start, zone.loop_end) == (69, 0, 4400, 1000, 4000)
    assert zone.loops


def test_a_program_the_font_lacks_is_played_by_the_nearest_below(tmp_path, font_data):
    path = tmp_path / "two.sf2"
    path.write_bytes(font_data(programs=(3,)))
    assert SoundFont(path).zones(52, 60, 90)
    assert SoundFont(path).zones(0, 60, 90)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda _: b"", "no SoundFont"),
        (lambda data: b"MThd" + data, "no SoundFont"),
        (lambda data: data[:200], "ends early"),
        (lambda data: data[:-30], "ends early"),
        (lambda data: data.replace(b"shdr", b"xxxx"), "has no shdr"),
        (lambda data: data.replace(b"smpl", b"xxxx"), "has no samples"),
        (lambda data: data[:12] + b"LIST" + b"\xff\xff\xff\xff" + b"smpl" + b"\xff\xff\xff\x7f" * 9, "ends early"),
    ],
)
def test_a_damaged_font_is_refused_with_one_line(tmp_path, font_data, damage, words):
    path = tmp_path / "broken.sf2"
    path.write_bytes(damage(font_data()))
    with pytest.raises(InputError, match=words) as caught:
        SoundFont(path)
    assert "\n" not in str(caught.value)
    assert "broken.sf2" in str(caught.value)


def test_a_compressed_font_is_refused(tmp_path, font_data):
    path = tmp_path / "font.sf3"
    path.write_bytes(font_data(version=3))
    with pytest.raises(InputError, match="compressed"):
        SoundFont(path)


def test_a_missing_font_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.sf2", tmp_path):
        with pytest.raises(InputError, match="SoundFont"):
            SoundFont(path)


def test_without_the_package_the_message_says_what_to_do(monkeypatch):
    monkeypatch.setattr(soundfont, "find_spec", lambda _: None)
    with pytest.raises(InputError, match=r"pretty_midi package is missing"):
        default_font()


@settings(max_examples=60, deadline=None)
@given(flips=st.lists(st.tuples(st.integers(0, 100_000), st.integers(0, 255)), max_size=30), key=st.integers(0, 127))
def test_a_font_with_flipped_bytes_sounds_somehow_or_is_refused(tmp_path_factory, font_data, flips, key):
    data = bytearray(font_data())
    for place, value in flips:
        data[-1 - place % 600 if place % 3 else place % len(data)] = value
    path = tmp_path_factory.mktemp("fonts") / "flipped.sf2"
    path.write_bytes(data)
    try:
        note = held_note(SoundFont(path), 0, key, 2000)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017  both outcomes are right; this checks one of them
    else:
        assert note.shape == (2000, 2)
        assert np.isfinite(note).all()
