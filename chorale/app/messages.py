"""What the application tells the person."""

from dataclasses import dataclass
from typing import Literal

__all__ = ["Message"]


@dataclass(frozen=True)
class Message:
    """One line for the person on what happened, and whether it is good news or bad."""

    text: str
    kind: Literal["info", "good", "warning", "error"] = "info"
