"""What the analysis weighs, in natural logarithms of odds (larger is dearer)."""

from dataclasses import dataclass

__all__ = ["WEIGHTS", "Weights"]


@dataclass(frozen=True)
class Weights:
    """Costs.

    Attributes:
        passing ... free: of one moment's tone outside the chord, by how the line moves.
        foreign_base, foreign_per_beat: what those are multiplied by: base + per_beat * length in beats.
        bass_factor: how much dearer such a tone is in the bass.
        misspelled: a chord tone by sound but not by spelling.
        bass_third, bass_fifth, bass_seventh: a beat of the bass on that tone of the chord.
        no_root ... no_seventh: a segment in which that tone is not heard.
        off_beat: a chord's beginning, by metrical strength (5 strongest).
        out_of_key: a beat of a tone outside the key's scale.
        key_change, key_distance: leaving a key; each fifth between the signatures.
        phrase_relief: by how much both are cheaper where a phrase begins.
        grammar: what the odds of the chord progression are multiplied by.
        again: the same chord in two segments.
        seventh: a segment whose chord has one.
        signature: beginning in a key, each fifth from the score's own signature.
    """

    passing: float = 0.72
    accented_passing: float = 1.44
    neighbour: float = 0.72
    accented_neighbour: float = 4.3
    suspension: float = 0.5
    retardation: float = 0.84
    anticipation: float = 0.624
    appoggiatura: float = 1.4
    escape: float = 2.2
    free: float = 2.1
    foreign_base: float = 0.425
    foreign_per_beat: float = 3.375
    bass_factor: float = 1.4
    misspelled: float = 1.7
    bass_third: float = 0.17
    bass_fifth: float = 1.54
    bass_seventh: float = 1.324
    no_root: float = 0.875
    no_third: float = 0.9
    no_fifth: float = 0.2
    no_seventh: float = 2.1
    off_beat: tuple[float, ...] = (4.5, 2.4, 0.3, 0.0, 0.0, 0.0)
    out_of_key: float = 1.2
    key_change: float = 2.9
    key_distance: float = 0.35
    phrase_relief: float = 0.5
    grammar: float = 1.0
    again: float = 1.5
    signature: float = 0.4
    seventh: float = 2.4


WEIGHTS = Weights()
