"""Edits of the drums that play under the voices."""

from chorale.music import DrumPattern, Score

__all__ = ["remove_drums", "set_drums"]


def set_drums(score: Score, drums: DrumPattern) -> Score:
    """Put drums under the voices, cut or extended by silence to the score's length; a pattern without hits is none."""
    changed = score.replace(drums=drums if drums.hits.any() else None)
    return score if changed == score else changed


def remove_drums(score: Score) -> Score:
    """Take the drums away."""
    return score if score.drums is None else score.replace(drums=None)
