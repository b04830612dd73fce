"""One ABC tune: its header, its voices and their lines of music and words."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from chorale.errors import InputError
from chorale.io.abc_notation.fields import default_unit, key_of, meter_of, qpm_of, unit_of, voice_of
from chorale.io.abc_notation.part import Part
from chorale.io.abc_notation.words import set_words

if TYPE_CHECKING:
    from fractions import Fraction

    from chorale.music import Key, Meter

__all__ = ["Tune", "read_tune", "split_tunes"]

_FIELD = re.compile(r"([A-Za-z]):\s*(.*)")
_INLINE_VOICE = re.compile(r"\[V:\s*([^\]]*)\]")


@dataclass
class Tune:
    """What a tune says.

    Args:
        title, composer: "" where not given.
        meter: None for free meter or none given; ``meter_text`` is how it was written.
        sharps, key: of the first key; ``key`` is None for a church mode.
        qpm: None where not given.
        tempi: how many different tempi there are.
        parts: the voices in the order of their appearance, by name.
    """

    title: str = ""
    composer: str = ""
    meter: Meter | None = None
    sharps: int = 0
    key: Key | None = None
    tempi: list[float] = field(default_factory=list)
    parts: dict[str, Part] = field(default_factory=dict)
    _unit: Fraction | None = None
    _tempo_texts: list[str] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)
    _voice: str = ""

    @property
    def unit(self) -> Fraction:
        """The unit length in steps."""
        return self._unit or default_unit(self.meter)

    def read_header(self, letter: str, value: str) -> None:
        """Take a field before the music."""
        if letter == "T":
            self.title = self.title or value
        elif letter == "C":
            self.composer = self.composer or value
        elif letter == "M":
            self.meter = meter_of(value)
        elif letter == "L":
            self._unit = unit_of(value)
        elif letter == "Q":
            self._tempo_texts.append(value)
        elif letter == "V":
            self._switch(value)
        elif letter == "K":
            self.sharps, self.key = key_of(value)

    def read_body(self, line: str) -> None:
        """Take a line after the key: a field, words or music."""
        match = _FIELD.match(line)
        if match is None:
            self._read_music(line)
        elif match[1] == "w":
            self._set_words(match[2])
        elif match[1] == "V":
            self._switch(match[2])
        elif match[1] == "Q":
            self._tempo_texts.append(match[2])
        else:
            self.part.change(match[1], match[2])

    @property
    def part(self) -> Part:
        """The voice that is being read."""
        if self._voice not in self.parts:
            self.parts[self._voice] = Part(self.meter, self.unit, self.sharps, self._names.get(self._voice, ""))
        return self.parts[self._voice]

    def finish(self) -> None:
        """Work out what needs the whole tune."""
        tempi = [qpm_of(text, self.unit) for text in self._tempo_texts]
        self.tempi = [qpm for qpm in tempi if qpm is not None]

    def _switch(self, text: str) -> None:
        voice, name = voice_of(text)
        self._voice = voice
        self._names[voice] = name or self._names.get(voice, "")

    def _read_music(self, line: str) -> None:
        pieces = _INLINE_VOICE.split(line)
        for index, piece in enumerate(pieces):
            if index % 2:
                self._switch(piece)
            elif piece.strip():
                self.part.read_line(piece)

    def _set_words(self, text: str) -> None:
        part = self.part
        if part.line_start >= 0:
            set_words(text, part.notes[part.line_start :], part.bars)
        part.line_start = -1


def split_tunes(text: str) -> list[list[str]]:
    """Return the lines of each tune in a file, without comments; a tune begins at its ``X:`` and ends at an empty line.

    Raises:
        InputError: there is no tune.
    """
    tunes: list[list[str]] = []
    inside = False
    for raw in text.splitlines():
        line = raw if raw.startswith("w:") else re.sub(r"(?<!\\)%.*", "", raw)
        if line.startswith("X:") or (not tunes and re.match(r"[KMLT]:", line)):
            inside = True
            tunes.append([])
        elif not raw.strip():
            inside = False
        if inside and line.strip():
            tunes[-1].append(line.strip())
    if not any(line.startswith("K:") for tune in tunes for line in tune):
        raise InputError("no tune: wanted ABC notation, a header with X: and K: and then the notes")
    return [tune for tune in tunes if any(line.startswith("K:") for line in tune)]


def read_tune(lines: list[str]) -> Tune:
    """Return a tune of its lines.

    Raises:
        InputError: a field or a note cannot be understood; the message has the line.
    """
    tune = Tune()
    in_header = True
    for line in lines:
        try:
            match = _FIELD.match(line)
            if in_header and match is not None:
                tune.read_header(match[1], match[2].strip())
                in_header = match[1] != "K"
            elif not in_header:
                tune.read_body(line)
        except InputError as error:
            raise InputError(f"{error}, in the line {line[:60]!r}") from error
    tune.finish()
    return tune
