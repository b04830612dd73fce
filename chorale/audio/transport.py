"""The tapes in motion: what is written on them, how far, and which step is heard.

Frames count from the moment the tapes started. One thread writes; any thread may ask for the step.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from chorale.audio.loudness import limited_together
from chorale.audio.output import Output, to_int16
from chorale.audio.render import Stream
from chorale.audio.reverb import BLOCK
from chorale.audio.sampling import RATE, FloatArray
from chorale.audio.timeline import Route

__all__ = ["Transport"]

_LEAD = 3 * BLOCK  # frames kept written ahead of the playhead: 4.5 s
_MARGIN = round(0.03 * RATE)  # frames that are not written any more: the mixer may be reading them
_SPLICE = round(0.15 * RATE)  # frames from now at which a change is meant to be heard
_CROSS = round(0.03 * RATE)


@dataclass(frozen=True)
class _Span:
    """From which frame on which route is on the tapes."""

    frame: int
    route: Route


@dataclass(frozen=True)
class _Motion:
    """Tapes that run: since when, and what is on them."""

    began: float
    spans: tuple[_Span, ...]


class Transport:
    """The tapes of one output.

    Args:
        output: where sound goes; may be exchanged while the tapes rest or run.
        clock: seconds that never go back.
    """

    def __init__(self, output: Output, clock: Callable[[], float]) -> None:
        self.output = output
        self._clock = clock
        self._motion: _Motion | None = None
        self._stream: Stream | None = None
        self._written = 0
        self._silent_from: float | None = None

    @property
    def is_started(self) -> bool:
        """Whether a playhead moves."""
        return self._motion is not None

    def step(self) -> float | None:
        """Return the step that is heard now, or None where nothing moves."""
        motion = self._motion
        if motion is None:
            return None
        frame = (self._clock() - motion.began - self.output.latency) * RATE
        span = _span_at(motion, frame)
        return span.route.step_after((frame - span.frame) / RATE)

    def is_over(self) -> bool:
        """Whether the playhead has reached the end of its route."""
        motion = self._motion
        if motion is None:
            return False
        span = motion.spans[-1]
        heard = (self._clock() - motion.began - self.output.latency) - span.frame / RATE
        return heard >= span.route.seconds

    def start(self, stream: Stream, first: FloatArray, route: Route, gains: tuple[float, ...]) -> None:
        """Start the tapes anew with a stream whose first block is given."""
        self.output.clear()
        self.output.write(0, to_int16(limited_together(first)))
        self.output.set_gains(gains)
        self.output.start()
        self._stream, self._written, self._silent_from = stream, BLOCK, None
        self._motion = _Motion(self._clock(), (_Span(0, route),))

    def ahead(self) -> tuple[float, int | None]:
        """Return where a change can be heard next: the step then, and the frame; (0, None) where nothing moves."""
        motion = self._motion
        if motion is None:
            return 0.0, None
        frame = self._now(motion) + _SPLICE
        span = _span_at(motion, frame)
        return span.route.step_after((frame - span.frame) / RATE), frame

    def splice(self, stream: Stream, first: FloatArray, route: Route, moment: int | None) -> None:
        """Cross over to another stream while the tapes run.

        Args:
            stream: it begins with ``first`` and goes on.
            first: its first block.
            route: its route.
            moment: the frame it was planned for by ``ahead``, so that the playhead does not jump; None: as soon as
                may be, for a playhead that is to jump.
        """
        motion = self._motion
        if motion is None:
            return
        earliest = self._now(motion) + _MARGIN
        frame = earliest if moment is None else moment
        late = min(max(0, earliest - frame), BLOCK - 1)  # rendering took long: what is past stays as it was
        self.output.blend(frame + late, to_int16(limited_together(first[:, late:])), _CROSS)
        self._stream, self._written = stream, frame + BLOCK
        kept = () if moment is None else motion.spans[-1:]
        self._motion = _Motion(motion.began, (*kept, _Span(frame, route)))

    def feed(self, lock: threading.Lock) -> bool:
        """Write the next block where it is due; return whether it was.

        The block is made outside the lock, and dropped where another stream took over meanwhile.
        """
        motion, stream = self._motion, self._stream
        if self._silent_from is not None and self._clock() >= self._silent_from:
            self.halt()
        if motion is None or stream is None or self._written - self._now(motion) > _LEAD:
            return False
        block = to_int16(limited_together(stream.block()))
        with lock:
            if self._stream is stream and self._motion is not None:
                self.output.write(self._written, block)
                self._written += BLOCK
        return True

    def ring_out(self) -> None:
        """Let the last notes die away, the playhead resting; ``feed`` then stops the tapes."""
        if self._stream is not None:
            tail = (self._stream.frames - self._stream.sounding_frames) / RATE
            self._silent_from = self._clock() + tail
        self._motion = None

    def halt(self) -> None:
        """Stop the tapes."""
        self._motion = self._stream = self._silent_from = None
        self.output.halt()

    def _now(self, motion: _Motion) -> int:
        return round((self._clock() - motion.began) * RATE)


def _span_at(motion: _Motion, frame: float) -> _Span:
    """Return the latest span that has begun at a frame, or the first."""
    begun = [span for span in motion.spans if span.frame <= frame]
    return begun[-1] if begun else motion.spans[0]
