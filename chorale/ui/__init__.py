"""The window: ``main`` opens it, ``screenshot`` draws what it would show without a display."""

import gc
from pathlib import Path

__all__ = ["LEVEL_SCENES", "SCENES", "TOOL_SCENES", "main", "screenshot"]

LEVEL_SCENES = (
    "levels",
    "map",
    "level",
    "level-voice",
    "level-fix",
    "result",
    "beat-bach",
    "beat-told",
    "card",
    "own-levels",
    "game-settings",
)
"""What can be pictured of the Levels room."""

TOOL_SCENES = (
    "studio",
    "studio-continue",
    "studio-generate",
    "studio-generate-drums",
    "studio-interpolate",
    "studio-drumify",
    "studio-groove",
    "studio-tapping",
)
"""What can be pictured of the Studio room: empty, and each tool with results."""

SCENES = (
    "editor",
    "empty",
    "playing",
    "drums",
    "harmonizing",
    "answers",
    "asking",
    "menu",
    "help",
    "open",
    "save",
    "recovery",
    "findings",
    "finding",
    "bach",
    "analysis",
    "ranges",
    *LEVEL_SCENES,
    *TOOL_SCENES,
)
"""What can be pictured."""


def main(file: Path | str | None = None) -> int:
    """Open the window, with a file if one is given; return 0 when it is closed."""
    gc.disable()  # what loads now is no garbage: looking for some costs a tenth of the time to the first frame
    try:
        from chorale.ui.desk import run  # noqa: PLC0415  pygame loads when there is a window to open

        return run(None if file is None else Path(file))
    finally:
        gc.enable()


def screenshot(
    scene: str, path: Path | str, size: tuple[int, int] = (1280, 720), file: Path | str | None = None
) -> None:
    """Write a picture of what the window would show, without a display.

    Args:
        scene: one of ``SCENES``.
        path: the PNG to write.
        size: width and height in pixels.
        file: a score to show; None: a tune of ours, harmonized where the model is there.

    Raises:
        InputError: the scene is unknown, the file cannot be read or the picture cannot be written.
    """
    from chorale.ui.pictures import take  # noqa: PLC0415  see main

    take(scene, Path(path), size, None if file is None else Path(file))
