"""Mistakes that only a chord in its key can have: doubling, omission, tendency tones, six-fours, V to IV.

Every function tells what is surely wrong: moments on a beat and a beat long whose tones are exactly one chord.
"""

from tests.theory.planting.chords import (
    chord_of,
    classes,
    clear_chords,
    is_dominant,
    is_home,
    leading_tone,
)
from tests.theory.planting.intervals import is_step
from tests.theory.planting.reading import Spot

_SURE_SEVENTHS = {"dominant seventh", "diminished seventh"}  # no suspension makes these


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
            together = sorted(reading.moments[index][voice].start for voice in voices)[1]
            found.add(Spot(voices, together, reading.steps[index]))
    return found


def doubled_leading_tone(reading):
    key = reading.score.key
    return _doubled(reading, lambda chord: leading_tone(key) if is_dominant(chord, key) else None)


def doubled_seventh(reading):
    return _doubled(reading, lambda chord: chord.seventh if chord.kind in _SURE_SEVENTHS else None)


def _joints_of_chords(reading):
    """Yield (index, chord, next chord) where a clear chord's next moment is another exact chord."""
    for index, chord in clear_chords(reading):
        if index + 1 < len(reading.moments):
            then = chord_of(reading.moments[index + 1])
            if then is not None and then.root != chord.root:
                yield index, chord, then


def unresolved_leading_tone(reading):
    """In soprano or bass the leading tone of a dominant moves elsewhere than up a step as the tonic arrives.

    The tonic over its fifth is no arrival.
    """
    key = reading.score.key
    found = set()
    for index, chord, then in _joints_of_chords(reading):
        for voice in (0, 3):
            tone = reading.moments[index][voice]
            arrives = then.root == key.tonic and then.bass != then.fifth
            if is_dominant(chord, key) and arrives and tone.pitch.fifth == leading_tone(key):
                following = reading.moments[index + 1][voice]
                if not (is_step(tone.pitch, following.pitch) and following.pitch.fifth == key.tonic):
                    found.add(Spot((voice,), reading.steps[index], reading.steps[index + 1]))
    return found


def unresolved_seventh(reading):
    """A dominant seventh chord goes a fifth down, its seventh leaps or rises, and no voice has where it should fall."""
    found = set()
    for index, chord in clear_chords(reading):
        then = reading.moments[index + 1] if index + 1 < len(reading.moments) else None
        if chord.kind != "dominant seventh" or then is None or not _falls_home(chord, classes(then)):
            continue
        for voice in _holding(reading.moments[index], chord.seventh):
            tone = reading.moments[index][voice].pitch
            letters = {(other.pitch.place - tone.place) % 7 for other in then}
            if not letters & {0, 6} and not _comes_down(reading, tone, then[voice]):
                found.add(Spot((voice,), reading.steps[index], reading.steps[index + 1]))
    return found


def _falls_home(chord, then):
    """Whether tones are of the triad a fifth below a chord's root, which is among them and not over the old bass."""
    root = chord.root - 1
    return root in then and then[3] != chord.root and (set(then) <= {root, root + 1, root + 4, root - 3})


def _comes_down(reading, tone, then):
    """Whether a voice holds a tone or goes a step down from it, at once or after one other note."""
    later = reading.after(then)
    reached = {then.pitch.place - tone.place} | ({later.pitch.place - tone.place} if later else set())
    return bool(reached & {0, -1})


def _triads(reading, kinds, bass):
    """Yield (spot of all voices, moment, chord) of clear complete triads with a certain tone in the bass.

    All four notes are struck together, and the chord before has at most one tone in common: none can be taken for a
    suspension, none for a tone of what came before.
    """
    for index, chord in clear_chords(reading):
        step, moment = reading.steps[index], reading.moments[index]
        struck = all(tone.start == step for tone in moment) and not _goes_on(reading, index, chord)
        if struck and chord.kind in kinds and chord.bass == getattr(chord, bass) and len(set(classes(moment))) == 3:
            yield Spot((0, 1, 2, 3), step, step), moment, chord


def _goes_on(reading, index, chord):
    """Whether a chord may be the continuation of the last one: the same root, or two tones in common."""
    before = [other for other in map(chord_of, reading.moments[:index]) if other is not None][-1:]
    common = set(classes(reading.moments[index - 1])) & chord.tones if index else set()
    return len(common) > 1 or any(other.root == chord.root for other in before)


def _twice(moment):
    places = classes(moment)
    return next(place for place in places if places.count(place) > 1)


def doubling_in_root_position(reading):
    """A complete major or minor triad on its root doubles its third or fifth; not the third after a dominant's step."""
    found = set()
    for spot, moment, chord in _triads(reading, {"major", "minor"}, "root"):
        before = [other for at, other in clear_chords(reading) if reading.steps[at] < spot.start][-1:]
        is_deceptive = any(chord.root - other.root in {2, -5} for other in before) and _twice(moment) == chord.third
        if _twice(moment) != chord.root and not is_deceptive:
            found.add(spot)
    return found


