"""Column charts that need no picture: every column says its number, and the whole reads as a list."""

from collections.abc import Sequence
from dataclasses import dataclass

from chorale.app.marking.pages.html import Raw, element

__all__ = ["Bar", "chart"]

_FEW = 16  # columns whose labels all fit


@dataclass(frozen=True)
class Bar:
    """One column: its label, what it says aloud, its number."""

    label: str
    meaning: str
    count: int


def chart(title: str, told: str, bars: Sequence[Bar]) -> Raw:
    """Return a chart with a heading and a sentence that says what is counted."""
    most = max((bar.count for bar in bars), default=0) or 1
    columns = [_column(bar, bar.count / most) for bar in bars]
    every = 1 if len(bars) <= _FEW else 2 if len(bars) <= 2 * _FEW else 4
    labels = [element("span", bar.label if index % every == 0 else "") for index, bar in enumerate(bars)]
    aloud = "; ".join(f"{bar.meaning}: {bar.count}" for bar in bars)
    drawn = element("div", *columns, class_="bars", role="img", aria_label=f"{told}. {aloud}")
    under = element("div", *labels, class_="under", aria_hidden="true")
    return element("div", element("h3", title), element("p", told, class_="note"), drawn, under, class_="card")


def _column(bar: Bar, part: float) -> Raw:
    shown = element("span", str(bar.count)) if bar.count else None
    height = f"height:{84 * part:.1f}%"
    return element("div", shown, element("i", style=height) if bar.count else None)
