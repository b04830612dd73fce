"""Cases of the rules: TOML files of small pieces, one a rule, named after its code.

[[fails]]                        # or [[passes]]
about = "why it is here"
key = "G major"                  # C major, if not said
meter = "3/4"                    # 4/4, if not said
pickup = 1                       # quarters before the first bar; none, if not said
music = '''
S: d5:2 d5                       # the notation of chorale.levels.notation, a voice a line; quarters, if not said
B: g3:2 g3                       # voices left out are silent; a fermata ^ ends a phrase
'''
says = "bars 1.1-1.3, soprano"   # what the message begins with or holds; fails only
times = 2                        # how many findings; one, if not said; fails only
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chorale.levels.notation import parse
from chorale.music import Chorale, Key, Meter, Note, Score, Voice
from chorale.music.pitch import fifth_of_name
from chorale.theory import Analysis, Chord, Harmony, Quality, Texture, ToneKind, analyze

_QUALITIES = {"": Quality.MAJOR, "m": Quality.MINOR, "o": Quality.DIMINISHED, "7": Quality.DOMINANT_SEVENTH}
CASES = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    code: str
    fails: bool
    about: str
    score: Score
    says: str
    times: int
    analyze: Callable[[Score], Analysis] = analyze

    def __str__(self):
        return f"{self.code}: {'fails' if self.fails else 'passes'}: {self.about}"


def cases(code):
    """Return a rule's cases."""
    path = CASES / f"{code}.toml"
    if not path.is_file():
        return []
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(tables) <= {"fails", "passes"}, f"{path.name}: {sorted(tables)}"
    return [_case(code, kind, table) for kind in ("fails", "passes") for table in tables.get(kind, [])]


def _case(code, kind, table):
    known = {"about", "key", "meter", "pickup", "music", "chords", "says", "times"}
    assert set(table) <= known, f"{code}: {sorted(set(table) - known)}"
    score = read_score(
        table["music"],
        Key.parse(table.get("key", "C major")),
        Meter.parse(table.get("meter", "4/4")),
        4 * table.get("pickup", 0),
    )
    says, times = table.get("says", ""), table.get("times", 1)
    if "chords" not in table:
        return Case(code, kind == "fails", table["about"], score, says, times)
    given = read_chords(table["chords"], score)
    return Case(code, kind == "fails", table["about"], score, says, times, lambda _: given)


def read_chords(text, score):
    """Return the analysis that a text gives a score: "I=C V=G/B", a chord a quarter, all in the score's key."""
    words = text.split()
    harmonies = tuple(_harmony(word, 4 * number, score.key) for number, word in enumerate(words))
    texture = Texture.of(score)
    members = np.array([[*harmony.chord.tones, 99][:4] for harmony in harmonies])
    index = np.minimum(texture.steps // 4, len(words) - 1)
    belongs = (texture.fifths[:, :, None] == members[index][:, None, :]).any(axis=2)
    tones = np.where(belongs, ToneKind.CHORD, ToneKind.PASSING)
    return Analysis(texture, harmonies, np.where(texture.sounds, tones, ToneKind.SILENT).astype(np.int8), index, ())


def _harmony(word, start, key):
    numeral, _, name = word.partition("=")
    name, _, over = name.partition("/")
    degree = numeral.rstrip("67/542")
    letter = name.rstrip("m7o")
    root = fifth_of_name(letter)
    chord = Chord(root, _QUALITIES[name[len(letter) :]], fifth_of_name(over) if over else root)
    return Harmony(start, start + 4, chord, key, degree, numeral[len(degree) :])


def read_score(music, key=Key(0), meter=Meter(4, 4), pickup=0):  # noqa: B008  both are immutable
    """Return the score of a text with a line for each voice: "S: c5 d5"."""
    lines = dict(line.split(":", 1) for line in music.strip().splitlines())
    tunes = {Voice("SATB".index(letter.strip())): parse(text, key, meter, pickup) for letter, text in lines.items()}
    steps = max(len(tune.melody) for tune in tunes.values())
    voices = [tunes[voice].melody.notes if voice in tunes else [] for voice in Voice]
    chorale = Chorale.from_voices([[Note(n.start, n.length, n.pitch) for n in notes] for notes in voices], steps)
    spelling = np.zeros((steps, 4), dtype=np.int16)
    for voice, tune in tunes.items():
        for start, pitch in tune.pitches:
            spelling[start:, voice] = pitch.fifth
    fermatas = frozenset().union(*(tune.fermatas for tune in tunes.values()))
    return Score(chorale, key, meter, pickup, spelling=spelling, fermatas=fermatas)
