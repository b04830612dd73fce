"""One student's page: the score, the piece row by row with its mistakes beside it, and the rules explained."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from chorale.app.marking.assignment import Assignment
from chorale.app.marking.comparing import Comparison
from chorale.app.marking.outcome import Outcome
from chorale.app.marking.pages.explaining import chord_table, rules_section
from chorale.app.marking.pages.html import Child, Raw, element, joined, page
from chorale.app.marking.pages.parts import SHAPES, many, number, style, table
from chorale.app.marking.pages.pictures import Row, rows, symbols
from chorale.app.marking.remarks import bars_in_words
from chorale.app.marking.scoring import Line, Mark
from chorale.notation.tags import tag_of, with_severity
from chorale.theory import RULES, Analysis, Finding

__all__ = ["Marked", "student_page"]


@dataclass(frozen=True, eq=False)
class Marked:
    """Everything that a page tells.

    Attributes:
        outcome: the plain facts.
        comparison, mark: the hand-in beside its assignment, and its score.
        analysis: chords, keys and cadences.
        assignment: what was asked.
        annotated: the name of the annotated file.
        fixes: a suggestion for some findings, by their index.
    """

    outcome: Outcome
    comparison: Comparison
    mark: Mark
    analysis: Analysis
    assignment: Assignment
    annotated: str
    fixes: Mapping[int, str]


def student_page(marked: Marked) -> str:
    """Return a student's page."""
    made = rows(marked.comparison.score.replace(lyrics=()), marked.mark.findings, marked.analysis)
    body = (
        symbols(made),
        _head(marked),
        element(
            "main",
            _account_section(marked),
            _piece_section(marked, made),
            rules_section(sorted({finding.code for finding in marked.mark.findings}, key=list(RULES).index)),
            _foot(marked),
            class_="wrap",
        ),
    )
    return page(f"{marked.outcome.student}: {marked.assignment.title}", style(), *body)


def _head(marked: Marked) -> Raw:
    outcome = marked.outcome
    name = element("div", element("p", marked.assignment.title), element("h1", outcome.student))
    points = element("strong", number(outcome.score))
    score = element("p", points, f" of {number(outcome.total)} points", class_="score")
    return element("header", element("div", name, score, class_="wrap"), class_="head")


# The account ----------------------------------------------------------------------------------------------------------


def _account_section(marked: Marked) -> Raw:
    remarks = marked.comparison.remarks
    said = None
    if remarks:
        lines = (element("li", _sentence(remark.message)) for remark in remarks)
        listing = element("ul", *lines, class_="plain")
        said = element("div", element("h3", "Beside the assignment"), listing, class_="card")
    account = element("div", _account(marked.mark), class_="card scroll")
    grid = element("div", account, said, class_="columns") if said else account
    by_chord = chord_table(marked.mark, marked.comparison.score) if marked.mark.chords else None
    return element("section", element("h2", "The points"), grid, by_chord, aria_label="The points")


def _sentence(message: str) -> str:
    return message[0].upper() + message[1:] + "."


def _account(mark: Mark) -> Raw:
    heads = ("What", "How often", "Points")
    lines: list[Sequence[Child]] = [_account_row(line) for line in mark.lines if line.points or not line.count]
    advice = sum(line.count for line in mark.lines if not line.points)
    if advice and not mark.chords:
        lines.append(("Hints and advice, without points", str(advice), "0"))
    if not mark.chords:
        lines.insert(0, ("To begin with", "", number(mark.total)))
    return table(heads, lines, foot=("Score", "", f"{number(mark.score)} of {number(mark.total)}"))


def _account_row(line: Line) -> Sequence[Child]:
    label: Child = element("a", line.label, href=f"#{line.kind}") if line.kind in RULES else line.label
    capped = element("span", " (at most)", class_="note") if line.capped and line.kind in RULES else None
    count = str(line.count) if line.count and line.points < 0 else ""
    return joined(label, capped), count, number(line.points)


# The piece ------------------------------------------------------------------------------------------------------------


def _piece_section(marked: Marked, made: Sequence[Row]) -> Raw:
    listed = [_row(marked, row) for row in made]
    if not listed:
        listed = [element("p", "There are no notes to show.")]
    return element("section", element("h2", "Your piece"), *listed, aria_label="Your piece")


def _row(marked: Marked, row: Row) -> Raw:
    name = _named(row)
    findings = [marked.mark.findings[index] for index in row.findings]
    figure = element("figure", row.figure, aria_label=_described(name, findings))
    said: Raw = element("p", "Nothing to mend here.", class_="clean")
    if findings:
        items = (_finding(marked, index) for index in row.findings)
        said = element("ol", *items, class_="findings")
    heading = element("h3", name[0].upper() + name[1:])
    return element("article", element("div", heading, figure), said, class_="row")


def _named(row: Row) -> str:
    """Return "bars 3-4", "pickup and bar 1"."""
    if row.first > 0:
        return bars_in_words(range(row.first, row.last + 1))
    return "pickup" + (f" and {bars_in_words(range(1, row.last + 1))}" if row.last else "")


def _described(name: str, findings: Sequence[Finding]) -> str:
    """Return what the picture shows, for those who cannot see it."""
    if not findings:
        return f"The music of {name}, without a mark"
    return f"The music of {name}, with {many(len(findings), 'mark')}: " + "; ".join(each.message for each in findings)


def _finding(marked: Marked, index: int) -> Raw:
    finding, cost, fix = marked.mark.findings[index], marked.mark.costs[index], marked.fixes.get(index)
    severity = finding.severity.label
    head = element(
        "p",
        element("span", with_severity(tag_of(finding.code, None), finding.severity), class_="tag"),
        element("a", RULES[finding.code].title, href=f"#{finding.code}"),
        element("span", SHAPES[severity], class_="kind"),
        element("span", number(-cost), class_="cost") if cost else None,
        class_="what",
    )
    mended = element("p", element("b", "Try: "), f"{fix}.", class_="fix") if fix else None
    return element("li", head, element("p", _sentence(finding.message.rstrip("."))), mended, class_=severity)


def _foot(marked: Marked) -> Raw:
    link = element("a", "The annotated score", href=f"../annotated/{marked.annotated}")
    how = f"Marked by Chorale with the rules of the profile “{marked.assignment.profile.name}”. "
    notes = _notes(marked.outcome.notes)
    return element(
        "footer",
        element("p", link, " as MusicXML, for MuseScore, Sibelius or Dorico.", class_="no-print"),
        element("p", how, "A program counts what can be counted; whether it is music, your teacher hears."),
        notes,
        class_="foot",
    )


def _notes(notes: Iterable[str]) -> Raw | None:
    items = [element("li", note) for note in notes]
    return joined(element("p", "When the file was read:"), element("ul", *items, class_="plain")) if items else None
