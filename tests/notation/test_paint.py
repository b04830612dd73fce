"""Painting: pixels."""

import numpy as np
import pygame
import pytest

from chorale.errors import InputError
from chorale.notation import Options, lay_out
from chorale.notation.outline import flatten
from chorale.notation.paint import paint, paint_items, picture, write_png
from chorale.notation.raster import coverage
from chorale.notation.theme import PRINT, SCREEN, Colour


def pixels(surface):
    return pygame.surfarray.array3d(surface).transpose(1, 0, 2).astype(int)


def test_coverage_of_a_shape_is_its_area():
    square = np.array([[1.25, 1.5], [3.0, 1.5], [3.0, 3.0], [1.25, 3.0]])
    mask = coverage([square], 5, 5)
    assert mask.sum() / 255 == pytest.approx(1.75 * 1.5, abs=0.02)
    assert mask[2, 2] == 255
    assert mask[1, 1] == pytest.approx(255 * 0.75 * 0.5, abs=1)
    assert mask[0].sum() == mask[4].sum() == 0


def test_coverage_leaves_holes_that_turn_the_other_way():
    outer = np.array([[1, 1], [9, 1], [9, 9], [1, 9]], float)
    inner = np.array([[3, 3], [3, 6], [6, 6], [6, 3]], float)
    assert coverage([outer, inner], 10, 10).sum() / 255 == pytest.approx(64 - 9)


def test_coverage_of_a_disc_is_close_to_pi():
    k = 0.5523
    disc = (
        ("M", 1, 0),
        ("C", 1, k, k, 1, 0, 1),
        ("C", -k, 1, -1, k, -1, 0),
        ("C", -1, -k, -k, -1, 0, -1),
        ("C", k, -1, 1, -k, 1, 0),
        ("Z",),
    )
    (contour,) = flatten(disc)
    assert coverage([contour * 20 + 25], 50, 50).sum() / 255 == pytest.approx(np.pi * 400, rel=0.01)


def test_staff_lines_are_one_sharp_row_of_pixels(page_of):
    page = page_of("r:16")
    shot = pixels(picture(page, 9, SCREEN))
    x = round((page.systems[0].bars[0].left + 6) * 9)
    top = round(page.systems[0].staves[0] * 9)
    column = shot[top - 4 : top + 41, x]
    dark = [i - 4 for i, pixel in enumerate(column) if tuple(pixel) == SCREEN.structure[:3]]
    assert dark == [0, 9, 18, 27, 36]
    assert all(tuple(pixel) in {SCREEN.structure[:3], SCREEN.paper[:3]} for pixel in column)


def test_voices_have_their_colours_on_screen_and_none_in_print(page_of):
    page = page_of("c5:16", "a4:16", "e4:16", "c3:16")
    colours = {tuple(c) for c in pixels(picture(page, 12, SCREEN)).reshape(-1, 3).tolist()}
    assert all(voice[:3] in colours for voice in SCREEN.voices)
    shot = pixels(picture(page, 12, PRINT))
    assert (shot.max(axis=2) == shot.min(axis=2)).all()


def test_a_head_is_painted_at_its_place_at_every_scale(page_of):
    page = page_of("c5 g4:12")
    for scale in (7, 9, 13.5, 20):
        shot = pixels(picture(page, scale, SCREEN))
        note = page.note_boxes[0, 0]
        assert tuple(shot[round(note.y * scale), round(note.x * scale)]) == SCREEN.voices[0][:3]


def test_an_origin_shifts_everything_by_whole_pixels(page_of):
    page = page_of("c5 g4:2 a4:2 b4:8")
    plain, shifted = pygame.Surface((900, 300)), pygame.Surface((900, 300))
    for surface, origin in ((plain, (0, 0)), (shifted, (3, -20))):
        surface.fill(SCREEN.paper)
        paint(page, surface, 9, origin)
    assert np.array_equal(pixels(plain)[20:200, :800], pixels(shifted)[:180, 3:803])


def test_items_can_be_painted_in_one_colour_and_half_transparent(page_of):
    page = page_of("c5:16")
    surface = pygame.Surface((900, 300))
    surface.fill((255, 255, 255))
    paint_items(page.items_of(0, 0), surface, 9, colour=Colour(0, 0, 255, 128))
    shot = pixels(surface).reshape(-1, 3)
    assert shot[:, 2].min() == 255
    assert 120 <= shot[:, 0].min() <= 135


def test_a_picture_is_written_and_an_impossible_place_is_named(page_of, tmp_path):
    page = page_of("c5:16")
    write_png(page, tmp_path / "a.png", scale=8)
    assert pygame.image.load(tmp_path / "a.png").get_size() == (800, page.height * 8)
    with pytest.raises(InputError, match="cannot write"):
        write_png(page, tmp_path / "no" / "a.png")


def test_wide_and_narrow_pages_are_painted_whole(corpus_score):
    for width in (60.0, 180.0):
        page = lay_out(corpus_score("bach/bwv66.6"), Options(width=width))
        shot = pixels(picture(page, 8, PRINT))
        assert (shot[-8:] == 255).all()
        assert (shot[:, -8:] == 255).all()
        assert (shot[:, :8] == 255).all()
