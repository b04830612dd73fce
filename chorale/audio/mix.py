"""What the listener sets at the desk: each voice's volume, mute and solo."""

from dataclasses import dataclass, replace

from chorale.errors import InputError

__all__ = ["Mix"]


@dataclass(frozen=True)
class Mix:
    """Volumes, mutes and solos of the four voices; immutable.

    Attributes:
        volumes: 0..1, as a slider shows them.
        muted: voices that are silenced.
        soloed: where there are any, all other voices are silenced.

    Raises:
        InputError: a volume is out of range.
    """

    volumes: tuple[float, float, float, float] = (1.0, 1.0, 1.0, 1.0)
    muted: frozenset[int] = frozenset()
    soloed: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if len(self.volumes) != 4 or not all(0 <= volume <= 1 for volume in self.volumes):
            raise InputError(f"volumes {self.volumes}: wanted four numbers from 0 to 1")

    def with_volume(self, voice: int, volume: float) -> "Mix":
        """Return the mix with one voice's volume set; what is beyond 0..1 is brought inside."""
        held = min(1.0, max(0.0, volume))
        volumes = [held if index == voice else old for index, old in enumerate(self.volumes)]
        return replace(self, volumes=(volumes[0], volumes[1], volumes[2], volumes[3]))

    def with_mute(self, voice: int, *, on: bool) -> "Mix":
        """Return the mix with a voice muted or not."""
        return replace(self, muted=self.muted | {voice} if on else self.muted - {voice})

    def with_solo(self, voice: int, *, on: bool) -> "Mix":
        """Return the mix with a voice soloed or not."""
        return replace(self, soloed=self.soloed | {voice} if on else self.soloed - {voice})

    def is_heard(self, voice: int) -> bool:
        """Whether mutes and solos let a voice through."""
        return voice not in self.muted and (not self.soloed or voice in self.soloed)

    @property
    def gains(self) -> tuple[float, float, float, float]:
        """Amplitude of each voice: the square of its volume, so that half way sounds about half as loud."""
        heard = [self.volumes[voice] ** 2 if self.is_heard(voice) else 0.0 for voice in range(4)]
        return heard[0], heard[1], heard[2], heard[3]
