"""How many columns and rows a number of cards takes, and where each stands."""

import math

import pygame

__all__ = ["SHAPE", "cells"]

SHAPE = 2.6
"""The width of a card that looks best, in its heights."""
_HOLES = 5.0  # how strange a grid is of which nothing but holes is left; a factor of e in the shape is 1


def cells(count: int, room: pygame.Rect, gap: int, shape: float = SHAPE) -> list[pygame.Rect]:
    """Return a rectangle for each of so many cards; columns are chosen so that cards come near to a shape."""
    if count < 1:
        return []

    def strangeness(columns: int) -> float:
        width, height = _size(count, columns, room, gap)
        holes = -count % columns / count
        return abs(math.log(max(1, width) / max(1, height) / shape)) + _HOLES * holes

    columns = min(range(1, min(count, 4) + 1), key=strangeness)
    width, height = _size(count, columns, room, gap)
    return [
        pygame.Rect(room.x + index % columns * (width + gap), room.y + index // columns * (height + gap), width, height)
        for index in range(count)
    ]


def _size(count: int, columns: int, room: pygame.Rect, gap: int) -> tuple[int, int]:
    rows = -(-count // columns)
    return (room.width - (columns - 1) * gap) // columns, (room.height - (rows - 1) * gap) // rows
