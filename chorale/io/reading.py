"""What reading a file gives: the score, and what the reader had to change."""

from dataclasses import dataclass

from chorale.music import Score

__all__ = ["Reading"]


@dataclass(frozen=True)
class Reading:
    """A score as read from a file.

    Args:
        score: the music.
        warnings: one line each on what the file has and the score cannot: moved notes, dropped grace notes, parts
            that were left out, changes of key, meter or tempo.
    """

    score: Score
    warnings: tuple[str, ...] = ()
