"""PDF: A4 pages, everything as filled vector outlines, the same bytes for the same score.

The file is written directly: a page is one content stream of paths, and nothing else is needed. Source: ISO 32000-1,
sections 7.5 (file structure) and 8.5 (path construction).
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from chorale.files import atomic_write
from chorale.notation import smufl
from chorale.notation.faces import text_outline
from chorale.notation.outline import Outline, transformed
from chorale.notation.page import Page, System
from chorale.notation.primitives import Glyph, Line, Mark, Primitive, Role, Text, box_of, text
from chorale.notation.shapes import shape_outline
from chorale.notation.theme import PRINT, Theme

__all__ = ["A4_WIDTH", "pdf_of", "write_pdf"]

_POINTS_PER_MM = 72 / 25.4
_PAPER = (210 * _POINTS_PER_MM, 297 * _POINTS_PER_MM)
_POINTS_PER_SPACE = 1.75 * _POINTS_PER_MM  # a staff 7 mm high, the size of songbooks
_FOOT = 10.0  # spaces of white at the foot of a page
_HEAD = 9.0  # spaces of white over the first system of a later page
A4_WIDTH = _PAPER[0] / _POINTS_PER_SPACE
"""Width in staff spaces of a page that fills A4 paper."""
_COMMANDS = {"M": "m", "L": "l", "C": "c", "Z": "h"}


def pdf_of(page: Page, theme: Theme = PRINT, title: str = "") -> bytes:
    """Return a page of music as a PDF document of as many A4 pages as its systems need.

    Args:
        page: the music, laid out ``A4_WIDTH`` wide.
        theme: the colours; the paper is not drawn.
        title: the document's title.
    """
    streams = [_stream(items, shift, theme) for items, shift in _sheets(page)]
    return _document(streams, title)


def write_pdf(page: Page, path: Path | str, theme: Theme = PRINT, title: str = "") -> None:
    """Write a page as PDF.

    Raises:
        InputError: the file cannot be written.
    """
    atomic_write(path, pdf_of(page, theme, title))


def _sheets(page: Page) -> list[tuple[list[Primitive], float]]:
    """Return each sheet's primitives, and how far up they move to stand on it."""
    height = _PAPER[1] / _POINTS_PER_SPACE - _FOOT
    sheets: list[list[System]] = [[]]
    for system in page.systems:
        above = _HEAD - sheets[-1][0].top if len(sheets) > 1 and sheets[-1] else 0.0
        if sheets[-1] and system.bottom + above > height:
            sheets.append([])
        sheets[-1].append(system)
    ups = [sheet[0].top - _HEAD if index else 0.0 for index, sheet in enumerate(sheets)]
    return [
        ([*_items_between(page, *_band(page, sheet)), *_number(page, index, up)], up)
        for index, (sheet, up) in enumerate(zip(sheets, ups, strict=True))
    ]


def _number(page: Page, index: int, up: float) -> list[Primitive]:
    """Return the number at the foot of a sheet after the first."""
    foot = _PAPER[1] / _POINTS_PER_SPACE - _FOOT / 2 + up
    return [text(Mark(Role.NUMBER), str(index + 1), page.width / 2, foot, "serif", 1.9, 0.5)] if index else []


def _band(page: Page, sheet: Sequence[System]) -> tuple[float, float]:
    """Return the heights between which a sheet's primitives lie; the heading belongs to the first."""
    top = 0.0 if sheet[0].index == 0 else (page.systems[sheet[0].index - 1].bottom + sheet[0].top) / 2
    last = sheet[-1].index + 1 == len(page.systems)
    return top, page.height if last else (sheet[-1].bottom + page.systems[sheet[-1].index + 1].top) / 2


def _items_between(page: Page, top: float, bottom: float) -> list[Primitive]:
    found = []
    for item in page.items:
        box = box_of(item)
        if top <= (box.top + box.bottom) / 2 < bottom:
            found.append(item)
    return found


def _stream(items: Iterable[Primitive], up: float, theme: Theme) -> bytes:
    """Return a page's content: set the scale with y downwards, then fill path after path."""
    scale = f"{_POINTS_PER_SPACE:.4f}"
    lines = [f"{scale} 0 0 -{scale} 0 {_PAPER[1] + up * _POINTS_PER_SPACE:.3f} cm"]
    last = None
    for item in items:
        colour = theme.colour(item.mark)
        if colour != last:
            lines.append(" ".join(f"{part / 255:.3f}" for part in colour[:3]) + " rg")
            last = colour
        lines += _path(item)
    return "\n".join(lines).encode("ascii")


def _path(item: Primitive) -> Iterator[str]:
    if isinstance(item, Line):
        box = box_of(item)
        yield f"{box.left:.3f} {box.top:.3f} {box.right - box.left:.3f} {box.bottom - box.top:.3f} re f"
        return
    for name, *numbers in _outline(item):
        yield " ".join([*(f"{number:.3f}" for number in numbers), _COMMANDS[str(name)]])
    yield "f"


def _outline(item: Primitive) -> Outline:
    if isinstance(item, Glyph):
        return transformed(smufl.outline(item.name), item.size, item.x, item.y)
    if isinstance(item, Text):
        return transformed(text_outline(item.text, item.face, item.size), 1.0, item.x, item.y)
    assert not isinstance(item, Line)
    return shape_outline(item)


def _document(streams: list[bytes], title: str) -> bytes:
    """Return the file: catalogue, page tree, information, then page and content by turns, and the table of offsets."""
    pages = [4 + 2 * index for index in range(len(streams))]
    kids = " ".join(f"{number} 0 R" for number in pages)
    name = title.encode("utf-16-be").hex()
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< /Title <FEFF{name}> /Producer (Chorale) >>".encode(),
    ]
    for number, stream in zip(pages, streams, strict=True):
        box = f"[0 0 {_PAPER[0]:.3f} {_PAPER[1]:.3f}]"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Resources << >> /Contents {number + 1} 0 R >>"
        packed = zlib.compress(stream, 9)
        head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
        bodies += [page.encode(), head + packed + b"\nendstream"]
    return _file(bodies)


def _file(bodies: list[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(bodies) + 1} /Root 1 0 R /Info 3 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
