"""Annotated MusicXML: findings in colour and words, numerals and cadences under the bass, the music untouched."""

import os
import shutil
import subprocess

import numpy as np
import pytest
from defusedxml import ElementTree
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chorale import io
from chorale.io.musicxml.write import musicxml
from chorale.music import REST, Chorale, Key, Voice
from chorale.theory import Cadence, CadenceKind, Chord, Finding, Harmony, Quality, Severity, analyze, check

G, D, E = (Key(1), Key(2), Key(4, "minor"))


def _harmony(start, end, degree, figures="", *, key=G, of="", figured=()):
    return Harmony(start, end, Chord(1, Quality.MAJOR, 1), key, degree, figures, of, figured)


def _finding(severity=Severity.ERROR, notes=((Voice.ALTO, 0), (Voice.ALTO, 4)), start=0, **changes):
    fields = {"code": "parallel-fifths", "voices": (Voice.ALTO, Voice.BASS), "end": 4, "message": "bar 1.1, alto: why"}
    return Finding(**{**fields, "severity": severity, "notes": notes, "start": start, **changes})


HARMONIES = (
    _harmony(0, 4, "I"),
    _harmony(4, 8, "viio", "6"),
    _harmony(8, 10, "V", "6/5", of="V"),
    _harmony(10, 16, "I", "6/4", key=E),
    _harmony(16, 24, "bII", "6", key=E),
    _harmony(24, 28, "V", "7", key=D),
)


def _tree(score, annotations, layout="closed"):
    return ElementTree.fromstring(musicxml(score, layout=layout, annotations=annotations))


def _lyrics(tree, verse, *, voice="6"):
    notes = [note for note in tree.iter("note") if note.findtext("voice") == voice]
    return [lyric.findtext("text") for note in notes for lyric in note.findall("lyric") if lyric.get("number") == verse]


def _coloured(tree):
    return [
        (note.findtext("voice"), note.findtext("pitch/step"), note.find("notehead").get("color"))
        for note in tree.iter("note")
        if note.find("notehead") is not None
    ]


def test_a_plain_export_is_what_it_was(score):
    for layout in io.LAYOUTS:
        plain = musicxml(score, layout=layout)
        assert musicxml(score, layout=layout, annotations=None) == plain
        assert musicxml(score, layout=layout, annotations=io.Annotations()) == plain


@settings(max_examples=10, phases=(Phase.explicit, Phase.reuse, Phase.generate))  # scores are slow to shrink
@given(st.data())
def test_annotations_leave_the_music_as_it_was(scores, tmp_path_factory, data):
    score, layout = data.draw(scores), data.draw(st.sampled_from(io.LAYOUTS))
    analysis = analyze(score)
    findings = check(score, analyze=lambda _: analysis)
    path = tmp_path_factory.mktemp("annotated") / data.draw(st.sampled_from(["a.musicxml", "a.mxl"]))
    annotations = io.Annotations.of(analysis, findings, heading="Textbook", figures=True)
    io.write(score, path, layout=layout, annotations=annotations)
    assert io.read(path).score == score


def test_numerals_are_a_lyric_line_under_the_bass_with_every_new_key(score):
    tree = _tree(score, io.Annotations(harmonies=HARMONIES))
    assert _lyrics(tree, "1") == ["G: I", "vii°⁶", "V⁶₅/V  e: I⁶₄", "♭II⁶", "D: V⁷"]
    assert _lyrics(tree, "1", voice="1")[:2] == ["Aus", "mei"]


def test_numerals_stand_under_the_lowest_voice_that_sounds(score):
    pitches = score.chorale.pitches.copy()
    pitches[:, Voice.BASS] = REST
    alone = score.replace(chorale=Chorale(pitches, score.chorale.onsets))
    assert _lyrics(_tree(alone, io.Annotations(harmonies=HARMONIES)), "1", voice="5")[0] == "G: I"


def test_cadences_are_the_line_below_the_numerals_and_an_unnamed_close_is_none(score):
    cadences = (Cadence(12, 16, CadenceKind.OTHER, G), Cadence(24, 28, CadenceKind.HALF, G))
    tree = _tree(score, io.Annotations(harmonies=HARMONIES, cadences=cadences))
    assert _lyrics(tree, "2") == ["HC"]


def test_the_notes_of_a_finding_are_coloured_through_their_ties(score):
    tied = _finding(notes=((Voice.ALTO, 12), (Voice.SOPRANO, 24)))
    coloured = _coloured(_tree(score, io.Annotations((tied,))))
    assert coloured == [("2", "G", "#C00020"), ("1", "G", "#C00020"), ("2", "G", "#C00020")]


def test_severities_have_colours_of_their_own_and_the_gravest_wins(score):
    findings = [_finding(severity, ((Voice.ALTO, step),)) for severity, step in zip(Severity, (0, 4, 8), strict=True)]
    colours = [colour for *_, colour in _coloured(_tree(score, io.Annotations(tuple(findings))))]
    assert len(set(colours)) == 3
    both = (_finding(Severity.ERROR, ((Voice.ALTO, 0),)), _finding(Severity.HINT, ((Voice.ALTO, 0),)))
    assert [colour for *_, colour in _coloured(_tree(score, io.Annotations(both)))] == ["#C00020"]


