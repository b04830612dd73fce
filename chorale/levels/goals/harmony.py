"""Predicates about chords: as asked, figures, cadences, keys, non-chord tones, positions."""

from collections.abc import Iterable, Iterator

from chorale.levels.figures import Figured, read_figures
from chorale.levels.goals.base import Fault, Goal, Work, predicate
from chorale.levels.notation import Word
from chorale.music import REST, VOICES, Key, Pitch, Voice
from chorale.theory import Cadence, CadenceKind, Chord, ToneKind
from chorale.theory.numerals import read_chord
from chorale.theory.rules.wording import listed

__all__ = ["cadence", "chords", "consonant", "figures", "key", "position", "tone"]

_ROLES = ("root", "third", "fifth", "seventh")


def _sounding(work: Work, step: int) -> dict[Voice, Pitch]:
    """Return what the voices sound at a step."""
    found = {voice: work.score.pitch_at(step, voice) for voice in VOICES}
    return {voice: pitch for voice, pitch in found.items() if pitch is not None}


def _moment(work: Work, step: int) -> int:
    """Return the first step of the moment that a step belongs to."""
    return int(work.texture.steps[work.texture.index_at(step)])


def _notes(work: Work, step: int, voices: Iterable[Voice]) -> tuple[tuple[Voice, int], ...]:
    starts = work.texture.starts[work.texture.index_at(step)]
    return tuple((voice, int(starts[voice])) for voice in sorted(voices) if starts[voice] >= 0)


def _fault(work: Work, step: int, voices: Iterable[Voice], why: str) -> Fault:
    named = tuple(sorted(voices))
    return Fault(why, named, step, step, _notes(work, step, named))


@predicate("chords", "The chords asked for", "at", "is", reads=read_chord)
def chords(work: Work, goal: Goal) -> Iterator[Fault]:
    """Every numeral of ``score.chords`` sounds: its bass, its tones and no others; the fifth may be left out.

    With ``at`` and ``is``, one numeral there.
    """
    asked = work.level.chords if goal.at is None else [Word(goal.at, 1, text) for text in goal.wants[:1]]
    for word in asked:
        yield from _chord_faults(work, word)


def _chord_faults(work: Work, word: Word) -> Iterator[Fault]:
    chord, sounding = read_chord(word.text, work.score.key).chord, _sounding(work, word.start)
    note = work.wording.note
    strange = [voice for voice, pitch in sounding.items() if pitch.fifth not in chord.tones]
    missing = [] if len(sounding) < len(VOICES) else _missing(chord, {pitch.fifth for pitch in sounding.values()})
    low = sounding.get(Voice.BASS)
    if strange:
        names = listed([note(sounding[voice].fifth) for voice in strange])
        tones = listed([note(tone) for tone in chord.tones])
        do = "does" if len(strange) == 1 else "do"
        yield _fault(work, word.start, strange, f"{names} {do} not belong to {word.text}, which is {tones}")
    elif low is not None and low.fifth != chord.bass:
        role = _ROLES[chord.inversion]
        why = f"{word.text} has its {role} {note(chord.bass)} in the bass, not {note(low.fifth)}"
        yield _fault(work, word.start, [Voice.BASS], why)
    elif missing:
        lost = listed([f"{note(tone)}, its {_ROLES[chord.tones.index(tone)]}" for tone in missing])
        yield _fault(work, word.start, VOICES, f"{word.text} lacks {lost}")


def _missing(chord: Chord, there: set[int]) -> list[int]:
    """Return the tones that a chord cannot do without and has not; its perfect fifth may be left out."""
    may_lack = {chord.tones[2]} if chord.quality.value[2] == 1 else set()
    return [tone for tone in chord.tones if tone not in there and tone not in may_lack]


@predicate("figures", "The figures are realized")
def figures(work: Work, goal: Goal) -> Iterator[Fault]:  # noqa: ARG001  every predicate has these arguments
    """Over every figured bass note, and every one without figures, the upper voices sing what is figured."""
    for step, text in work.level.figured:
        low = work.score.pitch_at(step, Voice.BASS)
        if low is not None:
            yield from _figure_faults(work, step, read_figures(text, low, work.score.key))


def _figure_faults(work: Work, step: int, asked: Figured) -> Iterator[Fault]:
    upper = {voice: pitch for voice, pitch in _sounding(work, step).items() if voice != Voice.BASS}
    note = work.wording.note
    strange = [voice for voice, pitch in upper.items() if pitch.fifth not in asked.tones]
    if strange:
        names, tones = listed([note(upper[voice].fifth) for voice in strange]), listed([*map(note, asked.tones)])
        are = "is" if len(strange) == 1 else "are"
        yield _fault(
            work, step, strange, f"{names} {are} not in the figure {asked.text or '5/3'}: over it sound {tones}"
        )
    elif len(upper) == 3:
        there = {pitch.fifth for pitch in upper.values()}
        lost = [note(tone) for tone in asked.needed if tone not in there]
        if lost:
            yield _fault(work, step, upper, f"the figure {asked.text or '5/3'} asks for {listed(lost)} as well")


