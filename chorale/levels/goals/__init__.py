"""What levels ask for: predicates by name, each a function of an answer beside its level.

base        what a goal and a predicate are
writing     gaps filled, given notes kept, the solution's very notes, errors found
harmony     chords as asked, figures realized, cadences, keys, non-chord tones, positions
melody      steps, leaps, climax, compass, ends, contrary motion
listening   what a harmonizer makes of a line, and what the ear knows
"""

from chorale.levels.goals import harmony, listening, melody, writing
from chorale.levels.goals.base import PREDICATES, Fault, Goal, Harmonizing, Judged, Predicate, Work

__all__ = [
    "PREDICATES",
    "Fault",
    "Goal",
    "Harmonizing",
    "Judged",
    "Predicate",
    "Work",
    "harmony",
    "listening",
    "melody",
    "writing",
]
