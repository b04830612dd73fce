"""What other programs stumble over in MusicXML, one test a trap, on the bytes that are written."""

import io as bytes_io
import zipfile

import pytest
from defusedxml import ElementTree

from chorale import io
from chorale.io.musicxml.write import musicxml
from chorale.music import Chorale, Key, Meter, Note, Score


def _tree(score, layout="closed", **names):
    return ElementTree.fromstring(musicxml(score, layout=layout, **names))


def _of_voice(tree, number):
    return [note for note in tree.iter("note") if note.findtext("voice") == number]


def test_the_fermata_is_upright_above_and_inverted_below(score):
    fermatas = {
        note.findtext("voice"): note.find("notations/fermata").get("type")
        for note in _tree(score).iter("note")
        if note.find("notations/fermata") is not None
    }
    assert fermatas == {"1": "upright", "6": "inverted"}


def test_every_part_of_an_open_score_has_an_upright_fermata(score):
    fermatas = [fermata.get("type") for fermata in _tree(score, "open").iter("fermata")]
    assert fermatas == ["upright"] * 4


@pytest.mark.parametrize("layout", io.LAYOUTS)
def test_the_pickup_is_bar_0_and_not_counted(score, layout):
    for part in _tree(score, layout).findall("part"):
        numbers = [(measure.get("number"), measure.get("implicit")) for measure in part.findall("measure")]
        assert numbers == [("0", "yes"), ("1", "no"), ("2", "no")]


def test_closed_score_has_voices_1_and_2_above_and_5_and_6_below(score):
    places = {(note.findtext("staff"), note.findtext("voice")) for note in _tree(score).iter("note")}
    assert places == {("1", "1"), ("1", "2"), ("2", "5"), ("2", "6")}


def test_closed_score_has_stems_up_and_down(score):
    stems = {
        (n.findtext("voice"), n.findtext("stem")) for n in _tree(score).iter("note") if n.find("pitch") is not None
    }
    assert stems == {("1", "up"), ("2", "down"), ("5", "up"), ("6", "down")}


def test_a_voice_alone_on_its_staff_has_free_stems(melody):
    assert not list(_tree(melody).iter("stem"))


def test_the_tempo_stands_once_above_the_top_staff_and_counts_quarters_exactly(score):
    for layout in io.LAYOUTS:
        marks = [each for each in _tree(score, layout).iter("direction") if each.find(".//metronome") is not None]
        assert [mark.get("placement") for mark in marks] == ["above"]
        assert marks[0].find("sound").get("tempo") == "84"


def test_the_tempo_of_six_eight_counts_dotted_quarters(score):
    tree = _tree(score.replace(meter=Meter(6, 8), qpm=90))
    assert tree.findtext(".//beat-unit") == "quarter"
    assert tree.find(".//beat-unit-dot") is not None
    assert tree.findtext(".//per-minute") == "60"
    assert tree.find(".//sound").get("tempo") == "90"


def test_parts_are_numbered_and_no_date_is_written(score):
    for layout, parts in (("closed", ["P1"]), ("open", ["P1", "P2", "P3", "P4"])):
        text = musicxml(score, layout=layout).decode()
        assert [part.get("id") for part in ElementTree.fromstring(text).findall("part")] == parts
        assert "date" not in text


def test_archive_members_carry_no_time(score, tmp_path):
    io.write(score, tmp_path / "a.mxl")
    with zipfile.ZipFile(bytes_io.BytesIO((tmp_path / "a.mxl").read_bytes())) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "mimetype"


def test_open_score_names_its_parts_and_gives_them_a_choir(score):
    tree = _tree(score, "open")
    assert [each.text for each in tree.iter("part-name")] == ["Soprano", "Alto", "Tenor", "Bass"]
    assert [each.text for each in tree.iter("part-abbreviation")] == ["S", "A", "T", "B"]
    assert [each.text for each in tree.iter("midi-program")] == ["53"] * 4
    assert [each.text for each in tree.iter("midi-channel")] == ["1", "2", "3", "4"]


def test_closed_score_names_its_four_voices(score):
    assert _tree(score).findtext(".//part-name").split() == ["Soprano", "Alto", "Tenor", "Bass"]


def test_the_tenor_of_an_open_score_reads_treble_clef_an_octave_down(score):
    clefs = [
        (clef.findtext("sign"), clef.findtext("line"), clef.findtext("clef-octave-change"))
        for clef in _tree(score, "open").iter("clef")
    ]
    assert clefs == [("G", "2", None), ("G", "2", None), ("G", "2", "-1"), ("F", "4", None)]


def test_title_composer_and_arranger_are_named_and_printed(score):
    tree = _tree(score, arranger="harmonized with Chorale")
    assert tree.findtext("work/work-title") == score.title
    creators = {each.get("type"): each.text for each in tree.iter("creator")}
    assert creators == {"composer": "Trad.", "arranger": "harmonized with Chorale"}
    assert [each.text for each in tree.iter("credit-words")] == [score.title, "Trad.", "harmonized with Chorale"]


def test_a_score_without_names_prints_none(melody):
    text = musicxml(melody).decode()
    assert "credit" not in text
    assert "Music21" not in text


def test_the_last_bar_has_a_final_bar_line(score):
    for layout in io.LAYOUTS:
        for part in _tree(score, layout).findall("part"):
            styles = [measure.findtext("barline/bar-style") for measure in part.findall("measure")]
            assert styles == [None, None, "light-heavy"]


