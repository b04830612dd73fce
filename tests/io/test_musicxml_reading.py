"""MusicXML from elsewhere: what is kept, and what is told."""

import time
import zipfile

import pytest

from chorale import io
from chorale.errors import InputError

_HEAD = '<?xml version="1.0"?>\n<score-partwise version="3.1">'
_ATTRIBUTES = (
    "<divisions>24</divisions><key><fifths>{key}</fifths>{mode}</key>"
    "<time><beats>4</beats><beat-type>4</beat-type></time>"
)


def _note(name, length, extra="", *, voice=1, staff=None, chord=False, before_pitch=""):
    pitch = (
        "<rest/>" if name == "r" else f"<pitch><step>{name[0]}</step>{_alter(name)}<octave>{name[-1]}</octave></pitch>"
    )
    place = f"<staff>{staff}</staff>" if staff else ""
    duration = f"<duration>{length}</duration>" if length else ""
    return f"<note>{before_pitch}{'<chord/>' * chord}{pitch}{duration}<voice>{voice}</voice>{place}{extra}</note>"


def _alter(name):
    return {"#": "<alter>1</alter>", "b": "<alter>-1</alter>"}.get(name[1], "")


def _part(*bars, key=0, mode="<mode>major</mode>", staves="", part="P1"):
    attributes = f"<attributes>{_ATTRIBUTES.format(key=key, mode=mode)}{staves}</attributes>"
    measures = "".join(
        f'<measure number="{number}">{attributes if number == 1 else ""}{bar}</measure>'
        for number, bar in enumerate(bars, 1)
    )
    return f'<part id="{part}">{measures}</part>'


def _document(*parts, names=(), head=""):
    listed = "".join(
        f'<score-part id="P{n}"><part-name>{names[n - 1] if names else ""}</part-name></score-part>'
        for n in range(1, len(parts) + 1)
    )
    return f"{_HEAD}{head}<part-list>{listed}</part-list>{''.join(parts)}</score-partwise>"


@pytest.fixture
def read(tmp_path):
    """Read a document's text."""

    def _read(text, suffix=".musicxml"):
        path = tmp_path / f"a{suffix}"
        path.write_text(text)
        return io.read(path)

    return _read


def _notes(score, voice=0):
    return [(note.start, note.length, str(pitch)) for note, pitch in score.notes(voice)]


def _four(text):
    return "".join(_note(name, 24) for name in text.split())


def test_triplets_go_to_sixteenths_and_the_reader_is_told_what_moved(read):
    triplet = "<time-modification><actual-notes>3</actual-notes><normal-notes>2</normal-notes></time-modification>"
    bar = "".join(_note(name, 8, triplet) for name in ("C5", "D5", "E5")) + _note("F5", 72)
    reading = read(_document(_part(_four("C5 C5 C5 C5"), bar)))
    assert _notes(reading.score)[4:] == [(16, 1, "C5"), (17, 2, "D5"), (19, 1, "E5"), (20, 12, "F5")]
    assert reading.warnings == (
        (
            "2 of 8 notes moved to the grid of sixteenths, by at most 0.33 of a sixteenth; "
            "the first in bar 2, beat 1 + 1/16"
        ),
    )


def test_grace_notes_are_left_out_and_counted(read):
    grace = _note("B4", 0, before_pitch="<grace/>")
    reading = read(_document(_part(grace + _four("C5 D5 E5 F5"))))
    assert len(_notes(reading.score)) == 4
    assert reading.warnings == ("left out 1 grace note",)


def test_notes_too_short_for_the_grid_are_counted(read):
    reading = read(_document(_part(_note("C5", 3) + _note("D5", 3) + _note("E5", 90))))
    assert [name for _, _, name in _notes(reading.score)] == ["C5", "E5"]
    assert any("1 note too short for the grid" in warning for warning in reading.warnings)


def test_of_two_tempi_the_first_is_kept(read):
    def sound(tempo):
        return f'<direction><direction-type><words>x</words></direction-type><sound tempo="{tempo}"/></direction>'

    reading = read(_document(_part(sound(70) + _four("C5 D5 E5 F5"), sound(100) + _four("C5 D5 E5 F5"))))
    assert reading.score.qpm == 70
    assert reading.warnings == ("the tempo changes: kept the first, 70 quarters a minute, throughout",)


