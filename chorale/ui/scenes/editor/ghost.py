"""Notes that are not there yet: the one under the pointer, and the phrase that invites on an empty page."""

from typing import TYPE_CHECKING

from chorale.music import Key, Pitch, Score, Voice
from chorale.notation import Page, smufl
from chorale.notation.ghost import ghost_note
from chorale.notation.primitives import Glyph, Mark, Primitive, Role
from chorale.ui.scenes.editor.pen import Pen

if TYPE_CHECKING:
    from chorale.ui.scenes.editor.marks import Overlay
    from chorale.ui.theme import Theme

__all__ = ["invite", "inviting_phrase", "pen_picture"]

_INVITATION = "Click on the staff to write a tune, or type A to G.  File opens one to start from."

_RESTS = {16: "restWhole", 8: "restHalf", 4: "restQuarter", 2: "rest8th", 1: "rest16th"}
_PHRASE = ((0, 4), (0, 4), (-1, 4), (-2, 4), (-3, 4), (0, 4), (1, 4), (2, 4))  # places from the tonic, steps: Old 100th


def pen_picture(page: Page, voice: int, step: float, place: int, pen: Pen) -> list[Primitive]:
    """Return the primitives of what a pen would write at a step and staff place."""
    if pen.resting:
        return _rest_picture(page, voice, step, pen.value)
    return list(ghost_note(page, step, voice, place, base=16 // pen.value, dots=int(pen.dotted), alter=pen.accidental))


def _rest_picture(page: Page, voice: int, step: float, value: int) -> list[Primitive]:
    """Return the primitives of a rest in the middle of a voice's staff."""
    top = page.system_at(step).staves[0 if Voice(voice).on_upper_staff else 1]
    name = _RESTS[value]
    glyph = smufl.glyph(name)
    return [Glyph(Mark(Role.GHOST, voice), name, page.x_of(step) - glyph.width / 2, top + (1 if value == 16 else 2))]


def inviting_phrase(score: Score, page: Page) -> list[Primitive]:
    """Return a phrase in the score's key and meter that shows what may be written here."""
    items: list[Primitive] = []
    tonic = _tonic_near(score.key, 75)
    step = 0
    for degree, length in _PHRASE:
        if step + length <= score.steps:
            items += pen_picture(page, Voice.SOPRANO, step, tonic.place + degree, Pen(value=length))
        step += length
    return items


def invite(overlay: "Overlay", score: Score, page: Page, theme: "Theme", corner: tuple[int, int], space: float) -> None:
    """Draw on an empty page what one may do: the phrase, and a line above it.

    Args:
        overlay: Draws over the page.
        score: Has no notes yet.
        page: Its layout.
        theme: Gives the words their face.
        corner: Where the page's top left is, in pixels.
        space: Pixels in a staff space.
    """
    overlay.ghost(inviting_phrase(score, page), None, 46)
    system = page.systems[0]
    words = theme.fitted(_INVITATION, round((system.right - system.left) * space), 16, "serif-italic")
    line = theme.text(words, 16, "serif-italic", (112, 100, 84))
    x = corner[0] + round((system.left + system.right) / 2 * space)
    y = corner[1] + round((system.staves[0] - 4.6) * space)
    overlay.surface.blit(line, line.get_rect(midtop=(x, y)))


def _tonic_near(key: Key, midi: int) -> Pitch:
    below = (midi - key.tonic_class) % 12
    return key.spell(midi - below)
