"""``chorale continue|generate|interpolate|drumify|groove``: clips in, MIDI files out, one a variation."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from chorale.app import tools
from chorale.app.tools import Result, Wishes
from chorale.cli.console import Progressing, complain
from chorale.cli.outputs import check_output
from chorale.errors import InputError
from chorale.music import Clip, Key, Meter

if TYPE_CHECKING:
    import argparse

    from chorale.io.midi import Wanted
    from chorale.models.base import Report

__all__ = ["run"]


def run(arguments: argparse.Namespace) -> int:
    """Do what one of the five tools is asked to."""
    inputs = list(getattr(arguments, "inputs", []))
    count = getattr(arguments, "steps", None) or arguments.variations
    targets = _targets(arguments.output, count, inputs[0].stem if inputs else arguments.tool)
    for target in targets:
        check_output(target, inputs)
    with Progressing(arguments.tool) as line:
        results = _made(arguments, lambda progress: line.show(progress.fraction))
    for note in dict.fromkeys(note for result in results for note in result.notes):
        complain(note)
    for result, target in zip(results, targets, strict=False):  # at temperature 0 there may be fewer that differ
        tools.save(result.clip, target)
        print(f"{target}  seed {result.seed}")
    return 0


def _made(arguments: argparse.Namespace, report: Report) -> list[Result]:
    wishes = _wishes(arguments)
    drums = bool(getattr(arguments, "drums", False))
    if arguments.tool == "generate":
        meter = Meter.parse(arguments.meter)
        return tools.generate(wishes, drums=drums, meter=meter, qpm=arguments.qpm, report=report)
    clips = [_clip(path, _kind(arguments.tool, drums=drums)) for path in arguments.inputs]
    if arguments.tool == "interpolate":
        return tools.interpolate(clips[0], clips[1], arguments.steps, wishes, exact=arguments.exact, report=report)
    make = {"continue": tools.continue_clip, "drumify": tools.drumify, "groove": tools.groove}[arguments.tool]
    return make(clips[0], wishes, report)


def _kind(tool: str, *, drums: bool) -> Wanted:
    """Return what a tool reads from its inputs."""
    if tool == "drumify":
        return "anything"
    return "drums" if drums or tool == "groove" else "melody"


def _wishes(arguments: argparse.Namespace) -> Wishes:
    key = getattr(arguments, "key", None)
    return Wishes(
        bars=getattr(arguments, "bars", None),
        variations=arguments.variations,
        temperature=arguments.temperature,
        seed=arguments.seed,
        key=None if key in {None, "input"} else Key.parse(key),
        locked=key is not None,
        density=getattr(arguments, "density", None),
        ending=bool(getattr(arguments, "ending", False)),
        model=arguments.model,
    )


def _clip(path: Path, kind: Wanted) -> Clip:
    reading = tools.read_clip(path, kind)
    for warning in reading.warnings:
        complain(f"{path}: {warning}")
    return reading.clip


def _targets(output: str, count: int, name: str) -> list[Path]:
    """Return a file for each result: OUT itself for one, OUT-1.mid and so on for more; in a folder NAME-1.mid."""
    path = Path(output)
    if path.is_dir() or output.endswith(("/", "\\")) or not path.suffix:
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise InputError(f"cannot make the folder {path}: {(error.strerror or str(error)).lower()}") from error
        path /= f"{name}.mid"
    elif path.suffix.lower() not in {".mid", ".midi"}:
        raise InputError(f"{path} has suffix {path.suffix!r}: wanted .mid, or a folder")
    elif count == 1:
        return [path]
    return [path.with_stem(f"{path.stem}-{number}") for number in range(1, count + 1)]
