"""What a player has reached: the best result of every level, worlds passed at once, a streak of days.

The file is written whole or not at all, and after every level: a process that is killed loses the attempt it was at.
A file that cannot be read is set aside under another name and told of; an entry that makes no sense is left out and
told of, and the file is kept beside. Two windows may play at the same time: what is written is the better of both.
"""

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from chorale.errors import InputError
from chorale.files import atomic_write, set_aside

__all__ = ["NAME", "Progress", "Result", "Streak", "as_json", "data_folder", "load", "read", "save"]

NAME = "progress.json"
_VERSION = 1
_GRACE_DAYS = 1  # that may pass without play, and the streak goes on
_LARGEST = 5_000_000  # bytes; a thousand levels take some hundred thousand


@dataclass(frozen=True)
class Result:
    """The best result of a level.

    Attributes:
        stars: 1..3.
        points: 0..100.
        hints: how many were used.
        version: the level's.
        day: when, as "2026-11-23".
    """

    stars: int
    points: float
    hints: int = 0
    version: int = 1
    day: str = ""

    def __post_init__(self) -> None:
        for name, wanted, fits in _WANTED:
            value = getattr(self, name)
            if not fits(value):
                raise InputError(f"{name} is {value!r}: wanted {wanted}")

    @property
    def worth(self) -> tuple[int, int, float, int]:
        """What makes one result better than another: a newer level's, then stars, points, fewer hints."""
        return self.version, self.stars, self.points, -self.hints


def _is_whole(value: object, low: int, high: int) -> bool:
    return type(value) is int and low <= value <= high


def _is_day(value: object) -> bool:
    try:
        return isinstance(value, str) and (not value or bool(date.fromisoformat(value)))
    except ValueError:
        return False


_WANTED: tuple[tuple[str, str, Any], ...] = (
    ("stars", "1 to 3", lambda v: _is_whole(v, 1, 3)),
    ("points", "0 to 100", lambda v: isinstance(v, int | float) and not isinstance(v, bool) and 0 <= v <= 100),
    ("hints", "0 or more", lambda v: _is_whole(v, 0, 10_000)),
    ("version", "1 or more", lambda v: _is_whole(v, 1, 10_000_000)),
    ("day", "a day such as 2026-11-23", _is_day),
)


@dataclass(frozen=True)
class Streak:
    """Days on which something was reached, in a row; a single day between them does no harm.

    Attributes:
        days: how many.
        last: the last of them, "" before the first.
        best: the most there ever were.
        shown: whether the player wants to see it.
    """

    days: int = 0
    last: str = ""
    best: int = 0
    shown: bool = True

    def __post_init__(self) -> None:
        if not (_is_whole(self.days, 0, 100_000) and _is_whole(self.best, 0, 100_000) and _is_day(self.last)):
            raise InputError(f"a streak of {self.days!r} days until {self.last!r}: wanted a number and a day")
        if not isinstance(self.shown, bool):
            raise InputError(f"streak.shown is {self.shown!r}: wanted true or false")

    def after(self, today: date) -> "Streak":
        """Return the streak after something was reached on a day."""
        gap = (today - date.fromisoformat(self.last)).days if self.last else None
        if gap is not None and gap <= 0:
            return self
        days = self.days + 1 if gap is not None and gap <= 1 + _GRACE_DAYS else 1
        return dataclasses.replace(self, days=days, last=today.isoformat(), best=max(days, self.best))

    def on(self, today: date) -> int:
        """Return how many days it counts on a day: none once it is broken."""
        alive = bool(self.last) and (today - date.fromisoformat(self.last)).days <= 1 + _GRACE_DAYS
        return self.days if alive else 0


@dataclass(frozen=True)
class Progress:
    """What a player has reached; immutable.

    Attributes:
        results: the best of every level, by its id.
        tested: ids of the worlds that were passed by their exams.
        streak: of days.
        player: who it is, for a teacher; "" if nobody said.
        folders: a teacher's folders and files of levels, to be opened again.
        rest: what a later version of the program wrote beside it, kept as it is.
    """

    results: Mapping[str, Result] = field(default_factory=lambda: MappingProxyType({}))
    tested: frozenset[str] = frozenset()
    streak: Streak = Streak()
    player: str = ""
    folders: tuple[str, ...] = ()
    rest: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def best(self, level: str, version: int = 1) -> Result | None:
        """Return the best result of a level, or None; one of an earlier version of the level no longer counts."""
        result = self.results.get(level)
        return result if result is not None and result.version >= version else None

    def reached(self, level: str, result: Result, today: date) -> "Progress":
        """Return the progress with a result, if it is the best so far, and the day counted."""
        return dataclasses.replace(self.with_results({level: result}), streak=self.streak.after(today))

    def with_results(self, results: Mapping[str, Result]) -> "Progress":
        """Return the progress with the better of its own and other results."""
        merged = dict(self.results)
        for level, result in results.items():
            before = merged.get(level)
            merged[level] = result if before is None else max(before, result, key=lambda each: each.worth)
        return dataclasses.replace(self, results=MappingProxyType(merged))

    def passed_by_exam(self, world: str) -> "Progress":
        """Return the progress with a world passed at once."""
        return dataclasses.replace(self, tested=self.tested | {world})

    def merged(self, other: "Progress") -> "Progress":
        """Return the better of both; the name, the folders and whether the streak is shown are this one's."""
        longer = max(self.streak, other.streak, key=lambda each: (each.last, each.days))
        streak = dataclasses.replace(longer, best=max(self.streak.best, other.streak.best), shown=self.streak.shown)
        both = self.with_results(other.results)
        return dataclasses.replace(
            both,
            tested=self.tested | other.tested,
            streak=streak,
            player=self.player or other.player,
            rest=MappingProxyType({**other.rest, **self.rest}),
        )

    def showing_streak(self, *, shown: bool) -> "Progress":
        """Return the progress with the streak shown or hidden; its days are counted all the same."""
        return dataclasses.replace(self, streak=dataclasses.replace(self.streak, shown=shown))


