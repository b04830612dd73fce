"""Rules on what a chord doubles and leaves out, and on what follows what."""

from collections.abc import Iterator

from chorale.music import VOICES, Voice
from chorale.theory.analysis.six_four import SixFour, six_four
from chorale.theory.harmony import Quality
from chorale.theory.rules import Context, Hit
from chorale.theory.rules.chord_tones import FIFTH, ROOT, SEVENTH, THIRD, Span, is_triad
from chorale.training.precedents.shows.base import at_moments, name, on_beats, settled, shows, sung

_ROLES = ("root", "third", "fifth")
_SUBDOMINANTS = {"IV", "iv", "ii", "iio", "iiø"}


@shows("doubling-root-position")
def doubling_root_position(context: Context) -> Iterator[Hit]:
    """A triad in root position doubles its root."""
    for span, row in _triads(context, inversion=ROOT):
        if span.harmony.chord.quality in {Quality.MAJOR, Quality.MINOR}:
            yield from _doubles(context, span, row, ROOT)


@shows("doubling-first-inversion")
def doubling_first_inversion(context: Context) -> Iterator[Hit]:
    """A dominant in first inversion, the leading tone in the bass, doubles another tone."""
    for span, row in _triads(context, inversion=THIRD):
        if span.harmony.leading_tone == span.harmony.chord.bass and span.harmony.degree == "V":
            for role in (ROOT, FIFTH):
                yield from _doubles(context, span, row, role)


@shows("doubling-diminished")
def doubling_diminished(context: Context) -> Iterator[Hit]:
    """The diminished sixth chord doubles its third."""
    for span, row in _triads(context, inversion=THIRD):
        if span.harmony.degree == "viio":
            yield from _doubles(context, span, row, THIRD)


@shows("six-four-doubling")
def six_four_doubling(context: Context) -> Iterator[Hit]:
    """A six-four chord doubles its bass."""
    for span, row in _triads(context, inversion=FIFTH):
        yield from _doubles(context, span, row, FIFTH)


def _triads(context: Context, *, inversion: int) -> Iterator[tuple[Span, int]]:
    for span, row in settled(context):
        if is_triad(span.harmony) and span.harmony.chord.inversion == inversion and on_beats(context, row):
            yield span, row


def _doubles(context: Context, span: Span, row: int, role: int) -> Iterator[Hit]:
    """Yield a complete triad that doubles one of its tones."""
    roles = context.chord_tones.roles[row].tolist()
    if sorted(roles) == sorted([ROOT, THIRD, FIFTH, role]):
        voices = [voice for voice in VOICES if roles[voice] == role]
        named = " and ".join(voice.label.lower() for voice in voices)
        remark = (
            f"the chord {span.harmony.numeral} doubles its {_ROLES[role]} {sung(context, row, voices[0])}, in {named}"
        )
        yield at_moments(context, voices, row, row, remark)


@shows("six-four")
def six_four_in_place(context: Context) -> Iterator[Hit]:
    """A six-four chord delays the dominant over the same bass."""
    for span, row in _triads(context, inversion=FIFTH):
        if six_four(context.analysis, span.number) is SixFour.CADENTIAL:
            remark = f"the six-four over {sung(context, row, Voice.BASS)} is cadential: it delays the dominant"
            yield at_moments(context, VOICES, row, row, remark)


@shows("omitted-third")
def omitted_third(context: Context) -> Iterator[Hit]:
    """A triad goes without its fifth, but keeps the third."""
    for _, row in _triads(context, inversion=ROOT):
        roles = context.chord_tones.roles[row].tolist()
        if sorted(roles) == [ROOT, ROOT, ROOT, THIRD]:
            voice = VOICES[roles.index(THIRD)]
            third = f"the third {sung(context, row, voice)} is there, in {name(voice)}"
            remark = f"the fifth is left out, so that the lines can run on; {third}"
            yield at_moments(context, VOICES, row, row, remark)


@shows("omitted-root")
def omitted_root(context: Context) -> Iterator[Hit]:
    """A seventh chord goes without its fifth, but keeps the root."""
    for span, row in settled(context):
        roles = context.chord_tones.roles[row].tolist()
        if (
            span.harmony.seventh is not None
            and sorted(roles) == [ROOT, ROOT, THIRD, SEVENTH]
            and on_beats(context, row)
        ):
            root = sung(context, row, VOICES[roles.index(ROOT)])
            remark = f"the chord {span.harmony.numeral} spares its fifth, and sings its root {root} twice instead"
            yield at_moments(context, VOICES, row, row, remark)


@shows("retrogression")
def retrogression(context: Context) -> Iterator[Hit]:
    """The second or fourth degree comes before the dominant, and the tonic after it."""
    spans = context.chord_tones.spans
    for before, span, after in zip(spans, spans[1:], spans[2:], strict=False):
        degrees = before.harmony.degree, span.harmony.degree, after.harmony.degree
        plain = not (before.harmony.of or span.harmony.of or after.harmony.of)
        goes_on = degrees[0] in _SUBDOMINANTS and degrees[1] == "V" and degrees[2] in {"I", "i"}
        if plain and goes_on and span.harmony.chord.inversion == after.harmony.chord.inversion == ROOT:
            numerals = " - ".join(each.harmony.numeral for each in (before, span, after))
            remark = f"the subdominant comes first, then the dominant, then the tonic: {numerals}"
            yield at_moments(context, (Voice.BASS,), before.first, after.first, remark)
