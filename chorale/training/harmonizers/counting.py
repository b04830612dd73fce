"""What is counted in four-part writing, a model's and Bach's alike.

Figures are rates a bar of sixteen steps, whatever the meter, as in the published counts; those marked * are shares.

    fifths, octaves         parallels between neighbouring sixteenths (``theory.instruments``)
    beat_fifths, beat_octaves   the same from beat to beat
    changes, odd_changes, offbeat_changes   changes of pitch of A, T, B; of these on odd sixteenths, off-beat eighths
    bass_moves, stepwise_bass *     changes of pitch of the bass, and how many of them are steps
    crossed_steps           steps on which two neighbours are crossed, every pair for itself
    beat_relations, clashes     two forms of a degree in two voices from beat to beat, and at once
    moved_repeats *         soprano notes struck again on the next beat over another bass
    range ... cross_relation    findings of the rules in ``RULES``, with the ranges of the profile "bach"
    six_four *              harmonies that are triads in second inversion, by ``theory.analyze``
    missing_thirds *        harmonies without their third
    key_kept *              pieces in which the given key is found again: see ``key_kept``
    signature_kept *        the same, where only the given key and its relative are weighed
    common_finals *         pieces whose last cadence is authentic, half or plagal, by ``theory.analyze``
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from chorale.music import REST, VOICES, Score
from chorale.theory import CadenceKind, analyze, profile, tally
from chorale.theory.analysis import six_four
from chorale.theory.key_finding import estimate_key
from chorale.theory.phrases import phrase_ends
from chorale.training import measures
from chorale.training.writing import STEPS_PER_BAR, texture

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chorale.music import Key
    from chorale.theory import Analysis

__all__ = ["RULES", "accuracy", "count", "given_kept", "key_kept", "phrase_rates", "rates"]

RULES = {
    "range": "range",
    "spacing": "spacing",
    "spacing_bass": "spacing-bass",
    "crossing": "crossing",
    "leap_seventh": "leap-seventh",
    "leap_over_octave": "leap-over-octave",
    "leap_sixth": "leap-sixth",
    "hidden_fifths": "direct-fifths",
    "hidden_octaves": "direct-octaves",
    "six_four_free": "six-four",
    "cross_relation": "cross-relation",
}
"""The counted rules of part-writing: our name, and the rule's code."""
COMMON = frozenset(
    {
        CadenceKind.PERFECT_AUTHENTIC,
        CadenceKind.IMPERFECT_AUTHENTIC,
        CadenceKind.PLAGAL,
        CadenceKind.HALF,
        CadenceKind.PHRYGIAN_HALF,
    }
)
PHRASE = 64  # steps


def count(score: Score, given: Key) -> Counter[str]:
    """Return the counts of one piece: of everything above, and of what it is a rate or share of.

    Args:
        score: The piece, all voices.
        given: The key that was given with the soprano.
    """
    analysis = analyze(score)
    found = tally(score, profile("bach"), analyze=lambda _: analysis, codes={*RULES.values(), "omitted-third"})
    counts = Counter(texture(score.chorale.pitches.astype(np.int64)))
    counts.update(_between_beats(score))
    counts.update({name: found.get(code, 0) for name, code in RULES.items()})
    counts["missing_thirds"] = found.get("omitted-third", 0)
    counts["harmonies"] = len(analysis.harmonies)
    counts["six_four"] = sum(six_four(analysis, number) is not None for number in range(len(analysis.harmonies)))
    counts["pieces"], counts["steps"] = 1, score.steps
    counts["key_kept"], counts["signature_kept"] = key_kept(score, given), key_kept(score, given, within=True)
    counts["common_finals"] = _closes_commonly(analysis)
    return counts


