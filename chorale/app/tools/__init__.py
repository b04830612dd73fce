"""The Studio's five tools, without a window: clips in, clips out.

reading = tools.read_clip(Path("tune.mid"), "melody")
for result in tools.continue_clip(reading.clip, tools.Wishes(bars=4, variations=2)):
    tools.save(result.clip, path)
"""

from chorale.app.tools.asked import Asked, make
from chorale.app.tools.files import read_clip, save
from chorale.app.tools.making import continue_clip, drumify, generate, groove, interpolate
from chorale.app.tools.session import Session
from chorale.app.tools.table import TOOLS, Name, Tool
from chorale.app.tools.wishes import Result, Wishes

__all__ = [
    "TOOLS",
    "Asked",
    "Name",
    "Result",
    "Session",
    "Tool",
    "Wishes",
    "continue_clip",
    "drumify",
    "generate",
    "groove",
    "interpolate",
    "make",
    "read_clip",
    "save",
]
