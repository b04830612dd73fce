"""What both kinds of page are made of: the style, numbers, severities, tables."""

from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files

from chorale.app.marking.pages.html import Child, Raw, element

__all__ = ["SHAPES", "many", "number", "style", "table"]

SHAPES = {"error": "■ error", "warning": "▲ warning", "hint": "○ hint"}
"""How a severity is printed: a shape and a word, since not everyone sees the colours, and printers may have none."""
_FRACTIONS = {0.25: "¼", 0.5: "½", 0.75: "¾"}


@cache
def style() -> str:
    """Return the pages' style sheet, without needless line ends."""
    text = files("chorale.app.marking.pages").joinpath("report.css").read_text(encoding="utf-8")
    return " ".join(text.split())


def number(points: float) -> str:
    """Return points as a person writes them: "17½", "0", "-1.2"."""
    whole, part = divmod(abs(points), 1)
    sign = "\N{MINUS SIGN}" if points < 0 else ""
    if part in _FRACTIONS:
        return f"{sign}{int(whole) or ''}{_FRACTIONS[part]}"
    return f"{sign}{round(abs(points), 2):g}"


def many(count: int, one: str, more: str = "") -> str:
    """Return "1 student", "3 students"."""
    return f"{count} {one if count == 1 else more or one + 's'}"


def table(
    heads: Sequence[Child],
    rows: Iterable[Sequence[Child]],
    *,
    caption: str = "",
    foot: Sequence[Child] = (),
    **attributes: str,
) -> Raw:
    """Return a table whose first column names the row; the others stand to the right."""
    body = [element("tr", *_cells(row)) for row in rows]
    return element(
        "table",
        element("caption", caption) if caption else None,
        element("thead", element("tr", *(_head(head, index) for index, head in enumerate(heads)))),
        element("tbody", *body),
        element("tfoot", element("tr", *_cells(foot))) if foot else None,
        **attributes,
    )


def _head(head: Child, index: int) -> Raw:
    return element("th", head, scope="col", class_="number" if index else None)


def _cells(row: Sequence[Child]) -> Iterable[Raw]:
    yield element("th", row[0], scope="row")
    yield from (element("td", cell, class_="number") for cell in row[1:])