def test_changes_of_key_and_meter_are_told(read):
    change = (
        "<attributes><key><fifths>2</fifths></key><time><beats>2</beats><beat-type>4</beat-type></time></attributes>"
    )
    reading = read(_document(_part(_four("C5 D5 E5 F5"), change + _four("C5 D5"), _four("C5 D5"))))
    assert str(reading.score.meter) == "4/4"
    assert reading.score.key.name == "C major"
    assert reading.warnings[0] == "the meter changes (bar 2): kept 4/4 throughout"
    assert reading.warnings[1] == "the key signature changes (bar 2): kept the first throughout"


def test_repeats_are_read_once_and_told(read):
    repeat = '<barline location="right"><repeat direction="backward"/></barline>'
    reading = read(_document(_part(_four("C5 D5 E5 F5") + repeat, _four("C5 D5 E5 F5"))))
    assert reading.score.steps == 32
    assert "repeats are not played" in reading.warnings[0]


def test_a_bar_of_another_length_is_told_and_a_split_bar_is_not(read):
    split = read(_document(_part(_four("C5 D5 E5 F5"), _four("C5 D5 E5"), _four("F5"), _four("C5 D5 E5 F5"))))
    assert not split.warnings
    short = read(_document(_part(_four("C5 D5 E5 F5"), _four("C5 D5 E5"), _four("C5 D5 E5 F5"))))
    assert short.warnings == ("bar 2 is not of the meter's length: kept the rhythm, moved the bar lines after it",)


def test_a_short_first_bar_is_a_pickup(read):
    reading = read(_document(_part(_four("G4"), _four("C5 D5 E5 F5"), _four("C5 D5 E5"))))
    assert (reading.score.pickup, reading.score.steps) == (4, 32)


def test_a_signature_without_a_mode_is_weighed_by_the_notes(read):
    assert read(_document(_part(_four("A4 E5 C5 A4"), mode=""))).score.key.name == "A minor"
    assert read(_document(_part(_four("C5 E5 G5 C5"), mode=""))).score.key.name == "C major"


def test_spelling_is_kept(read):
    assert [name for _, _, name in _notes(read(_document(_part(_four("G#4 Ab4 B#4 Cb5")))).score)] == [
        "G#4", "Ab4", "B#4", "Cb5",
    ]  # fmt: skip


def test_only_the_first_verse_is_kept(read):
    words = (
        "<lyric number='1'><syllabic>begin</syllabic><text>A</text></lyric>"
        "<lyric number='2'><syllabic>single</syllabic><text>So</text></lyric>"
    )
    reading = read(_document(_part(_note("C5", 48, words) + _note("D5", 48))))
    assert reading.score.lyrics == ((0, "A-"),)


def test_the_top_line_of_a_polyphonic_file_is_the_soprano(read):
    bar = "".join(
        _note(high, 24) + _note(low, 24, chord=True) + _note("C4", 24, chord=True)
        for high, low in (("C5", "E4"), ("D5", "F4"), ("E5", "G4"), ("F5", "A4"))
    )
    reading = read(_document(_part(bar)))
    assert [name for _, _, name in _notes(reading.score)] == ["C5", "D5", "E5", "F5"]
    assert not _notes(reading.score, 1)
    assert reading.warnings == ("read the top line only; left out 8 notes below it",)


def test_chords_of_two_on_two_staves_are_four_voices(read):
    def staff(number, high, low):
        pairs = zip(high.split(), low.split(), strict=True)
        return "".join(_note(a, 24, staff=number) + _note(b, 24, staff=number, chord=True) for a, b in pairs)

    back = "<backup><duration>96</duration></backup>"
    upper = staff(1, "C5 D5 E5 F5", "E4 F4 G4 A4") + back
    bar = upper + staff(2, "G3 A3 B3 C4", "C3 D3 E3 F3").replace("<voice>1", "<voice>5")
    reading = read(_document(_part(bar, staves="<staves>2</staves>")))
    assert [[name for _, _, name in _notes(reading.score, voice)] for voice in range(4)] == [
        ["C5", "D5", "E5", "F5"], ["E4", "F4", "G4", "A4"], ["G3", "A3", "B3", "C4"], ["C3", "D3", "E3", "F3"],
    ]  # fmt: skip
    assert not reading.warnings


