"""What Bach does: from a mood and the time to a pose."""

import math
from enum import StrEnum

from chorale.ui.portrait.drawing import Pose

__all__ = ["Mood", "pose_at"]

_BLINK_EVERY, _BLINK_LASTS = 3.7, 0.14
_BREATH = 4.4
_BEAT = 0.62  # seconds, while he conducts the harmonizer


class Mood(StrEnum):
    """What he is about."""

    IDLE = "idle"
    LISTENING = "listening"
    CONDUCTING = "conducting"
    PLEASED = "pleased"
    FROWNING = "frowning"

    @property
    def seconds(self) -> float | None:
        """How long it lasts by itself, or None: until another comes."""
        return {Mood.PLEASED: 3.2, Mood.FROWNING: 2.6}.get(self)


def _blink(now: float) -> int:
    """Return the lids' pose: mostly open, shut for a moment every few seconds, twice now and then."""
    phase = now % _BLINK_EVERY
    again = math.floor(now / _BLINK_EVERY) % 3 == 2 and 0.3 < phase < 0.3 + _BLINK_LASTS
    return 3 if phase < _BLINK_LASTS or again else 0


def _breath(now: float) -> int:
    return round(1 + math.sin(2 * math.pi * now / _BREATH))


def _idle(now: float, _: float, __: float) -> Pose:
    glance = (0, 0, -1, -2, -1, 0, 0, 1)[math.floor(now / 2.3) % 8]
    return Pose(lid=_blink(now), gaze=glance, breath=_breath(now))


def _listening(now: float, _: float, beat: float) -> Pose:
    """Nod on the beat, sway from beat to beat, eyes closed for two beats in eight."""
    sway = (2, 3, 2, 0, -2, -3, -2, 0)[math.floor(beat * 2) % 8]
    nod = 2 if beat % 1 < 0.22 else 1 if beat % 1 < 0.4 else 0
    enjoying = 4 <= beat % 8 < 6.5
    return Pose(sway, nod, 1, 3 if enjoying else _blink(now), 0, 2, 0, 0 if enjoying else -1)


def _conducting(now: float, since: float, _: float) -> Pose:
    """Beat four in a bar: down, left, right, up."""
    beat = since / _BEAT
    arm = 2 + round((4, -3, 3, -4)[math.floor(beat) % 4] * math.sin(math.pi * min(1.0, (beat % 1) * 1.25)))
    lips = 1 if beat % 4 < 1 else 0
    return Pose(-1 if beat % 2 < 1 else 1, 1 if beat % 1 < 0.3 else 0, 2, _blink(now), 0, 2, lips, -2, arm)


def _pleased(now: float, since: float, _: float) -> Pose:
    nod = (0, 2, 3, 2, 0, 1, 2, 1)[math.floor(since * 7) % 8] if since < 1.2 else 0
    return Pose(2, nod, 2, 0, 2 if since % 1.6 > 0.2 else 1, 3, 0, -1, None, _breath(now))


def _frowning(now: float, since: float, _: float) -> Pose:
    shake = (0, -2, -3, -2, 0, 2, 3, 2)[math.floor(since * 9) % 8] if since < 1.4 else -2
    return Pose(shake, 1, -3, 1, 0, -2, 0, -1, None, _breath(now))


_LIVES = {
    Mood.IDLE: _idle,
    Mood.LISTENING: _listening,
    Mood.CONDUCTING: _conducting,
    Mood.PLEASED: _pleased,
    Mood.FROWNING: _frowning,
}
_STILL = {
    Mood.IDLE: Pose(),
    Mood.LISTENING: Pose(tilt=2, brow=1, lid=3, mouth=2),
    Mood.CONDUCTING: Pose(brow=2, mouth=2, gaze=-2, arm=1),
    Mood.PLEASED: Pose(brow=2, squint=2, mouth=3),
    Mood.FROWNING: Pose(tilt=-2, brow=-3, lid=1, mouth=-2),
}


def pose_at(mood: Mood, now: float, since: float, beat: float, *, still: bool = False) -> Pose:
    """Return his pose.

    Args:
        mood: what he is about.
        now: seconds of the clock.
        since: seconds since the mood began.
        beat: beats played so far, while he listens.
        still: whether animations are off: one pose a mood.
    """
    return _STILL[mood] if still else _LIVES[mood](now, since, beat)
