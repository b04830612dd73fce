"""What the listener sets at the desk: volume, mute and solo of each voice and of the drums."""

from dataclasses import dataclass, replace

from chorale.errors import InputError

__all__ = ["DRUMS", "TRACKS", "Mix"]

DRUMS = 4
"""The track under the four voices, which are tracks 0..3."""
TRACKS = 5


@dataclass(frozen=True)
class Mix:
    """Volumes, mutes and solos of the four voices and the drums; immutable.

    Attributes:
        volumes: (5,) 0..1, as a slider shows them; soprano, alto, tenor, bass, drums.
        muted: tracks that are silenced.
        soloed: where there are any, all other voices are silenced.

    Raises:
        InputError: a volume is out of range.
    """

    volumes: tuple[float, ...] = (1.0,) * TRACKS
    muted: frozenset[int] = frozenset()
    soloed: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        if len(self.volumes) != TRACKS or not all(0 <= volume <= 1 for volume in self.volumes):
            raise InputError(f"volumes {self.volumes}: wanted five numbers from 0 to 1: four voices and the drums")

    def with_volume(self, voice: int, volume: float) -> "Mix":
        """Return the mix with one voice's volume set; what is beyond 0..1 is brought inside."""
        held = min(1.0, max(0.0, volume))
        return replace(self, volumes=tuple(held if index == voice else old for index, old in enumerate(self.volumes)))

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
    def gains(self) -> tuple[float, ...]:
        """Amplitude of each track: the square of its volume, so that half way sounds about half as loud."""
        return tuple(self.volumes[track] ** 2 if self.is_heard(track) else 0.0 for track in range(TRACKS))
