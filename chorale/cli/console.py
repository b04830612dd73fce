"""What the command line says, on standard error: one line a matter, progress only where a person looks on."""

import sys
from typing import Self

__all__ = ["Progressing", "complain"]

_WIDTH = 78


def complain(text: str) -> None:
    """Say one line."""
    line = " ".join(text.split())
    print(f"chorale: {line}", file=sys.stderr, flush=True)


class Progressing:
    """A line that is written over and over while something runs; silent where standard error is no terminal."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._shown = -1
        self._on = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def show(self, fraction: float) -> None:
        """Say how far it is, 0..1."""
        percent = int(100 * fraction)
        if self._on and percent != self._shown:
            self._shown = percent
            print(f"\r{self._name[: _WIDTH - 8]}: {percent:3d} %", end="", file=sys.stderr, flush=True)

    def __exit__(self, *_: object) -> None:
        if self._shown >= 0:
            print("\r" + " " * _WIDTH + "\r", end="", file=sys.stderr, flush=True)
