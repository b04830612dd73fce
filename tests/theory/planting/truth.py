"""Whether a finding is truly there: what its rule claims, looked up in the notes by plain arithmetic.

The rules decide what counts, and some say less than the plain definition would; no finding may claim what the notes do
not have. What depends on a reading of the harmony is held against the tones that sound: whoever says that a chord's
third is missing must not say so of a complete triad.
"""

from tests.theory.planting import melody, motion
from tests.theory.planting.chords import chord_of, classes
from tests.theory.planting.intervals import between

_SPOTS = {
    "range": melody.out_of_range,
    "spacing": melody.spacing,
    "spacing-bass": melody.spacing,
    "crossing": melody.crossing,
    "overlap": motion.overlap,
    "parallel-fifths": motion.parallel_fifths,
    "parallel-octaves": motion.parallel_octaves,
    "contrary-fifths": motion.contrary_fifths,
    "contrary-octaves": motion.contrary_octaves,
    "direct-fifths": motion.direct_fifths,
    "direct-octaves": motion.direct_octaves,
    "unequal-fifths": motion.unequal_fifths,
    "augmented-interval": melody.augmented,
    "diminished-leap": melody.diminished,
    "leap-seventh": melody.sevenths,
    "leap-over-octave": melody.beyond_octave,
    "leap-sixth": melody.sixths,
    "leap-unanswered": melody.unrecovered_leaps,
    "cross-relation": motion.cross_relation,
    "same-direction": motion.all_one_way,
}
_DOMINANT = {1, 5, 2, -1, -4}  # the tones of V7 and viio7, in fifths above the tonic


def is_true(reading, finding):
    """Whether the notes of a score bear out what a finding says."""
    if finding.code in _SPOTS:
        return any(_agrees(spot, finding) for spot in _SPOTS[finding.code](reading))
    return _OF_CHORDS[finding.code](reading, finding)


def _agrees(spot, finding):
    return (
        spot.voices == tuple(sorted(map(int, finding.voices)))
        and finding.start <= spot.end
        and spot.start <= finding.end
    )


def _moment(reading, step):
    return tuple(reading.tone_at(voice, step) for voice in range(4))


def _path(reading, finding):
    """The note a finding speaks of, and where its voice goes."""
    notes = [reading.tone_at(voice, step) for voice, step in finding.notes]
    return notes[0], notes[-1]


def _is_leading_tone(reading, tone, steps):
    """Whether at one of some steps there sounds, with a tone, another of a dominant that has it as leading tone."""
    tonic = tone.pitch.fifth - 5
    return any(len(set(classes(_moment(reading, step))) & {tonic + above for above in _DOMINANT}) > 1 for step in steps)


def _is_seventh(reading, tone, steps):
    """Whether at one of some steps the root sounds, or third and fifth, of a chord whose seventh a tone is."""
    for step in steps:
        sounding = set(classes(_moment(reading, step)))
        for root in (tone.pitch.fifth + 2, tone.pitch.fifth + 9, tone.pitch.fifth - 5):
            others = {root + 4, root - 3, root + 1, root - 6} & sounding
            if root in sounding or len(others) > 1:
                return True
    return False


def _steps_of(reading, tone):
    return [step for step in reading.steps if tone.start <= step < tone.end]


def _are_doubled(reading, finding):
    tones = [reading.tone_at(voice, finding.start) for voice in finding.voices]
    return len(tones) > 1 and len({tone.pitch.fifth for tone in tones}) == 1, tones[0]


def _doubled_leading_tone(reading, finding):
    doubled, tone = _are_doubled(reading, finding)
    return doubled and _is_leading_tone(reading, tone, _steps_of(reading, tone))


def _doubled_seventh(reading, finding):
    doubled, tone = _are_doubled(reading, finding)
    return doubled and _is_seventh(reading, tone, _steps_of(reading, tone))


def _leading_tone(reading, finding):
    tone, then = _path(reading, finding)
    leads = then.pitch.fifth == tone.pitch.fifth - 5 and abs(then.pitch.place - tone.pitch.place) == 1
    return _is_leading_tone(reading, tone, _steps_of(reading, tone)) and not leads


def _seventh(reading, finding):
    tone, then = _path(reading, finding)
    falls = then.pitch.place == tone.pitch.place - 1 and between(tone.pitch, then.pitch).quality in {"m", "M"}
    return _is_seventh(reading, tone, _steps_of(reading, tone)) and not falls


def _doubling(role):
    """Whether a triad stands on its root, third or fifth, and another tone is doubled; in sixth chords any."""

    def test(reading, finding):
        moment = _moment(reading, finding.start)
        chord, bass = chord_of(moment), classes(moment)[3]
        stands = {
            "root": set(classes(moment)) <= {bass, bass + 1, bass + 4}
            or set(classes(moment)) <= {bass, bass + 1, bass - 3},
            "third": chord is not None and chord.bass == chord.third,
            "fifth": _six_four(reading, finding),
        }
        doubled, _ = _are_doubled(reading, finding)
        return stands[role] and doubled and (role == "third" or classes(moment).count(bass) == 1)

    return test


def _diminished(reading, finding):
    chord = chord_of(_moment(reading, finding.start))
    doubled, tone = _are_doubled(reading, finding)
    return chord is not None and chord.kind == "diminished" and doubled and tone.pitch.fifth == chord.fifth


def _six_four(reading, finding):
    """Whether a fourth stands over the bass, perfect or augmented, and no fifth or major third."""
    *_, bass = classes(_moment(reading, finding.start))
    sounding = set(classes(_moment(reading, finding.start)))
    return bool(sounding & {bass - 1, bass + 6}) and not sounding & {bass + 1, bass + 4, bass - 6}


def _omission(reading, finding):
    """Whether the tones are no complete triad or seventh chord at the finding's moment."""
    sounding = set(classes(_moment(reading, finding.start)))
    chord = chord_of(_moment(reading, finding.start))
    return chord is None or len(sounding) < 3


def _retrogression(reading, finding):
    """Whether the bass goes from the root of a chord to that of one on IV or ii."""
    first, then = (_moment(reading, step) for step in (finding.end - 1, finding.end))
    return _on_its_root(first) and _on_its_root(then) and classes(then)[3] - classes(first)[3] in {-2, 1}


def _on_its_root(moment):
    """Whether a third, fifth or seventh stands over the bass."""
    *_, bass = classes(moment)
    return bool(set(classes(moment)) & {bass + 4, bass - 3, bass + 1, bass - 2})


_OF_CHORDS = {
    "doubled-leading-tone": _doubled_leading_tone,
    "doubled-seventh": _doubled_seventh,
    "leading-tone": _leading_tone,
    "leading-tone-inner": _leading_tone,
    "seventh-resolution": _seventh,
    "doubling-root-position": _doubling("root"),
    "doubling-first-inversion": _doubling("third"),
    "doubling-diminished": _diminished,
    "six-four": _six_four,
    "six-four-doubling": _doubling("fifth"),
    "omitted-third": _omission,
    "omitted-root": _omission,
    "retrogression": _retrogression,
}
