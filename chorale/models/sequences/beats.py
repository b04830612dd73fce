"""How the variational networks lay out time: four bars of 4/4, in beats of four sixteenths."""

__all__ = ["BARS", "BEATS", "STEPS", "STEPS_PER_BEAT"]

BARS = 4
BEATS = 16
STEPS_PER_BEAT = 4
STEPS = BEATS * STEPS_PER_BEAT
