"""Fixes: the smallest change of one or two notes that removes a finding and adds nothing worse.

fix = suggest(score, finding, profile("textbook"))
fix.message      # "alto, bar 3.2: E instead of D"
fix.score        # the music with it

The search (``search``) takes candidates (``candidates``) of the notes in a scene (``scene``), orders them by how
natural they are (``ease``) and tries the best against the rules (``trial``) in the finding's phrase (``window``).
"""

from chorale.theory.fixes.change import Change, Fix
from chorale.theory.fixes.search import suggest, suggestions

__all__ = ["Change", "Fix", "suggest", "suggestions"]
