"""The five tools: what is around a model, so that times, velocities and the person's own notes are kept."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.app.tools import joining
from chorale.app.tools.framing import Frame
from chorale.app.tools.playing import Manner, accent, replayed
from chorale.app.tools.wishes import Result, Wishes, model_for
from chorale.errors import InputError
from chorale.models.base import Progress, Taps
from chorale.music import Clip, DrumPattern, Key, Melody, Meter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chorale.models.base import Report, Surroundings, Written
    from chorale.music import ClipNote

__all__ = ["continue_clip", "drumify", "generate", "groove", "interpolate"]

_BARS = {"continue": 2, "generate": 4}
_QPM = 120.0
_MOST_STEPS = 64  # of one walk between two clips


def continue_clip(clip: Clip, wishes: Wishes, report: Report | None = None) -> list[Result]:
    """Return the clip, every note as it was, and what comes after it.

    Raises:
        InputError: the clip is empty or in a meter that the model does not know, or a wish is out of range.
    """
    _check_notes(clip)
    model = model_for(wishes, "drum_rnn" if clip.drums else "melody_rnn", "continued")
    steps = (wishes.bars or _BARS["continue"]) * clip.meter.steps_per_bar
    written = model.continued(
        clip.pattern if clip.drums else clip.melody,
        steps,
        wishes.around(clip),
        seed=wishes.seed,
        variations=wishes.variations,
        temperature=wishes.temperature,
        ending=wishes.ending,
        report=report,
    )
    return _distinct([_result(_appended(clip, each.music), each) for each in written], wishes)


def generate(
    wishes: Wishes, *, drums: bool = False, meter: Meter | None = None, qpm: float = _QPM, report: Report | None = None
) -> list[Result]:
    """Return new clips.

    Raises:
        InputError: the meter is none that the model knows, or a wish is out of range.
    """
    meter = meter or Meter(4, 4)
    model = model_for(wishes, "drum_vae" if drums else "melody_vae", "generated")
    around = wishes.around_nothing(meter, qpm)
    bars, most = wishes.bars or _BARS["generate"], model.longest(around) // meter.steps_per_bar
    if bars > most:
        raise InputError(f"{bars} bars of {meter}: wanted 1 to {most}, which the model writes at once")
    written = model.generated(
        bars * meter.steps_per_bar,
        around,
        seed=wishes.seed,
        variations=wishes.variations,
        temperature=wishes.temperature,
        report=report,
    )
    facts = {"meter": meter, "qpm": qpm, "key": None if drums else wishes.key or Key(0)}
    results = [_result(_clip_of(each.music, facts), each) for each in written]
    return _distinct(results if drums else [_accented(each) for each in results], wishes)


def interpolate(
    first: Clip, second: Clip, steps: int, wishes: Wishes, *, exact: bool = False, report: Report | None = None
) -> list[Result]:
    """Return ``steps`` clips on the way from one to another, both ends among them.

    Args:
        first: A melody or drums.
        second: The same, in the same meter; the shorter is filled up with silence.
        steps: How many, at least 2.
        wishes: Temperature, seed, key; a path has no variations.
        exact: Whether the ends are the clips themselves; they are re-creations otherwise.
        report: Hears of the progress.

    Raises:
        InputError: a clip is empty, they do not belong together, or a wish is out of range.
    """
    for clip in (first, second):
        _check_notes(clip)
    if first.meter.steps_per_bar != second.meter.steps_per_bar:
        raise InputError(f"meters {first.meter} and {second.meter}: wanted two clips in the same")
    if not 2 <= steps <= _MOST_STEPS:
        raise InputError(f"{steps} steps between two clips: wanted 2 to {_MOST_STEPS}, both ends among them")
    model = model_for(wishes, "drum_vae" if first.drums else "melody_vae", "interpolated")
    around = wishes.around(first)
    places = [number / (steps - 1) for number in range(steps)]
    ends = _from_bar_line(first), _from_bar_line(second)
    written = _walked(model, ends, places, around, wishes, report)
    facts = {"meter": first.meter, "qpm": first.qpm, "key": around.key}
    results = [_result(_clip_of(each.music, facts), each) for each in written]
    if not first.drums:
        results = [_played_between(each, *ends, at) for each, at in zip(results, places, strict=True)]
    if exact:
        results[0] = dataclasses.replace(results[0], clip=ends[0])
        results[-1] = dataclasses.replace(results[-1], clip=ends[1])
    lead = ends[0].steps - first.steps
    return [_from_step(each, lead, first.pickup) for each in results] if first.pickup == second.pickup else results


def _from_step(result: Result, lead: int, pickup: int) -> Result:
    """Return a result without the silence that was put before a pickup."""
    clip = result.clip.cut(lead, result.clip.steps).replace(pickup=pickup) if lead else result.clip
    return dataclasses.replace(result, clip=clip)


def _walked(
    model: Any,  # noqa: ANN401  an Interpolator of melodies or of drums
    ends: Sequence[Clip],
    places: Sequence[float],
    around: Surroundings,
    wishes: Wishes,
    report: Report | None,
) -> list[Written[Any]]:
    """Return the music at the places between two clips; what is too long for the model goes in overlapping parts."""
    length, longest = max(map(_whole_bars, ends)), model.longest(around)
    starts = joining.starts_of(length, longest)
    parts = []
    for number, start in enumerate(starts):
        pair = [_music(clip.cut(start, min(start + longest, length))) for clip in ends]
        written = model.interpolated(*pair, places, around, seed=wishes.seed, temperature=wishes.temperature)
        parts.append(written)
        if report is not None:
            report(Progress((number + 1) / len(starts)))
    bar = ends[0].meter.steps_per_bar
    return [
        dataclasses.replace(path[0], music=joining.joined([part.music for part in path], starts, length, bar))
        for path in zip(*parts, strict=True)
    ]


def _accented(result: Result) -> Result:
    """Return a new melody with the light accents of its meter: bars, beats, and what lies between."""
    clip = result.clip
    notes = [dataclasses.replace(note, velocity=accent(note.step, clip.meter)) for note in clip.notes]
    return dataclasses.replace(result, clip=clip.with_notes(notes))


def _from_bar_line(clip: Clip) -> Clip:
    """Return a clip that begins with a whole bar: before a pickup there is silence."""
    if not clip.pickup:
        return clip
    missing = clip.meter.steps_per_bar - clip.pickup
    return clip.replace(notes=tuple(note.moved(missing) for note in clip.notes), steps=clip.steps + missing, pickup=0)


def _played_between(result: Result, first: Clip, second: Clip, place: float) -> Result:
    """Return a step of a walk, as loud and as swung as a player between the two would play it."""
    manner = Manner.of(first).towards(Manner.of(second), place)
    return dataclasses.replace(result, clip=manner.played(result.clip, 0))


def drumify(clip: Clip, wishes: Wishes, report: Report | None = None) -> list[Result]:
    """Return drum parts to go with anything that has onsets; a hit is as late as the note that it goes with.

    Raises:
        InputError: the clip is empty, or a wish is out of range.
    """
    _check_notes(clip)
    model = model_for(wishes, "tap_vae", "drummed")
    whole = _from_bar_line(clip)
    frame = Frame.around(whole.steps, whole.meter)
    written = model.drummed(
        frame.taps(taps_of(whole)),
        frame.surroundings(wishes.around(whole)),
        seed=wishes.seed,
        variations=wishes.variations,
        temperature=wishes.temperature,
        report=report,
    )
    facts = {"meter": clip.meter, "qpm": clip.qpm, "pickup": clip.pickup}
    lead = whole.steps - clip.steps
    freed = map(frame.freed, written)
    return _distinct([_result(_clip_of(each.music.cut(lead, whole.steps), facts), each) for each in freed], wishes)


def groove(clip: Clip, wishes: Wishes, report: Report | None = None) -> list[Result]:
    """Return the clip with new velocities and times; notes, their keys and their lengths are kept.

    Raises:
        InputError: the clip has no drums, or a wish is out of range.
    """
    _check_notes(clip)
    if not clip.drums:
        raise InputError("the clip is no drum part: wanted drums to groove")
    model = model_for(wishes, "groove_vae", "grooved")
    whole = _from_bar_line(clip)
    frame = Frame.around(whole.steps, whole.meter)
    written = model.grooved(
        frame.pattern(whole.pattern),
        frame.surroundings(wishes.around(whole)),
        seed=wishes.seed,
        variations=wishes.variations,
        temperature=wishes.temperature,
        report=report,
    )
    lead = whole.steps - clip.steps
    freed = map(frame.freed, written)
    return _distinct([_result(replayed(clip, each.music.cut(lead, whole.steps)), each) for each in freed], wishes)


def taps_of(clip: Clip) -> Taps:
    """Return where a clip has onsets; of several notes in one step the loudest says how late."""
    struck, offsets = np.zeros(clip.steps, bool), np.zeros(clip.steps, np.float32)
    for note in sorted(clip.notes, key=lambda each: each.velocity):
        step = min(note.step, clip.steps - 1)
        struck[step], offsets[step] = True, np.clip(float(note.start) - step, -0.5, 0.5)
    return Taps(struck, offsets)


def _check_notes(clip: Clip) -> None:
    if not clip.notes:
        raise InputError(f"{clip.name or 'the clip'} is empty: wanted at least one note")


def _whole_bars(clip: Clip) -> int:
    """Return the length in steps up to the end of the last bar."""
    return -(-clip.steps // clip.meter.steps_per_bar) * clip.meter.steps_per_bar


def _music(clip: Clip) -> Melody | DrumPattern:
    return clip.pattern if clip.drums else clip.melody


def _clip_of(music: Melody | DrumPattern, facts: dict[str, Any]) -> Clip:
    if isinstance(music, DrumPattern):
        return Clip.of_pattern(music, **{name: fact for name, fact in facts.items() if name != "key"})
    return Clip.of_melody(music, **facts)


def _appended(clip: Clip, music: Melody | DrumPattern) -> Clip:
    """Return the clip and what was written to follow it, played in its manner."""
    more = _clip_of(music, {"meter": clip.meter, "qpm": clip.qpm})
    notes = more.notes if clip.drums else Manner.of(clip).played(more, clip.steps).notes
    return clip.with_notes(
        [*clip.notes, *(note.moved(Fraction(clip.steps)) for note in notes)], clip.steps + len(music)
    )


def _result(clip: Clip, written: Written[Any]) -> Result:
    return Result(clip, written.seed, written.notes)


def _distinct(results: list[Result], wishes: Wishes) -> list[Result]:
    """Return the results; at temperature 0 those that equal another are left out, and the first says so."""
    if wishes.temperature:
        return results
    first: dict[tuple[ClipNote, ...], Result] = {}
    for result in results:
        first.setdefault(result.clip.notes, result)
    kept = list(first.values())
    if len(kept) == len(results):
        return results
    few = f"{len(kept)} result{'' if len(kept) == 1 else 's'} instead of {len(results)}"
    why = f"at temperature 0 the others would be the same: {few}"
    return [dataclasses.replace(kept[0], notes=(*kept[0].notes, why)), *kept[1:]]
