"""What the analysis weighs: costs, in natural logarithms of odds.

Source: tuned by random steps from guesses, each kept if the odd-numbered of the 20 romantext analyses that music21
ships agreed better (roots, keys, cadences, qualities) and the textbook progressions of the tests stayed right.
"""

from dataclasses import dataclass

__all__ = ["WEIGHTS", "Weights"]


@dataclass(frozen=True)
class Weights:
    """Costs.

    Attributes:
        passing ... free: of one moment's tone outside the chord, by how the line moves (see ``ToneKind``).
        foreign_base, foreign_per_beat: what those are multiplied by: base + per_beat * length in beats.
        bass_factor: how much dearer such a tone is in the bass.
        misspelled: a chord tone by sound but not by spelling.
        bass_third, bass_fifth, bass_seventh: a beat of the bass on that tone of the chord.
        no_root ... no_seventh: a segment in which that tone is not heard.
        thin_root ... thin_seventh: a beat without that tone of the chord.
        off_beat: a chord's beginning, by metrical strength (5 strongest).
        out_of_key: a beat of a tone outside the key's scale.
        key_change, key_distance: leaving a key; each fifth between the signatures.
        phrase_relief: by how much both are cheaper where a phrase begins.
        grammar, opening, closing: what the odds of chord progressions are multiplied by; where a phrase begins; where
            it ends.
        final: a piece's last chord that is not the tonic.
        applied_close: a phrase's close with an applied chord and what it is applied to.
        subtonic, raised_sixth: of a minor key, as a part of ``out_of_key``.
        to_minor: going to a minor key, more.
        again: the same chord in two segments.
        evasion: a phrase's last chord in two segments, more than that.
        unresolved: what an accented foreign tone costs more, as a factor, if the next tone is foreign too.
        diminished_root: a beat of a diminished triad in root position.
        seventh: a segment whose chord has one.
        signature: beginning in a key, each fifth from the score's own signature.
    """

    passing: float = 0.612
    accented_passing: float = 1.005
    neighbour: float = 1.037
    accented_neighbour: float = 5.568
    suspension: float = 0.6
    retardation: float = 1.452
    anticipation: float = 0.899
    appoggiatura: float = 0.856
    escape: float = 2.357
    pedal: float = 1.319
    free: float = 1.319
    foreign_base: float = 1.69
    foreign_per_beat: float = 3.442
    bass_factor: float = 1.349
    misspelled: float = 0.95
    bass_third: float = 0.52
    bass_fifth: float = 1.346
    bass_seventh: float = 1.948
    no_root: float = 2.027
    no_third: float = 0.73
    no_fifth: float = 0.064
    no_seventh: float = 2.1
    thin_root: float = 1.5
    thin_third: float = 0.25
    thin_seventh: float = 1.05
    off_beat: tuple[float, ...] = (4.5, 2.14, 0.383, 0.0, 0.0, 0.0)
    out_of_key: float = 2.946
    key_change: float = 1.65
    key_distance: float = 0.362
    phrase_relief: float = 0.85
    grammar: float = 0.42
    opening: float = 0.264
    closing: float = 0.8
    final: float = 2.0
    applied_close: float = 3.0
    subtonic: float = 0.9
    raised_sixth: float = 0.2
    to_minor: float = 0.35
    again: float = 1.05
    signature: float = 2.044
    evasion: float = 4.6
    unresolved: float = 0.6
    diminished_root: float = 0.416
    seventh: float = 1.5


WEIGHTS = Weights()
