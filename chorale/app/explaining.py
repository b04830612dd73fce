"""What a chord, a note or a cadence is, in a few words: what the window says when one points at it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chorale.music import REST, VOICES, Key, Pitch, Score, Voice
from chorale.theory import Analysis, Cadence, CadenceKind, Chord, Harmony, ToneKind
from chorale.theory.rules import naming

Naming = Callable[[int], str]

__all__ = ["Explanation", "explain_cadence", "explain_harmony", "explain_note"]

_MEMBERS = ("root", "third", "fifth", "seventh")
_FUNCTIONS = {
    "I": "tonic: home, where the phrase can rest",
    "II": "pre-dominant: leads on to the dominant",
    "III": "tonic family: shares two tones with the tonic",
    "IV": "pre-dominant: leads away from home, on to the dominant",
    "V": "dominant: its leading tone pulls home to the tonic",
    "VI": "tonic family: stands in for the tonic, or leads on to a pre-dominant",
    "VII": "dominant: its leading tone pulls home to the tonic",
}
_CADENCES = {
    CadenceKind.PERFECT_AUTHENTIC: "V to I, both in root position, the tonic in the soprano: a full stop.",
    CadenceKind.IMPERFECT_AUTHENTIC: "Dominant to tonic, but not in root position or without the tonic on top: a "
    "softer stop.",
    CadenceKind.HALF: "The phrase stops on the dominant, as a question does.",
    CadenceKind.PHRYGIAN_HALF: "iv6 to V in minor: the bass falls by a semitone to the dominant.",
    CadenceKind.DECEPTIVE: "The dominant does not go home but turns aside, mostly to VI.",
    CadenceKind.PLAGAL: "IV to I: the Amen.",
    CadenceKind.OTHER: "The phrase ends without one of the usual cadences.",
}
_TONES = {
    ToneKind.PASSING: "fills the way from one chord tone to another by steps",
    ToneKind.NEIGHBOUR: "leaves a chord tone by step and comes back to it",
    ToneKind.SUSPENSION: "is held over from the chord before and falls by step",
    ToneKind.RETARDATION: "is held over from the chord before and rises by step",
    ToneKind.ANTICIPATION: "sounds a tone of the next chord early",
    ToneKind.APPOGGIATURA: "is reached by leap and leaves by step, on the beat",
    ToneKind.ESCAPE: "is reached by step and left by leap",
    ToneKind.PEDAL: "is held while the chords above it change",
    ToneKind.FREE: "does not belong to the chord",
}


@dataclass(frozen=True)
class Explanation:
    """A heading and some lines below it."""

    heading: str
    lines: tuple[str, ...]


def explain_harmony(score: Score, analysis: Analysis, harmony: Harmony, names: str = "english") -> Explanation:
    """Explain a chord: its name, its tones, its function in its key, and which notes do not belong to it.

    ``names`` is, here and below, the style of note names, one of ``theory.rules.NAMINGS``.
    """
    name = naming(names)
    tones = " ".join(map(name, harmony.chord.tones))
    strangers = _strangers(score, analysis, harmony, name)
    return Explanation(
        f"{_numeral(harmony)} in {_key_words(harmony.key, name)}",
        (_chord_words(harmony.chord, name), f"Tones: {tones}", _sentence(_function(harmony)), *strangers),
    )


def _numeral(harmony: Harmony) -> str:
    """Return the numeral as printed, but for its accidental, which few text faces have: "bII⁶"."""
    return harmony.printed.replace("♭", "b").replace("♯", "#")


def _key_words(key: Key, name: Naming) -> str:
    return f"{name(key.tonic)} {key.mode}"


def _chord_words(chord: Chord, name: Naming) -> str:
    over = f" over {name(chord.bass)}" if chord.inversion else ""
    return f"{name(chord.root)} {chord.quality.label}{over}"


def _pitch_words(pitch: Pitch | None, name: Naming) -> str:
    return "" if pitch is None else f"{name(pitch.fifth)}{pitch.octave}"


def _function(harmony: Harmony) -> str:
    if harmony.chord.is_augmented_sixth:
        return "augmented sixth: both its outer tones press outwards to the dominant"
    if harmony.of:
        return f"applied dominant: treats {harmony.of} as a tonic for a moment"
    degree = harmony.degree.strip("b#+oø\N{DEGREE SIGN}").upper()
    if degree == "I" and harmony.inversion_figures == "6/4":
        return "six-four chord: a dominant in waiting, a passing chord or one over a held bass"
    if harmony.degree.startswith("bII"):
        return "Neapolitan: a pre-dominant with the lowered second degree"
    return _FUNCTIONS.get(degree, "chromatic chord")


def _strangers(score: Score, analysis: Analysis, harmony: Harmony, name: Naming) -> Iterator[str]:
    """Yield a line for every non-chord tone that begins, or is held over, while the harmony lasts."""
    texture = analysis.texture
    told: set[tuple[Voice, int]] = set()
    for index in range(texture.index_at(harmony.start), len(texture)):
        step = int(texture.steps[index])
        if step >= harmony.end:
            return
        for voice in VOICES:
            kind, start = ToneKind(int(analysis.tones[index, voice])), int(texture.starts[index, voice])
            if kind > ToneKind.CHORD and (voice, start) not in told:
                told.add((voice, start))
                yield f"{voice.label} {_pitch_words(score.pitch_at(step, voice), name)}: {kind.label}"


def explain_note(score: Score, analysis: Analysis, voice: int, step: int, names: str = "english") -> Explanation | None:
    """Explain the note that sounds in a voice at a step: what it is to its chord; None where there is no note."""
    if not 0 <= step < score.steps or score.chorale.pitches[step, voice] == REST:
        return None
    pitch, name = score.pitch_at(step, voice), naming(names)
    harmony = analysis.at(step)
    heading = f"{Voice(voice).label} {_pitch_words(pitch, name)}"
    if harmony is None or pitch is None:
        return Explanation(heading, ("One voice alone: no chord to belong to",))
    kind = ToneKind(int(analysis.tones[analysis.texture.index_at(step), voice]))
    chord = f"{_chord_words(harmony.chord, name)}, {_numeral(harmony)} in {_key_words(harmony.key, name)}"
    if kind is not ToneKind.CHORD:
        return Explanation(heading, (f"{_sentence(kind.label)}: it {_TONES.get(kind, 'is silent')}", f"Over {chord}"))
    return Explanation(
        heading, (f"{_sentence(_member(harmony, pitch.fifth))} of {chord}", *_wishes(harmony, pitch.fifth, name))
    )


def _member(harmony: Harmony, fifth: int) -> str:
    tones = harmony.chord.tones
    if harmony.chord.is_augmented_sixth or fifth not in tones:
        return "tone"
    return _MEMBERS[tones.index(fifth)]


def _wishes(harmony: Harmony, fifth: int, name: Naming) -> Iterator[str]:
    """Yield where a tendency tone wants to go."""
    if fifth == harmony.leading_tone:
        yield f"Leading tone: wants to rise to {name(harmony.tonic)}"
    elif fifth == harmony.seventh:
        yield "Chord seventh: wants to fall by step"


def explain_cadence(cadence: Cadence, names: str = "english") -> Explanation:
    """Explain a cadence."""
    heading = f"{_sentence(cadence.kind.label)} in {_key_words(cadence.key, naming(names))}"
    return Explanation(heading, (_CADENCES[cadence.kind],))


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
