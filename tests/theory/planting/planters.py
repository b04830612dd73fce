"""Which changes to try, for mistakes between notes: each function proposes edits; the oracle says whether they will do.

Arguments are always a reading and a ``random.Random``; the result is a list of edits, empty where none comes to mind.
"""

from functools import partial
from itertools import combinations

from chorale.music import Pitch
from tests.theory.planting.edits import Edit, above, nearest
from tests.theory.planting.melody import RANGES

PAIRS = tuple(combinations(range(4), 2))


def _joint(reading, random, voices):
    """Return two moments in a row at whose joint all these voices begin a note, or None."""
    fits = [(now, then) for _, now, end, then in reading.joints if all(then[voice].start == end for voice in voices)]
    return random.choice(fits) if fits else None


def _set(tone, pitches):
    """Edit a tone to the first of some pitches that the voice can sing and that is not there already, or to none."""
    low, high = RANGES[tone.voice]
    fits = [pitch for pitch in pitches if low - 2 <= pitch.midi <= high + 2]
    return [Edit(tone, fits[0])] if fits and fits[0] != tone.pitch else []


def _interval_over(lower, semitones, letters, upper):
    """Edit the upper tone to an interval over the lower, in the octave nearest to where it is."""
    target = above(lower.pitch, letters, semitones)
    return _set(upper, [pitch for pitch in nearest(target.fifth, upper.pitch.midi) if pitch.midi >= lower.pitch.midi])


def _same_interval_twice(reading, random, letters, semitones, pairs=PAIRS):
    upper, lower = random.choice(pairs)
    joint = _joint(reading, random, (upper, lower))
    if joint is None:
        return []
    return [edit for moment in joint for edit in _interval_over(moment[lower], semitones, letters, moment[upper])]


parallel_fifths = partial(_same_interval_twice, letters=4, semitones=7)
parallel_octaves = partial(_same_interval_twice, letters=0, semitones=0)


def _opposite(reading, random, letters, semitones):
    """Two voices an interval apart go opposite ways to the same interval, an octave wider or narrower."""
    upper, lower = random.choice(PAIRS)
    joint = _joint(reading, random, (upper, lower))
    if joint is None:
        return []
    now, then = joint
    first = above(now[lower].pitch, letters, semitones)
    second = above(then[lower].pitch, letters, semitones)
    start = random.choice(nearest(first.fifth, now[upper].pitch.midi)[:2])
    up = then[lower].pitch.midi < now[lower].pitch.midi
    ends = [pitch for pitch in nearest(second.fifth, start.midi) if (pitch.midi > start.midi) == up]
    return _set(now[upper], [start]) + _set(then[upper], ends)


contrary_fifths = partial(_opposite, letters=4, semitones=7)
contrary_octaves = partial(_opposite, letters=0, semitones=0)


def _direct(reading, random, letters, semitones):
    joint = _joint(reading, random, (0, 3))
    if joint is None:
        return []
    now, then = joint
    up = then[3].pitch.midi > now[3].pitch.midi
    target = above(then[3].pitch, letters, semitones)
    octaves = [pitch for pitch in nearest(target.fifth, now[0].pitch.midi) if (pitch.midi > now[0].pitch.midi) == up]
    return _set(then[0], octaves)


direct_fifths = partial(_direct, letters=4, semitones=7)
direct_octaves = partial(_direct, letters=0, semitones=0)


def unequal_fifths(reading, random):
    """Over a bass step a voice is set a diminished, then a perfect fifth above."""
    upper = random.choice((0, 1, 2))
    joint = _joint(reading, random, (upper, 3))
    if joint is None:
        return []
    now, then = joint
    return _of_the_key(_interval_over(now[3], 6, 4, now[upper]) + _interval_over(then[3], 7, 4, then[upper]), reading)


def overlap(reading, random):
    """A voice moves just past where its neighbour was."""
    upper, lower = random.choice(((0, 1), (1, 2), (2, 3)))
    joint = _joint(reading, random, (upper, lower))
    if joint is None:
        return []
    now, then = joint
    if random.random() < 0.5:
        return _set(then[lower], [_in_key(reading, above(now[upper].pitch, 1, 2))])
    return _set(then[upper], [_in_key(reading, above(now[lower].pitch, -1, -2))])


def _in_key(reading, pitch):
    return reading.score.key.at_place(pitch.place)


