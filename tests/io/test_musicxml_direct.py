"""Plain MusicXML is read directly: what comes out is what music21 would give, and music21 is not even loaded."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chorale import io
from chorale.io.assemble import assemble
from chorale.io.musicxml import read
from chorale.io.musicxml.direct import direct_piece
from chorale.io.musicxml.facts import XmlFacts
from chorale.io.musicxml.from_music21 import raw_piece
from chorale.io.musicxml.partwise import to_partwise
from chorale.io.musicxml.plain import NotPlain
from chorale.io.musicxml.write import musicxml

_HERE = Path("a.musicxml")


def _both(data):
    """Return the readings of a document, direct and through music21."""
    root = to_partwise(read.parse(data, _HERE))
    facts = XmlFacts.of(root)
    return assemble(direct_piece(root, facts)), assemble(raw_piece(read._through_music21(root, _HERE), facts))


@settings(max_examples=15)
@given(st.data())
def test_our_own_files_are_read_as_music21_reads_them(scores, data):
    score, layout = data.draw(scores), data.draw(st.sampled_from(io.LAYOUTS))
    direct, through = _both(musicxml(score, layout=layout))
    assert direct == through
    assert direct.score == score


@pytest.mark.parametrize("title", ["Lady, The", ",a", "A Lady"])
def test_titles_are_read_as_they_stand(score, title):
    direct, through = _both(musicxml(score.replace(title=title), layout="closed"))
    assert direct.score.title == through.score.title == title


def test_music21_is_not_loaded_for_a_plain_file(score, tmp_path):
    io.write(score, tmp_path / "a.mxl")
    code = "import sys; from chorale import io; io.read(sys.argv[1]); print('music21' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code, tmp_path / "a.mxl"], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def _with(score, old, new):
    text = musicxml(score).decode()
    assert old in text
    return text.replace(old, new).encode()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<accidental>sharp</accidental>", "<accidental>flat</accidental>"),
        ("<alter>1</alter>", "<alter>0.5</alter>"),
        ("<beats>3</beats>", "<beats>2+1</beats>"),
        ("<mode>major</mode>", "<mode>dorian</mode>"),
        ("<divisions>4</divisions>", "<divisions>4</divisions><transpose><chromatic>-2</chromatic></transpose>"),
        ("<software>Chorale</software>", "<software>Finale 2014</software>"),
        ('<sound tempo="84" />', "<sound/>"),
        ("<pitch>", "<cue/><pitch>"),
        ("<staves>2</staves>", "<staves>1000000000</staves>"),
        ("<octave>4</octave>", "<octave>1e300</octave>"),
    ],
)
def test_what_is_unusual_is_left_to_music21(score, old, new):
    root = read.parse(_with(score, old, new), _HERE)
    with pytest.raises(NotPlain):
        direct_piece(root, XmlFacts.of(root))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("</attributes>", '</attributes><barline location="left"><repeat direction="forward"/></barline>'),
        ("<pitch>", "<grace/><pitch>"),
        ("<work-title>Aus meines Herzens Grunde</work-title>", ""),
        ('<creator type="composer">Trad.</creator>', '<creator type="composer">Music21</creator>'),
        ("<syllabic>single</syllabic>", ""),
    ],
)
def test_changed_files_are_read_as_music21_reads_them(score, old, new):
    data = _with(score, old, new)
    if "grace" in new:
        data = data.replace(b"<duration>4</duration>", b"", 1).replace(b"<grace/>", b"").replace(
            b"<pitch>", b"<grace/><pitch>", 1
        )  # fmt: skip
    direct, through = _both(data)
    assert direct == through


@pytest.mark.acceptance
def test_bachs_chorales_are_read_as_music21_reads_them():
    import music21  # noqa: PLC0415  takes seconds

    files = sorted((Path(music21.__file__).parent / "corpus" / "bach").glob("*.mxl"))[::3]
    read_directly = 0
    for path in files:
        data = read.unpack(path.read_bytes(), path)
        try:
            direct, through = _both(data)
        except (NotPlain, ValueError):
            continue
        assert direct == through, path.name
        read_directly += 1
    assert read_directly > len(files) / 2