def doubling_in_first_inversion(reading):
    """A sixth chord doubles a tendency tone: the leading tone of the key."""
    tendency = leading_tone(reading.score.key)
    triads = _triads(reading, {"major", "minor", "diminished"}, "third")
    return {spot for spot, moment, _ in triads if _twice(moment) == tendency}


def doubling_in_diminished_sixth(reading):
    """A diminished triad over its third, on its way to the chord a half step above, doubles its root or fifth."""
    found = set()
    for spot, moment, chord in _triads(reading, {"diminished"}, "third"):
        index = reading.steps.index(spot.start) + 1
        then = chord_of(reading.moments[index]) if index < len(reading.moments) else None
        if then is not None and then.root == chord.root - 5 and _twice(moment) != chord.third:
            found.add(spot)
    return found


def doubling_in_six_four(reading):
    """A six-four, cadential or with a bass that moves on, doubles another tone than its fifth, the bass."""
    found = set()
    for spot, moment, chord in _triads(reading, {"major", "minor"}, "fifth"):
        index = reading.steps.index(spot.start) + 1
        then = reading.moments[index] if index < len(reading.moments) else moment
        following = chord_of(then)
        cadential = following is not None and following.root == chord.bass
        moves_on = classes(then)[3] != chord.bass and len(set(classes(then)) & chord.tones) < 2
        if _twice(moment) != chord.fifth and (cadential or moves_on):
            found.add(spot)
    return found


def loose_six_four(reading):
    """A six-four whose bass is reached and left by leaps, between two other clear chords.

    It is none of the kinds that are allowed: neither the chord before nor the one after has its root, so that it is no
    arpeggio, no voice of the bass moves by step or stays, and the chord after does not stand on its bass.
    """
    clear = {reading.steps[index]: chord for index, chord in clear_chords(reading)}
    found = set()
    for spot, moment, chord in _triads(reading, {"major", "minor"}, "fifth"):
        before, after = reading.before(moment[3]), reading.after(moment[3])
        if before is None or after is None or moment[3].end != _end(reading, spot):
            continue
        leaps = all(abs(other.pitch.place - moment[3].pitch.place) not in {0, 1, 7} for other in (before, after))
        last = [clear[step] for step in sorted(clear) if step < spot.start][-1:]
        following = chord_of(tuple(reading.tone_at(voice, after.start) for voice in range(4)))
        just = chord_of(reading.moments[reading.steps.index(spot.start) - 1])
        around = (*last, just, following)
        strange = [other is not None and other.root not in {chord.root, chord.bass} for other in around]
        if leaps and len(strange) == 3 and all(strange):
            found.add(spot)
    return found


def _end(reading, spot):
    index = reading.steps.index(spot.start)
    return [*reading.steps, reading.score.steps][index + 1]


def _beat_before(reading, index):
    """The moments of the beat before one."""
    since = reading.steps[index] - reading.score.meter.steps_per_beat
    return [moment for step, moment in zip(reading.steps[:index], reading.moments, strict=False) if step >= since]


def omitted_third(reading):
    """On a beat and a beat long there is only a root, in the bass, and its fifth, between chords on other roots."""
    beat, pickup = reading.score.meter.steps_per_beat, reading.score.pickup
    found = set()
    for index, (step, moment) in enumerate(zip(reading.steps, reading.moments, strict=True)):
        bass = classes(moment)[3]
        on_beat = (step - pickup) % beat == 0 and reading.length_of(index) >= beat
        around = [chord_of(reading.moments[at]) for at in (index - 1, index + 1) if 0 <= at < len(reading.moments)]
        alone = all(other is not None and other.root != bass for other in around)
        alone = alone and bass not in {classes(other)[3] for other in _beat_before(reading, index)}
        if on_beat and alone and set(classes(moment)) in ({bass, bass + 1}, {bass}):
            found.add(Spot((0, 1, 2, 3), step, step))
    return found


def five_to_four(reading):
    """V in root position goes to IV or ii in root position, and that home."""
    key = reading.score.key
    clear = {index for index, _ in clear_chords(reading)}
    found = set()
    for index, chord, then in _joints_of_chords(reading):
        dominant = index + 1 in clear and chord.is_root_position and chord.root == key.tonic + 1
        if dominant and is_dominant(chord, key) and then.is_root_position and then.root - key.tonic in {-1, 2}:
            after = reading.moments[index + 2] if index + 2 < len(reading.moments) else reading.moments[index + 1]
            if is_home(after, key) and len(chord_of(after).tones & then.tones) < 2:
                found.add(Spot((0, 1, 2, 3), reading.steps[index], reading.steps[index + 1]))
    return found
