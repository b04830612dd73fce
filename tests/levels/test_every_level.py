"""Every level that ships: it can be solved, cannot be had for nothing, is taught in order, and its texts fit."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

import pygame
import pytest

from chorale import assets
from chorale.levels import tunes
from chorale.levels.hints import filled
from chorale.levels.level import KINDS, Level, read
from chorale.levels.player import play
from chorale.levels.proving import prove
from chorale.levels.scoring import mark
from chorale.levels.worlds import load_shipped
from chorale.music import VOICES, Note, Voice
from chorale.theory import Severity, check
from chorale.ui.scenes.levels.card import CardSheet
from chorale.ui.theme import Theme

FILES = sorted(path for path in assets.folder("levels").glob("[0-9]*/*.toml") if path.name != "world.toml")
each_level = pytest.mark.parametrize("path", FILES, ids=[f"{path.parent.name}/{path.stem}" for path in FILES])

INTRO = 560, 4
"""Units in width and lines that a level's first words have at a size of 14."""

RULES = {
    **dict.fromkeys(("omitted-third", "omitted-root"), "root, third, fifth"),
    "range": "ranges",
    "crossing": "crossing",
    **dict.fromkeys(("spacing", "spacing-bass"), "spacing"),
    "doubling-root-position": "doubling the root",
    "doubled-leading-tone": "doubled leading tone",
    **dict.fromkeys(("doubling-first-inversion", "doubling-diminished"), "doubling in first inversion"),
    **dict.fromkeys(("parallel-fifths", "contrary-fifths"), "parallel fifths"),
    **dict.fromkeys(("parallel-octaves", "contrary-octaves"), "parallel octaves"),
    "same-direction": "contrary motion",
    **dict.fromkeys(("direct-fifths", "direct-octaves"), "direct fifths and octaves"),
    "overlap": "overlap",
    **dict.fromkeys(("leap-sixth", "leap-seventh", "leap-over-octave", "leap-unanswered"), "melodic intervals"),
    **dict.fromkeys(("augmented-interval", "diminished-leap"), "melodic intervals"),
    **dict.fromkeys(("leading-tone", "leading-tone-inner"), "resolving the leading tone"),
    **dict.fromkeys(("seventh-resolution", "doubled-seventh"), "resolving sevenths"),
}
"""What one must have learned to be asked to keep a rule."""

CADENCES = {
    "PAC": "perfect authentic cadence",
    "IAC": "imperfect authentic cadence",
    "HC": "half cadence",
    "PHC": "Phrygian half cadence",
    "DC": "deceptive cadence",
    "PC": "plagal cadence",
}
CHECKS = {
    "rhythm": "note lengths",
    "chords": "root, third, fifth",
    "figures": "figured bass",
    "position": "close and open position",
    "contrary": "contrary motion",
    **dict.fromkeys(("steps", "leaps"), "steps and leaps"),
    **dict.fromkeys(("begins", "ends"), "scale degrees"),
    **dict.fromkeys(("climax", "compass", "repeats"), "shape of a line"),
}
TONES = {"passing tone": "passing tones", "suspension": "suspension"}
FIGURES = {"6": "first inversion", "6/4": "second inversion", "7": "dominant seventh"}


@cache
def level_at(path: Path) -> Level:
    return read(path)


@cache
def by_id() -> dict[str, Level]:
    return {level.id: level for level in map(level_at, FILES)}


def before(level: Level) -> Iterator[Level]:
    """Yield the levels that one has passed before this one."""
    for name in level.requires:
        yield by_id()[name]
        yield from before(by_id()[name])


def known(level: Level) -> set[str]:
    """Return the ideas that the level and those before it teach."""
    return {idea for each in (level, *before(level)) for idea in each.teaches}


def test_there_are_eight_worlds_of_all_kinds_without_a_problem():
    worlds = load_shipped()
    assert worlds.problems == ()
    assert len(worlds.worlds) == 8
    assert len(FILES) == len(worlds.by_id) >= 48
    assert {level.kind for level in worlds.by_id.values()} == set(KINDS)
    assert all(world.title and world.intro for world in worlds.worlds)


@each_level
def test_its_solution_earns_three_stars_nothing_earns_none_and_a_wrong_answer_misses_what_it_is_said_to(path):
    assert prove(level_at(path)) == ()
    assert level_at(path).wrong


@each_level
def test_its_solution_is_clean(path):
    level = level_at(path)
    solved = level.solution.score
    if (solved.chorale.pitches >= 0).any(axis=0).all():
        findings = check(solved, level.profile) if level.kind == "beat" else check(solved)
        assert [each.message for each in findings if each.severity > Severity.HINT] == []
        assert len(findings) <= 1


@each_level
def test_its_hints_lead_to_the_solution(path):
    level = level_at(path)
    assert len(level.hints) >= 2
    assert level.hints[0].words
    helps = [2 if hint.fill else 1 if hint.show else 0 for hint in level.hints]
    assert helps == sorted(helps)  # words first, then a place to look at, then notes
    score = level.start
    for hint in level.hints:
        if hint.fill:
            score = filled(score, level.solution.score, *hint.fill)
            voice, step = hint.fill
            assert score.pitch_at(step, voice) == level.solution.score.pitch_at(step, voice)
    costs = mark(level, level.solution, len(level.hints))
    assert costs.stars >= 1
    assert costs.points < 100


