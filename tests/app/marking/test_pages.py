"""The pages: well-formed, complete in themselves, readable without colours and without eyes."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from chorale import io
from chorale.app.marking.handins import HandIn
from chorale.app.marking.likeness import Flag
from chorale.app.marking.outcome import Outcome
from chorale.app.marking.pages.html import element, page
from chorale.app.marking.pages.overview import ClassReport, overview_page
from chorale.app.marking.pages.parts import number
from chorale.app.marking.work import Names, mark_file
from chorale.music import REST, Meter
from chorale.theory import RULES

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
NAMES = Names("students/ann.html", "annotated/ann.musicxml")
NASTY = "Ann <script>alert(1)</script> & \"Co\" 'x' \x07"


@pytest.fixture(scope="module")
def read_page():
    def read(text):
        html = text if isinstance(text, str) else text.decode()
        body = html.removeprefix("<!DOCTYPE html>\n")
        return ET.fromstring(body)  # noqa: S314  our own output

    return read


@pytest.fixture
def marked(assigned, classroom, tmp_path):
    """Mark a score as a student's hand-in."""

    def mark(score, student="Ann Bee", text=classroom.TEXT):
        path = tmp_path / "ann.chorale"
        io.write(score, path)
        return mark_file(HandIn(path, path.name, student), assigned(text), NAMES)

    return mark


def texts(root, tag):
    return ["".join(each.itertext()) for each in root.iter(f"{XHTML}{tag}")]


