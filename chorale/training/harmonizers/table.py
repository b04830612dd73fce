"""The table of the harmonizer: what is published, what is to be reached, what was measured, and whether it is met.

One row is one measure; it may have several figures (fifths / octaves), which are met only together. All figures come
from flat scores (``measuring``), so that the table can be written again from a model's ``config.json``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

__all__ = ["PARTS", "ROWS", "Line", "Row", "lines"]

NEAR = 0.15  # "within 15 %"
PARTS = ("likelihood", "writing", "melodies", "speed")


@dataclass(frozen=True)
class Limit:
    """What a figure must keep to.

    Attributes:
        holds: Whether it does, given the figure and Bach's (None if he has none).
        text: As written in the table.
    """

    holds: Callable[[float, float | None], bool]
    text: str


def _at_most(bound: float, text: str = "") -> Limit:
    return Limit(lambda value, _: value <= bound, text or f"<= {bound:g}")


def _at_least(bound: float, text: str = "") -> Limit:
    return Limit(lambda value, _: value >= bound, text or f">= {bound:g}")


_NOT_WORSE = Limit(lambda value, bach: bach is not None and value <= bach, "Bach's or less")
_LIKE_BACH = Limit(lambda value, bach: bach is not None and abs(value - bach) <= NEAR * bach, "Bach's, within 15 %")


@dataclass(frozen=True)
class Row:
    """One measure.

    Attributes:
        title: What is measured, with its unit.
        part: Of PARTS: by which command.
        names: Of the scores.
        limits: One for each name; none: the figure is stated only.
        published: What others published.
        reach: The goal in words, where the limits' own are not enough.
        digits: Behind the point.
        percent: Whether the figures are shares.
        error: The name of a standard error.
    """

    title: str
    part: str
    names: tuple[str, ...]
    limits: tuple[Limit, ...] = ()
    published: str = ""
    reach: str = ""
    digits: int = 3
    percent: bool = False
    error: str = ""

    @property
    def goal(self) -> str:
        """The goal in words; each limit once where they are alike."""
        return self.reach or "; ".join(dict.fromkeys(limit.text for limit in self.limits))


def _told(kind: str) -> str:
    return "" if kind == "bare" else ", told fermatas, meter and key"


def _likelihood_rows(kind: str) -> tuple[Row, ...]:
    """Return the rows of what a network predicts; goals are for one that sees nothing but pitches."""
    bare = kind == "bare"
    framewise, one_pass, joint = (f"{name}.{kind}" for name in ("framewise", "one_pass", "joint"))
    return (
        Row(
            f"framewise NLL, nats a frame{_told(kind)}",
            "likelihood",
            (f"{framewise}.nats",),
            (_at_most(0.60),) if bare else (),
            "0.57 ± 0.01 (9.1 M weights)" if bare else "",
            "<= 0.60; 0.55 is the aim" if bare else "",
            error=f"{framewise}.error",
        ),
        Row(
            f"soprano given, A, T, B in one pass, nats a cell{_told(kind)}",
            "likelihood",
            (f"{one_pass}.nats",),
            (_at_most(1.65),) if bare else (),
            "1.773, the Doodle's" if bare else "",
            error=f"{one_pass}.error",
        ),
        Row(
            f"soprano given, random-order joint, nats a cell{_told(kind)}",
            "likelihood",
            (f"{joint}.nats",),
            (_at_most(0.28),) if bare else (),
            ".308 ± .021, the Doodle's" if bare else "",
            error=f"{joint}.error",
        ),
        Row(
            f"right A / T / B in one pass, %{_told(kind)}",
            "likelihood",
            tuple(f"{one_pass}.{letter}" for letter in "ATB"),
            (_at_least(0.46), _at_least(0.43), _at_least(0.39)) if bare else (),
            "Doodle 39.4 over all" if bare else "",
            ">= 46 / 43 / 39" if bare else "",
            digits=1,
            percent=True,
        ),
        Row(
            f"the same where the tune is not in training{_told(kind)}",
            "likelihood",
            tuple(f"new_tunes.{one_pass}.{letter}" for letter in "ATB"),
            digits=1,
            percent=True,
        ),
    )


_FLOOR = Row(
    "floor: the commonest pitch under the soprano's, A / T / B, %",
    "likelihood",
    ("floor.A", "floor.T", "floor.B"),
    digits=1,
    percent=True,
    published="28.9 / 28.8 / 23.7",
)


def _shares(title: str, part: str, *names: str, goal: Limit | None = None, published: str = "") -> Row:
    limits = (goal,) * len(names) if goal else ()
    return Row(title, part, names, limits, published, digits=1, percent=True)


def _rates(title: str, part: str, *names: str, goals: tuple[Limit, ...], published: str = "", digits: int = 3) -> Row:
    goals = goals * len(names) if len(goals) == 1 else goals
    return Row(title, part, names, goals, published, digits=digits)


_FEW = (_at_most(0.005, "<= .005 / .002"), _at_most(0.002, "<= .005 / .002"))
_DOODLE = "Doodle .365 / .391"
_ALL = _at_least(1.0, "100 %")
_IN_KEY = _at_least(0.98, ">= 98 %")
_WORSE, _LIKE = (_NOT_WORSE,), (_LIKE_BACH,)
_W, _M, _P = "writing", "melodies", "phrase"

ROWS: tuple[Row, ...] = (
    *_likelihood_rows("bare"),
    *_likelihood_rows("informed"),
    _shares("right A / T / B after sampling, %", _W, "writing.A", "writing.T", "writing.B"),
    _shares("the same where the tune is not in training", _W, *(f"new_tunes.writing.{each}" for each in "ATB")),
    _FLOOR,
    _rates("parallel fifths / octaves a bar", _W, "writing.fifths", "writing.octaves", goals=_FEW, published=_DOODLE),
    _rates("the same from beat to beat", _W, "writing.beat_fifths", "writing.beat_octaves", goals=_FEW),
    _rates(
        "user melodies: parallel fifths / octaves a bar",
        _M,
        *("melodies.fifths", "melodies.octaves"),
        goals=_FEW,
        published=_DOODLE,
    ),
    _rates("the same from beat to beat", _M, "melodies.beat_fifths", "melodies.beat_octaves", goals=_FEW),
    _shares("soprano and rhythm kept, %", _W, "writing.soprano_kept", goal=_ALL, published="complaints"),
    _shares("user melodies: the same", _M, "melodies.soprano_kept", goal=_ALL, published="complaints"),
    _shares("key kept, %", _W, "writing.key_kept", goal=_IN_KEY, published="complaints"),
    _shares("key kept rather than its relative, %", _W, "writing.signature_kept", goal=_IN_KEY),
    _shares("user melodies: key kept, %", _M, "melodies.key_kept"),
    _shares(
        "last cadence authentic, half or plagal, %",
        _W,
        "writing.common_finals",
        goal=_at_least(0.95, ">= 95 %"),
        published="complaints",
    ),
    Row(
        "first chord the tonic's, where the tune allows it, %",
        _W,
        ("writing.tonic_openings",),
        _LIKE,
        digits=1,
        percent=True,
    ),
    _rates("crossings a bar", _W, "writing.crossing", goals=_WORSE),
    _rates("too wide S-A or A-T / T-B, a bar", _W, "writing.spacing", "writing.spacing_bass", goals=_WORSE),
    _rates("out of range, notes a bar", _W, "writing.range", goals=_WORSE),
    _rates(
        "leaps of a seventh / over an octave / of a sixth in upper voices, a bar",
        _W,
        *("writing.leap_seventh", "writing.leap_over_octave", "writing.leap_sixth"),
        goals=_WORSE,
    ),
    _rates("hidden outer fifths / octaves a bar", _W, "writing.hidden_fifths", "writing.hidden_octaves", goals=_WORSE),
    _rates("cross relations, a bar", _W, "writing.cross_relation", goals=_WORSE),
    _rates("the same from beat to beat / at once", _W, "writing.beat_relations", "writing.clashes", goals=_WORSE),
    Row("six-four chords, % of harmonies", _W, ("writing.six_four",), _WORSE, digits=2, percent=True),
    Row("chords without third, % of harmonies", _W, ("writing.missing_thirds",), _WORSE, digits=2, percent=True),
    _rates("64 steps: changes of A, T, B", _W, "phrase.changes", goals=_LIKE, digits=1),
    _rates("64 steps: on odd sixteenths", _W, "phrase.odd_changes", goals=_LIKE, digits=2),
    _rates("64 steps: on off-beat eighths", _W, "phrase.offbeat_changes", goals=_LIKE, digits=1),
    _rates("64 steps: stepwise bass, share", _W, "phrase.stepwise_bass", goals=_LIKE, digits=2),
    Row(
        "soprano notes struck again over a bass that moves, %",
        _W,
        ("writing.moved_repeats",),
        _LIKE,
        digits=1,
        percent=True,
    ),
    Row(
        "harmonize 32 steps, warm, ms",
        "speed",
        ("speed.ms_32",),
        (_at_most(500, "< 500"),),
        "Doodle 2 s with a GPU",
        digits=0,
    ),
    Row("first light answer, 32 steps, ms", "speed", ("speed.light_ms",), (_at_most(150, "< 150"),), digits=0),
    Row("harmonize 256 steps, warm, ms", "speed", ("speed.ms_256",), (_at_most(3000, "< 3000"),), digits=0),
    Row("a fresh process until the network answers, ms", "speed", ("speed.load_ms",), digits=0),
    Row("weights on disk, MB", "speed", ("speed.megabytes",), (_at_most(25),), digits=1),
)


@dataclass(frozen=True)
class Line:
    """A row filled in; every figure a text, "-" where there is none."""

    title: str
    published: str
    reach: str
    ours: str
    peers: tuple[str, ...]
    bach: str
    met: str
    part: str


def lines(ours: Mapping[str, float], peers: Mapping[str, Mapping[str, float]]) -> Iterator[Line]:
    """Yield the rows of which a figure was measured, in our model or in a peer."""
    for row in ROWS:
        others = tuple(_text(row, peer) for peer in peers.values())
        text = _text(row, ours)
        if {text, *others} != {"-"}:
            bach = _text(row, {name: ours[_of_bach(name)] for name in row.names if _of_bach(name) in ours}, error=False)
            yield Line(row.title, row.published or "-", row.goal or "-", text, others, bach, _met(row, ours), row.part)


def _of_bach(name: str) -> str:
    """Return the name of Bach's own figure; he has none where nothing is written or he keeps what he wrote."""
    part, _, figure = name.partition(".")
    return {"writing": f"bach.{figure}", "phrase": f"bach_phrase.{figure}"}.get(part, "")


def _text(row: Row, scores: Mapping[str, float], *, error: bool = True) -> str:
    if not all(name in scores for name in row.names):
        return "-"
    times = 100 if row.percent else 1
    text = " / ".join(f"{times * scores[name]:.{row.digits}f}" for name in row.names)
    return f"{text} ± {scores[row.error]:.{row.digits}f}" if error and row.error in scores else text


def _met(row: Row, scores: Mapping[str, float]) -> str:
    """Return "yes" or "no", or "-" where nothing is wanted or nothing measured."""
    if not row.limits or not all(name in scores for name in row.names):
        return "-"
    held = [
        limit.holds(scores[name], scores.get(_of_bach(name))) for name, limit in zip(row.names, row.limits, strict=True)
    ]
    return "yes" if all(held) else "**no**"