@predicate("cadence", "The cadence", "at", "is!", words=[kind.value for kind in CadenceKind])
def cadence(work: Work, goal: Goal) -> Iterator[Fault]:
    """The phrase that holds ``at`` (left out: the last) closes with one of the cadences of ``is``.

    PAC perfect authentic, IAC imperfect authentic, HC half, PHC Phrygian half, DC deceptive, PC plagal. The last chord
    must be whole when the phrase ends: no strangers in it, and its third.
    """
    close = _cadence(work, goal.at)
    step = _moment(work, work.score.steps - 1) if close is None else close.step
    if close is None or close.kind.value not in goal.wants:
        kind = CadenceKind.OTHER if close is None else close.kind
        seen = "no cadence" if kind == CadenceKind.OTHER else _with_article(kind.label)
        wanted = " or ".join(_with_article(CadenceKind(kind).label) for kind in goal.wants)
        yield _fault(work, step, VOICES, f"this is {seen}: wanted {wanted}")
    else:
        yield from _ill_closed(work, close)


def _ill_closed(work: Work, close: Cadence) -> Iterator[Fault]:
    """Yield a fault if the chord on which a phrase ends is not whole at its end."""
    step = _moment(work, close.end - 1)
    harmony = work.analysis.at(step)
    if harmony is None:
        return
    sounding, note = _sounding(work, step), work.wording.note
    strange = [voice for voice, pitch in sounding.items() if pitch.fifth not in harmony.chord.tones]
    if strange:
        names = listed([note(sounding[voice].fifth) for voice in strange])
        yield _fault(work, step, strange, f"the phrase ends on {harmony.numeral}, and {names} is foreign to it")
    elif harmony.third is not None and all(pitch.fifth != harmony.third for pitch in sounding.values()):
        yield _fault(
            work, step, VOICES, f"the phrase ends on {harmony.numeral} without {note(harmony.third)}, its third"
        )


def _with_article(label: str) -> str:
    return f"{'an' if label[0] in 'aeio' else 'a'} {label}"


def _cadence(work: Work, at: int | None) -> Cadence | None:
    found = [close for close in work.analysis.cadences if at is None or at < close.end]
    if not found:
        return None
    return found[-1] if at is None else found[0]


@predicate("key", "The key", "at", "is!", reads=lambda text, _: Key.parse(text))
def key(work: Work, goal: Goal) -> Iterator[Fault]:
    """The harmony at ``at`` (left out: the last) is heard in the key of ``is``, such as "G major"."""
    step = _moment(work, work.score.steps - 1) if goal.at is None else goal.at
    harmony, wanted = work.analysis.at(step), Key.parse(goal.wants[0])
    if harmony is None or harmony.key != wanted:
        seen = "no key can be heard" if harmony is None else f"this is heard in {harmony.key}"
        yield _fault(work, step, VOICES, f"{seen}: wanted {wanted}")


@predicate(
    "tone", "The non-chord tone", "at!", "voices!", "is!", words=[kind.label for kind in ToneKind if kind.value >= 0]
)
def tone(work: Work, goal: Goal) -> Iterator[Fault]:
    """The note of ``voices`` at ``at`` is such a tone: passing tone, suspension, chord tone and so on."""
    row = work.texture.index_at(goal.at or 0)
    for voice in goal.voices:
        kind = ToneKind(int(work.analysis.tones[row, voice]))
        if kind.label not in goal.wants and kind != ToneKind.SILENT:
            wanted = " or ".join(_with_article(word) for word in goal.wants)
            yield _fault(work, goal.at or 0, [voice], f"this is {_with_article(kind.label)}: wanted {wanted}")


@predicate("consonant", "Every chord fits", "voices")
def consonant(work: Work, goal: Goal) -> Iterator[Fault]:
    """No note that begins on a beat is foreign to its chord; what is held over from before may be a suspension."""
    texture, tones = work.texture, work.analysis.tones
    for voice in goal.voices or VOICES:
        on_beat = texture.begins[:, voice] & (texture.accents > 0)
        for row in (on_beat & (tones[:, voice] > ToneKind.CHORD)).nonzero()[0].tolist():
            step, harmony = int(texture.steps[row]), work.analysis.at(int(texture.steps[row]))
            under = "the chord" if harmony is None else harmony.chord.name
            name = work.wording.note(int(texture.fifths[row, voice]))
            yield _fault(work, step, [voice], f"{name} is foreign to {under} under it")


@predicate("position", "The position", "at", "is!", words=("close", "open"))
def position(work: Work, goal: Goal) -> Iterator[Fault]:
    """Soprano to tenor is less than an octave (close) or more (open), at ``at`` or wherever both sound."""
    for step in work.texture.steps.tolist() if goal.at is None else [goal.at]:
        high, low = (int(work.score.chorale.pitches[step, voice]) for voice in (Voice.SOPRANO, Voice.TENOR))
        seen = "close" if high - low < 12 else "open"
        if REST not in {high, low} and seen not in goal.wants:
            why = f"soprano and tenor are {'less than an octave' if seen == 'close' else 'an octave or more'} apart"
            yield _fault(work, step, [Voice.SOPRANO, Voice.TENOR], f"{why}: wanted {goal.wants[0]} position")
