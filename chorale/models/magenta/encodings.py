"""What Magenta's recurrent networks read at a step, and which event each of their answers means.

A network is told the last event and answers the next. Four encodings have been published:

    one-hot     the last event (basic_rnn, mono_rnn)
    lookback    also what followed one and two bars ago, the place in the bar, whether the last event repeated
    key         the pitch that sounds, contour, repetition, place in the bar, likely keys (attention_rnn)
    drums       the last event and the place in the bar (drum_kit)

Lookback and key have two answers more, "as one bar ago" and "as two bars ago".
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from chorale.models.magenta.events import HOLD, OFF, keys_fitting

if TYPE_CHECKING:
    from numpy.typing import NDArray

    IntArray = NDArray[np.int64]
    FloatArray = NDArray[np.float32]

__all__ = ["ENCODINGS", "Drums", "Encoding", "Keyed", "Lookback", "OneHot"]

SPECIAL = 2
"""Events before the pitches: HOLD and OFF."""
BAR = 16
BACK = (BAR, 2 * BAR)
LOWEST, HIGHEST = 48, 83


class Encoding(Protocol):
    """How a network hears and speaks.

    Attributes:
        inputs: The width of what it reads.
        classes: How many answers it has.
    """

    @property
    def inputs(self) -> int:
        """The width of what it reads."""
        ...

    @property
    def classes(self) -> int:
        """How many answers it has."""
        ...

    def read(self, events: IntArray) -> FloatArray:
        """Return what the network reads (inputs,) after events (T,), T at least 1."""
        ...

    def event(self, answer: int, events: IntArray) -> int:
        """Return the event that an answer means after events (T,)."""
        ...


def _counter(position: int, bits: int) -> FloatArray:
    """Return the place of the next event as bits of -1 and 1, the lowest first."""
    return (position >> np.arange(bits) & 1).astype(np.float32) * 2 - 1


def _hot(place: int, width: int) -> FloatArray:
    row = np.zeros(width, np.float32)
    row[place] = 1
    return row


def _repeats(events: IntArray, distance: int) -> bool:
    return len(events) > distance and events[-1] == events[-1 - distance]


def _earlier(events: IntArray, distance: int) -> int:
    return int(events[-distance]) if len(events) >= distance else HOLD


@dataclass(frozen=True)
class OneHot:
    """The last event.

    Attributes:
        lowest: The lowest pitch.
        highest: The highest.
    """

    lowest: int = LOWEST
    highest: int = HIGHEST

    @property
    def inputs(self) -> int:
        """The width of what it reads."""
        return self.classes

    @property
    def classes(self) -> int:
        """How many answers it has."""
        return self.highest - self.lowest + 1 + SPECIAL

    def answer(self, event: int) -> int:
        """Return the answer that means an event."""
        return event + SPECIAL - (self.lowest if event >= 0 else 0)

    def hot(self, event: int) -> FloatArray:
        """Return (classes,): 1 at the event, else 0."""
        return _hot(self.answer(event), self.classes)

    def read(self, events: IntArray) -> FloatArray:
        """Return what the network reads after some events."""
        return self.hot(int(events[-1]))

    def event(self, answer: int, events: IntArray) -> int:
        """Return the event that an answer means."""
        del events
        return answer - SPECIAL + (self.lowest if answer >= SPECIAL else 0)


@dataclass(frozen=True)
class Lookback:
    """The last event, what followed one and two bars ago, the place in the bar, whether the last event repeated."""

    one_hot: OneHot = OneHot()
    bits: int = 5

    @property
    def inputs(self) -> int:
        """The width of what it reads."""
        return self.one_hot.classes * (1 + len(BACK)) + self.bits + len(BACK)

    @property
    def classes(self) -> int:
        """How many answers it has."""
        return self.one_hot.classes + len(BACK)

    def read(self, events: IntArray) -> FloatArray:
        """Return what the network reads after some events."""
        followed = [self.one_hot.hot(_earlier(events, distance)) for distance in BACK]
        repeated = np.array([_repeats(events, distance) for distance in BACK], np.float32)
        return np.concatenate([self.one_hot.read(events), *followed, _counter(len(events), self.bits), repeated])

    def event(self, answer: int, events: IntArray) -> int:
        """Return the event that an answer means."""
        if answer >= self.one_hot.classes:
            return _earlier(events, BACK[answer - self.one_hot.classes])
        return self.one_hot.event(answer, events)


@dataclass(frozen=True)
class Keyed:
    """The pitch that sounds, contour, repetition, the place in the bar, the keys of all and of the last three notes.

    Attributes:
        lowest: The lowest pitch.
        highest: The highest.
        bits: Of the place in the bar.
    """

    lowest: int = LOWEST
    highest: int = HIGHEST
    bits: int = 7

    @property
    def _pitches(self) -> int:
        return self.highest - self.lowest + 1

    @property
    def inputs(self) -> int:
        """The width of what it reads."""
        return self._pitches + 2 + 2 + len(BACK) + self.bits + 1 + 24

    @property
    def classes(self) -> int:
        """How many answers it has."""
        return self._pitches + SPECIAL + len(BACK)

    def read(self, events: IntArray) -> FloatArray:
        """Return what the network reads after some events."""
        notes = events[events >= 0]
        told = events[events != HOLD]
        pitch = np.zeros(self._pitches + 2, np.float32)
        if len(notes) and told[-1] >= 0:
            pitch[[told[-1] - self.lowest, self._pitches]] = 1
        else:
            pitch[-1] = 1
        repeated = [_repeats(events, distance) for distance in BACK]
        place = [*_counter(len(events), self.bits), len(events) % BAR == 0]
        keys = np.concatenate([_best_keys(notes), _best_keys(_last_three(notes))])
        facts = [_begins(events), _contour(notes), *repeated, *place]
        return np.concatenate([pitch, np.array(facts, np.float32), keys])

    def event(self, answer: int, events: IntArray) -> int:
        """Return the event that an answer means."""
        if answer < self._pitches:
            return self.lowest + answer
        special = (HOLD, OFF, *(_earlier(events, distance) for distance in BACK))
        return special[answer - self._pitches]


def _begins(events: IntArray) -> bool:
    """Return whether the last event that is not OFF is a note: so Magenta tells onsets."""
    others = events[events != OFF]
    return bool(len(others) and others[-1] >= 0)


def _contour(notes: IntArray) -> int:
    """Return 1 where the line last rose, -1 where it last fell, 0 where it has done neither."""
    moves = np.diff(notes)
    moves = moves[moves != 0]
    return int(np.sign(moves[-1])) if len(moves) else 0


def _last_three(notes: IntArray) -> IntArray:
    """Return the last three pitches that differ."""
    _, first = np.unique(notes[::-1], return_index=True)
    return notes[::-1][np.sort(first)[:3]]


def _best_keys(notes: IntArray) -> FloatArray:
    """Return (12,): 1 at the major keys that have most of some notes; all of them where there are no notes."""
    fitting = keys_fitting(notes)
    best: FloatArray = (fitting == fitting.max()).astype(np.float32)
    return best


@dataclass(frozen=True)
class Drums:
    """The last drum event and the place in the bar.

    Attributes:
        classes: How many sets of pieces there are.
        bits: Of the place in the bar.
    """

    classes: int = 512
    bits: int = 6

    @property
    def inputs(self) -> int:
        """The width of what it reads."""
        return self.classes + self.bits

    def read(self, events: IntArray) -> FloatArray:
        """Return what the network reads after some events."""
        return np.concatenate([_hot(int(events[-1]), self.classes), _counter(len(events), self.bits)])

    def event(self, answer: int, events: IntArray) -> int:
        """Return the event that an answer means."""
        del events
        return answer


ENCODINGS: dict[str, Encoding] = {
    "basic": OneHot(),
    "mono": OneHot(0, 127),
    "lookback": Lookback(),
    "attention": Keyed(),
    "drums": Drums(),
}
"""The published encodings. No two have the same numbers of inputs and classes."""
