"""chorale check."""

import json
import zipfile

import pytest
from defusedxml import ElementTree

from chorale import io
from chorale.music import Chorale, Key, Meter, Note, Score
from chorale.theory import RULES

FIFTHS = ("C5 D5 C5 B4 C5", "G4 A4 G4 G4 G4", "E4 F4 E4 D4 E4", "C3 D3 G3 G3 C3")
"""Soprano and bass go C-D together, tenor and alto too: octaves and fifths from beat 1 to beat 2."""
CLEAN = ("C5 B4 C5", "G4 G4 G4", "E4 D4 E4", "C3 G3 C3")


@pytest.fixture
def written(tmp_path):
    """Write four lines of quarters as a file and return its path."""

    def write(lines, name="four.musicxml"):
        io.write(_score(lines), tmp_path / name)
        return tmp_path / name

    return write


def _score(lines):
    from chorale.music import Pitch  # noqa: PLC0415  beside its use

    voices = [[Note(4 * index, 4, Pitch.parse(name).midi) for index, name in enumerate(line.split())] for line in lines]
    return Score(Chorale.from_voices(voices, 4 * len(voices[0])), key=Key(0), meter=Meter(4, 4), title="Four")


def _objects(out):
    return [json.loads(line) for line in out]


def test_people_read_the_findings_of_each_file_by_place_and_then_the_totals(chorale, written):
    path = written(FIFTHS)
    status, out, said = chorale("check", path)
    assert (status, said) == (0, [])
    assert out[0] == str(path)
    found = [line for line in out if "[parallel-" in line]
    assert any("bars 1.1-1.2, soprano and bass: C-C to D-D" in line for line in found)
    assert all(line.startswith("  error    bars 1.1-1.2") and "Bach: " in line for line in found)
    assert out[-1].startswith("  Textbook: ")
    assert f"{sum(line.startswith('  error') for line in out)} errors" in out[-1]


def test_a_finding_in_json_has_code_severity_voices_places_and_message(chorale, written):
    path = written(FIFTHS)
    status, out, said = chorale("check", path, "--json")
    assert (status, said) == (0, [])
    *findings, score = _objects(out)
    assert {each["kind"] for each in findings} == {"finding"}
    octaves = next(each for each in findings if each["code"] == "parallel-octaves")
    assert octaves["file"] == str(path)
    assert octaves["severity"] == "error"
    assert octaves["voices"] == ["soprano", "bass"]
    assert octaves["start"] == {"bar": 1, "beat": 1, "step": 0}
    assert octaves["end"] == {"bar": 1, "beat": 2, "step": 0}
    assert octaves["message"].startswith("bars 1.1-1.2")
    assert {(each["voice"], each["pitch"]) for each in octaves["notes"]} == {
        ("soprano", "C5"), ("soprano", "D5"), ("bass", "C3"), ("bass", "D3"),
    }  # fmt: skip
    assert score["kind"] == "score"
    counted = [each["severity"] for each in findings]
    assert score["counts"] == {label: counted.count(label) for label in ("error", "warning", "hint")}
    assert (score["key"], score["meter"], score["bars"]) == ("C major", "4/4", 2)


def test_json_tells_the_chords_and_cadences(chorale, written):
    _, out, _ = chorale("check", written(CLEAN), "--json")
    score = _objects(out)[-1]
    assert [each["numeral"] for each in score["harmonies"]] == ["I", "V", "I"]
    assert score["harmonies"][1]["start"] == {"bar": 1, "beat": 2, "step": 0}
    assert [each["kind"] for each in score["cadences"]] == ["PAC"]


def test_chords_are_told_to_people_a_line_a_phrase(chorale, written):
    _, out, _ = chorale("check", written(CLEAN), "--chords")
    assert out[1] == "  bar 1.1  C: I V I | perfect authentic cadence"


def test_a_bad_file_is_one_line_and_the_others_go_on(chorale, written, tmp_path):
    (tmp_path / "bad.musicxml").write_text("<score-partwise>")
    inputs = [written(CLEAN, "a.musicxml"), tmp_path / "bad.musicxml", tmp_path / "none.mid", written(CLEAN, "b.mid")]
    status, out, said = chorale("check", *inputs, "--json")
    assert status == 2
    assert [each["file"] for each in _objects(out) if each["kind"] == "score"] == [str(inputs[0]), str(inputs[3])]
    assert ["bad.musicxml" in line for line in said] == [True, False]
    assert "none.mid: no such file" in said[1]


def test_only_what_is_grave_enough_is_told(chorale, written):
    def grades(*options):
        return {each["severity"] for each in _objects(chorale("check", path, "--json", *options)[1])[:-1]}

    path = written(FIFTHS)
    assert grades("--severity", "error") == {"error"}
    assert "hint" not in grades("--severity", "warning")


