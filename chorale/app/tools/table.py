"""The five tools as a table: what each takes, what can be asked of it, what it says of itself.

The window makes its forms from this table, and the session its defaults.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Literal

from chorale.app.tools.asked import Asked

if TYPE_CHECKING:
    from chorale.io.midi import Wanted

__all__ = ["TOOLS", "Control", "Name", "Slot", "Sort", "Tool"]

Sort = Literal["number", "slider", "switch", "key", "meter", "tempo", "seed", "model"]
_SEEDS = 9999


class Name(StrEnum):
    """The tools, in the order of the window."""

    CONTINUE = "continue"
    GENERATE = "generate"
    INTERPOLATE = "interpolate"
    DRUMIFY = "drumify"
    GROOVE = "groove"


@dataclass(frozen=True)
class Slot:
    """A place for an input: what it is called, and what an empty one says."""

    label: str
    invitation: str


@dataclass(frozen=True)
class Control:
    """Something that can be asked of a tool.

    Attributes:
        field: The field of ``Asked`` that it sets.
        label: Its words.
        sort: How it is shown: a number with minus and plus, a slider, a switch, or a choice.
        low, high, step: Of numbers and sliders.
        hint: What it means.
        ends: Words at the ends of a slider.
        only: "melody" or "drums" where it makes sense for these alone.
        unit: What a number counts, in the singular.
    """

    field: str
    label: str
    sort: Sort
    low: float = 0
    high: float = 1
    step: float = 1
    hint: str = ""
    ends: tuple[str, str] = ("", "")
    only: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Tool:
    """One tool.

    Attributes:
        name: As on the command line.
        label: As in the window.
        line: What it does.
        verb: The word on its button.
        slots: Its inputs.
        kinds: "melody" and "drums" where the person chooses; else what it is given, "anything" or "drums".
        gives_drums: Whether its results are drums whatever it is given.
        controls: What can be asked, in the order of the form.
        usual: What is asked unless something else is.
        models: The kinds of models that can do it, for melodies and for drums.
    """

    name: Name
    label: str
    line: str
    verb: str
    slots: tuple[Slot, ...]
    kinds: tuple[Wanted, ...]
    controls: tuple[Control, ...]
    usual: Asked
    models: tuple[str, str]
    gives_drums: bool = False

    @property
    def chooses(self) -> bool:
        """Whether the person chooses between melodies and drums."""
        return len(self.kinds) > 1

    def wanted(self, *, drums: bool) -> Wanted:
        """Return what its inputs have to be."""
        return ("drums" if drums else "melody") if self.chooses else self.kinds[0]

    def makes_drums(self, *, drums: bool) -> bool:
        """Return whether its results are drums."""
        return self.gives_drums or (self.chooses and drums)

    def controls_for(self, *, drums: bool) -> tuple[Control, ...]:
        """Return what can be asked where melodies, or drums, are wanted."""
        other = "melody" if self.makes_drums(drums=drums) else "drums"
        return tuple(control for control in self.controls if control.only != other)

    def model_kind(self, *, drums: bool) -> str:
        """Return the kind of model that does it."""
        return self.models[1 if self.makes_drums(drums=drums) else 0]


_BOTH: tuple[Wanted, ...] = ("melody", "drums")
_SEED = Control("seed", "Seed", "seed", 0, _SEEDS, hint="The same seed gives the same music again")
_MODEL = Control("model", "Model", "model", hint="Which of the installed models does it")
_KEY = Control("key", "Key", "key", hint="The key to write in, and whether to stay in its scale", only="melody")
_DENSITY = Control(
    "density", "Density", "slider", 0, 1, 0.1, "How much the drums strike", ("Sparse", "Busy"), only="drums"
)


def _temperature(coldest: str) -> Control:
    """Return the slider of boldness; ``coldest`` says what 0 gives: without chance some tools have one answer only."""
    hint = f"0 {coldest}, 1 is as the model was trained, 2 is wild"
    return Control("temperature", "Temperature", "slider", 0, 2, 0.1, hint, ("Safe", "Wild"))


_ONE_BEST = _temperature("is the single best whatever the seed")
_BEST_OF_KIND = _temperature("is the likeliest of its kind, and the seed chooses the kind")


def _variations(most: int) -> Control:
    return Control("variations", "Variations", "number", 1, most, hint="How many results", unit="take")


def _bars(most: int, hint: str) -> Control:
    return Control("bars", "Bars", "number", 1, most, hint=hint, unit="bar")


_CONTINUE = Tool(
    Name.CONTINUE,
    "Continue",
    "Goes on where your tune or beat ends: every note you gave stays, and new bars follow in its manner.",
    "Continue",
    (Slot("Begins with", "a tune or a beat to go on from"),),
    _BOTH,
    (
        _bars(32, "How many bars to add"),
        _variations(8),
        _ONE_BEST,
        _DENSITY,
        _KEY,
        Control("ending", "Come to rest at the end", "switch", hint="End on a note of the tonic chord", only="melody"),
        _SEED,
        _MODEL,
    ),
    Asked(bars=2, variations=4),
    ("melody_rnn", "drum_rnn"),
)
_GENERATE = Tool(
    Name.GENERATE,
    "Generate",
    "Writes new bars out of nothing: ideas to choose from, keep, and harmonize.",
    "Generate",
    (),
    _BOTH,
    (
        _bars(4, "How long each idea is"),
        _variations(16),
        _BEST_OF_KIND,
        _DENSITY,
        Control("meter", "Meter", "meter", hint="Of melodies", only="melody"),
        Control("qpm", "Tempo", "tempo", 40, 240, 2, "Quarter notes a minute"),
        _KEY,
        _SEED,
        _MODEL,
    ),
    Asked(bars=4, variations=8),
    ("melody_vae", "drum_vae"),
)
_INTERPOLATE = Tool(
    Name.INTERPOLATE,
    "Interpolate",
    "Walks from one clip to another: each step is a little less of the first and a little more of the second.",
    "Interpolate",
    (Slot("From", "where the walk begins"), Slot("To", "where it ends")),
    _BOTH,
    (
        Control("steps", "Steps", "number", 3, 16, hint="How many clips, both ends among them", unit="step"),
        _ONE_BEST,
        _KEY,
        Control("exact", "End on your own clips", "switch", hint="Else both ends are the model's re-creations"),
        _SEED,
        _MODEL,
    ),
    Asked(steps=5, exact=True, temperature=0.5),
    ("melody_vae", "drum_vae"),
)
_DRUMIFY = Tool(
    Name.DRUMIFY,
    "Drumify",
    "Makes drums to go with anything that has a rhythm: a tune, a bass line, a chorale, your own tapping.",
    "Drumify",
    (Slot("Follows", "anything with a rhythm"),),
    ("anything",),
    (_variations(8), _ONE_BEST, _DENSITY, _SEED, _MODEL),
    Asked(variations=4),
    ("tap_vae", "tap_vae"),
    gives_drums=True,
)
_GROOVE = Tool(
    Name.GROOVE,
    "Groove",
    "Plays your drums as a drummer would: the same strokes, with a hand's timing and touch.",
    "Groove",
    (Slot("Plays", "a drum part"),),
    ("drums",),
    (_variations(8), _ONE_BEST, _SEED, _MODEL),
    Asked(variations=2),
    ("groove_vae", "groove_vae"),
    gives_drums=True,
)
TOOLS: dict[Name, Tool] = {tool.name: tool for tool in (_CONTINUE, _GENERATE, _INTERPOLATE, _DRUMIFY, _GROOVE)}
"""The tools by their names."""
