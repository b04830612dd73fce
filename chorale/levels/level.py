"""Levels: what the player is given, what is asked, and what the answer costs, from a TOML file.

    id = "cadences/perfect"
    version = 1
    kind = "cadence"
    title = "Close the phrase"
    teaches = ["perfect authentic cadence"]
    requires = ["cadences/half"]
    intro = "The tune comes home. Let the bass say so."
    key = "C major"
    meter = "4/4"

    [score]
    soprano = "c5:4 b4 c5:2^"
    bass = "c3:4 ?:4 ?:2"

    [[goals]]
    check = "cadence"
    is = "PAC"
    required = true

    [solution]
    bass = "c3:4 g3 c3:2"

``levels/README.md`` explains every field to teachers; ``staff``, ``goals`` and ``hints`` read their tables.
"""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from chorale.errors import InputError
from chorale.levels.asked import read_goals
from chorale.levels.fields import Table, unknown
from chorale.levels.figures import HELD
from chorale.levels.goals import Goal
from chorale.levels.hints import Hint, read_hints
from chorale.levels.notation import Gap, Word, pickup_steps
from chorale.levels.places import read_step
from chorale.levels.staff import Staff, filled_in, read_staff
from chorale.music import VOICES, BoolArray, Key, Meter, Score, Voice
from chorale.theory import PROFILES, RULES, Profile, check, profile

__all__ = ["KINDS", "Answer", "Level", "Planted", "Stars", "Wrong", "read"]

_LARGEST = 200_000  # bytes; a level has a few thousand

KINDS: Mapping[str, str] = {
    "place": "Place the notes",
    "spell": "Build the chords",
    "cadence": "Close the phrase",
    "voice": "Write a voice",
    "fix": "Find and mend",
    "figured": "Realize the bass",
    "line": "Write the tune",
    "full": "Harmonize",
    "beat": "Beat Bach",
}
"""The kinds of levels, each with what it asks in a few words."""

OFFERS = ("harmonize",)
"""What a level may put at the player's disposal beside pen and ear."""


@dataclass(frozen=True)
class Answer:
    """What a player hands in.

    Attributes:
        score: the staff as written.
        found: (voice, step) of the notes that were marked as wrong, in levels of the kind "fix".
        guess: whose version was taken for Bach's in a blind listening: "yours", "model" or "bach"; "" for none.
    """

    score: Score
    found: tuple[tuple[Voice, int], ...] = ()
    guess: str = ""


@dataclass(frozen=True)
class Stars:
    """The points of the second and the third star; the first needs the required goals alone."""

    two: float = 80.0
    three: float = 95.0


@dataclass(frozen=True)
class Wrong:
    """An obvious wrong answer: what is written, what is wrong with it, and the names of goals that it misses."""

    score: Score
    why: str
    misses: tuple[str, ...]


@dataclass(frozen=True)
class Planted:
    """A planted error, as its rule finds it.

    Attributes:
        rule: the rule's code.
        start: the step of the first moment concerned.
        notes: (voice, first step) of the notes concerned: marking one of them finds it.
        why: what is wrong.
    """

    rule: str
    start: int
    notes: tuple[tuple[Voice, int], ...]
    why: str


