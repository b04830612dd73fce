"""Worlds: folders of levels, in order; what cannot be read is told and left out.

``levels/NN-name`` is a world that ships: its ``world.toml`` has ``title``, ``intro`` and, if there is an exam by which
the world may be passed at once, ``exam``, the id of one of its levels (left out: the last). A teacher's world is any
folder of level files, with or without ``world.toml``, or a single level file.
"""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from chorale import assets
from chorale.errors import InputError
from chorale.levels.fields import Table
from chorale.levels.level import Level, read

__all__ = ["World", "Worlds", "load", "load_shipped", "load_world"]

_SHIPPED = re.compile(r"\d\d-.+\Z")
_WORLD = "world.toml"


@dataclass(frozen=True, eq=False)
class World:
    """A world.

    Attributes:
        id: its folder's name without the number: "cadences".
        title, intro: what the player reads.
        levels: in order.
        exam: id of the level that passes the whole world; "" where there is none.
    """

    id: str
    title: str
    intro: str
    levels: tuple[Level, ...]
    exam: str = ""


@dataclass(frozen=True, eq=False)
class Worlds:
    """Worlds and what was wrong with their files, a line each."""

    worlds: tuple[World, ...]
    problems: tuple[str, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Level]:
        """Every level by its id."""
        return {level.id: level for world in self.worlds for level in world.levels}

    @cached_property
    def knots(self) -> frozenset[str]:
        """Ids of the levels that nobody could reach, since they require one another: they are open from the start."""
        waiting = {level.id: {each for each in level.requires if each in self.by_id} for level in self.by_id.values()}
        while free := {name for name, needs in waiting.items() if not needs & set(waiting)}:
            waiting = {name: needs for name, needs in waiting.items() if name not in free}
        return frozenset(waiting)

    def loose_ends(self) -> tuple[str, ...]:
        """Return a line for every level that requires one which there is not, or that nobody could reach."""
        lines = [
            f"{level.path}: requires {name!r}: wanted the id of a level; it is passed over"
            for level in self.by_id.values()
            for name in level.requires
            if name not in self.by_id
        ]
        knotted = [self.by_id[name] for name in sorted(self.knots)]
        return (*lines, *(f"{level.path}: requires itself, by way of others; it is open" for level in knotted))

    def __add__(self, more: "Worlds") -> "Worlds":
        return _checked(Worlds(self.worlds + more.worlds, self.problems + more.problems))

    def world_of(self, level: str) -> World:
        """Return the world of a level.

        Raises:
            InputError: there is no such level.
        """
        for world in self.worlds:
            if any(each.id == level for each in world.levels):
                return world
        raise InputError(f"level {level!r}: wanted one of {', '.join(list(self.by_id)[:12])}")


def load_shipped() -> Worlds:
    """Return the worlds that ship."""
    return load(assets.folder("levels"))


def load(path: Path) -> Worlds:
    """Return the worlds below a folder, the world that a folder is, or the one of a single file; never fails."""
    if path.is_file():
        return _checked(_world(path.stem, [path], {}))
    folders = sorted(each for each in path.glob("*") if each.is_dir() and _SHIPPED.match(each.name))
    if not folders:
        return _checked(load_world(path))
    made = [load_world(folder) for folder in folders]
    worlds = tuple(world for each in made for world in each.worlds)
    return _checked(Worlds(worlds, tuple(line for each in made for line in each.problems)))


def load_world(folder: Path) -> Worlds:
    """Return the world that a folder is, and what was wrong with it."""
    files = sorted(path for path in folder.glob("*.toml") if path.name != _WORLD)
    if not files:
        return Worlds((), (f"{folder}: no levels: wanted a folder with level files (.toml)",))
    described: dict[str, str] = {}
    problems: tuple[str, ...] = ()
    try:
        described = _described(folder / _WORLD)
    except InputError as error:
        problems = (str(error),)
    made = _world(folder.name.lstrip("0123456789-") or folder.name, files, described)
    return replace(made, problems=problems + made.problems)


def _described(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        table = Table(tomllib.loads(path.read_text(encoding="utf-8-sig")))
        described = {name: table.text(name, default="") for name in ("title", "intro", "exam")}
        table.finish()
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: {error}") from None
    return described


def _world(name: str, files: list[Path], described: dict[str, str]) -> Worlds:
    levels, problems = [], []
    for path in files:
        try:
            levels.append(read(path))
        except InputError as error:
            problems.append(str(error))
    title = described.get("title") or name.replace("-", " ").replace("_", " ").capitalize()
    exam = described.get("exam") or (levels[-1].id if levels else "")
    if levels and exam not in {level.id for level in levels}:
        problems.append(f"{files[0].parent / _WORLD}: exam is {exam!r}: wanted the id of one of its levels")
        exam = levels[-1].id
    worlds = (World(name, title, described.get("intro", ""), tuple(levels), exam),) if levels else ()
    return Worlds(worlds, tuple(problems))


def _checked(worlds: Worlds) -> Worlds:
    """Return the worlds, each id once, and complaints of ids that come twice or are required and missing."""
    seen: dict[str, Level] = {}
    problems, kept = list(worlds.problems), []
    for world in worlds.worlds:
        fresh = []
        for level in world.levels:
            if level.id in seen:
                problems.append(f"{level.path}: id {level.id!r} is that of {seen[level.id].path} too; left out")
            else:
                seen[level.id] = level
                fresh.append(level)
        kept.append(replace(world, levels=tuple(fresh)))
    return Worlds(tuple(world for world in kept if world.levels), tuple(dict.fromkeys(problems)))
