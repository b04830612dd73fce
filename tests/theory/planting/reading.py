"""A score of four voices without rests, read as a musician reads it: notes in lines, lines in moments."""

from dataclasses import dataclass
from functools import cached_property

from chorale.music import Pitch, Score


@dataclass(frozen=True)
class Tone:
    """One note of a voice: its pitch, first step, the first step after it."""

    voice: int
    pitch: Pitch
    start: int
    end: int


@dataclass(frozen=True)
class Spot:
    """Where a mistake is: the voices, the steps of its first and its last moment."""

    voices: tuple[int, ...]
    start: int
    end: int

    def meets(self, voices, start, end):
        """Whether it speaks of one of these voices in this time."""
        return bool(set(self.voices) & {int(voice) for voice in voices}) and self.start <= end and start <= self.end


@dataclass(frozen=True, eq=False)
class Reading:
    """A score of one phrase, read; every voice sounds at every step."""

    score: Score

    @cached_property
    def lines(self):
        """Four lists of tones, soprano first."""
        return [
            [Tone(voice, pitch, note.start, note.end) for note, pitch in self.score.notes(voice)] for voice in range(4)
        ]

    @cached_property
    def steps(self):
        """The steps on which any voice begins a note."""
        return sorted({tone.start for line in self.lines for tone in line})

    @cached_property
    def moments(self):
        """For every such step, the four tones that sound."""
        return [tuple(self.tone_at(voice, step) for voice in range(4)) for step in self.steps]

    @cached_property
    def joints(self):
        """Every moment with the next one."""
        return list(zip(self.steps, self.moments, self.steps[1:], self.moments[1:], strict=False))

    def tone_at(self, voice, step):
        return next(tone for tone in self.lines[voice] if tone.start <= step < tone.end)

    def after(self, tone):
        """The next tone of the same voice, or None."""
        line = self.lines[tone.voice]
        index = line.index(tone) + 1
        return line[index] if index < len(line) else None

    def onward(self, tone):
        """The next tone of the same voice but for repetitions, in whatever octave, or None."""
        following = self.after(tone)
        while following is not None and (following.pitch.midi - tone.pitch.midi) % 12 == 0:
            following = self.after(following)
        return following

    def before(self, tone):
        """The tone before it in the same voice, or None."""
        line = self.lines[tone.voice]
        index = line.index(tone) - 1
        return line[index] if index >= 0 else None

    def length_of(self, index):
        """How many steps a moment lasts."""
        return ([*self.steps, self.score.steps][index + 1]) - self.steps[index]
