"""Mistakes in one voice: its intervals and how leaps are left, its range; and two voices at once: spacing, crossing."""

from tests.theory.planting.intervals import between, is_step
from tests.theory.planting.reading import Spot

RANGES = ((60, 79), (55, 74), (48, 67), (40, 60))  # C4-G5, G3-D5, C3-G4, E2-C4
WIDEST = {(0, 1): 12, (1, 2): 12, (2, 3): 19}  # semitones: an octave, an octave, a twelfth


def out_of_range(reading):
    return {
        Spot((tone.voice,), tone.start, tone.start)
        for line in reading.lines
        for tone in line
        if not RANGES[tone.voice][0] <= tone.pitch.midi <= RANGES[tone.voice][1]
    }


def spacing(reading):
    return {
        Spot(pair, step, step)
        for step, moment in zip(reading.steps, reading.moments, strict=True)
        for pair, widest in WIDEST.items()
        if moment[pair[0]].pitch.midi - moment[pair[1]].pitch.midi > widest
    }


def crossing(reading):
    return {
        Spot(pair, step, step)
        for step, moment in zip(reading.steps, reading.moments, strict=True)
        for pair in WIDEST
        if moment[pair[0]].pitch.midi < moment[pair[1]].pitch.midi
    }


def _melodic(reading, test, voices=(0, 1, 2, 3)):
    """Where two neighbouring tones of a line pass a test of (tone, next tone)."""
    return {
        Spot((voice,), tone.start, then.start)
        for voice in voices
        for tone, then in zip(reading.lines[voice], reading.lines[voice][1:], strict=False)
        if test(tone, then)
    }


def augmented(reading):
    """An augmented second, third, fourth... ; a chromatic semitone is none."""
    return _melodic(reading, lambda tone, then: _quality(tone, then)[0] == "A" and _number(tone, then) > 1)


def diminished(reading):
    """A diminished leap that is followed by something else than a step back inside it."""

    def is_unanswered(tone, then):
        leap = _quality(tone, then)[0] == "d" and _number(tone, then) > 2
        return leap and reading.onward(then) is not None and not _turns_back(reading, tone, then)

    return _melodic(reading, is_unanswered)


def sevenths(reading):
    return _melodic(reading, lambda tone, then: _number(tone, then) == 7)


def beyond_octave(reading):
    return _melodic(reading, lambda tone, then: _number(tone, then) > 8)


def sixths(reading):
    return _melodic(reading, lambda tone, then: _number(tone, then) == 6, voices=(0, 1, 2))


def unrecovered_leaps(reading, smallest=6):
    """A leap of a sixth or more, but for the bass's octaves, that is not left by a step the other way."""

    def is_unrecovered(tone, then):
        large = _number(tone, then) >= smallest and not (tone.voice == 3 and _number(tone, then) == 8)
        return large and reading.onward(then) is not None and not _turns_back(reading, tone, then)

    return _melodic(reading, is_unrecovered)


def _turns_back(reading, tone, then):
    """Whether the last repetition of a leap's second note goes a step back."""
    following = reading.onward(then)
    last = reading.before(following)
    up, on = then.pitch.midi > tone.pitch.midi, following.pitch.midi > last.pitch.midi
    return up != on and is_step(last.pitch, following.pitch)


def _number(tone, then):
    return between(tone.pitch, then.pitch).number


def _quality(tone, then):
    return between(tone.pitch, then.pitch).quality