def test_a_note_over_a_bar_line_is_tied_on_both_sides(score):
    ties = [[tie.get("type") for tie in note.findall("tie")] for note in _of_voice(_tree(score), "2")]
    assert ties.count(["start"]) == ties.count(["stop"]) == 1


def test_words_say_which_part_of_their_word_they_are(score):
    words = [(each.findtext("syllabic"), each.findtext("text")) for each in _tree(score).iter("lyric")]
    assert words == [
        ("single", "Aus"), ("begin", "mei"), ("end", "nes"), ("begin", "Her"), ("end", "zens"), ("single", "Grund"),
    ]  # fmt: skip


def _one_voice(notes, **fields):
    steps = max(start + length for start, length, _ in notes)
    return Score(Chorale.from_voices([[Note(*note) for note in notes]], steps), **fields)


def test_an_accidental_is_printed_once_a_bar_and_again_in_the_next():
    sharp = Key.parse("C major")
    tree = _tree(_one_voice([(0, 4, 66), (4, 4, 66), (8, 4, 65), (12, 4, 67), (16, 8, 66), (24, 8, 65)], key=sharp))
    printed = [note.findtext("accidental") for note in _of_voice(tree, "1")]
    assert printed == ["sharp", None, "natural", None, "sharp", "natural"]


def test_a_note_tied_over_the_bar_line_repeats_no_accidental():
    tree = _tree(_one_voice([(0, 8, 60), (8, 16, 66), (24, 8, 66)]))
    assert [note.findtext("accidental") for note in _of_voice(tree, "1")] == [None, "sharp", None, "sharp"]


def test_the_signature_needs_no_accidentals():
    tree = _tree(_one_voice([(0, 8, 66), (8, 8, 73)], key=Key.parse("D major")))
    assert not list(tree.iter("accidental"))


def test_the_voices_of_a_staff_share_their_accidentals():
    both = _one_voice([(0, 8, 66), (8, 8, 66)])
    second = both.chorale.with_voice(1, both.chorale.melody(0))
    tree = _tree(both.replace(chorale=second))
    assert len(list(tree.iter("accidental"))) == 1


def test_eighths_are_beamed_by_the_beat():
    tree = _tree(
        _one_voice([(0, 3, 60), (3, 1, 62), (4, 2, 64), (6, 1, 65), (7, 1, 67), (8, 2, 69), (10, 2, 71), (12, 4, 72)])
    )
    beams = [[beam.text for beam in note.findall("beam")] for note in _of_voice(tree, "1")]
    assert beams == [
        ["begin"], ["end", "backward hook"], ["begin"], ["continue", "begin"], ["end", "end"], ["begin"], ["end"], [],
    ]  # fmt: skip


def test_a_rest_that_fills_its_bar_is_a_bar_rest_without_a_value(melody):
    rest = next(note for note in _tree(melody).iter("note") if note.find("rest") is not None)
    assert rest.find("rest").get("measure") == "yes"
    assert rest.find("type") is None
    assert rest.findtext("duration") == "16"


def test_a_rest_that_two_voices_share_is_printed_once():
    notes = [[Note(0, 4, 67), Note(8, 8, 69)], [Note(0, 4, 64), Note(8, 8, 65)]]
    tree = _tree(Score(Chorale.from_voices(notes, 16)))
    rests = [(n.findtext("voice"), n.get("print-object")) for n in tree.iter("note") if n.find("rest") is not None]
    assert rests[:2] == [("1", None), ("2", "no")]


def test_durations_count_sixteenths(score):
    tree = _tree(score)
    assert {each.text for each in tree.iter("divisions")} == {"4"}
    assert {int(note.findtext("duration")) for note in tree.iter("note")} <= set(range(1, 17))


@pytest.mark.parametrize("layout", io.LAYOUTS)
def test_voices_fill_every_bar(score, layout):
    score = score.replace(chorale=score.chorale.resized(33))
    for measure in _tree(score, layout).iter("measure"):
        filled = {}
        for note in measure.findall("note"):
            filled.setdefault(note.findtext("voice"), []).append(int(note.findtext("duration")))
        assert len({sum(lengths) for lengths in filled.values()}) == 1


@pytest.mark.parametrize("layout", io.LAYOUTS)
def test_verovio_engraves_it_without_a_complaint(score, layout, capfd):
    verovio = pytest.importorskip("verovio")
    verovio.enableLog(verovio.LOG_WARNING)
    toolkit = verovio.toolkit()
    assert toolkit.loadData(musicxml(score, layout=layout).decode())
    svg = toolkit.renderToSVG(1)
    sounding = sum(len(heads) for heads in (list(score.notes(voice)) for voice in range(4)))
    assert svg.count('class="note"') >= sounding
    assert svg.count('class="fermata"') == (2 if layout == "closed" else 4)
    logged = capfd.readouterr()
    assert not [line for line in (logged.err + logged.out).splitlines() if "rror" in line or "arning" in line]


@pytest.mark.parametrize("layout", io.LAYOUTS)
def test_music21_opens_it_with_the_same_notes(score, layout):
    from music21 import converter  # noqa: PLC0415  takes seconds to import

    opened = converter.parse(musicxml(score, layout=layout), format="musicxml").stripTies()
    assert sorted(note.pitch.midi for note in opened.recurse().notes) == sorted(
        note.pitch for voice in range(4) for note in score.chorale.notes(voice)
    )
