"""Chorale's own project files: every field of a score, as JSON that people can read and compare.

    {
      "format": "chorale-project", "version": 1,             (2 where there are drums)
      "score": {"title": "...", "key": "G major", "meter": "3/4", "pickup": 4, "qpm": 84, "steps": 252, ...
                "voices": {"soprano": ["0 4 G4", ...], ...}, "locked": {"soprano": ["0 8"], ...}},
      "extra": {...}
    }

A note is "start length pitch", times in steps (sixteenths), the pitch spelled; a locked stretch is "start length".
Format 2 adds "drums": {"kick": ["0 100 0.02", ...], ...}, a hit being "step velocity", with its offset in steps where
it has one. A score without drums is written in format 1, which older programs read; one with drums is not, since they
would lose them without a word.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chorale.errors import InputError
from chorale.files import atomic_write
from chorale.io.project_score import from_plain, to_plain
from chorale.io.sources import read_text
from chorale.music import Score

__all__ = ["VERSION", "Project", "read_project", "write_project"]

VERSION = 2
_FORMAT = "chorale-project"
_MAX_SIZE = 16 << 20  # bytes


@dataclass(frozen=True)
class Project:
    """What a project file holds.

    Args:
        score: the music.
        extra: what else belongs to the work, such as the seed and the preset: JSON values by name.
    """

    score: Score
    extra: Mapping[str, Any] = field(default_factory=dict)


def write_project(score: Score, path: Path | str, *, extra: Mapping[str, Any] | None = None) -> None:
    """Write a project file in one stroke: an older one stays whole if anything goes wrong.

    Raises:
        InputError: ``extra`` is not made of JSON values, or the file cannot be written.
    """
    version = 1 if score.drums is None else VERSION
    project = {"format": _FORMAT, "version": version, "score": to_plain(score), "extra": dict(extra or {})}
    try:
        text = json.dumps(project, indent=1, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InputError(f"extra data of a project: wanted JSON values ({error})") from error
    atomic_write(path, (text + "\n").encode())


def read_project(path: Path | str) -> Project:
    """Read a project file.

    Raises:
        InputError: the file is no project, is damaged (the line says where), or was written by a newer Chorale.
    """
    source = Path(path)
    data = _decoded(read_text(source, most=_MAX_SIZE), source)
    if not isinstance(data, dict) or data.get("format") != _FORMAT:
        raise InputError(f'{source} is JSON, but no Chorale project: wanted "format": "{_FORMAT}"')
    version = data.get("version")
    if not isinstance(version, int) or version < 1:
        raise InputError(f"{source} is damaged: version {version!r}, wanted a number from 1 to {VERSION}")
    if version > VERSION:
        raise InputError(
            f"{source} was written by a newer Chorale (format {version}): this one reads up to format {VERSION}"
        )
    extra = data.get("extra", {})
    if not isinstance(extra, dict):
        raise InputError(f'{source} is damaged: "extra" is not an object')
    try:
        return Project(from_plain(data.get("score")), extra)
    except InputError as error:
        raise InputError(f"{source} is damaged: {error}") from error


def _decoded(text: str, path: Path) -> Any:  # noqa: ANN401  any JSON value
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise InputError(
            f"{path} is damaged at line {error.lineno}, column {error.colno}: "
            f"wanted a Chorale project ({error.msg.lower()})"
        ) from None
    except (RecursionError, ValueError) as error:
        raise InputError(f"{path} is damaged: wanted a Chorale project ({str(error)[:60].lower()})") from None
