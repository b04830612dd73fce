"""Models that write music: ``available()`` names them, ``load(name)`` returns one, its weights checked."""

from chorale.models.registry import available, load

__all__ = ["available", "load"]
