"""The game without a screen: worlds and levels, the attempt at one, hints, stars, and what is kept of them.

    game = Game.of_this_person()
    game.begin("reading/tutorial")
    help = game.hint(score)
    handed = game.hand_in(score)            # handed.outcome.stars, handed.unlocked

game            Game: everything a player can do
attempts        the attempt at a level, and its hints
examining       marking, with the harmonizer where a level asks for it
unlocking       which levels are open, and which comes next
shelves         the worlds that ship, and a teacher's
listening       beat Bach: three versions, blind
rating          how likely a model holds a version
"""

from chorale.app.game.attempts import Attempt, Help
from chorale.app.game.game import Game, Handed
from chorale.app.game.listening import Round, Version

__all__ = ["Attempt", "Game", "Handed", "Help", "Round", "Version"]
