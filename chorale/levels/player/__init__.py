"""The automatic player: proves that a level can be solved, without a look at its solution.

    answer = play(level)            # None for kinds that it cannot play
    doubts(level)                   # lines: impossible, or ambiguous

Every moment's legal voicings are weighed together (``voicings``, of the chords in ``chords``), then every movement from
one to the next (``motion``); the cheapest way through all moments is found, marked like a player's answer, and what the
remarks speak of is made dearer until nothing is left to remark (``search``).

columns     the moments at which something is to be decided
"""

from chorale.levels.player.search import doubts, play

__all__ = ["doubts", "play"]
