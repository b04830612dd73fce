"""The overview of a class: who has what, where the class fails, what could not be read, what deserves a question."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

from chorale.app.marking.assignment import Assignment
from chorale.app.marking.likeness import Flag
from chorale.app.marking.outcome import Outcome
from chorale.app.marking.pages.charts import Bar, chart
from chorale.app.marking.pages.html import Child, Raw, element, joined, page
from chorale.app.marking.pages.parts import SHAPES, many, number, style, table
from chorale.app.marking.pages.sorting import SORTING
from chorale.app.marking.remarks import bars_in_words
from chorale.app.marking.work import Names
from chorale.theory import RULES

__all__ = ["ClassReport", "overview_page"]

_MOST_MISTAKES = 12  # rows of the table of common mistakes
_MOST_BARS = 3  # named with each of them
_TENTHS = 10


@dataclass(frozen=True, eq=False)
class ClassReport:
    """What the overview tells.

    Attributes:
        assignment: what was asked.
        outcomes: the class, by name.
        flags: by file.
        names: where each hand-in's files are, by file.
        ignored: files that are no hand-in.
        no_answers: why hand-ins were not compared with Chorale's own answers; "" where they were.
    """

    assignment: Assignment
    outcomes: tuple[Outcome, ...]
    flags: Mapping[str, Sequence[Flag]]
    names: Mapping[str, Names]
    ignored: tuple[str, ...] = ()
    no_answers: str = ""

    @property
    def marked(self) -> list[Outcome]:
        """The hand-ins that could be read."""
        return [outcome for outcome in self.outcomes if outcome.is_marked]


def overview_page(report: ClassReport) -> str:
    """Return the overview."""
    title = report.assignment.title
    main = element(
        "main",
        _facts(report),
        _unread(report),
        _charts(report) if report.marked else None,
        _mistakes(report),
        _flags(report),
        _students(report) if report.marked else None,
        _foot(report),
        class_="wrap",
    )
    head = element("div", element("div", element("p", "A class, marked"), element("h1", title)), class_="wrap")
    return page(f"{title}: the class", style(), element("header", head, class_="head"), main, SORTING)


def _section(title: str, *children: Child) -> Raw:
    return element("section", element("h2", title), *children, aria_label=title)


def _facts(report: ClassReport) -> Raw:
    scores = [outcome.score for outcome in report.marked]
    facts: list[tuple[str, str]] = [("Hand-ins", str(len(report.outcomes)))]
    if len(scores) < len(report.outcomes):
        facts.append(("Could not be read", str(len(report.outcomes) - len(scores))))
    if scores:
        most = max(outcome.total for outcome in report.marked)
        facts += [("Mean", f"{mean(scores):.1f}"), ("Median", number(median(scores)))]
        facts += [("Lowest to highest", f"{number(min(scores))} to {number(max(scores))}"), ("Out of", number(most))]
    items = (element("div", element("dt", name), element("dd", value)) for name, value in facts)
    return element("section", element("dl", *items, class_="facts"), aria_label="In numbers")


def _unread(report: ClassReport) -> Raw | None:
    bad = [outcome for outcome in report.outcomes if not outcome.is_marked]
    if not bad:
        return None
    rows = [(outcome.student, element("span", outcome.file), outcome.reason) for outcome in bad]
    told = element("p", "They have no score in the tables: open them, or ask for them again.")
    lines = [element("li", element("b", name), " (", file, "): ", reason) for name, file, reason in rows]
    return _section("Could not be read", element("div", told, element("ul", *lines, class_="plain"), class_="card"))


# Where the class stands -----------------------------------------------------------------------------------------------


def _charts(report: ClassReport) -> Raw:
    scores = chart("How many had what", "Students by score", _distribution(report.marked))
    places = chart("Where it goes wrong", "Students with an error or a warning, by bar", _by_bar(report))
    return _section("The class", element("div", scores, places, class_="columns"))


def _distribution(outcomes: Sequence[Outcome]) -> list[Bar]:
    """Return how many students had how many tenths of the points; the last tenth is full marks and just below."""
    most = max(outcome.total for outcome in outcomes)
    tenths = Counter(min(_TENTHS - 1, int(_TENTHS * outcome.score / most)) if most else 0 for outcome in outcomes)
    edges = [most * tenth / _TENTHS for tenth in range(_TENTHS + 1)]
    return [
        Bar(number(edges[tenth]), f"{number(edges[tenth])} to {number(edges[tenth + 1])}", tenths[tenth])
        for tenth in range(_TENTHS)
    ]


def _by_bar(report: ClassReport) -> list[Bar]:
    counts: Counter[int] = Counter()
    for outcome in report.marked:
        counts.update({finding.bar for finding in outcome.findings if finding.severity != "hint"})
    bars = [bar.number for bar in report.assignment.score.bars]
    return [Bar(str(bar), f"bar {bar}", counts[bar]) for bar in bars]


def _mistakes(report: ClassReport) -> Raw | None:
    """Return the commonest mistakes, hints last: by how many students make them, then how often."""
    students: Counter[str] = Counter()
    times: Counter[str] = Counter()
    places: dict[str, Counter[int]] = {}
    for outcome in report.marked:
        students.update({finding.code for finding in outcome.findings})
        times.update(finding.code for finding in outcome.findings)
        for code, bar in {(finding.code, finding.bar) for finding in outcome.findings}:
            places.setdefault(code, Counter())[bar] += 1
    kinds = {finding.code: finding.severity for outcome in report.marked for finding in outcome.findings}
    ordered = sorted(students, key=lambda code: (kinds[code] == "hint", -students[code], -times[code], code))
    if not ordered:
        return None
    rows = [
        (
            RULES[code].title,
            SHAPES[kinds[code]],
            _share(students[code], report),
            str(times[code]),
            _places(places[code]),
        )
        for code in ordered[:_MOST_MISTAKES]
    ]
    heads = ("Mistake", "Kind", "Students", "Times", "Most often in")
    return _section("The commonest mistakes", element("div", table(heads, rows), class_="card scroll"))


def _share(count: int, report: ClassReport) -> Raw:
    part = count / len(report.marked)
    meter = element("span", element("i", style=f"width:{100 * part:.0f}%"), class_="meter", aria_hidden="true")
    return joined(meter, f" {count} of {len(report.marked)}")


def _places(bars: Counter[int]) -> str:
    most = sorted(bars, key=lambda bar: (-bars[bar], bar))[:_MOST_BARS]
    return bars_in_words(most)


# Who ------------------------------------------------------------------------------------------------------------------


def _flags(report: ClassReport) -> Raw | None:
    flagged = [outcome for outcome in report.outcomes if outcome.file in report.flags]
    if not flagged and not report.no_answers:
        return None
    told = (
        "What Chorale itself writes under the given notes, and what classmates wrote, was laid beside every hand-in. "
        "Agreement is a reason to ask, not a proof: a short exercise has few good answers."
    )
    lines = [
        element(
            "div",
            element("b", outcome.student),
            ": ",
            "; ".join(flag.text for flag in report.flags[outcome.file]),
            ".",
            class_="flag",
        )
        for outcome in flagged
    ]
    reason = f"They could not be compared with Chorale's own answers: {report.no_answers}."
    missing = element("p", reason) if report.no_answers else None
    return _section("Worth a question", element("div", element("p", told), missing, *lines, class_="card"))


def _students(report: ClassReport) -> Raw:
    heads = ("Student", "Number", "Score", "Errors", "Warnings", "Hints", "Files")
    rows = [_student_row(report, outcome) for outcome in report.outcomes if outcome.is_marked]
    heads_shown: Sequence[Child] = [
        element("button", head, type="button") if head != "Files" else head for head in heads
    ]
    listing = table(heads_shown, rows, class_="sortable")
    return _section("The students", element("div", listing, class_="card scroll"))


def _student_row(report: ClassReport, outcome: Outcome) -> Sequence[Child]:
    names = report.names[outcome.file]
    link = element("a", outcome.student, href=names.page)
    flagged = element("span", " ⚑ flagged", class_="note") if outcome.file in report.flags else None
    counts = (str(outcome.count(severity)) for severity in ("error", "warning", "hint"))
    annotated = element("a", "MusicXML", href=names.annotated, aria_label=f"Annotated score of {outcome.student}")
    return (joined(link, flagged), outcome.id, number(outcome.score), *counts, annotated)


def _foot(report: ClassReport) -> Raw:
    tables = (
        ("scores.csv", "everything, for a spreadsheet"),
        ("moodle.csv", "for Moodle: the assignment's “Upload grading worksheet”"),
        ("canvas.csv", "for Canvas: Grades, Import"),
    )
    listed = [element("li", element("a", name, href=name), f": {told}") for name, told in tables]
    left = element("p", f"Left alone, since no hand-in: {_some(report.ignored)}.") if report.ignored else None
    profile = f"Marked by Chorale with the rules of the profile “{report.assignment.profile.name}”, offline."
    return element(
        "footer", element("ul", *listed, class_="plain no-print"), left, element("p", profile), class_="foot"
    )


def _some(files: Iterable[str], most: int = 10) -> str:
    listed = list(files)
    more = f" and {many(len(listed) - most, 'more file')}" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more