def cross_relation(reading, random):
    """A note gets another accidental than the same letter had, or will have, in another voice."""
    first, second = random.sample(range(4), 2)
    fits = [(now, then) for _, now, _, then in reading.joints if now[first].pitch.letter == then[second].pitch.letter]
    if not fits:
        return []
    now, then = random.choice(fits)
    tone = random.choice((now[first], then[second]))
    change = random.choice((-1, 1))
    alter = tone.pitch.alter + change
    altered = Pitch.at_place(tone.pitch.place, alter) if abs(alter) <= 1 else tone.pitch
    around = [other.pitch.midi for other in (reading.before(tone), reading.after(tone)) if other is not None]
    return [] if altered.midi in around else _set(tone, [altered])


def all_one_way(reading, random):
    """The voices that do not go the way of the others are sent along."""
    joint = _joint(reading, random, (0, 1, 2, 3))
    if joint is None:
        return []
    now, then = joint
    up = random.choice((True, False))
    going = [voice for voice in range(4) if then[voice].pitch.midi != now[voice].pitch.midi]
    stray = [v for v in range(4) if v not in going or (then[v].pitch.midi > now[v].pitch.midi) != up]
    chord = {tone.pitch.fifth for tone in then}
    edits = []
    for voice in stray[:2] if len(stray) <= 2 else []:
        here = now[voice].pitch.midi
        near = sorted((pitch for fifth in chord for pitch in nearest(fifth, here)), key=lambda p: abs(p.midi - here))
        edits += _set(then[voice], [pitch for pitch in near if pitch.midi != here and (pitch.midi > here) == up])
    return edits


def _melodic(reading, random, sizes, voices=(0, 1, 2, 3)):
    """A note is set an interval (places, semitones) above or below the one before it."""
    line = reading.lines[random.choice(voices)]
    if len(line) < 2:
        return []
    index = random.randrange(1, len(line))
    letters, semitones = random.choice(sizes)
    way = random.choice((-1, 1))
    return _set(line[index], [above(line[index - 1].pitch, way * letters, way * semitones)])


def _of_the_key(edits, reading):
    """Only edits to notes that the key has, its raised sixth and seventh degrees in minor included."""
    key = reading.score.key
    places = set(range(key.signature - 1, key.signature + 6)) | {key.tonic + 3, key.tonic + 5}
    return edits if all(edit.pitch.fifth in places for edit in edits) else []


def augmented(reading, random):
    return _of_the_key(_melodic(reading, random, [(1, 3), (3, 6), (1, 3), (4, 8)]), reading)


def diminished(reading, random):
    return _of_the_key(_melodic(reading, random, [(4, 6), (3, 4), (6, 9)]), reading)


sevenths = partial(_melodic, sizes=[(6, 10), (6, 11)])
beyond_octave = partial(_melodic, sizes=[(8, 13), (8, 14), (9, 15), (9, 16)])
sixths = partial(_melodic, sizes=[(5, 8), (5, 9)], voices=(0, 1, 2))


def unrecovered_leaps(reading, random):
    """A note is set a sixth or an octave from the one before; the next may go on the same way, or leap."""
    return _melodic(reading, random, sizes=[(5, 8), (5, 9), (7, 12)])


def out_of_range(reading, random):
    """A note is put an octave away, or a step or two past the end of its voice."""
    tone = random.choice(reading.lines[random.randrange(4)])
    low, high = RANGES[tone.voice]
    past = [pitch for pitch in nearest(tone.pitch.fifth, tone.pitch.midi) if not low <= pitch.midi <= high]
    return [Edit(tone, past[0])] if past and past[0].midi >= 36 else []


def spacing(reading, random):
    """An alto or tenor falls an octave, or to the next chord tones below, or the bass does."""
    voice = random.choice((1, 2, 3))
    tone = random.choice(reading.lines[voice])
    chord = {other.pitch.fifth for other in reading.moments[reading.steps.index(tone.start)]}
    below = [pitch for fifth in chord for pitch in nearest(fifth, tone.pitch.midi) if pitch.midi < tone.pitch.midi - 2]
    return _set(tone, [random.choice(below)]) if below else []


def crossing(reading, random):
    """A voice is put past its neighbour, on a tone of the chord."""
    upper, lower = random.choice(((0, 1), (1, 2), (2, 3)))
    moment = random.choice(reading.moments)
    chord = [tone.pitch.fifth for tone in moment]
    if random.random() < 0.5:
        bar = moment[upper].pitch.midi
        over = [p for fifth in chord for p in nearest(fifth, bar) if bar < p.midi <= bar + 5]
        return _set(moment[lower], random.sample(over, len(over)))
    bar = moment[lower].pitch.midi
    under = [p for fifth in chord for p in nearest(fifth, bar) if bar - 5 <= p.midi < bar]
    return _set(moment[upper], random.sample(under, len(under)))
