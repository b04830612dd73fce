"""The keys that hold in every room: how large everything is, whether anything moves, and the way out."""

from functools import partial

from chorale.ui.room_state import RoomState
from chorale.ui.scenes.editor.keys import Command

__all__ = ["window_commands"]

_SCALES, _STEP = (0.75, 2.0), 0.125


def window_commands(state: RoomState, group: str = "Window") -> list[Command]:
    """Return the commands, under a heading of the help sheet."""
    return [
        Command(
            group, "Larger, smaller window", ("Alt++", "Alt+="), partial(_rescale, state, _STEP), written="Alt + -"
        ),
        Command("", "Smaller window", ("Alt+-",), partial(_rescale, state, -_STEP)),
        Command(group, "Animations on, off", ("Ctrl+M",), partial(_toggle_motion, state)),
        Command(group, "Hear notes as they are written", ("Ctrl+H",), partial(_toggle_entry_sound, state)),
        Command(group, "Quit", ("Ctrl+Q",), state.services.quit),
    ]


def _rescale(state: RoomState, by: float) -> None:
    scale = max(_SCALES[0], min(_SCALES[1], state.theme.scale + by))
    state.studio.change_settings(scale=scale)
    state.services.refit()


def _toggle_motion(state: RoomState) -> None:
    animations = not state.studio.settings.animations
    state.studio.change_settings(animations=animations)
    state.services.refit()
    state.say(f"Animations {'on' if animations else 'off'}")


def _toggle_entry_sound(state: RoomState) -> None:
    heard = not state.studio.settings.sound_on_entry
    state.studio.change_settings(sound_on_entry=heard)
    state.say(f"Notes {'sound' if heard else 'are silent'} as they are written")
