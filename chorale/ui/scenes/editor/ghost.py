"""Notes that are not there yet: the one under the pointer, and the phrase that invites on an empty page."""

from collections.abc import Iterator

from chorale.music import Key, Pitch, Score, Voice
from chorale.notation import Page, smufl
from chorale.notation.primitives import Glyph, Line, Mark, Primitive, Role

__all__ = ["inviting_phrase", "note_picture", "rest_picture"]

_HEADS = {16: "noteheadWhole", 8: "noteheadHalf"}
_FLAGS = {2: ("flag8thUp", "flag8thDown"), 1: ("flag16thUp", "flag16thDown")}
_RESTS = {16: "restWhole", 8: "restHalf", 4: "restQuarter", 2: "rest8th", 1: "rest16th"}
_SIGNS = {-1: "accidentalFlat", 0: "accidentalNatural", 1: "accidentalSharp"}
_STEM = 3.5
_PHRASE = ((0, 4), (0, 4), (-1, 4), (-2, 4), (-3, 4), (0, 4), (1, 4), (2, 4))  # places from the tonic, steps: Old 100th


def note_picture(page: Page, voice: int, step: float, place: int, value: int, *, dotted: bool = False, sign: int | None = None) -> list[Primitive]:
    """Return the primitives of a single note at a step and staff place: head, stem, flag, dot, sign, ledger lines."""
    mark = Mark(Role.GHOST, voice)
    name = _HEADS.get(value, "noteheadBlack")
    head = smufl.glyph(name)
    x, y = page.x_of(step) - head.width / 2, page.y_of(place, voice, step)
    items: list[Primitive] = [*_ledgers(page, voice, step, place, x, head.width), Glyph(mark, name, x, y)]
    if value < 16:
        items += _stem(mark, name, x, y, value, up=Voice(voice).stem_up)
    if dotted:
        items.append(Glyph(mark, "augmentationDot", x + head.width + 0.4, y if place % 2 else y - 0.5))
    if sign is not None:
        glyph = smufl.glyph(_SIGNS[sign])
        items.append(Glyph(mark, _SIGNS[sign], x - glyph.right - 0.3, y))
    return items


def _stem(mark: Mark, name: str, x: float, y: float, value: int, *, up: bool) -> Iterator[Primitive]:
    anchor = smufl.glyph(name).anchors["stemUpSE" if up else "stemDownNW"]
    middle = x + anchor[0] - (smufl.STEM / 2 if up else -smufl.STEM / 2)
    end = y - _STEM if up else y + _STEM
    yield Line(Mark(Role.STEM, mark.voice), middle, y + anchor[1], middle, end, smufl.STEM)
    if value in _FLAGS:
        flag = _FLAGS[value][0 if up else 1]
        yield Glyph(mark, flag, middle - smufl.STEM / 2, end)


def _ledgers(page: Page, voice: int, step: float, place: int, x: float, width: float) -> Iterator[Primitive]:
    top = page.system_at(step).staves[0 if Voice(voice).on_upper_staff else 1]
    y = page.y_of(place, voice, step)
    reach = smufl.LEDGER_EXTENSION
    above = [top - line for line in range(1, int(top - y) + 1)] if y < top else []
    below = [top + 4 + line for line in range(1, int(y - top - 4) + 1)] if y > top + 4 else []
    for height in [*above, *below]:
        yield Line(Mark(Role.LEDGER, voice), x - reach, height, x + width + reach, height, smufl.LEDGER_LINE)


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
