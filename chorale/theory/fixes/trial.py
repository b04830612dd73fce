"""Trying a change: what the rules find before and after it."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from chorale.music import Score, Voice
from chorale.theory.analysis import analyze
from chorale.theory.check import check
from chorale.theory.finding import Finding, Severity
from chorale.theory.fixes.change import Change
from chorale.theory.harmony import Analysis, Harmony, Quality, ToneKind
from chorale.theory.profiles import Profile

__all__ = ["WEIGHTS", "Trial", "Verdict"]

WEIGHTS = {Severity.HINT: 2.0, Severity.WARNING: 4.0, Severity.ERROR: 12.0}
_OTHER_CADENCE, _OTHER_ROOT, _OTHER_THIRD, _STRANGE_CHORD, _STRANGE_TONE = 8.0, 5.0, 4.0, 8.0, 4.0
_STRANGE_CHORDS = {
    Quality.AUGMENTED,
    Quality.MAJOR_SEVENTH,
    Quality.MINOR_MAJOR_SEVENTH,
    Quality.AUGMENTED_MAJOR_SEVENTH,
}
_STRANGE_TONES = {ToneKind.APPOGGIATURA, ToneKind.ESCAPE, ToneKind.FREE}

Identity = tuple[str, tuple[int, ...], int, int]


@dataclass(frozen=True)
class Verdict:
    """What became of a finding.

    Attributes:
        gone: whether it is no longer found, and nothing like it has come in its place.
        fair: whether it is gone and nothing worse has come: no error, nothing graver than it, less in all than before.
        cost: the findings that came less those that went, each by its weight.
        lost: what the chords lost.
    """

    gone: bool
    fair: bool
    cost: float
    lost: float = 0.0


@dataclass(frozen=True, eq=False)
class Trial:
    """One finding of one score.

    Attributes:
        score: the music.
        analysis: of it.
        profile: as the finding was found.
        finding: what is to go.
    """

    score: Score
    analysis: Analysis
    profile: Profile
    finding: Finding

    @cached_property
    def before(self) -> tuple[Finding, ...]:
        """What the rules find in the score as it is."""
        return check(self.score, self.profile, analyze=lambda _: self.analysis)

    @property
    def is_found(self) -> bool:
        """Whether the finding is there at all."""
        return _identity(self.finding) in {_identity(one) for one in self.before}

    def quickly(self, after: Score, changes: Sequence[Change]) -> Verdict:
        """Judge a score by the chords as they were, with the changes in them: milliseconds."""
        supposed = _supposed(self.analysis, changes)
        found = check(after, self.profile, analyze=lambda _: supposed, codes={self.finding.code})
        if not self._is_gone(found, self.before):
            return Verdict(gone=False, fair=False, cost=0.0)
        return self._judge(check(after, self.profile, analyze=lambda _: supposed))

    def thoroughly(self, after: Score, changes: Sequence[Change]) -> Verdict:
        """Judge a score by its own chords."""
        analysis = analyze(after)
        verdict = self._judge(check(after, self.profile, analyze=lambda _: analysis))
        return replace(verdict, lost=_chords_lost(self.analysis, analysis, changes))

    def _judge(self, found: Sequence[Finding]) -> Verdict:
        came, went = _difference(found, self.before), _difference(self.before, found)
        cost = sum(WEIGHTS[one.severity] for one in came) - sum(WEIGHTS[one.severity] for one in went)
        gone = self._is_gone(found, self.before)
        worst = max((one.severity for one in came), default=Severity.HINT)
        fair = gone and cost < 0 and worst < Severity.ERROR and worst <= self.finding.severity
        return Verdict(gone, fair, cost)

    def _is_gone(self, found: Sequence[Finding], before: Sequence[Finding]) -> bool:
        target = self.finding
        if _identity(target) in {_identity(one) for one in found}:
            return False
        alike = [one for one in before if one.code == target.code]
        came = _difference([one for one in found if one.code == target.code], alike)
        return not any(_meets(one, target) for one in came)


def _identity(finding: Finding) -> Identity:
    return finding.code, tuple(finding.voices), finding.start, finding.end


def _difference(findings: Sequence[Finding], others: Collection[Finding]) -> list[Finding]:
    """Return the findings that are not among the others."""
    known = Counter(_identity(one) for one in others)
    new = []
    for one in findings:
        if known[_identity(one)]:
            known[_identity(one)] -= 1
        else:
            new.append(one)
    return new


def _meets(one: Finding, other: Finding) -> bool:
    """Whether two findings share a voice and a moment."""
    return bool(set(one.voices) & set(other.voices)) and one.start <= other.end and other.start <= one.end


def _supposed(analysis: Analysis, changes: Sequence[Change]) -> Analysis:
    """Return the analysis as it would be if the chords stayed: new chord tones are told, and a new bass inverts."""
    tones, harmonies = analysis.tones.copy(), list(analysis.harmonies)
    for change in changes:
        first, last = analysis.texture.index_at(change.start), analysis.texture.index_at(change.end - 1)
        for row in range(first, last + 1):
            number = int(analysis.harmony_index[row])
            if number >= 0 and change.new.fifth in harmonies[number].chord.tones:
                tones[row, change.voice] = ToneKind.CHORD
                if change.voice is Voice.BASS and analysis.texture.steps[row] == harmonies[number].start:
                    chord = replace(harmonies[number].chord, bass=change.new.fifth)
                    harmonies[number] = replace(harmonies[number], chord=chord)
    return replace(analysis, tones=tones, harmonies=tuple(harmonies))


def _chords_lost(before: Analysis, after: Analysis, changes: Sequence[Change]) -> float:
    """Return what the chords lose: another cadence, another root, a chord or a dissonance that was not there."""
    kinds = {cadence.end: cadence.kind for cadence in before.cadences}
    now = {cadence.end: cadence.kind for cadence in after.cadences}
    cost = _OTHER_CADENCE if kinds != now else 0.0
    for change in changes:
        cost += _chord_lost(before.at(change.start), after.at(change.start))
        cost += _tone_lost(after, change)
    return cost


def _tone_lost(after: Analysis, change: Change) -> float:
    """Return what a dissonance costs that no one would choose: a free one, or a passing one on the beat."""
    row = after.texture.index_at(change.start)
    kind = ToneKind(int(after.tones[row, change.voice]))
    on_beat = bool(after.texture.accents[row]) and kind in {ToneKind.PASSING, ToneKind.NEIGHBOUR}
    return _STRANGE_TONE if on_beat or kind in _STRANGE_TONES else 0.0


def _chord_lost(old: Harmony | None, new: Harmony | None) -> float:
    if old is None:
        return 0.0
    if new is None:
        return _OTHER_ROOT
    cost = _STRANGE_CHORD if new.chord.quality in _STRANGE_CHORDS - {old.chord.quality} else 0.0
    if new.chord.root != old.chord.root:
        return cost + _OTHER_ROOT
    return cost + (_OTHER_THIRD if new.chord.tones[1] != old.chord.tones[1] else 0.0)
