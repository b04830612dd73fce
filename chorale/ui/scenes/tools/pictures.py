"""Pictures of the Studio room: its scenes, made by using the tools a little with the clock stopped."""

from collections.abc import Callable
from pathlib import Path

from chorale.app.tools.sources import from_file
from chorale.app.tools.table import Name
from chorale.ui.pictures import FrozenSound
from chorale.ui.scene import Services
from chorale.ui.scenes.tools.scene import ToolsRoom
from chorale.ui.scenes.tools.tapping import TappingSheet
from chorale.ui.theme import Theme

__all__ = ["stage"]


def stage(
    scene: str, services: Services, size: tuple[int, int], file: Path | None = None, theme: Theme | None = None
) -> ToolsRoom:
    """Return the room as a scene shows it.

    Args:
        scene: one of ``chorale.ui.TOOL_SCENES``.
        services: with a clock that stands still.
        size: pixels.
        file: a clip to begin from in the place of an example.
        theme: None: the one that fits the size.
    """
    room, now = ToolsRoom(services), services.clock()
    room.resize(size, theme or Theme.fitting(size))
    _, _, tool = scene.partition("-")
    if tool == "tapping":
        _tap(room, now)
        return room
    room.session.go(Name(tool.removesuffix("-drums")) if tool else Name.CONTINUE)
    if tool.endswith("-drums"):
        room.session.ask(drums=True)
    if file is not None:
        room.state.attempt(lambda: room.session.put(0, from_file(file, room.session.wanted)))
    room.update(now - 9)
    if tool:
        _work(room, now)
        _ACTS.get(room.session.tool.name, _choose)(room)
    for moment in (now - 0.5, now):
        room.update(moment)
    return room


def _work(room: ToolsRoom, now: float) -> None:
    """Use the tool on an example, and let go by what is said of it."""
    room.try_example()
    job = room.session.making
    if job is not None:
        job.join()
    room.update(now - 8)
    for card in room.state.toasts.cards:
        card.gone = card.toast.manner != "bad"


def _tap(room: ToolsRoom, now: float) -> None:
    """Tap drums, in the second bar of the second pass."""
    room.session.go(Name.GROOVE)
    room.update(now - 9)
    room.tap(0)
    sheet, sound = room.overlay, room.state.services.sound
    assert isinstance(sheet, TappingSheet)
    assert isinstance(sound, FrozenSound)
    recorder = sheet.recorder
    recorder.start()
    sound.runs, sound.at = True, 0.1
    recorder.update()
    for step, pitch in enumerate((36, 42, 38, 42) * 4):
        sound.at = recorder.plan.lead + 2 * step + (0.1, -0.2, 0.15, 0.0)[step % 4]
        recorder.strike(pitch, 100 - 12 * (step % 3))
        recorder.let_go(pitch)
    sheet.pads.light(38)
    sound.at = recorder.plan.lead + 20.6
    for moment in (now - 0.5, now):
        room.update(moment)


def _choose(room: ToolsRoom) -> None:
    """Keep two and look at the second."""
    for index in (2, 1):
        room.desk.choose(index)
        if room.session.chosen == index:
            room.session.keep()


def _walk(room: ToolsRoom) -> None:
    """Stand in the middle of the way."""
    room.desk.choose(len(room.session.bench.results) // 2)
    room.session.keep()


def _listen(room: ToolsRoom) -> None:
    """Hear one of them, in its second bar."""
    _choose(room)
    heard, sound = room.using.heard, room.state.services.sound
    if heard is not None:
        room.listening.hear(heard)
    if isinstance(sound, FrozenSound):
        sound.runs, sound.at = True, 20.6


_ACTS: dict[Name, Callable[[ToolsRoom], None]] = {Name.INTERPOLATE: _walk, Name.CONTINUE: _listen}
