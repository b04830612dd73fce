"""The command: see the package."""

import argparse
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from chorale import assets, io
from chorale.errors import ChoraleError, InputError
from chorale.files import atomic_write
from chorale.music import Score, Voice
from chorale.theory import PROFILES, RULES, CadenceKind, Finding, analyze, check
from chorale.theory.rules import Context, Hit, Wording
from chorale.training.precedents.choosing import MOST, Place, chosen
from chorale.training.precedents.phrases import Phrase, phrases_of
from chorale.training.precedents.shows import SHOWS
from chorale.training.precedents.text import toml
from chorale.training.precedents.witness import Witness

_BREAKS, _AVOIDS = "breaks", "avoids"
Places = dict[tuple[str, str], list[Place]]
_Known = tuple[str, int, tuple[tuple[Voice, int], ...], str]
_MATTERS_OF_READING = {"omitted-root"}
"""Rules whose breaches are not shown: a chord without its root may be meant as another one."""


def main() -> int:
    """Write the files and say what is in them."""
    parser = argparse.ArgumentParser(prog="python -m chorale.training.precedents", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER", help="has Jsb16thSeparated.npz")
    parser.add_argument("-o", "--output", type=Path, default=assets.folder("levels") / "precedents", metavar="FOLDER")
    arguments = parser.parse_args()
    try:
        witness = Witness(arguments.data)
        write(find(chorales()), witness, arguments.output)
    except ChoraleError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


def chorales() -> Iterator[tuple[str, Score]]:
    """Yield Bach's four-part chorales from music21's corpus, by name."""
    import music21  # noqa: PLC0415  takes seconds

    folder = Path(music21.__file__).parent / "corpus" / "bach"
    files = sorted(path for path in folder.glob("bwv*.mxl") if path.stem.replace(".", "").removeprefix("bwv").isdigit())
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for path, score in zip(files, pool.map(_read, files, chunksize=8), strict=True):
            if score is not None:
                yield path.stem, score


def _read(path: Path) -> Score | None:
    try:
        reading = io.read(path)
    except InputError:
        return None
    return None if any("left out" in warning for warning in reading.warnings) else reading.score


def find(named: Iterable[tuple[str, Score]]) -> Places:
    """Return every place that breaks or keeps a rule, by rule code and kind."""
    places: Places = defaultdict(list)
    for name, whole in named:
        known = {_named(finding, 0) for finding in check(whole, codes=list(RULES))}
        for phrase in phrases_of(name, whole):
            _find_in(phrase, known, places)
    return places


def _find_in(phrase: Phrase, known: set[_Known], places: Places) -> None:
    """Enter what a phrase has; a breach counts only if it is the same one in the whole chorale, read in its context."""
    profile, analysis = PROFILES["textbook"], analyze(phrase.score)
    findings = check(phrase.score, profile, analyze=lambda _: analysis, codes=list(RULES))
    keys = len({harmony.key for harmony in analysis.harmonies})
    faults = [finding for finding in findings if finding.code != "cadence"]
    for finding in findings:
        if _named(finding, phrase.start) in known and finding.code not in _MATTERS_OF_READING:
            others = [other for other in faults if other.code != finding.code]
            places[finding.code, _BREAKS].append(Place.of(phrase, _hit(finding), others, keys))
    context = Context(phrase.score, profile, lambda _: analysis, Wording(phrase.score))
    broken = {finding.code for finding in findings}
    for code in SHOWS.keys() - broken:
        places[code, _AVOIDS] += [Place.of(phrase, hit, faults, keys) for hit in SHOWS[code](context)]


def _named(finding: Finding, moved: int) -> _Known:
    """Return what a finding says, so many steps later."""
    notes = tuple((voice, step + moved) for voice, step in finding.notes)
    return finding.code, finding.start + moved, notes, _without_place(finding)


def _without_place(finding: Finding) -> str:
    """Return the message without its bars: "alto and bass: G-D to A-E, a fifth to a fifth"."""
    return finding.message.split(", ", 1)[1]


def _hit(finding: Finding) -> Hit:
    """Return a finding as a hit whose message is a remark."""
    text = _without_place(finding)
    return Hit(finding.voices, finding.start, finding.end, finding.notes, f"{text[0].upper()}{text[1:]}.")


def write(places: Places, witness: Witness, folder: Path) -> None:
    """Write a file for every rule."""
    used: Counter[tuple[str, int]] = Counter()
    for code in RULES:
        if code == "cadence":
            breaks = _cadences(places[code, _BREAKS], used)
        else:
            breaks = chosen(_confirmed(places[code, _BREAKS], witness), used)
        avoids = chosen(places[code, _AVOIDS], used)
        atomic_write(folder / f"{code}.toml", toml(breaks, avoids).encode())
        found = len(places[code, _BREAKS]), len(places[code, _AVOIDS])
        print(f"{code:24} breaks {len(breaks)} of {found[0]}, avoids {len(avoids)} of {found[1]}")


def _confirmed(places: list[Place], witness: Witness) -> list[Place]:
    """Return the clearest places that the other edition has too, enough to choose from."""
    confirmed: list[Place] = []
    for place in sorted(places, key=lambda place: (place.distraction, place.phrase.name, place.phrase.start)):
        if witness.agrees(place.phrase.score, place.hit.start, place.hit.end):
            confirmed.append(place)
        if len({each.phrase.name for each in confirmed}) >= 3 * MOST:
            break
    return confirmed


def _cadences(places: list[Place], used: Counter[tuple[str, int]]) -> list[Place]:
    """Return a cadence of each of the commonest kinds."""
    kinds = (
        CadenceKind.PERFECT_AUTHENTIC,
        CadenceKind.IMPERFECT_AUTHENTIC,
        CadenceKind.HALF,
        CadenceKind.DECEPTIVE,
    )
    by_kind = ([each for each in places if f": {kind.label} in " in each.hit.message.lower()] for kind in kinds)
    return [place for each in by_kind for place in chosen(each, used, 1)]


if __name__ == "__main__":
    sys.exit(main())
