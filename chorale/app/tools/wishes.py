"""What a person asks of a tool, and what comes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chorale.app.tools.installed import models_for
from chorale.errors import InputError
from chorale.models import registry
from chorale.models.base import Surroundings

if TYPE_CHECKING:
    from chorale.music import Clip, Key, Meter

__all__ = ["Result", "Wishes", "model_for"]

_MOST_BARS = 64
_PURPOSES = {
    "melody_rnn": "continuing melodies",
    "drum_rnn": "continuing drums",
    "melody_vae": "generating and interpolating melodies",
    "drum_vae": "generating and interpolating drums",
    "groove_vae": "grooving",
    "tap_vae": "making drums to a clip",
}


@dataclass(frozen=True)
class Wishes:
    """What is wanted.

    Attributes:
        bars: How long the result, or the continuation, is to be; None: as the tool likes.
        variations: How many results.
        temperature: 0 (the likeliest) to 2 (wild).
        seed: Of the first variation; the others have the seeds after it.
        key: To write in; None: the input's own.
        locked: Whether to stay inside the key's scale.
        density: Of drums, 0 to 1.
        ending: Whether a continued melody comes to rest.
        model: Another model than the tool's own; "" for that.

    Raises:
        InputError: a number is out of range.
    """

    bars: int | None = None
    variations: int = 1
    temperature: float = 1.0
    seed: int = 0
    key: Key | None = None
    locked: bool = False
    density: float | None = None
    ending: bool = False
    model: str = ""

    def __post_init__(self) -> None:
        if self.bars is not None and not 1 <= self.bars <= _MOST_BARS:
            raise InputError(f"{self.bars} bars: wanted 1 to {_MOST_BARS}")
        if self.density is not None and not 0 <= self.density <= 1:
            raise InputError(f"density {self.density:g}: wanted 0 (little) to 1 (much)")
        if self.seed < 0:
            raise InputError(f"seed {self.seed}: wanted 0 or more")

    def around(self, clip: Clip) -> Surroundings:
        """Return what the models are told about a clip."""
        key = self.key or clip.key
        return Surroundings(clip.meter, clip.pickup, clip.qpm, key, self.locked, self.density)

    def around_nothing(self, meter: Meter, qpm: float) -> Surroundings:
        """Return what the models are told where there is no clip."""
        return Surroundings(meter, 0, qpm, self.key, self.locked, self.density)


@dataclass(frozen=True)
class Result:
    """One result.

    Attributes:
        clip: The music.
        seed: The seed that gives it again.
        notes: One line each on what the person should know.
    """

    clip: Clip
    seed: int
    notes: tuple[str, ...] = ()


def model_for(wishes: Wishes, usual: str, method: str) -> Any:  # noqa: ANN401  one of the capabilities' Protocols
    """Return the model that is asked for.

    Raises:
        InputError: it is not installed, or cannot do this.
        ModelError: a file of it is damaged.
    """
    name = wishes.model or usual
    if name not in registry.available():
        purpose = f", which {_PURPOSES[name]} needs," if name in _PURPOSES else ""
        raise InputError(f"the model {name}{purpose} is not installed: `chorale models` lists those that are")
    model = registry.load(name) if name == usual or name in models_for(usual) else None
    if not hasattr(model, method):
        raise InputError(f"model {name!r} cannot do this: wanted {' or '.join(models_for(usual)) or usual}")
    return model
