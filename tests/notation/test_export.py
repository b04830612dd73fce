"""Files: SVG, PDF, PNG."""

import re
import shutil
import subprocess
import zlib
from xml.etree import ElementTree as ET

import pytest

from chorale.errors import InputError
from chorale.notation import OPEN, Options, Rows, lay_out
from chorale.notation.export import export
from chorale.notation.pdf import A4_WIDTH, pdf_of
from chorale.notation.primitives import Glyph, Role, Text
from chorale.notation.svg import glyphs_of, svg_of
from chorale.notation.theme import SCREEN
from tests.notation.analyses import Fault, crowded

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page(corpus_score):
    return lay_out(corpus_score("bach/bwv66.6"))


def test_an_svg_is_well_formed_and_defines_every_glyph_it_uses(page):
    root = ET.fromstring(svg_of(page, title="A & B"))  # noqa: S314  our own output
    assert root.find(f"{SVG}title").text == "A & B"
    defined = {path.get("id") for path in root.iter(f"{SVG}path")} - {None}
    used = {use.get("{http://www.w3.org/1999/xlink}href").removeprefix("#") for use in root.iter(f"{SVG}use")}
    assert used == defined
    count = sum(isinstance(item, Glyph | Text) for item in page.items)
    assert len(list(root.iter(f"{SVG}use"))) == count


def test_an_svg_needs_no_font_and_nothing_from_outside(page):
    text = svg_of(page)
    assert "<text" not in text
    assert "font" not in text
    assert re.findall(r"https?://[^\"]*", text) == ["http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"]


def test_pictures_of_one_web_page_can_share_their_glyphs(page):
    shared = glyphs_of([page, page])
    assert svg_of(page, glyphs=False).count("<defs>") == 0
    assert all(shared.count(line) == 1 for line in re.findall(r"<path id=[^>]*>", svg_of(page)))


def test_an_svg_in_colour_has_the_voices_colours(page):
    assert all(colour.hex in svg_of(page, SCREEN) for colour in SCREEN.voices)
    assert 'fill="#000000"' in svg_of(page)


def test_a_pdf_keeps_its_table_of_offsets_and_one_page_a_sheet(corpus_score):
    data = pdf_of(lay_out(corpus_score("bach/bwv66.6"), Options(width=A4_WIDTH)), title="Ä")
    start = int(data.rsplit(b"startxref\n", 1)[1].split()[0])
    assert data[start : start + 4] == b"xref"
    offsets = [int(line[:10]) for line in re.findall(rb"\d{10} 00000 n ", data)]
    for number, offset in enumerate(offsets, 1):
        assert data[offset:].startswith(f"{number} 0 obj".encode())
    assert b"<FEFF00c4>" in data
    assert data.count(b"/Type /Page ") == 1


def test_long_music_fills_several_sheets_and_loses_nothing(score_of):
    page = lay_out(score_of("c5 d5 e5 f5 " * 100, title="Long"), Options(width=A4_WIDTH))
    data = pdf_of(page)
    assert data.count(b"/Type /Page ") >= 3
    streams = re.findall(rb"stream\n(.*?)\nendstream", data, re.DOTALL)
    fills = sum(len(re.findall(rb" f$|^f$", zlib.decompress(stream), re.MULTILINE)) for stream in streams)
    assert fills == len(page.items) + data.count(b"/Type /Page ") - 1, "all, and a number on every sheet but the first"


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler is not installed")
def test_a_pdf_opens_in_another_program(corpus_score, tmp_path):
    export(corpus_score("bach/bwv66.6"), tmp_path / "a.pdf")
    done = subprocess.run(
        ["pdftoppm", "-r", "30", "-png", tmp_path / "a.pdf", tmp_path / "a"], capture_output=True, text=True, check=True
    )
    assert done.stderr == ""
    assert len(list(tmp_path.glob("a-*.png"))) == 1


@pytest.mark.parametrize("suffix", [".svg", ".pdf", ".png", ".SVG"])
def test_the_same_score_gives_the_same_bytes(corpus_score, tmp_path, suffix):
    score = corpus_score("bach/bwv66.6")
    export(score, tmp_path / f"a{suffix}")
    export(score, tmp_path / f"b{suffix}")
    assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
    assert len(list(tmp_path.iterdir())) == 2


def test_an_unknown_suffix_and_a_missing_folder_are_one_line(corpus_score, tmp_path):
    score = corpus_score("bach/bwv66.6")
    with pytest.raises(InputError, match=r"cannot draw a\.gif: wanted one of \.svg, \.pdf, \.png"):
        export(score, tmp_path / "a.gif")
    for suffix in ("svg", "pdf", "png"):
        with pytest.raises(InputError, match="cannot write"):
            export(score, tmp_path / "missing" / f"a.{suffix}")
    assert list(tmp_path.iterdir()) == []


def test_roles_group_the_svg(page):
    classes = set(re.findall(r'<g class="([a-z]+)"', svg_of(page)))
    assert {Role.HEAD.value, Role.STAFF.value, Role.BEAM.value} <= classes


def test_rows_marks_and_staves_are_written_too(tmp_path, score_of):
    score = score_of("g4 a4 b4 c5", "d4 e4 d4 e4", "b3 c4 g3 g3", "g2 a2 g3 c3")
    finding = Fault("range", ((0, 0),), message="too low for a song")
    export(score, tmp_path / "a.svg", rows=Rows(crowded(score)), findings=[finding], staves=OPEN)
    text = (tmp_path / "a.svg").read_text()
    assert "<title>too low for a song</title>" in text
    assert 'class="numeral"' in text
    assert 'id="gClef8vb"' in text
