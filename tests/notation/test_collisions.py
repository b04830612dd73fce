"""Nothing on the page runs into anything else, counted on real chorales."""

from itertools import combinations

import pytest

from chorale.notation import Options, lay_out
from chorale.notation.primitives import Role, box_of

CHORALES = ["bach/bwv269", "bach/bwv66.6", "bach/bwv244.62", "bach/bwv60.5", "bach/bwv227.7", "bach/bwv13.6"]
SOLID = {Role.HEAD, Role.ACCIDENTAL, Role.DOT, Role.REST, Role.FERMATA, Role.LYRIC, Role.NUMBER, Role.TEMPO}
SOLID |= {Role.CLEF, Role.SIGNATURE, Role.FLAG}
TOUCH = 0.13  # heads a second apart share a stem's width


def overlaps(page, roles=SOLID):
    """Return the pairs of overlapping primitives, as (role, role, x, y)."""
    boxes = sorted((box_of(item).grown(-TOUCH / 2), item) for item in page.items if item.mark.role in roles)
    found = []
    for index, (box, item) in enumerate(boxes):
        for other, second in boxes[index + 1 :]:
            if other.left > box.right:
                break
            if box.meets(other) and not allowed(item, second):
                found.append((item.mark.role.value, second.mark.role.value, round(box.left, 1), round(box.top, 1)))
    return found


def allowed(one, two):
    """A flag's box is mostly air: heads lie within. Figures of one sign belong together."""
    roles = {one.mark.role, two.mark.role}
    if Role.FLAG in roles:
        return True
    if roles == {Role.ACCIDENTAL}:
        return corners_interlock(one, two)
    return len(roles) == 1 and roles <= {Role.SIGNATURE, Role.TEMPO, Role.LYRIC}


def corners_interlock(one, two):
    return {one.name, two.name} == {"accidentalFlat"} and abs(one.y - two.y) >= 1.5


@pytest.mark.parametrize("name", CHORALES)
@pytest.mark.parametrize("width", [86.0, 130.0])
def test_real_chorales_have_no_collisions(corpus_score, name, width):
    assert overlaps(lay_out(corpus_score(name), Options(width=width))) == []


@pytest.mark.parametrize("name", CHORALES)
def test_stems_keep_clear_of_heads_accidentals_and_dots_of_other_columns(corpus_score, name):
    page = lay_out(corpus_score(name))
    stems = [(item, box_of(item)) for item in page.items if item.mark.role == Role.STEM]
    signs = [
        (item, box_of(item).grown(-0.1))
        for item in page.items
        if item.mark.role in {Role.ACCIDENTAL, Role.DOT, Role.FERMATA}
    ]
    hits = [(s.mark, t.mark, box) for s, box in stems for t, other in signs if box.meets(other)]
    assert hits == []


def test_systems_keep_apart(corpus_score):
    page = lay_out(corpus_score("bach/bwv60.5"), Options(width=90.0))
    boxes = [system.box for system in page.systems]
    assert len(boxes) > 3
    assert not any(a.meets(b) for a, b in combinations(boxes, 2))
    assert boxes[-1].bottom < page.height


@pytest.mark.parametrize(
    "lines",
    [
        ("c5:8 r:4 d5:4", "a4:4 r:4 r:8"),
        ("f#5 fx5 g#5 bb4", "d#5 c#5 b#4 ab4"),
        ("g4 a4 b4 c5", "g4 b4 c5 g4"),
        ("c5:16 c5:8 d5:6 b4:2", "b4:16 c5:4 d5:4 d5:8"),
        ("r:2 e5:2 r:4 r:8", "f5:4 r:2 g5:2 a5:8"),
        ("e5:6 f5:2 e5:3 f5:1 g5:4", "d5:6 e5:2 c5:3 c5:1 g5:4"),
        ("f4:4 f#4:4 e4:6 d4:2", "f#4:4 f4:4 f4:6 g4:2"),
        ("r:12 g4:4 c5:16", "b5:12 g4:4 r:16"),
    ],
)
def test_two_voices_in_each_others_way_find_their_places(page_of, lines):
    assert overlaps(page_of(*lines)) == []
    assert overlaps(page_of("c5:16", "c4:16", *(line.replace("5", "3").replace("4", "2") for line in lines))) == []
