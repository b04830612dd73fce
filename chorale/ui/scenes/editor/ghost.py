"""Notes that are not there yet: the one under the pointer, and the phrase that invites on an empty page."""

from chorale.music import Key, Pitch, Score, Voice
from chorale.notation import Page, smufl
from chorale.notation.ghost import ghost_note
from chorale.notation.primitives import Glyph, Mark, Primitive, Role

__all__ = ["inviting_phrase", "note_picture", "rest_picture"]

_RESTS = {16: "restWhole", 8: "restHalf", 4: "restQuarter", 2: "rest8th", 1: "rest16th"}
_PHRASE = ((0, 4), (0, 4), (-1, 4), (-2, 4), (-3, 4), (0, 4), (1, 4), (2, 4))  # places from the tonic, steps: Old 100th


def note_picture(
    page: Page, voice: int, step: float, place: int, value: int, *, dotted: bool = False, sign: int | None = None
) -> list[Primitive]:
    """Return the primitives of a single note at a step and staff place: head, stem, flag, dot, sign, ledger lines."""
    return list(ghost_note(page, step, voice, place, base=16 // value, dots=int(dotted), alter=sign))


def rest_picture(page: Page, voice: int, step: float, value: int) -> list[Primitive]:
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
            items += note_picture(page, Voice.SOPRANO, step, tonic.place + degree, length)
        step += length
    return items


def _tonic_near(key: Key, midi: int) -> Pitch:
    below = (midi - key.tonic_class) % 12
    return key.spell(midi - below)
