"""Everything that can be asked of any tool, as the window's forms hold it, and how a tool is set to work with it."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chorale.app.tools.making import continue_clip, drumify, generate, groove, interpolate
from chorale.app.tools.wishes import Result, Wishes
from chorale.music import Key, Meter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chorale.models.base import Report
    from chorale.music import Clip

__all__ = ["Asked", "make"]


@dataclass(frozen=True)
class Asked:
    """Everything that can be asked; a tool reads what it knows of it.

    Attributes:
        drums: Whether drums are wanted instead of a melody.
        bars: How many to write.
        variations: How many results.
        steps: Of a walk, both ends among them.
        temperature: 0 (the likeliest) to 2 (wild).
        seed: Of the first result.
        key: To write in; None: the input's own, or C major where there is none.
        locked: Whether to stay in its scale.
        ending: Whether a continued melody comes to rest.
        density: Of drums, 0 to 1; None: as the model likes.
        exact: Whether a walk ends on the given clips themselves.
        meter: Of what is generated.
        qpm: Of what is generated.
        model: "" for the tool's own.
    """

    drums: bool = False
    bars: int = 4
    variations: int = 4
    steps: int = 5
    temperature: float = 1.0
    seed: int = 0
    key: Key | None = None
    locked: bool = False
    ending: bool = False
    density: float | None = None
    exact: bool = False
    meter: Meter = Meter(4, 4)  # noqa: RUF009  Meter is immutable
    qpm: float = 120.0
    model: str = ""

    def replace(self, **changes: Any) -> Asked:  # noqa: ANN401  fields
        """Return the same with some fields changed."""
        return dataclasses.replace(self, **changes)

    @property
    def wishes(self) -> Wishes:
        """The same as the tools take it.

        Raises:
            InputError: a number is out of range.
        """
        return Wishes(
            self.bars, self.variations, self.temperature, self.seed, self.key, self.locked, self.density, self.ending,
            self.model,
        )  # fmt: skip


def make(tool: str, clips: Sequence[Clip], asked: Asked, report: Report | None = None) -> list[Result]:
    """Set a tool to work, by its name; ``clips`` are its inputs.

    Raises:
        InputError: an input or a wish is at fault.
        ModelError: a file of the model is damaged.
    """
    wishes = asked.wishes
    if tool == "generate":
        return generate(wishes, drums=asked.drums, meter=asked.meter, qpm=asked.qpm, report=report)
    if tool == "interpolate":
        return interpolate(clips[0], clips[1], asked.steps, wishes, exact=asked.exact, report=report)
    return {"continue": continue_clip, "drumify": drumify, "groove": groove}[tool](clips[0], wishes, report)