@each_level
def test_the_automatic_player_solves_it_if_it_can_play_its_kind(path):
    level = level_at(path)
    answer = play(level)
    if answer is None:
        assert level.kind == "place"
    else:
        assert mark(level, answer).stars == 3


@pytest.mark.parametrize("level", by_id().values(), ids=by_id())
def test_what_it_requires_comes_earlier(level):
    order = list(by_id())
    assert all(order.index(name) < order.index(level.id) for name in level.requires)
    assert level.requires or level.id == order[0]


def test_every_level_is_on_the_way_to_the_last_ones():
    wanted = {name for level in by_id().values() for name in level.requires}
    assert [name for name in by_id() if name not in wanted] == [list(by_id())[-1]]


@each_level
def test_it_asks_for_nothing_that_was_not_taught(path):
    level = level_at(path)
    assert level.teaches
    assert asked(level) - known(level) == set()


def test_no_idea_is_introduced_twice():
    taught = [idea for level in by_id().values() for idea in level.teaches]
    assert len(taught) == len(set(taught))


def asked(level: Level) -> set[str]:
    """Return the ideas that a level leans on."""
    ideas: set[str] = set()
    for goal in level.goals:
        ideas |= {RULES[code] for code in goal.rules if goal.name != "profile"}
        ideas |= {"resolving the leading tone", "melodic intervals"} if goal.name == "profile" else set()
        ideas |= {CADENCES[word] for word in goal.wants if goal.check == "cadence"}
        ideas |= {TONES[word] for word in goal.wants if goal.check == "tone"}
        ideas |= {CHECKS[goal.check]} if goal.check in CHECKS else set()
    return ideas | set(_of_chords(level)) | set(_of_notes(level))


def _of_chords(level: Level) -> Iterator[str]:
    for text in {word.text for word in level.chords}:
        numeral, _, of = text.partition("/V")
        degree = numeral.rstrip("0123456789/")
        if set(degree) - set("IViov"):
            yield "major triad"
            continue
        yield "applied dominant" if of or text.endswith("/V") else "Roman numerals"
        yield from _of_quality(degree, level)
        figures = numeral.removeprefix(degree)
        if figures:
            yield FIGURES.get(figures, "inversions of V7")


def _of_quality(degree: str, level: Level) -> Iterator[str]:
    if degree.endswith("o"):
        yield "diminished triad"
    elif level.start.key.mode == "minor":
        yield "minor-key triads"
    elif degree.islower():
        yield "minor numerals"


def _of_notes(level: Level) -> Iterator[str]:
    """Yield what one must know to read and write the notes that are asked for."""
    voices = [Voice.SOPRANO] if "harmonize" in level.offers else [voice for voice in VOICES if voice in level.voices]
    solved = level.solution.score
    if any(voice in {Voice.TENOR, Voice.BASS} for voice in voices):
        yield "bass clef"
    notes = [(note, pitch) for voice in voices for note, pitch in solved.notes(voice)]
    if any(note.length not in {4, 8, 16} for note, _ in notes):
        yield "note lengths"
    if any(pitch.alter for _, pitch in notes):
        yield "accidentals"


def _quoting() -> dict[str, str]:
    """Return the levels whose source names a tune that ships, each with its tune."""
    titles = {score.title: name for name, score in tunes.load_all().items()}
    return {
        level.id: titles[title] for level in by_id().values() if (title := level.source.partition(";")[0]) in titles
    }


@pytest.mark.parametrize(("name", "tune"), _quoting().items())
def test_a_tune_that_is_named_is_quoted_note_for_note(name, tune):
    solved = by_id()[name].solution.score
    first = [note for note in solved.chorale.notes(0) if note.start <= min(solved.fermatas)]
    quoted, whole = _movements(first), _movements(tunes.load(tune).chorale.notes(0))
    assert quoted in [whole[at : at + len(quoted)] for at in range(len(whole))]


def _movements(notes: Sequence[Note]) -> list[tuple[int, int]]:
    """Return how far each note moves on, and how long it is: what stays the same in another key."""
    return [(after.pitch - note.pitch, note.length) for note, after in pairwise(notes)]


@each_level
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=["720", "1080"])
def test_its_texts_fit_their_boxes(path, size):
    pygame.font.init()
    theme, level = Theme.fitting(size), level_at(path)
    width, lines = INTRO
    assert len(theme.wrapped(level.intro, theme.px(width), 14, "serif")) <= lines
    assert all(len(theme.wrapped(hint.words, theme.px(width), 14, "serif")) <= lines for hint in level.hints)
    sheet = CardSheet(level.title, level.card, lambda: None)
    sheet.resize(size, theme)
    assert sheet.size_for(theme) == 17
    assert 120 < len(level.card) < 440
    assert len(level.title) <= 32
