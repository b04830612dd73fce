"""Which changes to try, for mistakes that only a chord in its key can have (see ``planters`` for the convention)."""

from tests.theory.planting.chords import chord_of, classes, clear_chords, is_dominant, leading_tone
from tests.theory.planting.edits import Edit, nearest
from tests.theory.planting.melody import RANGES


def _near(tone, fifth):
    """Edit a tone to the nearest pitch of a place on the line of fifths that its voice can sing, if it moves."""
    low, high = RANGES[tone.voice]
    fits = [pitch for pitch in nearest(fifth, tone.pitch.midi) if low <= pitch.midi <= high]
    return [Edit(tone, fits[0])] if fits and fits[0] != tone.pitch else []


def _chord(reading, random, test=lambda _: True):
    """Return (index, chord, moment) of a clear chord that passes a test, or None."""
    fits = [(index, chord) for index, chord in clear_chords(reading) if test(chord)]
    if not fits:
        return None
    index, chord = random.choice(fits)
    return index, chord, reading.moments[index]


def _double(reading, random, test, fifth_of, voices=(0, 1, 2)):
    """Set one voice, of a tone that is there twice if there is one, to a certain tone of a clear chord."""
    found = _chord(reading, random, test)
    if found is None:
        return []
    _, chord, moment = found
    fifth = fifth_of(chord)
    places = classes(moment)
    others = [voice for voice in voices if places[voice] != fifth]
    spare = [voice for voice in others if places.count(places[voice]) > 1] or others
    return _near(moment[random.choice(spare)], fifth) if spare else []


def doubled_leading_tone(reading, random):
    key = reading.score.key
    return _double(reading, random, lambda chord: is_dominant(chord, key), lambda _: leading_tone(key))


def doubled_seventh(reading, random):
    return _double(reading, random, lambda chord: chord.seventh is not None, lambda chord: chord.seventh)


def doubling_in_root_position(reading, random):
    third = random.random() < 0.7
    return _double(
        reading,
        random,
        lambda chord: chord.is_root_position and chord.kind in {"major", "minor"},
        lambda chord: chord.third if third else chord.fifth,
    )


def doubling_in_first_inversion(reading, random):
    tendency = leading_tone(reading.score.key)

    def fits(chord):
        triad = chord.kind in {"major", "minor", "diminished"}
        return triad and chord.bass == chord.third and tendency in {chord.root, chord.third, chord.fifth}

    return _double(reading, random, fits, lambda _: tendency)


def doubling_in_diminished_sixth(reading, random):
    root = random.random() < 0.5
    return _double(
        reading,
        random,
        lambda chord: chord.kind == "diminished" and chord.bass == chord.third,
        lambda chord: chord.root if root else chord.fifth,
    )


def doubling_in_six_four(reading, random):
    third = random.random() < 0.5
    return _double(
        reading,
        random,
        lambda chord: chord.kind in {"major", "minor"} and chord.bass == chord.fifth,
        lambda chord: chord.third if third else chord.root,
    )


def loose_six_four(reading, random):
    """The bass of a triad is set to its fifth, between two notes that are no steps away."""
    fits = [
        edits
        for index, chord in clear_chords(reading)
        if chord.kind in {"major", "minor"} and chord.bass != chord.fifth
        for edits in [_near(reading.moments[index][3], chord.fifth)]
        if edits and _leaps_around(reading, edits[0])
    ]
    return random.choice(fits) if fits else []


def _leaps_around(reading, edit):
    around = (reading.before(edit.tone), reading.after(edit.tone))
    return all(other is not None and abs(other.pitch.place - edit.pitch.place) > 1 for other in around)


def omitted_third(reading, random):
    """The voices that have the third of a root-position triad take its root or fifth."""
    found = _chord(reading, random, lambda chord: chord.is_root_position and chord.kind in {"major", "minor"})
    if found is None:
        return []
    _, chord, moment = found
    thirds = [tone for tone in moment if tone.pitch.fifth == chord.third]
    return [edit for tone in thirds for edit in _near(tone, random.choice((chord.root, chord.fifth)))]


def unresolved_leading_tone(reading, random):
    """Where a dominant goes to the tonic, the leading tone of an outer voice moves to another tone of the tonic."""
    key = reading.score.key
    found = _chord(reading, random, lambda chord: is_dominant(chord, key))
    if found is None or found[0] + 1 >= len(reading.moments):
        return []
    index, _, moment = found
    then = reading.moments[index + 1]
    for voice in (0, 3):
        if moment[voice].pitch.fifth == leading_tone(key) and then[voice].start == reading.steps[index + 1]:
            places = [place for place in set(classes(then)) if place != key.tonic]
            return _near(then[voice], random.choice(places)) if places else []
    return _leading_tone_in_soprano(key, moment, then)


def _leading_tone_in_soprano(key, moment, then):
    """Give the soprano the leading tone, so that it must be unresolved by what follows."""
    return _near(moment[0], leading_tone(key)) if then[0].pitch.fifth != key.tonic else []


def unresolved_seventh(reading, random):
    """A seventh is left by a leap: the note after one is changed, or one is put before a note that is no step below."""
    found = _chord(
        reading, random, lambda chord: chord.seventh is not None or chord.root == reading.score.key.tonic + 1
    )
    if found is None or found[0] + 1 >= len(reading.moments):
        return []
    index, chord, moment = found
    then = reading.moments[index + 1]
    if chord.seventh is None:
        return _new_seventh(moment, then, chord.root - 2)
    voice = classes(moment).index(chord.seventh)
    places = [p for p in set(classes(then)) if p not in {then[voice].pitch.fifth, chord.seventh}]
    begins = then[voice].start == reading.steps[index + 1]
    return _near(then[voice], random.choice(places)) if begins and places else []


def _new_seventh(moment, then, seventh):
    """Set one of two voices that double a tone to the seventh, where its next note will not resolve it."""
    places = classes(moment)
    for voice in (0, 1, 2):
        edits = _near(moment[voice], seventh) if places.count(places[voice]) > 1 else []
        if edits and then[voice].pitch.place not in {edits[0].pitch.place, edits[0].pitch.place - 1}:
            return edits
    return []


def five_to_four(reading, random):
    """The chord after a root-position dominant becomes IV or ii in root position, by the nearest tones."""
    key = reading.score.key
    found = _chord(reading, random, lambda chord: chord.is_root_position and chord.root == key.tonic + 1)
    if found is None or found[0] + 1 >= len(reading.moments):
        return []
    then = reading.moments[found[0] + 1]
    step = reading.steps[found[0] + 1]
    if chord_of(then) is None or any(tone.start != step for tone in then):
        return []
    root, minor = random.choice(((key.tonic - 1, key.mode == "minor"), (key.tonic + 2, True)))
    chord = [
        root,
        root + (-3 if minor else 4),
        root + (-6 if minor and key.mode == "minor" and root > key.tonic else 1),
    ]
    return _rewritten(then, chord)


def _rewritten(moment, chord):
    """Edit all four tones to a chord, its root in the bass and every tone somewhere."""
    edits = _near(moment[3], chord[0])
    wanted = [chord[1], chord[2], chord[0]]
    for tone in moment[:3]:
        low, high = RANGES[tone.voice]
        near = sorted(
            (p for fifth in wanted for p in nearest(fifth, tone.pitch.midi) if low <= p.midi <= high),
            key=lambda pitch: abs(pitch.midi - tone.pitch.midi),
        )
        if not near:
            return []
        wanted.remove(near[0].fifth)
        edits += [Edit(tone, near[0])] if near[0] != tone.pitch else []
    return edits
