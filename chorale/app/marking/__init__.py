"""Marking a class: hand-ins laid beside an assignment, scored by a rubric, and told in tables and pages.

    summary = mark_class(Path("hand-ins"), Path("assignment.toml"), Path("report"))

assignment, given, rubric           what was asked and what a mistake costs, from a TOML file
handins                             whose file is whose
comparing, voices, remarks          a hand-in beside its assignment
scoring, chords                     from findings to points
answers, likeness                   where a hand-in is Chorale's own answer, or a classmate's
mending                             what could stand there instead
work, pool, run, store              all of it on every core, writing only what changed
outcome                             what is remembered of a hand-in
pages                               tables for gradebooks, a page a student, an overview
"""

from chorale.app.marking.run import Summary, mark_class

__all__ = ["Summary", "mark_class"]
