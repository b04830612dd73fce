"""Letters: measures and outlines from the text faces."""

from pathlib import Path

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont

from chorale.errors import ModelError
from chorale.notation import faces
from chorale.notation.faces import text_outline, text_width
from chorale.notation.outline import flatten
from chorale.notation.sfnt import Font


def area(outline):
    return sum(
        float((x * y.take(range(1, len(y) + 1), mode="wrap") - x.take(range(1, len(x) + 1), mode="wrap") * y).sum()) / 2
        for x, y in (contour.T for contour in flatten(outline))
    )


@pytest.mark.parametrize("face", faces._FILES)
def test_every_face_agrees_with_fonttools_on_width_and_shape(face):
    font = faces._font(face)
    package, name = faces._FILES[face]
    path = Path(pytest.importorskip(package).__file__).parent / "files" / f"{name}.ttf"
    other = TTFont(path)
    glyphs, names = other.getGlyphSet(), other.getBestCmap()
    for character in "Wie schön! äÖß é 0123456789 ♯“”ﬁ":
        if ord(character) not in names:
            continue
        glyph = font.glyph(character)
        assert font.advance(glyph) * font.units == glyphs[names[ord(character)]].width
        pen = AreaPen(glyphs)
        glyphs[names[ord(character)]].draw(pen)
        assert area(font.outline(glyph)) * font.units**2 == pytest.approx(-pen.value, rel=0.02, abs=50)


def test_a_text_is_as_wide_as_its_letters():
    assert text_width("AB", "serif", 2.0) == pytest.approx(
        text_width("A", "serif", 2.0) + text_width("B", "serif", 2.0)
    )
    assert text_outline("", "serif", 1.0) == ()
    assert text_width("", "serif", 1.0) == 0


def test_a_character_the_face_lacks_becomes_its_empty_box():
    assert text_width("\N{GRINNING FACE}", "serif", 1.0) > 0


def test_a_damaged_font_is_named(tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\0\1\0\0\0\1 no font")
    with pytest.raises(ModelError, match=r"broken\.ttf cannot be read"):
        Font(broken)