def data_folder() -> Path:
    """Return the folder that this system keeps a person's data in; it may not exist yet."""
    import platformdirs  # noqa: PLC0415  only the window and the command line need it

    return Path(platformdirs.user_data_dir("chorale", appauthor=False))


# Reading --------------------------------------------------------------------------------------------------------


def load(folder: Path) -> tuple[Progress, tuple[str, ...]]:
    """Return the progress kept in a folder and one line for everything that could not be used; never fails."""
    path = folder / NAME
    try:
        kept = _object(path)
    except FileNotFoundError:
        return Progress(), ()
    except OSError as error:
        return Progress(), (f"the progress in {path} cannot be read ({(error.strerror or str(error)).lower()})",)
    except (ValueError, RecursionError) as error:
        return Progress(), (_set_aside(path, str(error).splitlines()[0]),)
    progress, complaints = _usable(kept)
    if complaints:
        complaints = (*complaints, _set_aside(path, "see above"))
    return progress, complaints


def read(path: Path) -> Progress:
    """Return the progress of a file that was exported.

    Raises:
        InputError: it cannot be read, or is no such file.
    """
    try:
        progress, complaints = _usable(_object(path))
    except OSError as error:
        raise InputError(f"cannot read the progress {path}: {(error.strerror or str(error)).lower()}") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {str(error).splitlines()[0]}: wanted a file that Chorale exported") from None
    if complaints:
        raise InputError(f"{path}: {complaints[0]}")
    return progress


def _object(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        data = file.read(_LARGEST + 1)
    if len(data) > _LARGEST:
        raise ValueError(f"larger than {_LARGEST // 1_000_000} MB")
    kept = json.loads(data.decode("utf-8"))
    if not isinstance(kept, dict) or not isinstance(kept.get("results"), dict):
        raise ValueError("no progress")  # noqa: TRY004  damaged content, like a syntax error
    return kept


def _usable(kept: dict[str, Any]) -> tuple[Progress, tuple[str, ...]]:
    """Return what can be used, and a line for each thing that cannot."""
    results, complaints = {}, []
    for level, entry in kept["results"].items():
        try:
            results[level] = _made(Result, entry)
        except (InputError, TypeError) as error:
            complaints.append(f"the result of {level!r} makes no sense ({error}); it is left out")
    try:
        streak = _made(Streak, kept.get("streak", {}))
    except (InputError, TypeError) as error:
        streak = Streak()
        complaints.append(f"the streak makes no sense ({error}); it begins anew")
    player = kept.get("player", "")
    known = {"version", "results", "streak", "player", "tested", "folders"}
    progress = Progress(
        MappingProxyType(results),
        frozenset(_texts(kept.get("tested"))),
        streak,
        player if isinstance(player, str) else "",
        _texts(kept.get("folders")),
        MappingProxyType({name: value for name, value in kept.items() if name not in known}),
    )
    return progress, tuple(complaints)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(each for each in value if isinstance(each, str)) if isinstance(value, list) else ()


def _made(kind: Any, entry: Any) -> Any:  # noqa: ANN401  Result or Streak, from any JSON value
    """Return a value of a kind from an entry; what a later version added to it is passed over."""
    if not isinstance(entry, dict):
        raise InputError(f"{entry!r}: wanted a table")
    names = {field.name for field in dataclasses.fields(kind)}
    return kind(**{name: value for name, value in entry.items() if name in names})


def _set_aside(path: Path, why: str) -> str:
    aside = set_aside(path)
    if aside is None:
        return f"the progress in {path} is damaged ({why})"
    return f"the progress was damaged ({why}) and set aside as {aside}"


# Writing --------------------------------------------------------------------------------------------------------


def save(progress: Progress, folder: Path) -> Progress:
    """Write the progress into a folder, which is made if need be; return what was written.

    What another window has written there meanwhile is not lost.

    Raises:
        InputError: the folder cannot be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"cannot make the folder {folder}: {(error.strerror or str(error)).lower()}") from error
    merged = progress.merged(load(folder)[0])
    atomic_write(folder / NAME, as_json(merged))
    return merged


def as_json(progress: Progress) -> bytes:
    """Return the progress as the text of its file."""
    kept = {
        **progress.rest,
        "version": _VERSION,
        "player": progress.player,
        "tested": sorted(progress.tested),
        "folders": list(progress.folders),
        "streak": dataclasses.asdict(progress.streak),
        "results": {level: dataclasses.asdict(progress.results[level]) for level in sorted(progress.results)},
    }
    return (json.dumps(kept, indent=2, ensure_ascii=False) + "\n").encode()
