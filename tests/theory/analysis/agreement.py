"""How far an analysis agrees with a reference.

Every measure is exact: a root agrees where it is the same spelled tone; a key where tonic and mode are the same (at a
pivot chord the reference names two keys, and either will do; ``new_key`` counts only the second); a cadence where
its kind is the same, Phrygian and other half cadences being one. The reference's kinds come from its numerals by the
same definitions.
"""

from dataclasses import dataclass, field

from chorale.theory.analysis.cadences import cadences
from chorale.theory.harmony import CadenceKind


@dataclass
class Agreement:
    """Counts of steps, and of phrase ends as (the reference's kind, ours)."""

    steps: int = 0
    roots: int = 0
    keys: int = 0
    new_keys: int = 0
    cadences: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other):
        self.steps += other.steps
        self.roots += other.roots
        self.keys += other.keys
        self.new_keys += other.new_keys
        self.cadences += other.cadences

    @property
    def root(self):
        return self.roots / self.steps

    @property
    def key(self):
        return self.keys / self.steps

    @property
    def new_key(self):
        return self.new_keys / self.steps

    @property
    def cadence(self):
        return sum(one == two for one, two in self.cadences) / len(self.cadences)

    def __str__(self):
        figures = f"root {self.root:.1%}, key {self.key:.1%} (strict {self.new_key:.1%})"
        return f"{figures}, cadence {self.cadence:.1%} of {len(self.cadences)}"


def agreement(reference, analysis):
    """Return the counts of one piece."""
    found = Agreement()
    for harmony in analysis.harmonies:
        for step in range(harmony.start, harmony.end):
            row = reference.rows[step]
            found.roots += harmony.chord.root == row.root
            found.keys += harmony.key in row.keys
            found.new_keys += harmony.key == row.keys[-1]
    found.steps = len(reference.rows)
    theirs = {cadence.end: cadence.kind for cadence in cadences(analysis.texture, reference.harmonies())}
    ours = {cadence.end: cadence.kind for cadence in analysis.cadences}
    ends = [end for end in theirs if _has_fermata(reference.score, end)]
    found.cadences = [(_kind(theirs[end]), _kind(ours.get(end, CadenceKind.OTHER))) for end in ends]
    return found


def _has_fermata(score, end):
    """Whether the soprano note that ends there carries a fermata."""
    last = next(note for note in score.chorale.notes(0)[::-1] if note.end <= end)
    return any(last.start <= step < last.end for step in score.fermatas)


def _kind(kind):
    return "HC" if kind is CadenceKind.PHRYGIAN_HALF else kind.value