def test_written_voices_may_cross(read):
    back = "<backup><duration>96</duration></backup>"
    voices = [_four("C5 D5 E4 F5"), _four("E4 F4 G4 A4").replace("<voice>1", "<voice>2")]
    low = [_four("G3 A3 B3 C4"), _four("C3 D3 E3 F3").replace("<voice>1", "<voice>2")]
    reading = read(_document(_part(back.join(voices)), _part(back.join(low), part="P2")))
    assert [name for _, _, name in _notes(reading.score)] == ["C5", "D5", "E4", "F5"]
    assert [name for _, _, name in _notes(reading.score, 1)] == ["E4", "F4", "G4", "A4"]
    assert [name for _, _, name in _notes(reading.score, 3)] == ["C3", "D3", "E3", "F3"]


def test_four_voices_are_found_by_name_among_instruments(read):
    lines = ("E5 E5 E5 E5", "C5 D5 E5 F5", "E4 F4 G4 A4", "G3 A3 B3 C4", "C3 D3 E3 F3")
    parts = [_part(_four(line), part=f"P{number}") for number, line in enumerate(lines, 1)]
    reading = read(_document(*parts, names=("Oboe", "Soprano", "Alto", "Tenor", "Bass")))
    assert _notes(reading.score)[0][2] == "C5"
    assert reading.warnings == ("kept four parts; left out Oboe",)


def test_three_parts_without_names_give_the_first(read):
    parts = [
        _part(_four(line), part=f"P{n}") for n, line in enumerate(("C5 D5 E5 F5", "E4 F4 G4 A4", "C3 C3 C3 C3"), 1)
    ]
    reading = read(_document(*parts, names=("Flute", "Viola", "Cello")))
    assert [name for _, _, name in _notes(reading.score)] == ["C5", "D5", "E5", "F5"]
    assert reading.warnings == ("read the soprano from Flute; left out Viola and Cello",)


def test_a_transposing_part_is_read_as_it_sounds(read):
    transpose = "<transpose><diatonic>-1</diatonic><chromatic>-2</chromatic></transpose>"
    reading = read(_document(_part(_four("D5 E5 F#5 G5"), key=2, staves=transpose)))
    assert [name for _, _, name in _notes(reading.score)] == ["C5", "D5", "E5", "F5"]
    assert reading.score.key.name == "C major"


def test_a_timewise_score_is_read(read):
    timewise = _document(_part(_four("C5 D5 E5 F5"))).replace("score-partwise", "score-timewise")
    timewise = timewise.replace('<part id="P1"><measure number="1">', '<measure number="1"><part id="P1">')
    timewise = timewise.replace("</measure></part>", "</part></measure>")
    assert len(_notes(read(timewise).score)) == 4


def test_a_title_that_is_only_printed_is_found(read):
    head = "<credit page='1'><credit-type>title</credit-type><credit-words>Old Hundredth</credit-words></credit>"
    assert read(_document(_part(_four("C5 D5 E5 F5")), head=head)).score.title == "Old Hundredth"


def test_a_document_type_is_no_threat(read):
    kind = '<!DOCTYPE score-partwise PUBLIC "-//Recordare//DTD MusicXML 3.1 Partwise//EN" "http://x.invalid/p.dtd">'
    text = _document(_part(_four("C5 D5 E5 F5"))).replace("?>", f"?>{kind}")
    assert len(_notes(read(text).score)) == 4


def _refused(read, text, suffix=".musicxml"):
    with pytest.raises(InputError) as caught:
        read(text, suffix)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_entities_are_not_expanded(read):
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY l0 "ha">{laughs}]><score-partwise>&l11;</score-partwise>'
    began = time.monotonic()
    assert "defines XML entities" in _refused(read, bomb)
    assert time.monotonic() - began < 20


