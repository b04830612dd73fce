"""One voice of an ABC tune: its tokens turned into notes at exact times."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from chorale.errors import InputError
from chorale.io.abc_notation.fields import key_of, meter_of, unit_of
from chorale.io.abc_notation.tokens import ACCIDENTALS, NOTE, tokens
from chorale.io.raw import MAX_BARS, MAX_NOTES, RawNote
from chorale.music import Key, Meter, Pitch
from chorale.music.pitch import LETTERS

__all__ = ["Part"]

_MIDDLE_C = 28  # staff place of "C"
_TUPLET_TIMES = {2: 3, 3: 2, 4: 3, 6: 2, 8: 3}  # notes of (p in the time of q
_COMPOUND_TIMES = {5: 3, 7: 3, 9: 3}
_SIMPLE_TIMES = {5: 2, 7: 2, 9: 2}
_LONGEST = 64 * 16  # steps of one note: more is damage


@dataclass
class Part:
    """A voice while it is read.

    Args:
        meter: the meter in force, None for free meter.
        unit: the unit length in steps.
        sharps: of the key signature in force.
        name: as printed.
        now: exact steps from the start.
        notes, bars: what was read: notes in order, and times of bar lines.
        line_start: index of the first note of the latest line of music, which the next line of words belongs to;
            -1 when that line has its first verse.
        grace, overlaid, repeats, key_changes, meter_changes: how often each was met.
    """

    meter: Meter | None
    unit: Fraction
    sharps: int
    name: str = ""
    now: Fraction = Fraction(0)
    notes: list[RawNote] = field(default_factory=list)
    bars: list[Fraction] = field(default_factory=list)
    line_start: int = 0
    grace: int = 0
    overlaid: int = 0
    repeats: int = 0
    key_changes: int = 0
    meter_changes: int = 0
    _altered: dict[int, int] = field(default_factory=dict)
    _tied: list[RawNote] = field(default_factory=list)
    _fermata: bool = False
    _tuplet: tuple[Fraction, int] = (Fraction(1), 0)
    _latest: list[RawNote] = field(default_factory=list)
    _latest_start: Fraction = Fraction(0)
    _broken: Fraction = Fraction(1)
    _skipping: bool = False

    def read_line(self, line: str) -> None:
        """Read one line of music."""
        self.line_start = len(self.notes)
        for kind, text in tokens(line):
            if self._skipping and kind != "bar":
                continue
            take = getattr(self, f"_take_{kind}", None)
            if take is not None:
                take(text)
            if len(self.notes) > MAX_NOTES:
                raise InputError(f"more than {MAX_NOTES} notes: wanted at most so many in one file")

    def change(self, letter: str, value: str) -> None:
        """Take a field inside the tune: K, M or L; others mean nothing here."""
        if letter == "K":
            sharps, _ = key_of(value)
            self.key_changes += sharps != self.sharps
            self.sharps = sharps
        elif letter == "M":
            meter = meter_of(value)
            self.meter_changes += meter != self.meter
            self.meter = meter
        elif letter == "L":
            self.unit = unit_of(value) or self.unit

    def _take_field(self, text: str) -> None:
        self.change(text[1], text[3:-1])

    def _take_decoration(self, text: str) -> None:
        self._fermata = self._fermata or "fermata" in text

    def _take_fermata(self, _text: str) -> None:
        self._fermata = True

    def _take_grace(self, text: str) -> None:
        self.grace += len(NOTE.findall(text))

    def _take_overlay(self, _text: str) -> None:
        self.overlaid += 1
        self._skipping = True

    def _take_tie(self, _text: str) -> None:
        self._tied = self._latest

    def _take_bar(self, text: str) -> None:
        self._skipping = False
        if text.startswith("[") and "|" not in text:
            return
        self.repeats += ":" in text
        self._altered.clear()
        self.bars.append(self.now)

    def _take_tuplet(self, text: str) -> None:
        figures = [int(figure) if figure else 0 for figure in text[1:].split(":")]
        count, times, notes = (*figures, 0, 0)[:3]
        compound = self.meter is not None and self.meter.is_compound
        usual = _TUPLET_TIMES | (_COMPOUND_TIMES if compound else _SIMPLE_TIMES)
        if count > 1:
            self._tuplet = Fraction(times or usual[count], count), notes or count

    def _take_broken(self, text: str) -> None:
        """Lengthen the note before and shorten the one after, or the other way round."""
        short = Fraction(1, 2 ** min(len(text), 4))
        before, after = (2 - short, short) if text[0] == ">" else (short, 2 - short)
        self._stretch_latest(before)
        self._broken = after

    def _stretch_latest(self, factor: Fraction) -> None:
        if self._latest:
            self.now = self._latest_start + (self.now - self._latest_start) * factor
            for note in self._latest:
                note.end = self.now

    def _take_note(self, text: str) -> None:
        self._sound([text], self._length(NOTE.match(text)[4]))  # type: ignore[index]  # tokens match NOTE

    def _take_chord(self, text: str) -> None:
        inside, _, outside = text.rpartition("]")
        heads = list(NOTE.finditer(inside))
        if heads:
            own = _multiple(heads[0][4])
            self._sound([head[0] for head in heads], self._length(outside) * own)

    def _take_rest(self, text: str) -> None:
        self._latest = []
        self.now += self._length(text[1:])

    def _take_bars(self, text: str) -> None:
        count = int(text[1:] or 1)
        if count > MAX_BARS:
            raise InputError(f"a rest of {count} bars: wanted at most {MAX_BARS} bars in one file")
        for _ in range(count):
            self.now += self.meter.steps_per_bar if self.meter else 16
            self.bars.append(self.now)

    def _length(self, text: str) -> Fraction:
        """Return the length in steps of a note with this multiplier, tuplet and broken rhythm included."""
        factor, left = self._tuplet
        self._tuplet = (factor, left - 1) if left > 1 else (Fraction(1), 0)
        length = self.unit * _multiple(text) * factor * self._broken
        self._broken = Fraction(1)
        if length > _LONGEST:
            raise InputError(f"a note of length {text}: wanted at most {_LONGEST // 16} whole notes")
        return length

    def _sound(self, heads: list[str], length: Fraction) -> None:
        """Add the notes of a chord, or carry on those that are tied to them."""
        start, self.now = self.now, self.now + length
        latest = []
        for head in heads:
            pitch = self._pitch(head)
            held = next((note for note in self._tied if note.midi == pitch.midi and note.end == start), None)
            if held is None:
                held = RawNote(start, self.now, pitch.midi, pitch.fifth)
                self.notes.append(held)
            held.end = self.now
            held.fermata = held.fermata or self._fermata
            latest.append(held)
        self._latest, self._latest_start = latest, start
        self._tied = []
        self._fermata = False

    def _pitch(self, head: str) -> Pitch:
        match = NOTE.match(head)
        assert match is not None
        sign, letter, octaves = match[1], match[2], match[3]
        place = _MIDDLE_C + LETTERS.index(letter.upper()) + (7 if letter.islower() else 0)
        place += 7 * (octaves.count("'") - octaves.count(","))
        if sign:
            self._altered[place] = ACCIDENTALS[sign]
        tied = next((pitch.alter for pitch in map(_spelled, self._tied) if pitch.place == place), None)
        by_key = Key.from_signature(self.sharps).signature_alter(letter.upper())
        return Pitch.at_place(place, self._altered.get(place, by_key if tied is None else tied))


def _spelled(note: RawNote) -> Pitch:
    return Pitch(note.fifth or 0, note.midi)


def _multiple(text: str) -> Fraction:
    """Return the factor that a length such as "3", "3/2", "/" or "//" means."""
    match = re.match(r"(\d*)(/*)(\d*)", text)
    assert match is not None
    below = int(match[3]) if match[3] else 2 ** min(len(match[2]), 5)
    return Fraction(int(match[1]) if match[1] else 1, max(1, below))
