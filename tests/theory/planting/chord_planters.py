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
    return _double(
        reading,
        random,
        lambda chord: "dominant seventh" in chord.kind or "diminished seventh" in chord.kind,
        lambda chord: chord.seventh,
    )


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
    """A triad stands on its fifth, as it does or since its bass is set there, and no upper voice has the fifth."""
    fits = []
    for index, chord in clear_chords(reading):
        moment = reading.moments[index]
        if chord.kind in {"major", "minor"}:
            bass = _near(moment[3], chord.fifth)
            above = [tone for tone in moment[:3] if tone.pitch.fifth == chord.fifth]
            others = (chord.root, chord.third)
            fits += [bass + [edit for tone in above for edit in _near(tone, fifth)] for fifth in others]
    fits = [edits for edits in fits if edits]
    return random.choice(fits) if fits else []


def loose_six_four(reading, random):
    """The bass of a triad is set to its fifth, between two notes that are no steps away."""
    fits = [
        [Edit(tone, pitch)]
        for index, chord in clear_chords(reading)
        for tone in [reading.moments[index][3]]
        if chord.kind in {"major", "minor"} and chord.bass != chord.fifth
        for pitch in nearest(chord.fifth, tone.pitch.midi)
        if RANGES[3][0] <= pitch.midi <= RANGES[3][1] and _leaps_around(reading, Edit(tone, pitch))
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
    """The voice that brings the only third of a tonic gets the seventh of the dominant before it, and then leaps."""
    fits = []
    for index, chord in clear_chords(reading):
        if chord.kind in {"major", "dominant seventh"} and index + 1 < len(reading.moments):
            fits += _given_the_seventh(reading, index, chord.root - 2)
    return random.choice(fits) if fits else []


def _given_the_seventh(reading, index, seventh):
    """Return the edits that give a voice the seventh and then a leap, wherever the next chord's third is its alone."""
    moment, then, step = reading.moments[index], reading.moments[index + 1], reading.steps[index + 1]
    chord = chord_of(then)
    if (
        chord is None
        or chord.root != seventh + 1
        or classes(then).count(chord.third) != 1
        or classes(then).index(chord.third) == 3
    ):
        return []
    voice = classes(then).index(chord.third)
    to_seventh = _near(moment[voice], seventh)
    has_it = moment[voice].pitch.fifth == seventh
    spare = classes(moment).count(moment[voice].pitch.fifth) > 1 or moment[voice].pitch.fifth == seventh + 3
    if then[voice].start != step or not (has_it or (to_seventh and spare)):
        return []
    return [to_seventh + leap for fifth in (chord.root, chord.fifth) for leap in [_near(then[voice], fifth)] if leap]


def five_to_four(reading, random):
    """A dominant in root position goes to IV or ii in root position: one of the two chords is written, or both."""
    key = reading.score.key
    four = [key.tonic - 1, key.tonic - 4 if key.mode == "minor" else key.tonic + 3, key.tonic]
    two = [key.tonic + 2, key.tonic - 1, key.tonic + 3]
    five = [key.tonic + 1, key.tonic + 5, key.tonic + 2]
    fits = []
    for index, chord in clear_chords(reading):
        followers = [_rewritten(reading, index + 1, new) for new in ((four, two) if key.mode == "major" else (four,))]
        if chord.is_root_position and chord.root == five[0]:
            fits += followers
        elif chord.is_root_position and chord.root in {four[0], two[0]}:
            fits.append(_rewritten(reading, index - 1, five))
        else:
            first = _rewritten(reading, index, five)
            fits += [first + then for then in followers if first and then]
    return random.choice(fits) if fits else []


def _rewritten(reading, index, chord):
    """Edit the tones of a moment to a chord by the nearest tones, its root in the bass and every tone somewhere."""
    if not 0 <= index < len(reading.moments) or any(
        tone.start != reading.steps[index] for tone in reading.moments[index]
    ):
        return []
    moment = reading.moments[index]
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
