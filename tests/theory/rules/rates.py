"""How often Bach breaks each rule, and what he does in the cases that a rule is about.

Counted as the project's table of rules counts: findings and chorales with one for the rules about notes; shares of the
chords concerned for the rules about chords.
"""

from collections import Counter
from dataclasses import dataclass, field

from chorale.music import VOICES, Voice
from chorale.theory import RULES, CadenceKind, Quality
from chorale.theory.rules import Context, Wording
from chorale.theory.rules.chord_tones import FIFTH, ROOT, SEVENTH, THIRD, first_moments
from chorale.theory.rules.doubling import _whole_triads
from chorale.theory.rules.pairs import ADJACENT
from chorale.theory.rules.tendency import _interval, _leading_tones, _on_the_way, _sevenths

UP_TO_TONIC = (-5, 1)


@dataclass
class Rates:
    """Counts over many pieces.

    Attributes:
        pieces: how many.
        hits: findings by code.
        pieces_with: pieces with a finding, by code.
        places: (code, piece, bar and beat, voices, message) of every finding.
        shares: [how many do it, how many there are] by what is asked.
    """

    pieces: int = 0
    hits: Counter = field(default_factory=Counter)
    pieces_with: Counter = field(default_factory=Counter)
    by_voices: Counter = field(default_factory=Counter)
    places: list = field(default_factory=list)
    shares: dict = field(default_factory=dict)

    def add(self, name, score, profile, analyze):
        context = Context(score, profile, analyze, Wording(score))
        self.pieces += 1
        for code, rule in RULES.items():
            found = list(rule.find(context))
            self.hits[code] += len(found)
            self.pieces_with[code] += bool(found)
            for hit in found:
                voices = "".join(voice.letter for voice in hit.voices)
                self.by_voices[code, voices] += 1
                self.places.append((code, name, context.wording.place(hit.start), voices, hit.message))
        self._ask_moments(context)
        self._ask_chords(context)
        self._ask_tendencies(context)

    def percent(self, question):
        done, asked = self.shares.get(question, (0, 0))
        return 100 * done / asked if asked else 0.0

    def of_pieces(self, code):
        return 100 * self.pieces_with[code] / self.pieces

    def _count(self, question, done, asked=1):
        before = self.shares.get(question, (0, 0))
        self.shares[question] = (before[0] + int(done), before[1] + int(asked))

    def _ask_moments(self, context):
        pairs, moments = context.pairs, len(context.texture)
        for pair, limit in zip(ADJACENT, (12, 12, 19), strict=True):
            name = f"{VOICES[ADJACENT.index(pair)].letter}{VOICES[ADJACENT.index(pair) + 1].letter}"
            both = pairs.both[:, pair]
            self._count(f"wide {name}", (both & (pairs.distance[:, pair] > limit)).sum(), moments)
            self._count(f"crossed {name}", (both & (pairs.distance[:, pair] < 0)).sum(), moments)
        self._count("pairs of moments", context.texture.joined.sum(), moments)

    def _ask_chords(self, context):
        tones = context.chord_tones
        for span, row in _whole_triads(context):
            chord, roles = span.harmony.chord, tones.roles[row]
            often = Counter(roles.tolist())
            role = max(often, key=often.get)
            if chord.quality in {Quality.MAJOR, Quality.MINOR} and chord.inversion == ROOT:
                self._count(f"root doubled, {chord.quality.label}", often[ROOT] > 1)
            if chord.quality is Quality.MAJOR and chord.inversion == THIRD:
                self._count("bass doubled, sixth chord", role == THIRD)
            if span.harmony.degree == "viio" and chord.inversion == THIRD:
                self._count("third doubled, viio6", role == THIRD)
            if chord.inversion == FIFTH:
                self._count("fifth doubled, six-four", role == FIFTH)
        for span, _ in first_moments(tones.spans, tones.stated):
            self._count("third left out", not tones.heard[span.first : span.last + 1, THIRD].any())
            self._count("fifth left out", not tones.heard[span.first : span.last + 1, FIFTH].any())
        for close in context.analysis.cadences:
            for kind in CadenceKind:
                self._count(f"cadence {kind.value}", close.kind is kind)

    def _ask_tendencies(self, context):
        tones = context.chord_tones
        led = [span for span in tones.spans if tones.leading[span.first : span.last + 1].any()]
        self._count("leading tone doubled", len(list(RULES["doubled-leading-tone"].find(context))), len(led))
        with_seventh = [span for span in tones.spans if (tones.roles[span.first : span.last + 1] == SEVENTH).any()]
        self._count("seventh doubled", len(list(RULES["doubled-seventh"].find(context))), len(with_seventh))
        for voice in VOICES:
            kind = voice.letter if voice in {Voice.SOPRANO, Voice.BASS} else "inner"
            for tone in _leading_tones(context, (voice,)):
                targets = [tone.target, *_on_the_way(context, tone)]
                rises = any(_interval(context, tone.note, later) == UP_TO_TONIC for later in targets)
                self._count(f"leading tone rises, {kind}", rises)
        astray = len(list(RULES["seventh-resolution"].find(context)))
        sevenths = len(list(_sevenths(context)))
        self._count("seventh falls", sevenths - astray, sevenths)
        dominants = [
            span for span in tones.spans if span.harmony.degree == "V" and span.harmony.chord.inversion == ROOT
        ]
        self._count("dominant to subdominant", len(list(RULES["retrogression"].find(context))), len(dominants))
