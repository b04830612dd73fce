"""What a rule is: a function from a context to hits, with a stable code; its docstring is what the student reads.

To add or change a rule: edit or write its function in the module of its subject, register it with ``@rule``, give it a
file of cases in ``tests/theory/rules/cases`` named after its code, and run ``pytest tests/theory/rules``.
"""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np

from chorale.music import Score, Voice
from chorale.theory.finding import Severity
from chorale.theory.harmony import Analysis
from chorale.theory.profiles import Profile
from chorale.theory.rules.chord_tones import ChordTones
from chorale.theory.rules.lines import Lines
from chorale.theory.rules.pairs import Pairs
from chorale.theory.rules.wording import Wording, voices_named
from chorale.theory.texture import Bools, Texture

__all__ = ["RULES", "Context", "Hit", "Rule", "rule", "runs"]


@dataclass(frozen=True)
class Hit:
    """One place where a rule is broken; ``check`` makes a Finding of it (see there for the fields)."""

    voices: tuple[Voice, ...]
    start: int
    end: int
    notes: tuple[tuple[Voice, int], ...]
    message: str


@dataclass(frozen=True, eq=False)
class Context:
    """What a rule may look at, and how it says what it saw.

    Attributes:
        score: the music.
        profile: ranges and strictness.
        analyze: gives the analysis; called once, and only if a rule needs chords.
        wording: how places and notes are named.
    """

    score: Score
    profile: Profile
    analyze: Callable[[Score], Analysis]
    wording: Wording

    @cached_property
    def texture(self) -> Texture:
        """The score's moments."""
        return Texture.of(self.score)

    @cached_property
    def pairs(self) -> Pairs:
        """The pairs of voices at every moment."""
        return Pairs.of(self.texture)

    @cached_property
    def lines(self) -> Lines:
        """The melody of each voice."""
        return Lines.of(self.score, self.texture)

    @cached_property
    def ornaments(self) -> Bools:
        """(M, 4) whether a tone's note begins off the beat, is shorter than one, and comes and goes by step."""
        lines = self.lines
        by_step = np.abs(lines.sizes) == 1
        comes, goes = np.append(False, by_step), np.append(by_step, False)
        brief = lines.ends - lines.starts < self.score.meter.steps_per_beat
        notes = comes & goes & brief & (self.texture.accents[lines.rows] == 0)
        ornaments: Bools = np.append(notes, False)[lines.at]  # silence, -1, reads the one appended
        return ornaments

    @cached_property
    def analysis(self) -> Analysis:
        """The score's chords, keys and cadences."""
        return self.analyze(self.score)

    @cached_property
    def chord_tones(self) -> ChordTones:
        """What every sounding tone is to its chord."""
        return ChordTones.of(self.texture, self.analysis)

    def at_moments(self, voices: Sequence[int], first: int, last: int, text: str) -> Hit:
        """Return a hit from one moment (a row of the texture) to another, with the notes of the voices there."""
        texture = self.texture
        start, end = int(texture.steps[first]), int(texture.steps[last])
        named = tuple(Voice(int(voice)) for voice in voices)
        begun = {(int(texture.starts[row, voice]), voice) for row in {first, last} for voice in named}
        notes = tuple((voice, step) for step, voice in sorted(begun) if step >= 0)
        return Hit(named, start, end, notes, f"{self.wording.span(start, end)}, {voices_named(named)}: {text}")

    def at_notes(self, first: int, last: int, text: str) -> Hit:
        """Return a hit from one note of a voice (a row of the lines) to another."""
        lines = self.lines
        voice = Voice(int(lines.voices[first]))
        notes = tuple((voice, int(lines.starts[row])) for row in range(first, last + 1))
        start, end = notes[0][1], notes[-1][1]
        return Hit((voice,), start, end, notes, f"{self.wording.span(start, end)}, {voices_named([voice])}: {text}")

    def sounding(self, row: int, voices: Sequence[int]) -> str:
        """Return the names of the notes that voices sound at a moment, from the lowest: "G-D"."""
        low_first = sorted(voices, key=lambda voice: int(self.texture.pitches[row, voice]))
        return "-".join(self.wording.note(int(self.texture.fifths[row, voice])) for voice in low_first)

    def note(self, row: int) -> str:
        """Return the name of a note of the lines."""
        return self.wording.note(int(self.lines.fifths[row]))


Find: TypeAlias = Callable[[Context], Iterable[Hit]]


@dataclass(frozen=True)
class Rule:
    """A rule.

    Attributes:
        code: stable name: "parallel-fifths".
        number: its row in the project's table of rules.
        title: as a heading: "Parallel perfect fifths".
        severity: unless the profile says otherwise.
        rate: how often Bach breaks it, a sentence.
        find: the function.
        needs_chords: whether it asks for the analysis.
    """

    code: str
    number: int
    title: str
    severity: Severity
    rate: str
    find: Find
    needs_chords: bool = False

    @property
    def explanation(self) -> str:
        """What the student reads: the function's docstring, in paragraphs without line breaks."""
        paragraphs = (inspect.getdoc(self.find) or "").split("\n\n")
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)


RULES: dict[str, Rule] = {}
"""Every rule by its code, in the order of the project's table."""


def rule(
    code: str, number: int, title: str, severity: Severity, rate: str, *, needs_chords: bool = False
) -> Callable[[Find], Find]:
    """Enter a function as a rule."""

    def enter(find: Find) -> Find:
        RULES[code] = Rule(code, number, title, severity, rate, find, needs_chords)
        return find

    return enter


def runs(flags: Bools) -> list[tuple[int, int]]:
    """Return the first and last index of every stretch of True."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return [(int(first), int(after) - 1) for first, after in zip(edges[::2], edges[1::2], strict=True)]