@dataclass(frozen=True, eq=False)
class Level:
    """A level.

    Attributes:
        id: its stable name, "cadences/perfect".
        version: rises when the level becomes another one.
        kind: one of ``KINDS``.
        title, intro: what the player reads first.
        teaches: its ideas, in the words of theory.
        requires: ids of levels to be passed before.
        card: the theory card, paragraphs; "" for none.
        staff: what stands on it.
        profile: strictness and ranges.
        goals: what is asked.
        stars: thresholds.
        hints: in order.
        solution: the model answer.
        wrong: obvious wrong answers.
        errors: planted errors, by time.
        offers: what is at the player's disposal: "harmonize".
        source: where the music comes from.
        path: its file.
    """

    id: str
    version: int
    kind: str
    title: str
    intro: str
    teaches: tuple[str, ...]
    requires: tuple[str, ...]
    card: str
    staff: Staff
    profile: Profile
    goals: tuple[Goal, ...]
    stars: Stars
    hints: tuple[Hint, ...]
    solution: Answer
    wrong: tuple[Wrong, ...] = ()
    errors: tuple[Planted, ...] = ()
    offers: frozenset[str] = frozenset()
    source: str = ""
    path: Path = field(default_factory=Path)

    @property
    def start(self) -> Score:
        """What stands on the staff before the player writes; what may not be changed is locked."""
        return self.staff.score

    @property
    def writable(self) -> BoolArray:
        """(T, 4) bool, what the player may write."""
        return self.staff.writable

    @property
    def gaps(self) -> tuple[tuple[Voice, Gap], ...]:
        """The rooms to be filled, by time, then voice."""
        return self.staff.gaps

    @property
    def rooms(self) -> tuple[tuple[Voice, Gap], ...]:
        """What is to sound when all is written, by time, then voice: gaps, and notes that may be changed."""
        chorale = self.start.chorale
        notes = [(voice, note) for voice in VOICES for note in chorale.notes(voice)]
        free = [(voice, Gap(note.start, note.length)) for voice, note in notes if self.writable[note.start, voice]]
        return tuple(sorted([*self.gaps, *free], key=lambda each: (each[1].start, each[0])))

    @property
    def chords(self) -> tuple[Word, ...]:
        """Numerals asked for, in their lengths."""
        return self.staff.chords

    @property
    def figures(self) -> tuple[Word, ...]:
        """Figures under the bass, in their lengths."""
        return self.staff.figures

    @property
    def figured(self) -> tuple[tuple[int, str], ...]:
        """(step, figures) wherever a given bass note begins or figures stand, but for dashes; "" is a plain triad."""
        stated = {word.start: word.text for word in self.figures}
        begun = {note.start: "" for note in self.start.chorale.notes(Voice.BASS)}
        return tuple(sorted((step, text) for step, text in (begun | stated).items() if text != HELD))

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The voices that the player writes in."""
        return tuple(voice for voice in VOICES if self.writable[:, voice].any())


def read(path: Path) -> Level:
    """Read a level.

    Raises:
        InputError: it cannot be read, or a field is missing, unknown, of the wrong kind or out of range; one line
            names the file, the field, what was seen and what was wanted.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST + 1)
        if len(data) > _LARGEST:
            raise InputError(f"it is larger than {_LARGEST // 1000} kB: wanted a level, and they are small")
        return _level(Table(tomllib.loads(data.decode("utf-8-sig"))), path)
    except OSError as error:
        raise InputError(f"cannot read the level {path}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # of UTF-8, of TOML or of ours
        raise InputError(f"{path}: {error}") from None


def _level(table: Table, path: Path) -> Level:
    kind = _one_of(table, "kind", KINDS)
    strict = profile(_one_of(table, "profile", PROFILES, "textbook"))
    staff = _staff(table)
    errors = tuple(_planted(each, staff, strict) for each in table.tables("errors"))
    level = Level(
        id=_id(table),
        version=table.whole("version", 1, least=1, most=1_000_000),
        kind=kind,
        title=table.text("title", "the level's title"),
        intro=table.text("intro", "a sentence or two on what to do"),
        teaches=table.texts("teaches"),
        requires=table.texts("requires", "level's id"),
        card=table.text("card", default="").strip(),
        staff=staff,
        profile=strict,
        goals=read_goals(table, staff, strict),
        stars=_stars(table.table("stars")),
        hints=read_hints(table, staff),
        solution=_solution(table.table("solution"), staff, errors),
        wrong=tuple(_wrong(each, staff) for each in table.tables("wrong")),
        errors=errors,
        offers=frozenset(table.names("offers", OFFERS, "offer")),
        source=table.text("source", default=""),
        path=path,
    )
    table.finish()
    _check_kind(level)
    _check_names(level)
    return level


def _one_of(table: Table, name: str, known: Mapping[str, object], default: str | None = None) -> str:
    text = table.text(name, f"one of {', '.join(known)}", default)
    if text not in known:
        raise unknown(name, text, known)
    return text


def _id(table: Table) -> str:
    text = table.text("id", 'a name such as "cadences/perfect"')
    if not text or set(text) - set("abcdefghijklmnopqrstuvwxyz0123456789/-"):
        raise InputError(f"id is {text!r}: wanted small letters, digits, - and /, such as cadences/perfect")
    return text


def _staff(table: Table) -> Staff:
    key = table.read("key", Key.parse, "a key such as G major")
    meter = table.read("meter", Meter.parse, "a meter such as 3/4")
    pickup = table.read("pickup", pickup_steps, "a part of a whole note such as 1/4", default="0")
    return read_staff(table.table("score"), key, meter, pickup, table.number("tempo", 84.0, least=10, most=400))


def _stars(table: Table) -> Stars:
    made = Stars(table.number("two", 80.0, most=100), table.number("three", 95.0, most=100))
    table.finish()
    if made.two > made.three:
        raise InputError(f"stars.two is {made.two:g}: wanted no more than stars.three, which is {made.three:g}")
    return made


def _filled(table: Table, staff: Staff) -> Score:
    score = filled_in(staff, table)
    table.finish()
    return score


def _solution(table: Table, staff: Staff, errors: tuple[Planted, ...]) -> Answer:
    found = tuple(dict.fromkeys(note for error in errors for note in error.notes))
    return Answer(_filled(table, staff), found, guess="bach")


def _wrong(table: Table, staff: Staff) -> Wrong:
    why, misses = table.text("why", "what is wrong with it"), table.texts("misses", "goal's name")
    return Wrong(_filled(table, staff), why, misses)


def _planted(table: Table, staff: Staff, strict: Profile) -> Planted:
    rule = _one_of(table, "rule", RULES)
    start = table.read("at", lambda text: read_step(text, staff.score), "a place such as 2.3")
    found = [each for each in check(staff.score, strict, codes=(rule,)) if each.start <= start <= each.end]
    table.finish()
    if not found:
        raise InputError(f"{table.path('at')}: no {rule} at {staff.score.place(start)}: wanted a place where it stands")
    first = found[0]
    return Planted(rule, first.start, first.notes, first.message.partition(": ")[2])


_NEEDS: Mapping[str, tuple[Callable[[Level], bool], str]] = {
    "spell": (lambda level: bool(level.chords), "score.chords, the numerals to build"),
    "cadence": (lambda level: any(goal.check == "cadence" for goal in level.goals), 'a goal with check = "cadence"'),
    "voice": (lambda level: len(level.voices) == 1, "gaps in one voice only"),
    "fix": (lambda level: bool(level.errors), "the planted errors, each in [[errors]]"),
    "figured": (lambda level: bool(level.figures), "score.figures, the figures to realize"),
    "line": (lambda level: level.voices == (Voice.SOPRANO,), "gaps in the soprano only"),
    "full": (lambda level: len(level.voices) >= 3, "three voices to write, or four"),
    "beat": (lambda level: len(level.voices) >= 3, "three voices to write, or four"),
}


def _check_kind(level: Level) -> None:
    if not level.writable.any():
        raise InputError("score has nothing to write: wanted a gap such as ?:4, or a note that may be changed: g4:4?")
    fits, wanted = _NEEDS.get(level.kind, (lambda _: True, ""))
    if not fits(level):
        raise InputError(f"kind is {level.kind!r}: wanted {wanted}")


def _check_names(level: Level) -> None:
    """Complain of a wrong answer that misses a goal which the level has not."""
    names = [goal.name for goal in level.goals]
    for number, wrong in enumerate(level.wrong, 1):
        for name in wrong.misses:
            if name not in names:
                raise unknown(f"wrong[{number}].misses: goal", name, names)
