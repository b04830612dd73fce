"""SVG: one self-contained file, text as outlines, the same bytes for the same page."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape

from chorale.files import atomic_write
from chorale.notation import smufl
from chorale.notation.faces import Face, text_outline
from chorale.notation.outline import to_svg
from chorale.notation.page import Page
from chorale.notation.primitives import Glyph, Line, Primitive, Text, box_of
from chorale.notation.shapes import shape_outline
from chorale.notation.theme import PRINT, Theme

__all__ = ["glyphs_of", "svg_of", "write_svg"]

_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'  # viewers of SVG 1.1 know no other reference
_MM_PER_SPACE = 1.75  # a staff 7 mm high, the size of songbooks


def svg_of(page: Page, theme: Theme = PRINT, title: str = "", *, glyphs: bool = True) -> str:
    """Return a page as an SVG document, a space of the staff 1.75 mm high.

    Args:
        page: the page.
        theme: the colours; the paper is not drawn.
        title: the document's title, for those who cannot see it.
        glyphs: whether it defines the glyphs that it uses; a web page with many pictures has them once, from
            ``glyphs_of``.
    """
    size = f'width="{_short(page.width * _MM_PER_SPACE)}mm" height="{_short(page.height * _MM_PER_SPACE)}mm"'
    view = f'viewBox="0 0 {_short(page.width)} {_short(page.height)}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {_XLINK} {size} {view} role="img">'
    name = f"<title>{escape(title)}</title>" if title else ""
    symbols = _symbols(page.items) if glyphs else ()
    return "\n".join([head + name, *symbols, *_groups(page.items, theme), "</svg>", ""])


def glyphs_of(pages: Iterable[Page]) -> str:
    """Return an SVG element that shows nothing and defines the glyphs and the texts of some pages."""
    items = [item for page in pages for item in page.items]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {_XLINK} width="0" height="0" aria-hidden="true">'
    return "\n".join([head, *_symbols(items), "</svg>", ""])


def write_svg(page: Page, path: Path | str, theme: Theme = PRINT, title: str = "") -> None:
    """Write a page as SVG.

    Raises:
        InputError: the file cannot be written.
    """
    atomic_write(path, svg_of(page, theme, title).encode())


def _symbols(items: Iterable[Primitive]) -> Iterator[str]:
    """Yield every glyph and every text that is used, defined once."""
    used = [item for item in items if isinstance(item, Glyph | Text)]
    shapes = {_name(item): item for item in used}
    yield "<defs>"
    for name in sorted(shapes):
        yield f'<path id="{name}" d="{_outline(shapes[name])}"/>'
    yield "</defs>"


def _name(item: Glyph | Text) -> str:
    """Return the id of a glyph, or one that any page gives to this text in this face and size."""
    if isinstance(item, Glyph):
        return item.name
    return "text-" + blake2b(f"{item.text} {item.face} {item.size}".encode(), digest_size=6).hexdigest()


def _outline(item: Glyph | Text) -> str:
    return _glyph(item.name) if isinstance(item, Glyph) else _text(item.text, item.face, item.size)


@cache
def _glyph(name: str) -> str:
    return to_svg(smufl.outline(name))


@lru_cache(maxsize=4096)
def _text(words: str, face: Face, size: float) -> str:
    return to_svg(text_outline(words, face, size))


def _groups(items: Iterable[Primitive], theme: Theme) -> Iterator[str]:
    """Yield the primitives, neighbours of one role, meaning and colour in one group; viewers show its title."""
    for (role, says, colour), members in groupby(items, key=lambda item: _group(item, theme)):
        title = f"<title>{escape(says)}</title>" if says else ""
        yield f'<g class="{role}" fill="{colour}">{title}' + "".join(_element(item) for item in members) + "</g>"


def _group(item: Primitive, theme: Theme) -> tuple[str, str, str]:
    return item.mark.role, item.mark.says, theme.colour(item.mark).hex


def _element(item: Primitive) -> str:
    if isinstance(item, Glyph | Text):
        scale = f" scale({_short(item.size)})" if isinstance(item, Glyph) and item.size != 1 else ""
        return f'<use xlink:href="#{_name(item)}" transform="translate({_short(item.x)} {_short(item.y)}){scale}"/>'
    if isinstance(item, Line):
        box = box_of(item)
        size = f'width="{_short(box.right - box.left)}" height="{_short(box.bottom - box.top)}"'
        return f'<rect x="{_short(box.left)}" y="{_short(box.top)}" {size}/>'
    return f'<path d="{to_svg(shape_outline(item))}"/>'


def _short(number: float) -> str:
    return f"{number:.3f}".rstrip("0").rstrip(".")