def _between_beats(score: Score) -> dict[str, int]:
    """Return the counts of what voices do from one beat to the next."""
    chorale, beat = score.chorale, score.meter.steps_per_beat
    steps = np.arange(score.steps)
    beats = steps[score.pickup % beat :: beat]
    phrases = np.searchsorted(np.array(phrase_ends(score)), steps, side="right")
    pitches = chorale.pitches.astype(np.int64)
    related = measures.relations(pitches, score.spelling.astype(np.int64), beats, phrases)
    return related | measures.repeats(pitches, chorale.onsets[:, 0], beats, phrases)


def key_kept(score: Score, given: Key, *, within: bool = False) -> bool:
    """Return whether the key found in a score is the one that was given with its soprano.

    The key is found by ``theory.key_finding.estimate_key`` from the durations of all notes of all four voices and the
    lowest last note, among all 24 keys; its tonic's pitch class and its mode must be those of the given key.

    Args:
        score: All four voices.
        given: The score's own key, as the harmonizer was told it.
        within: Only the given key and its relative (the two with its signature) are weighed: the mode may go wrong.
    """
    notes = [note for voice in VOICES for note in score.chorale.notes(voice)]
    found = estimate_key(notes, signature=given.signature if within else None)
    return (found.tonic_class, found.mode) == (given.tonic_class, given.mode)


def _closes_commonly(analysis: Analysis) -> bool:
    return bool(analysis.cadences) and analysis.cadences[-1].kind in COMMON


def rates(counted: Iterable[Counter[str]]) -> dict[str, float]:
    """Return the figures of some pieces from their counts, as the module lists them."""
    total: Counter[str] = sum(counted, Counter())
    shares = {
        "stepwise_bass": total["bass_steps"] / max(1, total["bass_moves"]),
        "moved_repeats": total["moved_repeats"] / max(1, total["repeats"]),
        **{name: total[name] / max(1, total["harmonies"]) for name in ("six_four", "missing_thirds")},
        **{name: total[name] / max(1, total["pieces"]) for name in ("key_kept", "signature_kept", "common_finals")},
    }
    bars = max(1, total["steps"]) / STEPS_PER_BAR
    return {name: total[name] / bars for name in (*_TEXTURE, *RULES)} | shares


_TEXTURE = (
    *("fifths", "octaves", "beat_fifths", "beat_octaves", "changes", "odd_changes", "offbeat_changes"),
    *("bass_moves", "crossed_steps", "beat_relations", "clashes"),
)


def phrase_rates(scores: Sequence[Score]) -> dict[str, float]:
    """Return changes, odd_changes and offbeat_changes in the first 64 steps, the mean, and stepwise_bass there.

    Shorter pieces count by their share of 64 steps.
    """
    phrases = [score.chorale.pitches[:PHRASE].astype(np.int64) for score in scores]
    total = sum((Counter(texture(phrase)) for phrase in phrases), Counter())
    whole = sum(map(len, phrases)) / PHRASE
    named = {name: total[name] / whole for name in ("changes", "odd_changes", "offbeat_changes")}
    return named | {"stepwise_bass": total["bass_steps"] / max(1, total["bass_moves"])}


def given_kept(given: Score, score: Score) -> bool:
    """Return whether the soprano came back with its rhythm: every pitch and every onset."""
    before, after = given.chorale, score.chorale
    same_pitches = np.array_equal(before.pitches[:, 0], after.pitches[:, 0])
    return same_pitches and np.array_equal(before.onsets[:, 0], after.onsets[:, 0])


def accuracy(truths: Sequence[Score], scores: Sequence[Score]) -> dict[str, float]:
    """Return the share of sounding cells of A, T and B that are as in the truth: the mean over pieces."""
    shares: dict[str, list[float]] = {letter: [] for letter in "ATB"}
    for truth, score in zip(truths, scores, strict=True):
        for voice, letter in enumerate("ATB", 1):
            wanted, sung = truth.chorale.pitches[:, voice], score.chorale.pitches[:, voice]
            sounds = wanted != REST
            if sounds.any():
                shares[letter].append(float((wanted == sung)[sounds].mean()))
    return {letter: float(np.mean(values)) for letter, values in shares.items() if values}
