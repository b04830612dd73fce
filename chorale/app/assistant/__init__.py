"""The theory teacher's assistant: examines scores and searches for fixes.

``Here`` does it in this process, in the thread that asks. ``Apart`` has it done by a process of its own, so that a
window never waits for the interpreter while it is done; what that process does is ``serve``, what is said to it and by
it is ``parcels``.
"""

from chorale.app.assistant.apart import Apart
from chorale.app.assistant.here import Assistant, Here, Hired, Stop, Suggest, suggest

__all__ = ["Apart", "Assistant", "Here", "Hired", "Stop", "Suggest", "suggest"]