def check_page(root, html):
    """Check what holds of every page."""
    assert root.get("lang") == "en"
    assert len(texts(root, "h1")) == 1
    assert texts(root, "title")[0].strip()
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    links = [each.get("href") for each in root.iter(f"{XHTML}a")]
    assert all(link[1:] in ids for link in links if link.startswith("#"))
    uses = {each.get("{http://www.w3.org/1999/xlink}href")[1:] for each in root.iter(f"{SVG}use")}
    assert uses <= set(ids)
    outside = set(re.findall(r"(?:https?:)?//[\w.]+[^\s\"')]*", html))
    assert outside <= {
        "http://www.w3.org/1999/xhtml",
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert not re.search(r"@import|url\(|src=", html)


def test_a_students_page_is_well_formed_and_complete_in_itself(marked, classroom, read_page):
    done = marked(classroom.planted(classroom.SOLUTION, 3, 6))
    assert not done.outcome.reason
    root = read_page(done.page)
    check_page(root, done.page.decode())
    figures = list(root.iter(f"{XHTML}figure"))
    assert len(figures) == 2
    assert all("music of" in each.get("aria-label").lower() for each in figures)
    assert "@media print" in done.page.decode()


def test_every_finding_stands_on_the_page_with_its_why_its_severity_and_its_points(marked, classroom, read_page):
    done = marked(classroom.planted(classroom.SOLUTION, 3, 6))
    root = read_page(done.page)
    items = [each for each in root.iter(f"{XHTML}li") if each.get("class") in {"error", "warning", "hint"}]
    assert len(items) == len(done.outcome.findings) > 3
    said = "\n".join("".join(each.itertext()) for each in items)
    for finding in done.outcome.findings:
        assert finding.message[1:] in said
        assert RULES[finding.code].title in said
    assert {each.get("class") for each in items} == {finding.severity for finding in done.outcome.findings}


def test_every_rule_on_the_page_is_explained_once_with_bachs_rate(marked, classroom, read_page):
    done = marked(classroom.planted(classroom.SOLUTION, 3, 6))
    root = read_page(done.page)
    explained = {
        each.get("id"): "".join(each.itertext()) for each in root.iter(f"{XHTML}div") if each.get("class") == "rule"
    }
    assert set(explained) == {finding.code for finding in done.outcome.findings}
    assert all("Bach" in text for text in explained.values())


def test_the_account_ends_in_the_score(marked, classroom, read_page):
    done = marked(classroom.planted(classroom.SOLUTION, 3, 6))
    root = read_page(done.page)
    (foot,) = root.iter(f"{XHTML}tfoot")
    assert "".join(foot.itertext()) == f"Score{number(done.outcome.score)} of 20"


def test_a_suggestion_stands_beside_a_mistake(marked, classroom, read_page):
    lines = (*classroom.LINES[:2], classroom.LINES[2].replace("g3 f3 g3 g3", "g3 f3 g3 e4"), classroom.LINES[3])
    done = marked(classroom.four_parts(lines), text=f"suggestions = true\n{classroom.TEXT}")
    assert "Try: tenor, bar 2.4: " in "\n".join(texts(read_page(done.page), "p"))


def test_a_faultless_page_says_so(marked, classroom, read_page):
    done = marked(
        classroom.SOLUTION, text=classroom.TEXT + "[severity]\n" + "\n".join(f'{code} = "off"' for code in RULES)
    )
    root = read_page(done.page)
    assert done.outcome.score == 20
    assert sum(text == "Nothing to mend here." for text in texts(root, "p")) == 2
    assert "rules, explained" not in " ".join(texts(root, "h2"))


def test_names_cannot_break_the_page(marked, classroom, read_page):
    done = marked(classroom.SOLUTION, NASTY)
    root = read_page(done.page)
    assert "<script>" not in done.page.decode().replace("<style>", "")
    assert texts(root, "h1") == [NASTY.replace("\x07", "\ufffd")]


def test_points_by_chord_are_told_chord_by_chord(marked, classroom, read_page):
    done = marked(classroom.planted(classroom.SOLUTION, 3, 6), text=f'preset = "ap"\n{classroom.TEXT}')
    assert not done.outcome.reason
    root = read_page(done.page)
    (details,) = root.iter(f"{XHTML}details")
    assert len(list(details.iter(f"{XHTML}tr"))) == 1 + 16
    assert done.outcome.total == 16 * 3 - 2


def test_the_same_hand_in_gives_the_same_bytes(marked, classroom):
    score = classroom.planted(classroom.SOLUTION, 3, 6)
    assert marked(score) == marked(score)


def test_what_a_reader_could_not_keep_is_told(assigned, tmp_path, read_page):
    path = tmp_path / "ann.abc"
    path.write_text("X:1\nM:4/4\nL:1/4\nK:G\nG | G F E D | G A B {c}B | B B A G | c B A2 |\n")
    done = mark_file(HandIn(path, path.name, "Ann", notes=("handed in twice",)), assigned(), NAMES)
    assert done.outcome.score == 0
    assert "handed in twice" in "\n".join(texts(read_page(done.page), "li"))


def test_odd_hand_ins_have_a_page_all_the_same(marked, classroom, read_page):
    silent, meter = classroom.only(classroom.SOLUTION, []), classroom.SOLUTION.replace(meter=Meter(3, 4), pickup=0)
    low = classroom.with_cells(classroom.SOLUTION, lambda cells: np.where(cells == REST, REST, cells - 40))
    one_note = classroom.SOLUTION.replace(chorale=classroom.SOLUTION.chorale.resized(2), fermatas=frozenset())
    for score in (silent, classroom.only(silent, [0]), meter, low, one_note):
        done = marked(score)
        assert not done.outcome.reason
        check_page(read_page(done.page), done.page.decode())


# The overview ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def overview(marked, assigned, classroom):
    """Return the overview of a class of three, one of them unreadable."""
    good, bad = marked(classroom.SOLUTION).outcome, marked(classroom.planted(classroom.SOLUTION, 3, 9), NASTY).outcome
    unread = Outcome("cy.mid", "Cy", reason="cy.mid is empty: wanted a score")
    outcomes = (good, Outcome.from_json({**bad.to_json(), "file": "bad.mid"}), unread)
    names = {each.file: Names(f"students/{n}.html", f"annotated/{n}.musicxml") for n, each in enumerate(outcomes)}
    flags = {"bad.mid": (Flag("chorale", "The same as <Chorale>", 1.0),)}
    report = ClassReport(assigned(), outcomes, flags, names, ("Thumbs.db",), "the model is damaged")
    return overview_page(report)


def test_the_overview_is_well_formed_and_complete_in_itself(overview, read_page):
    check_page(read_page(overview), overview)


def test_the_overview_lists_everybody_and_what_is_worth_a_look(overview, read_page):
    root = read_page(overview)
    (students,) = (each for each in root.iter(f"{XHTML}table") if each.get("class") == "sortable")
    assert len(list(students.iter(f"{XHTML}tr"))) == 3
    assert "⚑ flagged" in "".join(students.itertext())
    assert "cy.mid is empty" in "".join(root.itertext())
    assert "The same as <Chorale>." in "".join(root.itertext())
    assert "Thumbs.db" in "".join(root.itertext())
    assert "the model is damaged" in "".join(root.itertext())


def test_charts_say_their_numbers_aloud(overview, read_page):
    charts = [each.get("aria-label") for each in read_page(overview).iter(f"{XHTML}div") if each.get("role") == "img"]
    assert len(charts) == 2
    assert "18 to 20: 1" in charts[0]
    assert "bar 4: " in charts[1]


def test_a_class_of_unreadable_hand_ins_has_an_overview_too(assigned, read_page):
    outcome = Outcome("cy.mid", "Cy", reason="it is empty")
    text = overview_page(ClassReport(assigned(), (outcome,), {}, {"cy.mid": NAMES}))
    check_page(read_page(text), text)


def test_text_is_escaped_wherever_it_goes():
    made = element("p", "a < b & c", title='say "x" & <y>')
    assert made == '<p title="say &quot;x&quot; &amp; &lt;y&gt;">a &lt; b &amp; c</p>'
    assert "<title>&lt;&amp;</title>" in page("<&", "")


@pytest.mark.parametrize(
    ("points", "text"),
    [(17.5, "17½"), (0.25, "¼"), (-0.5, "\N{MINUS SIGN}½"), (3, "3"), (0, "0"), (-1.2, "\N{MINUS SIGN}1.2")],
)
def test_points_are_written_as_people_write_them(points, text):
    assert number(points) == text