def test_ranges_can_be_set(chorale, written):
    def out_of_range(*options):
        return [each for each in _objects(chorale("check", path, "--json", *options)[1]) if each.get("code") == "range"]

    path = written(CLEAN)
    assert not out_of_range()
    (high, *_) = out_of_range("--range", "S=C4-B4")
    assert high["voices"] == ["soprano"]
    for wrong in ("X=C4-C5", "S=C5-C4", "S=C4", "S"):
        status, out, said = chorale("check", path, "--range", wrong)
        assert (status, out, len(said)) == (2, [], 1)


def test_fixes_are_told_where_there_are_some(chorale, written):
    path = written(("C5 D5 C5 B4 C5", "G4 A4 G4 G4 G4", "E4 F4 E4 D4 E4", "C3 F3 G3 G3 C3"))
    _, out, _ = chorale("check", path, "--fixes", "--json")
    findings = _objects(out)[:-1]
    fixed = [each["fix"] for each in findings if each["fix"]]
    assert fixed
    for fix in fixed:
        assert 1 <= len(fix["changes"]) <= 2
        assert all(change["old"] != change["new"] or change["held"] for change in fix["changes"])
    _, told, _ = chorale("check", path, "--fixes")
    assert [line for line in told if line.startswith("           try ")] == [
        f"           try {fix['message']}" for fix in fixed
    ]
    assert all("fix" not in each for each in _objects(chorale("check", path, "--json")[1]))


def test_note_names_follow_the_asked_style(chorale, written):
    _, out, _ = chorale("check", written(("B4 C5", "D4 E4", "G3 A3", "E3 F3")), "--names", "german")
    assert any("E-H to F-C" in line for line in out[1:-1])
    assert chorale("check", written(CLEAN), "--names", "french")[0] == 2


def test_an_unknown_profile_and_no_file_are_the_calls_fault(chorale, written):
    assert chorale("check", written(CLEAN), "--profile", "jazz")[0] == 2
    status, out, said = chorale("check")
    assert (status, out, len(said)) == (2, [], 1)


@pytest.mark.parametrize("profile", ["textbook", "ap", "bach"])
def test_every_profile_checks(chorale, written, profile):
    status, out, _ = chorale("check", written(FIFTHS), "--profile", profile)
    assert status == 0
    assert f"{profile}: " in out[-1].lower()


def test_the_annotated_file_holds_the_same_music(chorale, written, tmp_path):
    source, target = written(FIFTHS), tmp_path / "marked.musicxml"
    assert chorale("check", source, "--annotate", target)[0] == 0
    before, after = io.read(source).score, io.read(target).score
    assert after == before
    tree = ElementTree.parse(target)
    assert any(head.get("color") for head in tree.iter("notehead"))
    assert "parallel octaves S-B" in " ".join(words.text for words in tree.iter("words"))
    assert tree.find(".//figured-bass") is None


def test_figured_bass_is_written_when_asked(chorale, written, tmp_path):
    source = written(("C5 D5 C5", "G4 A4 G4", "E4 F4 E4", "C3 D3 E3"))
    assert chorale("check", source, "--annotate", tmp_path / "a.mxl", "--figures", "--layout", "open")[0] == 0
    with zipfile.ZipFile(tmp_path / "a.mxl") as archive:
        tree = ElementTree.fromstring(archive.read("score.musicxml"))
    assert [each.findtext("figure/figure-number") for each in tree.iter("figured-bass")] == ["6"]
    assert len(tree.findall("part")) == 4


def test_several_annotated_files_go_into_a_folder_and_never_over_an_input(chorale, written, tmp_path):
    inputs = [written(FIFTHS, "a.musicxml"), written(CLEAN, "b.mid")]
    assert chorale("check", *inputs, "--annotate", tmp_path / "marked")[0] == 0
    assert sorted(path.name for path in (tmp_path / "marked").iterdir()) == ["a.musicxml", "b.musicxml"]
    bytes_before = inputs[0].read_bytes()
    assert chorale("check", *inputs, "--annotate", tmp_path)[0] == 2
    assert chorale("check", inputs[0], "--annotate", inputs[0])[0] == 2
    assert inputs[0].read_bytes() == bytes_before
    assert chorale("check", inputs[0], "--annotate", tmp_path / "a.pdf")[0] == 2


@pytest.mark.parametrize("code", ["parallel-fifths", "range"])
def test_a_rule_is_explained(chorale, code):
    status, out, said = chorale("check", "--explain", code)
    assert (status, said) == (0, [])
    assert out[0].startswith(RULES[code].title)
    assert RULES[code].explanation.split("\n")[0] in out


def test_an_unknown_rule_is_told_with_the_nearest(chorale):
    status, _, (line,) = chorale("check", "--explain", "paralel-fifths")
    assert status == 2
    assert "did you mean parallel-fifths" in line


def test_a_melody_alone_is_checked_too(chorale, tune):
    status, out, said = chorale("check", tune())
    assert (status, said) == (0, [])
    assert "no errors" in out[-1]
