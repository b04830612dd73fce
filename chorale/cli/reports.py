"""What ``chorale check`` says: lines for people, objects for programs.

Objects, one a line
    finding   kind "finding", file, code, title, severity, voices, start and end (bar, beat, step into the beat),
              notes (voice, pitch and where it begins), message, rate; with --fixes also fix: message and changes
              (voice, start, old and new pitch, and held: not struck any more, but held on), or null
    score     kind "score", once a file, after its findings: file, title, profile, key, meter, bars, counts of findings
              by severity, harmonies (start, end, key, numeral, chord, figures), cadences (start, kind, name, key)
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from chorale.app.checking import Checked
from chorale.music import Score
from chorale.theory import RULES, Cadence, Finding, Harmony
from chorale.theory.fixes import Fix

__all__ = ["lines", "objects", "totals"]

Object = dict[str, Any]
Fixes = Mapping[Finding, Fix | None]


def objects(file: str, checked: Checked, fixes: Fixes | None = None) -> Iterator[Object]:
    """Yield a file's findings and then its score, as the module describes."""
    for finding in checked.findings:
        fixed = {} if fixes is None else {"fix": _fix(checked.score, fixes[finding])}
        yield {"kind": "finding", "file": file, **_finding(checked.score, finding), **fixed}
    yield {"kind": "score", "file": file, **_score(checked)}


def _finding(score: Score, finding: Finding) -> Object:
    return {
        "code": finding.code,
        "title": RULES[finding.code].title,
        "severity": finding.severity.label,
        "voices": [voice.name.lower() for voice in finding.voices],
        "start": _place(score, finding.start),
        "end": _place(score, finding.end),
        "notes": [
            {"voice": voice.name.lower(), "pitch": str(score.pitch_at(step, voice)), "start": _place(score, step)}
            for voice, step in finding.notes
        ],
        "message": finding.message,
        "rate": finding.rate,
    }


def _fix(score: Score, fix: Fix | None) -> Object | None:
    if fix is None:
        return None
    changes = [
        {
            "voice": change.voice.name.lower(),
            "start": _place(score, change.start),
            "old": str(change.old),
            "new": str(change.new),
            "held": change.held,
        }
        for change in fix.changes
    ]
    return {"message": fix.message, "changes": changes}


def _place(score: Score, step: int) -> Object:
    place = score.place(step)
    return {"bar": place.bar, "beat": place.beat, "step": place.step}


def _score(checked: Checked) -> Object:
    score, analysis = checked.score, checked.analysis
    return {
        "title": score.title,
        "profile": checked.profile.name,
        "key": score.key.name,
        "meter": str(score.meter),
        "bars": len(score.bars),
        "counts": {severity.label: count for severity, count in checked.counts.items()},
        "harmonies": [_harmony(score, harmony) for harmony in analysis.harmonies],
        "cadences": [_cadence(score, cadence) for cadence in analysis.cadences],
    }


def _harmony(score: Score, harmony: Harmony) -> Object:
    return {
        "start": _place(score, harmony.start),
        "end": _place(score, harmony.end),
        "key": harmony.key.name,
        "numeral": harmony.numeral,
        "chord": harmony.chord.name,
        "figures": list(harmony.figured_bass),
    }


def _cadence(score: Score, cadence: Cadence) -> Object:
    return {
        "start": _place(score, cadence.step),
        "kind": cadence.kind.value,
        "name": cadence.kind.label,
        "key": cadence.key.name,
    }


def lines(file: str, checked: Checked, fixes: Fixes | None = None, *, chords: bool = False) -> Iterator[str]:
    """Yield what a person reads of a file: its findings by place, then the totals.

    Args:
        file: its name.
        checked: what was found.
        fixes: what is suggested for each finding; None to say nothing of it.
        chords: whether the numerals are told too, a line a phrase, with its cadence.
    """
    yield file
    if chords:
        yield from _phrases(checked)
    for finding in checked.findings:
        rate = f". {finding.rate}" if finding.rate else ""
        yield f"  {finding.severity.label:<7}  {finding.message}{rate} [{finding.code}]"
        fix = fixes[finding] if fixes else None
        if fix is not None:
            yield f"           try {fix.message}"
    yield f"  {totals(checked)}"


def totals(checked: Checked) -> str:
    """Return "Textbook: 1 error, 2 warnings, no hints"."""
    counts = [_count(count, severity.label) for severity, count in checked.counts.items()]
    return f"{checked.profile.name.capitalize()}: {', '.join(counts)}"


def _count(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"


def _phrases(checked: Checked) -> Iterator[str]:
    """Yield a line a phrase: where it begins, its numerals with every new key, the cadence."""
    texture = checked.analysis.texture
    cadences = {texture.phrases[texture.index_at(each.step)]: each for each in checked.analysis.cadences}

    def phrase(harmony: Harmony) -> int:
        return int(texture.phrases[texture.index_at(harmony.start)])

    for number, harmonies in groupby(checked.analysis.harmonies, phrase):
        kept = list(harmonies)
        place = checked.score.place(kept[0].start)
        ending = f" | {cadences[number].kind.label}" if number in cadences else ""
        yield f"  bar {place.bar}.{place.beat}  {' '.join(_numerals(kept))}{ending}"


def _numerals(harmonies: Iterable[Harmony]) -> Iterator[str]:
    key = None
    for harmony in harmonies:
        if harmony.key != key:
            name = harmony.key.tonic_name
            yield f"{name if harmony.key.mode == 'major' else name[0].lower() + name[1:]}:"
        key = harmony.key
        yield harmony.numeral
