"""ABC in."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale import io
from chorale.errors import InputError


@pytest.fixture
def read(tmp_path):
    """Read a tune's text."""

    def _read(text):
        (tmp_path / "a.abc").write_text(text)
        return io.read(tmp_path / "a.abc")

    return _read


def _tune(body, head="M:4/4\nL:1/4\nK:C"):
    return f"X:1\nT:A tune\n{head}\n{body}\n"


def _notes(reading, voice=0):
    return [(note.start, note.length, str(pitch)) for note, pitch in reading.score.notes(voice)]


def test_a_whole_tune_is_read(read):
    reading = read(
        "% a hymn\nX:7\nT:Old Hundredth\nT:Second title\nC:L. Bourgeois\nM:C\nL:1/4\nQ:1/2=42\nK:G\n"
        "G | G F E D | G A HB2 |]\nw: All peo-ple that on earth do dwell\n"
    )
    score = reading.score
    assert (score.title, score.composer, score.key.name, str(score.meter)) == (
        "Old Hundredth", "L. Bourgeois", "G major", "4/4",
    )  # fmt: skip
    assert (score.pickup, score.qpm, score.fermatas) == (4, 84, {28})
    assert _notes(reading)[:3] == [(0, 4, "G4"), (4, 4, "G4"), (8, 4, "F#4")]
    assert score.lyrics[:4] == ((0, "All"), (4, "peo-"), (8, "ple"), (12, "that"))
    assert reading.warnings == ()


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("C,, C, C c c' c''", "C2 C3 C4 C5 C6 C7"),
        ("^F _B =f ^^G __A", "F#4 Bb4 F5 G##4 Abb4"),
        ("^F F f | F", "F#4 F#4 F5 F4"),
        ("^F- | F F", "F#4 F4"),
    ],
)
def test_pitches_follow_letters_octaves_and_accidentals_to_the_bar_line(read, body, wanted):
    assert [name for _, _, name in _notes(read(_tune(body)))] == wanted.split()


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ("C2 D/ E/2 F3/2 G// A3", [8, 2, 2, 6, 1, 12]),
        ("C>D E<F", [6, 2, 2, 6]),
        ("C>>D", [7, 1]),
        ("(C>.D)", [6, 2]),
        ("C z D x2 E", [4, 4, 4]),
        ("C Z D", [4, 4]),
        ("C-C D2-|D2 E2", [8, 16, 8]),
        ("[CE]2 [C2E2]", [8, 8]),
    ],
)
def test_lengths_follow_figures_slashes_dots_and_ties(read, body, wanted):
    assert [length for _, length, _ in _notes(read(_tune(body)))] == wanted


def test_triplets_go_to_the_grid_and_are_told(read):
    reading = read(_tune("(3C/D/E/ F2 G"))
    assert [start for start, _, _ in _notes(reading)] == [0, 1, 3, 4, 12]
    assert "2 of 5 notes moved" in reading.warnings[0]


def test_the_default_length_follows_the_meter(read):
    assert _notes(read(_tune("C", "M:2/4\nK:C")))[0][1] == 1
    assert _notes(read(_tune("C", "M:3/4\nK:C")))[0][1] == 2


@pytest.mark.parametrize(
    ("key", "name"),
    [("G", "G major"), ("Em", "E minor"), ("F#min", "F# minor"), ("Bb maj", "Bb major"), ("Ador", "A minor"),
     ("Gmix", "A minor"), ("none", "A minor"), ("C clef=treble", "C major"), ("A minor", "A minor")],
)  # fmt: skip
def test_keys_and_modes_are_read_and_modes_are_weighed(read, key, name):
    tonic_first = "ABcdefgae2A4" if name == "A minor" else "C"
    sharps = {"Ador": 1, "Gmix": 0}.get(key)
    found = read(_tune(tonic_first, f"M:4/4\nL:1/4\nK:{key}")).score.key
    assert found.name == name if sharps is None else found.signature == sharps


def test_what_decorates_is_no_music(read):
    body = '"Am"C {/de}!trill!D .E ~F (G A) [K:G]F `B yC [1 D :|[2 E |]'
    reading = read(_tune(body))
    assert [name for _, _, name in _notes(reading)] == [
        "C4",
        "D4",
        "E4",
        "F4",
        "G4",
        "A4",
        "F#4",
        "B4",
        "C4",
        "D4",
        "E4",
    ]
    assert "left out 2 grace notes" in reading.warnings
    assert any("key changes" in warning for warning in reading.warnings)
    assert any("repeats" in warning for warning in reading.warnings)


def test_voices_become_parts(read):
    voices = [f'V:{n} name="{name}"' for n, name in enumerate(("Soprano", "Alto", "Tenor", "Bass"), 1)]
    body = "\n".join(f"[V:{n}] {line}" for n, line in enumerate(("c d e f", "G A B c", "E F G A", "C, D, E, F,"), 1))
    reading = read(_tune(body, "\n".join(["M:4/4", "L:1/4", *voices, "K:C"])))
    assert [_notes(reading, voice)[0][2] for voice in range(4)] == ["C5", "G4", "E4", "C3"]
    assert not reading.warnings


def test_of_several_tunes_the_first_is_read_and_told(read):
    reading = read(_tune("C D E F") + "\n" + _tune("c d e f"))
    assert len(_notes(reading)) == 4
    assert reading.warnings == ("2 tunes in the file: read the first, A tune",)


def test_holds_skips_and_bars_in_the_words(read):
    reading = read(_tune("C D E F | G A B c |\nw: one _ two * | three-four~five\nw: second verse"))
    assert reading.score.lyrics == ((0, "one"), (8, "two"), (16, "three-"), (20, "four five"))


def test_free_meter_is_read_as_common_time_and_told(read):
    assert "no meter: read as 4/4" in read(_tune("C D E F", "M:none\nL:1/4\nK:C")).warnings


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("X:1\nT:x\n", "no tune"),
        ("X:1\nK:C\n", "no notes"),
        (_tune("z4"), "no notes"),
        (_tune("C99999"), "wanted at most"),
        (_tune("Z9999 C"), "wanted at most 1200 bars"),
        (_tune("C" + "'" * 9), "pitch"),
        (_tune("C", "M:5/7\nK:C"), "meter"),
        (_tune("C", "K:G#lyd"), "seven accidentals"),
    ],
)
def test_what_is_no_tune_is_one_line(read, text, said):
    with pytest.raises(InputError) as caught:
        read(text)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_too_many_notes_are_refused_in_bounded_time(read):
    began = time.monotonic()
    with pytest.raises(InputError, match="wanted at most"):
        read(_tune("C/4D/4|" * 21_000))
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("piece", ["[", "(3", "{", '"', "!", "[K:", "(" * 9, "^", "'", "/", "<", "-", "::", "&", "+a"])
def test_unclosed_signs_by_the_thousand_take_no_time(read, piece):
    began = time.monotonic()
    try:
        read(_tune("C " + piece * 20_000))
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017  either outcome is right
    assert time.monotonic() - began < 30


@settings(max_examples=150, deadline=None)
@given(body=st.text(alphabet="ABCabc^_='/,|:[](){}<>-0123 \n!\"&%wKVLM.zZ~", max_size=80))
def test_any_text_is_music_or_one_line(body, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "any.abc"
    path.write_text(_tune(body))
    try:
        io.read(path)
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017  either outcome is right