@pytest.mark.parametrize("layout", io.LAYOUTS)
def test_number_severity_and_name_stand_at_the_place_and_the_sentence_in_the_list(score, layout):
    findings = (_finding(), _finding(Severity.WARNING, start=8, message="bar 1.3, alto: too far"))
    tree = _tree(score, io.Annotations(findings, heading="18 of 20 points"), layout)
    assert [words.text for words in tree.iter("words")] == ["E1 parallel fifths A-B", "W2 parallel fifths A-B"]
    credits_text = [words.text.strip() for words in tree.iter("credit-words")]
    assert credits_text[-3:] == [
        "18 of 20 points",
        "E1  Error, bar 1.1, alto: why",
        "W2  Warning, bar 1.3, alto: too far",
    ]


def test_a_page_without_a_title_has_a_line_above_the_list(score):
    nameless = score.replace(title="", composer="")
    words = [each.text.strip() for each in _tree(nameless, io.Annotations((_finding(),))).iter("credit-words")]
    assert words == ["Findings", "E1  Error, bar 1.1, alto: why"]


def test_a_label_inside_a_long_note_has_its_offset(score):
    inside = _finding(start=6, voices=(Voice.SOPRANO,))
    (direction,) = [
        each for each in _tree(score, io.Annotations((inside,))).iter("direction") if each.find(".//words") is not None
    ]
    assert direction.findtext("offset") == "2"
    assert (direction.findtext("voice"), direction.findtext("staff")) == ("1", "1")


def test_of_too_many_findings_the_gravest_are_listed(score):
    findings = [_finding(Severity.HINT, message=f"hint {n}") for n in range(60)] + [_finding(message="the error")]
    lines = [words.text.strip() for words in _tree(score, io.Annotations(tuple(findings))).iter("credit-words")]
    assert any("E61  Error, the error" in line for line in lines)
    assert lines[-1].startswith("and ")
    assert len(lines) < 40


def test_figured_bass_stands_before_the_bass_note_and_a_suspension_is_two_figures(score):
    harmonies = (
        _harmony(0, 4, "I", figured=("#6", "4-3")),
        _harmony(4, 8, "V", figured=("♮",)),
        _harmony(8, 12, "V", figured=("b7", "5")),
    )
    tree = _tree(score, io.Annotations(harmonies=harmonies, figures=True))
    figures = list(tree.iter("figured-bass"))
    texts = [[(f.findtext("prefix"), f.findtext("figure-number")) for f in each.findall("figure")] for each in figures]
    assert texts == [
        [("sharp", "6"), (None, "4")], [(None, "3")], [("natural", None)], [("flat", "7"), (None, "5")],
    ]  # fmt: skip
    assert [each.findtext("duration") for each in figures] == ["2", "2", "4", "4"]
    assert not list(_tree(score, io.Annotations(harmonies=harmonies)).iter("figured-bass"))


@pytest.fixture
def annotated(score):
    """A score with everything on it."""
    findings = tuple(
        _finding(severity, ((voice, step),), start=step, voices=(voice,))
        for severity, voice, step in zip(Severity, (Voice.SOPRANO, Voice.TENOR, Voice.BASS), (0, 8, 16), strict=True)
    )
    cadences = (Cadence(24, 28, CadenceKind.HALF, G),)
    figured = tuple(_harmony(h.start, h.end, h.degree, h.inversion_figures, figured=("6", "4-3")) for h in HARMONIES)
    return score, io.Annotations(findings, figured, cadences, "18 of 20 points", figures=True)


@pytest.mark.programs
@pytest.mark.parametrize("layout", io.LAYOUTS)
@pytest.mark.parametrize("suffix", [".musicxml", ".mxl"])
def test_musescore_opens_it(annotated, layout, suffix, tmp_path):
    musescore = shutil.which("mscore3") or pytest.skip("mscore3 is not installed")
    score, annotations = annotated
    io.write(score, tmp_path / f"a{suffix}", layout=layout, annotations=annotations)
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path)}
    command = [musescore, "-o", tmp_path / "a.mscx", tmp_path / f"a{suffix}"]
    subprocess.run(command, env=environment, capture_output=True, timeout=120, check=True)
    text = (tmp_path / "a.mscx").read_text()
    for wanted in ("vii°⁶", "HC", "18 of 20 points", "E3", "parallel fifths", '<color r="192"'):
        assert wanted in text


@pytest.mark.programs
@pytest.mark.parametrize("layout", io.LAYOUTS)
def test_lilypond_converts_it(annotated, layout, tmp_path):
    musicxml2ly = shutil.which("musicxml2ly") or pytest.skip("musicxml2ly is not installed")
    score, annotations = annotated
    io.write(score, tmp_path / "a.musicxml", layout=layout, annotations=annotations)
    subprocess.run(
        [musicxml2ly, "-o", tmp_path / "a.ly", tmp_path / "a.musicxml"], capture_output=True, timeout=120, check=True
    )
    text = (tmp_path / "a.ly").read_text()
    for wanted in ("vii°⁶", "HC", "18 of 20 points", "parallel fifths"):
        assert wanted in text


def test_verovio_draws_it(annotated):
    verovio = pytest.importorskip("verovio")
    score, annotations = annotated
    toolkit = verovio.toolkit()
    assert toolkit.loadData(musicxml(score, annotations=annotations).decode())
    drawn = toolkit.renderToSVG(1)
    for wanted in ("vii°⁶", "parallel fifths", "#C00020"):
        assert wanted in drawn


def test_a_melody_alone_can_be_annotated(melody):
    assert np.all(melody.chorale.pitches[:, 1:] == REST)
    annotations = io.Annotations((_finding(voices=(Voice.SOPRANO,), notes=((Voice.SOPRANO, 0),)),), HARMONIES)
    assert _coloured(_tree(melody, annotations)) == [("1", "C", "#C00020")]
