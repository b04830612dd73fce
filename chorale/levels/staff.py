"""What stands on a level's staff: given notes, gaps, notes that may be changed, numerals and figures.

Fields of the table ``[score]``
    soprano, alto, tenor, bass    as ``chorale.levels.notation`` describes, with gaps; a voice left out is silent. "?"
                                  alone is a voice to be written whole, in the rhythm of the first voice that is
                                  given, parted where a chord or a figure is named
    free       letters of voices all of whose notes may be changed: "ATB"
    chords     numerals in their lengths: "I:4 V6/5 I:2 |"; "_" leaves a place empty
    figures    figured bass in the same way: "_:4 6/5 _:2 |"
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from chorale.errors import InputError
from chorale.levels.fields import Table
from chorale.levels.figures import HELD, read_figures
from chorale.levels.notation import Gap, Tune, Word, laid, parse, parse_row
from chorale.levels.places import read_voices
from chorale.music import VOICES, BoolArray, Chorale, Key, Melody, Meter, Note, Pitch, Score, Voice
from chorale.theory.numerals import read_chord

__all__ = ["NAMES", "Staff", "filled_in", "read_staff", "read_voice_texts"]

NAMES = tuple(voice.label.lower() for voice in VOICES)
_WHOLE = "?"
_ANY_BASS = Pitch(0, 48)


@dataclass(frozen=True, eq=False)
class Staff:
    """A level's staff.

    Attributes:
        score: what stands there; gaps are silent.
        writable: (T, 4) bool, what the player may write.
        gaps: (voice, gap) by time, then voice: the rooms to be filled.
        chords: numerals above the bass.
        figures: figures under it; "" where none is printed.
    """

    score: Score
    writable: BoolArray
    gaps: tuple[tuple[Voice, Gap], ...]
    chords: tuple[Word, ...] = ()
    figures: tuple[Word, ...] = ()


def read_staff(table: Table, key: Key, meter: Meter, pickup: int, qpm: float) -> Staff:
    """Return the staff of a table ``[score]``.

    Raises:
        InputError: a field is missing or cannot be read; the message names it.
    """
    chords, figures = _row(table, "chords", meter, pickup), _row(table, "figures", meter, pickup)
    tunes = _tunes(table, key, meter, pickup, {word.start for word in (*chords, *figures)})
    free = table.read("free", read_voices, "letters of voices", default="SATB") if "free" in table else ()
    _check_words(chords, lambda text: read_chord(text, key), table.path("chords"))
    stated = tuple(word for word in figures if word.text != HELD)
    _check_words(stated, lambda text: read_figures(text, _ANY_BASS, key), table.path("figures"))
    table.finish()
    steps = max(len(tune.melody) for tune in tunes.values())
    score = Score(Chorale.silent(steps), key=key, meter=meter, pickup=pickup, qpm=qpm)
    staff = Staff(laid(score, tunes), _writable(tunes, free, steps), _gaps(tunes), chords, figures)
    shown = tuple((word.start, word.text) for word in chords if word.start < steps)
    return replace(staff, score=staff.score.replace(locked=~staff.writable, chords=shown))


def _tunes(table: Table, key: Key, meter: Meter, pickup: int, named: set[int]) -> dict[Voice, Tune]:
    """Return the voices of the table; where a chord or figure is named, a voice to be written whole begins a note."""
    texts = read_voice_texts(table)
    written = {voice: text for voice, text in texts.items() if text.strip() != _WHOLE}
    if not written:
        raise InputError(f"{table.path('soprano')} is missing: wanted a voice with notes or gaps such as ?:4")
    tunes = {voice: _tune(table, voice, text, key, meter, pickup) for voice, text in written.items()}
    rhythm = tunes[min(tunes)]
    whole = replace(rhythm, melody=Melody.from_notes([], len(rhythm.melody)), pitches=(), gaps=_rooms(rhythm, named))
    return {voice: tunes.get(voice, whole) for voice in texts}


def _rooms(tune: Tune, named: set[int]) -> tuple[Gap, ...]:
    """Return gaps in the rhythm of a tune, parted where a chord or a figure is named."""
    rooms = sorted([Gap(note.start, note.length) for note in tune.melody.notes] + list(tune.gaps))
    return tuple(part for room in rooms for part in _parted(room, named))


def _parted(room: Gap, named: set[int]) -> list[Gap]:
    end = room.start + room.length
    cuts = [room.start, *sorted(step for step in named if room.start < step < end), end]
    return [Gap(start, stop - start) for start, stop in pairwise(cuts)]


def read_voice_texts(table: Table) -> dict[Voice, str]:
    """Return the texts of the voices that a table has."""
    return {voice: table.text(NAMES[voice], "a melody", default="") for voice in VOICES if NAMES[voice] in table}


def _tune(table: Table, voice: Voice, text: str, key: Key, meter: Meter, pickup: int) -> Tune:
    try:
        return parse(text, key, meter, pickup, gaps=True)
    except InputError as error:
        raise InputError(f"{table.path(NAMES[voice])}: {error}") from None


def _row(table: Table, field: str, meter: Meter, pickup: int) -> tuple[Word, ...]:
    if field not in table:
        return ()
    return table.read(field, lambda text: parse_row(text, meter, pickup), "a row such as I:4 V6/5 I:2")


def _check_words(words: tuple[Word, ...], how: Callable[[str], object], path: str) -> None:
    for word in words:
        try:
            how(word.text)
        except InputError as error:
            raise InputError(f"{path}: {error}") from None


def _writable(tunes: Mapping[Voice, Tune], free: tuple[Voice, ...], steps: int) -> BoolArray:
    mask = np.zeros((steps, len(VOICES)), dtype=bool)
    for voice, tune in tunes.items():
        for room in _open(tune, whole=voice in free):
            mask[room.start : room.start + room.length, voice] = True
    return mask


def _open(tune: Tune, *, whole: bool) -> Iterable[Note | Gap]:
    return [*tune.gaps, *(note for note in tune.melody.notes if whole or note.start in tune.free)]


def _gaps(tunes: Mapping[Voice, Tune]) -> tuple[tuple[Voice, Gap], ...]:
    found = [(voice, gap) for voice, tune in tunes.items() for gap in tune.gaps]
    return tuple(sorted(found, key=lambda each: (each[1].start, each[0])))


def filled_in(staff: Staff, table: Table) -> Score:
    """Return the staff's score with the voices of a table in place of its own: a solution, or a wrong answer.

    Raises:
        InputError: a voice cannot be read, is longer than the staff, or changes a note that is given.
    """
    start = staff.score
    texts = read_voice_texts(table)
    tunes = {voice: _tune(table, voice, text, start.key, start.meter, start.pickup) for voice, text in texts.items()}
    for voice, tune in tunes.items():
        _check_filling(staff, voice, tune, table.path(NAMES[voice]))
    return laid(start, tunes)


def _check_filling(staff: Staff, voice: Voice, tune: Tune, path: str) -> None:
    start = staff.score
    if tune.gaps:
        raise InputError(f"{path} has a gap at {start.place(tune.gaps[0].start)}: wanted every note")
    if len(tune.melody) != start.steps:
        raise InputError(f"{path} has {len(tune.melody)} sixteenths: wanted {start.steps}, as the score has")
    changed = ~staff.writable[:, voice] & (tune.melody.pitches != start.chorale.pitches[:, voice])
    if changed.any():
        step = int(changed.argmax())
        given = start.pitch_at(step, voice) or "a rest"
        raise InputError(f"{path} at {start.place(step)}: wanted {given}, which the score gives")
