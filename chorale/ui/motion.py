"""How things move: easing, and values that follow their target."""

__all__ = ["Follower", "ease_out"]


def ease_out(share: float) -> float:
    """Return how far a movement is when ``share`` (clipped to 0..1) of its time is over: fast, then slow."""
    rest = 1 - max(0.0, min(1.0, share))
    return 1 - rest * rest * rest


class Follower:
    """A value that glides to its target in ``seconds``."""

    def __init__(self, value: float, seconds: float = 0.18) -> None:
        self.seconds = seconds
        self.start = self.target = value
        self.begun = float("-inf")

    def aim(self, target: float, now: float) -> None:
        """Start gliding to another target; at once where ``seconds`` is 0."""
        if target != self.target:
            self.start, self.target, self.begun = self.at(now), target, now

    def jump(self, value: float) -> None:
        """Be somewhere else at once."""
        self.start = self.target = value

    def at(self, now: float) -> float:
        """Return the value at a time."""
        if self.seconds <= 0:
            return self.target
        return self.start + (self.target - self.start) * ease_out((now - self.begun) / self.seconds)

    def moving(self, now: float) -> bool:
        """Return whether the value is still on its way."""
        return now - self.begun < self.seconds and self.start != self.target
