"""Reading a table of TOML: every field is known, of its kind and in its range, or one line says which is not.

A ``Table`` is taken apart field by field; ``finish`` then complains about what nobody asked for, with a guess.
"""

import difflib
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from chorale.errors import InputError

__all__ = ["Table", "unknown"]

T = TypeVar("T")


class Table:
    """One table of a TOML file.

    Args:
        values: as TOML gives them.
        name: how the table is named in messages: "" for the file itself, "points" for ``[points]``.
    """

    def __init__(self, values: dict[str, Any], name: str = "") -> None:
        self._values, self._name = dict(values), name
        self._asked: list[str] = []

    def __contains__(self, field: str) -> bool:
        return field in self._values

    def path(self, field: str) -> str:
        """Return the name of a field as the file spells it: "points.total"."""
        return f"{self._name}.{field}" if self._name else field

    def _take(self, field: str) -> Any:  # noqa: ANN401  whatever TOML holds
        self._asked.append(field)
        return self._values.pop(field, None)

    def text(self, field: str, wanted: str = "a text", default: str | None = None) -> str:
        """Return a text.

        Raises:
            InputError: it is missing and has no default, or is no text.
        """
        value = self._take(field)
        if value is None and default is not None:
            return default
        if value is None:
            raise InputError(f"{self.path(field)} is missing: wanted {wanted}")
        if not isinstance(value, str):
            raise InputError(f"{self.path(field)} is {value!r}: wanted {wanted}")
        return value

    def read(self, field: str, how: Callable[[str], T], wanted: str, default: str | None = None) -> T:
        """Return what ``how`` makes of a text; its InputError is told with the field's name."""
        text = self.text(field, wanted, default)
        try:
            return how(text)
        except InputError as error:
            raise InputError(f"{self.path(field)}: {error}") from None

    def number(self, field: str, default: float, *, least: float = 0.0, most: float = 1000.0) -> float:
        """Return a number between two bounds.

        Raises:
            InputError: it is no number, or out of bounds.
        """
        value = self._take(field)
        if value is None:
            return default
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise InputError(f"{self.path(field)} is {value!r}: wanted a number from {least:g} to {most:g}")
        return float(value)

    def yes(self, field: str) -> bool:
        """Return true or false; false where it is missing.

        Raises:
            InputError: it is neither.
        """
        value = self._take(field)
        if value is not None and not isinstance(value, bool):
            raise InputError(f"{self.path(field)} is {value!r}: wanted true or false")
        return bool(value)

    def whole(self, field: str, default: int, *, least: int, most: int) -> int:
        """Return a whole number between two bounds.

        Raises:
            InputError: it is none, or out of bounds.
        """
        value = self.number(field, default, least=least, most=most)
        if value != int(value):
            raise InputError(f"{self.path(field)} is {value!r}: wanted a whole number from {least} to {most}")
        return int(value)

    def table(self, field: str) -> "Table":
        """Return a table inside this one; an empty one where it is missing.

        Raises:
            InputError: it is no table.
        """
        value = self._take(field)
        if value is not None and not isinstance(value, dict):
            raise InputError(f"{self.path(field)} is {value!r}: wanted a table, as in [{self.path(field)}]")
        return Table(value or {}, self.path(field))

    def tables(self, field: str) -> tuple["Table", ...]:
        """Return a list of tables; an empty one where it is missing.

        Raises:
            InputError: it is no list of tables.
        """
        value = self._take(field)
        if value is not None and not (isinstance(value, list) and all(isinstance(each, dict) for each in value)):
            raise InputError(f"{self.path(field)} is {value!r}: wanted tables, each as in [[{self.path(field)}]]")
        return tuple(Table(each, f"{self.path(field)}[{number}]") for number, each in enumerate(value or (), 1))

    def texts(self, field: str, what: str = "text") -> tuple[str, ...]:
        """Return a list of texts; a single text is a list of one, a missing one is empty.

        Raises:
            InputError: it is no list of texts.
        """
        value = self._take(field)
        found = [value] if isinstance(value, str) else value or []
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise InputError(f"{self.path(field)} is {value!r}: wanted a list of {what}s")
        return tuple(found)

    def names(self, field: str, known: Iterable[str], what: str) -> tuple[str, ...]:
        """Return a list of texts, each of them known.

        Raises:
            InputError: it is no list of texts, or one of them is unknown.
        """
        value = self._take(field)
        if value is None:
            return ()
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise InputError(f"{self.path(field)} is {value!r}: wanted a list of {what}s")
        for each in value:
            if each not in known:
                raise unknown(f"{self.path(field)}: {what}", each, known)
        return tuple(value)

    def entries(self, known: Iterable[str], what: str) -> tuple[str, ...]:
        """Return the fields that are left, each of them known; they are still to be asked for.

        Raises:
            InputError: one of them is unknown.
        """
        for field in self._values:
            if field not in known:
                raise unknown(f"{self._name}: {what}", field, known)
        return tuple(self._values)

    def finish(self) -> None:
        """Raise InputError if the table holds a field that nobody asked for."""
        for field in self._values:
            raise unknown("field", self.path(field), [self.path(known) for known in self._asked])


def unknown(what: str, seen: str, known: Iterable[str]) -> InputError:
    """Return the error for a name that nobody knows: with the nearest known one, or all of them where they are few."""
    names = list(known)
    near = difflib.get_close_matches(seen, names, n=1, cutoff=0.5)
    if near:
        return InputError(f"unknown {what} {seen!r}: did you mean {near[0]}?")
    some = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return InputError(f"unknown {what} {seen!r}: wanted {some}")
