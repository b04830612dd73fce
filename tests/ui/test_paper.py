"""The sheet as pixels: system by system, and yet the page."""

from itertools import pairwise

import pygame
import pytest

from chorale.music import Chorale, Note
from chorale.notation import Options, lay_out, paint
from chorale.notation.primitives import Role
from chorale.notation.slices import advance
from chorale.ui.scenes.editor.paper import Paper, Sheet
from chorale.ui.theme import PAGE
from tests.notation.conftest import write_score

WIDTH, SPACE = 600, 9
LINES = ("c5 d5 e5 f5 " * 6, "e4 f4 g4 a4 " * 6, "g3 a3 c4 b3 " * 6, "c3 d3 c3 f3 " * 6)


@pytest.fixture
def score():
    return write_score(*LINES, title="Ein Lied")


def pixels(surface):
    return pygame.image.tobytes(surface, "RGB")


def drawn(sheet):
    surface = pygame.Surface((WIDTH, round(sheet.page.height * SPACE)))
    sheet.draw(surface, 0, 0, surface.get_rect())
    return pixels(surface)


def whole(score):
    """Return the page painted in one go."""
    page = lay_out(score, Options(width=WIDTH / SPACE))
    surface = pygame.Surface((WIDTH, round(page.height * SPACE)))
    surface.fill(PAGE)
    paint.paint(page, surface, SPACE)
    return pixels(surface)


def moved(score, pitch):
    lines = [list(score.chorale.notes(voice)) for voice in range(4)]
    lines[0][2] = Note(lines[0][2].start, lines[0][2].length, pitch)
    return score.replace(chorale=Chorale.from_voices(lines, score.steps))


def test_a_sheet_is_the_page_pixel_by_pixel(score):
    assert drawn(Sheet.of(score, None, WIDTH, SPACE)) == whole(score)


def test_systems_that_reach_into_one_another_lose_nothing():
    low, high = "c3 d3 c3 f3 " * 2, "c2 d2 c2 f2 c2 d2 " + "c3 " * 2
    score = write_score("c5 d5 e5 f5 " * 2 + "c5 d5 e5 f5 c6 d7 e7 f7", "r:64", "r:64", low + high)
    sheet = Sheet.of(score, None, 330, SPACE)
    patches = sheet.patches
    assert any(lower.top < upper.bottom for upper, lower in pairwise(patches)), "they overlap"
    surface = pygame.Surface((330, round(sheet.page.height * SPACE)))
    sheet.draw(surface, 0, 0, surface.get_rect())
    plain = surface.copy()
    plain.fill(PAGE)
    paint.paint(sheet.page, plain, SPACE)
    assert pixels(surface) == pixels(plain)


def test_after_an_edit_a_sheet_keeps_the_pictures_that_still_hold_and_shows_the_new_page(score):
    sheet = Sheet.of(score, None, WIDTH, SPACE)
    drawn(sheet)
    other = Sheet.of(moved(score, 81), None, WIDTH, SPACE, sheet)
    assert len(other.pictures) == len(other.patches) - 1
    assert drawn(other) == whole(moved(score, 81))


def test_only_what_is_in_view_is_painted(score):
    sheet = Sheet.of(score, None, WIDTH, SPACE)
    view = pygame.Rect(0, 0, WIDTH, sheet.patches[1].bottom - 5)
    sheet.draw(pygame.Surface(view.size), 0, 0, view)
    assert len(sheet.pictures) < len(sheet.patches)


def test_a_sheet_made_ready_in_slices_is_the_one_shown(score):
    paper = Paper()
    paper.show(score, WIDTH, SPACE)
    after = moved(score, 81)
    work = paper.preparing(after, None)
    slices = 1
    while not advance(work, 0.0):
        slices += 1
    assert slices > len(paper.sheet.patches)
    assert paper.show(after, WIDTH, SPACE)
    assert len(paper.sheet.pictures) == len(paper.sheet.patches)


def test_a_sheet_without_rests_keeps_everything_else_in_its_place():
    resting = write_score("c5 r e5 f5", "e4 r g4 a4", "g3 r c4 b3", "c3 r c3 f3")
    without = Sheet.of(resting, None, WIDTH, SPACE, rests=False)
    shown = Sheet.of(resting, None, WIDTH, SPACE)
    (patch,) = [patch for patch in shown.patches if patch.what is shown.page.systems[0].drawn]
    kept, gone = without._items(without.patches[shown.patches.index(patch)]), shown._items(patch)
    assert [item for item in gone if item not in kept] == [item for item in gone if item.mark.role is Role.REST] != []
    assert without.page.x_of(4) == shown.page.x_of(4)
