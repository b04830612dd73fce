"""Reading chords as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.errors import InputError
from chorale.music import Key
from chorale.music.pitch import name_of_fifth
from chorale.theory.analysis.vocabulary import READINGS
from chorale.theory.numerals import read_chord, transposed_name

C, A_MINOR = Key.parse("C major"), Key.parse("a minor")


def tones(text, key=C):
    """Return a chord's tones as names, its bass first."""
    chord = read_chord(text, key).chord
    return " ".join(name_of_fifth(tone) for tone in (chord.bass, *(tone for tone in chord.tones if tone != chord.bass)))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("I", "C E G"), ("V6", "B G D"), ("I6/4", "G C E"), ("I64", "G C E"), ("Cad6/4", "G C E"),
        ("V7", "G B D F"), ("V6/5", "B G D F"), ("V43", "D G B F"), ("V4/2", "F G B D"), ("V2", "F G B D"),
        ("ii7", "D F A C"), ("IV7", "F A C E"), ("I7", "C E G B"), ("Imaj7", "C E G B"), ("II7", "D F# A C"),
        ("vii", "B D F"), ("viio6", "D B F"), ("vii°7", "B D F Ab"), ("viiø7", "B D F A"), ("vii7", "B D F A"),
        ("V/V", "D F# A"), ("V4/2/IV", "Bb C E G"), ("viio7/V", "F# A C Eb"), ("V7/ii", "A C# E G"),
        ("V/V/V", "A C# E"), ("vi6/V", "G E B"), ("viio7/ii", "C# E G Bb"), ("iiø6/5", "F D Ab C"),
        ("bII6", "F Db Ab"), ("N6", "F Db Ab"), ("N", "Db F Ab"), ("bVI", "Ab C Eb"), ("♭VII", "Bb D F"),
        ("It6", "Ab F# C"), ("Ger6/5", "Ab F# C Eb"), ("Ger6", "Ab F# C Eb"), ("Fr4/3", "Ab D F# C"),
        ("It6/V", "Eb C# G"), ("III+", "E G# B#"), ("D7/F#", "F# D A C"), ("Am", "A C E"), ("Bm7b5", "B D F A"),
        ("C#dim7", "C# E G Bb"), ("Fmaj7/A", "A F C E"), ("Eb", "Eb G Bb"), ("G+", "G B D#"),
    ],
)  # fmt: skip
def test_chords_in_c_major(text, names):
    assert tones(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("i", "A C E"), ("V7", "E G# B D"), ("v", "E G B"), ("VI", "F A C"), ("VII7", "G B D F"), ("III", "C E G"),
        ("viio7", "G# B D F"), ("vii7", "G# B D F"), ("#viio6", "B G# D"), ("vio", "F# A C"), ("vi", "F# A C#"),
        ("iio6", "D B F"), ("iiø6/5", "D B F A"), ("IV7", "D F# A C"), ("iv6", "F D A"), ("III+6", "E C G#"),
        ("bVI", "F A C"), ("bVII", "G B D"), ("bII6", "D Bb F"), ("V/III", "G B D"), ("V7/iv", "A C# E G"),
        ("V7/VI", "C E G Bb"), ("Ger6/5", "F D# A C"), ("I", "A C# E"), ("Cad64", "E A C"), ("imaj7", "A C E G#"),
    ],
)  # fmt: skip
def test_chords_in_a_minor(text, names):
    assert tones(text, A_MINOR) == names


def test_every_numeral_that_the_analysis_prints_reads_back():
    for mode, key in (("major", Key.parse("Eb major")), ("minor", Key.parse("f# minor"))):
        for numeral in READINGS[mode]:
            chord = read_chord(numeral.label, key).chord
            assert (numeral.label, chord.root - key.tonic, chord.quality) == (
                numeral.label,
                numeral.root,
                numeral.quality,
            )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("V65", "V6/5"), ("vii°7", "viio7"), ("vii7", "viiø7"), ("V2", "V4/2"), ("Ger", "Ger6/5"), ("♭II6", "bII6"),
     ("N6", "N6"), ("iv63", "iv6"), ("viio42/V", "viio4/2/V"), ("D7/F#", "D7/F#"), ("ii°", "iio"), ("V⁷", "V7")],
)  # fmt: skip
def test_a_chord_is_printed_as_books_print_it(typed, printed):
    assert read_chord(typed, C).name == printed
    assert read_chord(printed, C).name == printed


@pytest.mark.parametrize(
    "text",
    ["", " ", "H", "V8", "V4", "xyz", "Vmaj", "7", "Ger6/4", "N7", "/", "V/", "V6/", "Vmaj7/", "viiomaj7", "V+7",
     "V7 I", "I" * 500, "bbII", "viib5", "d7"],
)  # fmt: skip
def test_what_is_no_chord_is_refused_in_one_line(text):
    with pytest.raises(InputError, match=r"wanted a numeral such as V6/5.* or a name such as D7/F#") as error:
        read_chord(text, C)
    assert len(str(error.value)) < 140


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("D/F", "its bass F is not one of its tones D, F#, A"),
        ("V/viio", "wanted a degree that can be a key"),
        ("V7/V6", "wanted a degree that can be a key"),
        ("IIo", "wanted small letters with o"),
        ("ii+", "capitals with +"),
    ],
)
def test_a_likely_mistake_is_named(text, told):
    with pytest.raises(InputError, match=told):
        read_chord(text, C)


def test_a_name_is_transposed_and_a_numeral_stays():
    assert transposed_name("D7/F#", 2) == "E7/G#"
    assert transposed_name("Bbm", -1) == "Ebm"
    assert transposed_name("V7/V", 2) == "V7/V"


def test_a_chord_says_itself_in_words():
    assert read_chord("V6/5", C).words == "G dominant seventh over B"


@given(st.text(alphabet="IViv/654327o+#bmajNGerFt ø°DEF", max_size=12))
def test_any_text_is_a_chord_or_one_line(text):
    try:
        named = read_chord(text, A_MINOR)
    except InputError:
        return
    assert named.chord.bass in named.chord.tones
    assert read_chord(named.name, A_MINOR) == named
