"""Mistakes that only a chord in its key can have: doubling, omission, tendency tones, six-fours, V to IV.

Every function tells what is surely wrong: moments on a beat and a beat long whose tones are exactly one chord.
"""

from tests.theory.planting.chords import (
    chord_of,
    classes,
    clear_chords,
    is_dominant,
    leading_tone,
)
from tests.theory.planting.intervals import is_step
from tests.theory.planting.reading import Spot


def _holding(moment, fifth):
    """The voices that sound a place on the line of fifths."""
    return tuple(voice for voice, place in enumerate(classes(moment)) if place == fifth)


def _doubled(reading, which):
    """Where ``which(chord)`` gives a tone that two voices sound."""
    found = set()
    for index, chord in clear_chords(reading):
        tone = which(chord)
        voices = _holding(reading.moments[index], tone) if tone is not None else ()
        if len(voices) > 1:
            found.add(Spot(voices, reading.steps[index], reading.steps[index]))
    return found


def doubled_leading_tone(reading):
    key = reading.score.key
    return _doubled(reading, lambda chord: leading_tone(key) if is_dominant(chord, key) else None)


def doubled_seventh(reading):
    return _doubled(reading, lambda chord: chord.seventh)


def _joints_of_chords(reading):
    """Yield (index, chord, next chord) where a clear chord's next moment is another exact chord."""
    for index, chord in clear_chords(reading):
        if index + 1 < len(reading.moments):
            then = chord_of(reading.moments[index + 1])
            if then is not None and then.root != chord.root:
                yield index, chord, then


def unresolved_leading_tone(reading):
    """In soprano or bass the leading tone of a dominant moves elsewhere than up a step as the tonic arrives."""
    key = reading.score.key
    found = set()
    for index, chord, then in _joints_of_chords(reading):
        for voice in (0, 3):
            tone = reading.moments[index][voice]
            if is_dominant(chord, key) and then.root == key.tonic and tone.pitch.fifth == leading_tone(key):
                following = reading.moments[index + 1][voice]
                if not (is_step(tone.pitch, following.pitch) and following.pitch.fifth == key.tonic):
                    found.add(Spot((voice,), reading.steps[index], reading.steps[index + 1]))
    return found


def unresolved_seventh(reading):
    """A seventh is left otherwise than by holding it or falling a step, and no voice has the note it should fall to."""
    found = set()
    for index, chord, _ in _joints_of_chords(reading):
        then = reading.moments[index + 1]
        for voice in _holding(reading.moments[index], chord.seventh) if chord.seventh is not None else ():
            tone, following = reading.moments[index][voice].pitch, then[voice].pitch
            letters = {(other.pitch.place - tone.place) % 7 for other in then}
            if following.place not in {tone.place, tone.place - 1} and 6 not in letters:
                found.add(Spot((voice,), reading.steps[index], reading.steps[index + 1]))
    return found


def _triads(reading, kinds, bass):
    """Yield (spot of all voices, moment, chord) of clear complete triads with a certain tone in the bass."""
    for index, chord in clear_chords(reading):
        moment = reading.moments[index]
        if chord.kind in kinds and chord.bass == getattr(chord, bass) and len(set(classes(moment))) == 3:
            yield Spot((0, 1, 2, 3), reading.steps[index], reading.steps[index]), moment, chord


def _twice(moment):
    places = classes(moment)
    return next(place for place in places if places.count(place) > 1)


def doubling_in_root_position(reading):
    """A complete major or minor triad on its root doubles its third or fifth."""
    triads = _triads(reading, {"major", "minor"}, "root")
    return {spot for spot, moment, chord in triads if _twice(moment) != chord.root}


def doubling_in_first_inversion(reading):
    """A sixth chord doubles a tendency tone: the leading tone of the key."""
    tendency = leading_tone(reading.score.key)
    triads = _triads(reading, {"major", "minor", "diminished"}, "third")
    return {spot for spot, moment, _ in triads if _twice(moment) == tendency}


def doubling_in_diminished_sixth(reading):
    """A diminished triad over its third doubles its root or fifth."""
    triads = _triads(reading, {"diminished"}, "third")
    return {spot for spot, moment, chord in triads if _twice(moment) != chord.third}


def doubling_in_six_four(reading):
    """A six-four doubles another tone than its fifth, the bass."""
    triads = _triads(reading, {"major", "minor"}, "fifth")
    return {spot for spot, moment, chord in triads if _twice(moment) != chord.fifth}


def loose_six_four(reading):
    """A six-four whose bass is reached and left by leaps, each to another chord: no kind of six-four allows it."""
    found = set()
    for spot, moment, chord in _triads(reading, {"major", "minor"}, "fifth"):
        before, after = reading.before(moment[3]), reading.after(moment[3])
        if before is None or after is None or spot.start != moment[3].start or moment[3].end != _end(reading, spot):
            continue
        leaps = all(abs(other.pitch.place - moment[3].pitch.place) > 1 for other in (before, after))
        neighbours = (chord_of(_moment(reading, spot.start - 1)), chord_of(_moment(reading, moment[3].end)))
        if leaps and all(other is not None and other.root != chord.root for other in neighbours):
            found.add(spot)
    return found


def _moment(reading, step):
    return tuple(reading.tone_at(voice, step) for voice in range(4))


def _end(reading, spot):
    index = reading.steps.index(spot.start)
    return [*reading.steps, reading.score.steps][index + 1]


def omitted_third(reading):
    """On a beat and a beat long there is only a root, in the bass, and its fifth."""
    beat, pickup = reading.score.meter.steps_per_beat, reading.score.pickup
    found = set()
    for index, (step, moment) in enumerate(zip(reading.steps, reading.moments, strict=True)):
        bass = classes(moment)[3]
        on_beat = (step - pickup) % beat == 0 and reading.length_of(index) >= beat
        if on_beat and set(classes(moment)) in ({bass, bass + 1}, {bass}):
            found.add(Spot((0, 1, 2, 3), step, step))
    return found


def five_to_four(reading):
    """The dominant triad in root position goes to IV or ii in root position."""
    key = reading.score.key
    found = set()
    for index, chord, then in _joints_of_chords(reading):
        dominant = chord.is_root_position and chord.root == key.tonic + 1 and is_dominant(chord, key)
        if dominant and then.is_root_position and then.root in {key.tonic - 1, key.tonic + 2}:
            found.add(Spot((0, 1, 2, 3), reading.steps[index], reading.steps[index + 1]))
    return found