def test_a_file_is_not_fetched_through_an_entity(read):
    kind = '<!DOCTYPE s [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    text = f'<?xml version="1.0"?>{kind}<score-partwise>&f;</score-partwise>'
    assert "defines XML entities" in _refused(read, text)


def test_elements_inside_elements_without_end_are_refused(read):
    assert "nested too deep" in _refused(read, "<a>" * 100_000)


def test_xml_of_another_kind_is_named(read):
    assert "<html>" in _refused(read, "<html><body/></html>")


def test_a_score_without_bars_is_refused(read):
    assert "no bars" in _refused(read, f"{_HEAD}<part-list/></score-partwise>")


def test_an_absurd_duration_is_refused(read):
    assert "bars" in _refused(read, _document(_part(_note("C5", 10**9))))


@pytest.mark.parametrize(
    ("old", "new"),
    [("<step>C</step>", "<step>X</step>"),
     ("<octave>5</octave>", "<octave>high</octave>"), ("<duration>24", "<duration>x"),
     ("<beats>4", "<beats>four"), ("<divisions>24", "<divisions>0"), ("<fifths>0", "<fifths>many")],
)  # fmt: skip
def test_nonsense_inside_is_one_line_or_still_music(read, old, new):
    text = _document(_part(_four("C5 D5 E5 F5")))
    assert old in text
    try:
        reading = read(text.replace(old, new, 1))
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017  either outcome is right
    else:
        assert _notes(reading.score)


def test_music_of_more_than_an_hour_is_refused_at_once(read):
    began = time.monotonic()
    assert "wanted at most 1200" in _refused(read, _document(_part(*["<note/>"] * 1300)))
    assert time.monotonic() - began < 20


def test_too_many_notes_are_refused_at_once(read):
    began = time.monotonic()
    assert "wanted at most 40000" in _refused(read, _document(_part("<note/>" * 50_000)))
    assert time.monotonic() - began < 20


def _archive(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path):
    path = _archive(tmp_path / "a.mxl", {"score.xml": b"<a>" + b" " * (80 << 20)})
    began = time.monotonic()
    with pytest.raises(InputError, match="unpacks to more than 64 MiB"):
        io.read(path)
    assert time.monotonic() - began < 20


def test_an_archive_of_thousands_of_files_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds 1500 files"):
        io.read(_archive(tmp_path / "a.mxl", {f"{n}.txt": "" for n in range(1500)}))


def test_a_path_out_of_the_archive_is_never_followed(tmp_path):
    container = '<container><rootfiles><rootfile full-path="../../secret.xml"/></rootfiles></container>'
    (tmp_path / "secret.xml").write_text(_document(_part(_four("C5 D5 E5 F5"))))
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "deeper").mkdir()
    path = _archive(tmp_path / "in" / "deeper" / "a.mxl", {"META-INF/container.xml": container})
    with pytest.raises(InputError, match="holds no score"):
        io.read(path)


def test_an_archive_without_a_container_is_searched_for_a_score(tmp_path):
    members = {"readme.txt": "hello", "__MACOSX/x.xml": "junk", "music.xml": _document(_part(_four("C5 D5 E5 F5")))}
    assert len(_notes(io.read(_archive(tmp_path / "a.mxl", members)).score)) == 4


def test_a_compressed_file_with_a_plain_suffix_is_read(score, tmp_path):
    io.write(score, tmp_path / "a.mxl")
    (tmp_path / "a.xml").write_bytes((tmp_path / "a.mxl").read_bytes())
    assert io.read(tmp_path / "a.xml").score == score


def test_a_damaged_archive_is_one_line(score, tmp_path):
    io.write(score, tmp_path / "a.mxl")
    data = bytearray((tmp_path / "a.mxl").read_bytes())
    middle = len(data) // 2
    data[middle : middle + 40] = b"\0" * 40
    (tmp_path / "a.mxl").write_bytes(data)
    with pytest.raises(InputError, match="damaged"):
        io.read(tmp_path / "a.mxl")
