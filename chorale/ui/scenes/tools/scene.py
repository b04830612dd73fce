"""The Studio room: five tools, one scene. A form from the table of tools, results as cards, a shelf, what plays."""

from functools import partial
from pathlib import Path as File
from typing import TYPE_CHECKING

import pygame

from chorale.app.tools.session import Session
from chorale.app.tools.sources import Source
from chorale.app.tools.tapping import KINDS, Plan
from chorale.ui.overlays.help import Help
from chorale.ui.portrait import Mood
from chorale.ui.scenes.editor.keys import Command, KeyMap
from chorale.ui.scenes.tools import foot, form, rail, top_bar
from chorale.ui.scenes.tools.cards import Cards
from chorale.ui.scenes.tools.commands import Parts, all_commands
from chorale.ui.scenes.tools.desk import Desk
from chorale.ui.scenes.tools.filing import Filing
from chorale.ui.scenes.tools.inputs import Fillers, Inputs
from chorale.ui.scenes.tools.invitation import Invitation
from chorale.ui.scenes.tools.listening import Heard, Listening
from chorale.ui.scenes.tools.path import Path
from chorale.ui.scenes.tools.shelf import Shelf
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.scenes.tools.tapping import TappingSheet
from chorale.ui.scenes.tools.using import Using
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

if TYPE_CHECKING:
    from chorale.music import Clip
    from chorale.ui.overlays.base import Overlay
    from chorale.ui.scene import Services

__all__ = ["ToolsRoom"]

_WATCH = 1 / 30  # seconds between looks at a job
_MANNERS = {"good": "good", "info": "info", "warning": "info", "error": "bad"}


class ToolsRoom:
    """The room.

    Args:
        services: What rooms work with.
        session: What stands at the tools; a new one unless one is given.
    """

    def __init__(self, services: "Services", session: Session | None = None) -> None:
        self.state = ToolState(services, session=session or Session())
        self.session = self.state.session
        self.keys = KeyMap()
        self.overlay: Overlay | None = None
        self._size = (1, 1)
        self._shape: object = None
        self.filing = Filing(self.state, self._show, self._hide)
        self.listening = Listening(self.state, lambda: self.using.heard, self.session.tune_of)
        self.using = Using(self.state, self.listening, self.filing)
        self._build()
        self.session.arrived = self._arrived
        self.keys.fill(all_commands(self._parts(), self._window_commands()))

    def _build(self) -> None:
        state, listening = self.state, self.listening
        self.rail = rail.Rail(state, self._lay_out_again)
        slots = Inputs(state, listening, Fillers(self.filing.browse, self.tap))
        cards, path = Cards(state, listening), Path(state, listening)
        shelf = Shelf(state, listening, self.using.use_kept)
        self.desk = Desk(state, slots, cards, path, shelf, Invitation(state, self._begin))
        self.form = form.Form(state, listening, self.start, self.again, self._compared, self._lay_out_again)
        uses = foot.Uses(self.using.keep, self.using.save, self.using.hand_over)
        self.foot = foot.Foot(state, listening, uses)
        self.top = top_bar.TopBar(state, self.show_help)
        self.top.changed = self._lay_out_again

    def _parts(self) -> Parts:
        return Parts(
            self.state, self.rail, self.desk, self.form, self.top, self.using, self.listening, self.filing.browse,
            self.tap, self.start, self.again, self.try_example,
        )  # fmt: skip

    def _window_commands(self) -> list[Command]:
        group = "Window"
        return [
            Command(group, "Walk through the controls", ("Tab",), self.state.board.go_home, written="Tab Shift+Tab"),
            Command(group, "Stop; let go", ("Esc",), self._escape),
            Command(group, "This sheet", ("?", "F1"), self.show_help),
            Command(group, "Quit", ("Ctrl+Q",), self.state.services.quit),
        ]

    # What the commands do -------------------------------------------------------------------------------------

    def start(self) -> None:
        """Set the tool to work, or stop it."""
        self._run(again=False)

    def again(self) -> None:
        """Set the tool to work with new seeds."""
        self._run(again=True)

    def _run(self, *, again: bool) -> None:
        if self.session.making is not None:
            self.session.cancel()
            self.state.portrait.feel(Mood.IDLE, self.state.now)
        elif self.state.attempt(lambda: self.session.run(again=again)):
            self.state.portrait.feel(Mood.CONDUCTING, self.state.now)

    def try_example(self) -> None:
        """Fill what is empty with examples and set the tool to work."""
        if self.session.making is None and self.state.attempt(self.session.try_example):
            self.state.portrait.feel(Mood.CONDUCTING, self.state.now)

    _begin = try_example

    def _arrived(self) -> None:
        """New results are there: hear the first, if nothing else is heard."""
        self.state.portrait.feel(Mood.IDLE, self.state.now)
        self.state.portrait.feel(Mood.PLEASED, self.state.now)
        heard = self.using.heard
        if heard is not None:
            self.listening.take(heard)

    def _compared(self, heard: Heard) -> None:
        """Show the result that one of the letters stands for, if it is one of those on the desk."""
        for index, result in enumerate(self.session.bench.results):
            if result.clip is heard.clip:
                self.session.choose(index)

    def tap(self, slot: int) -> None:
        """Let the person tap what a tool begins with, in the tempo and meter of what is there, or of the staff."""
        if not self.session.tool.slots:
            return
        source = self.session.bench.inputs[slot]
        like = self.state.studio.score if source is None else source.clip
        plan = Plan(meter=like.meter, qpm=like.qpm)
        self.listening.stop()
        kinds = KINDS[self.session.wanted]
        self._show(TappingSheet(self.state.services, kinds, partial(self._take_tapped, slot), self._hide, plan))

    def _take_tapped(self, slot: int, clip: "Clip") -> None:
        self.state.put(slot, Source(clip, clip.name, "taps"))

    def _escape(self) -> None:
        state = self.state
        if self.session.making is not None:
            self.start()
        elif self.listening.on:
            self.listening.stop()
        elif state.toasts.cards:
            state.toasts.cards.pop()
        state.board.go_home()

    def show_help(self) -> None:
        """Show the keys."""
        self._show(Help(self.keys.commands, self._hide))

    # Overlays -------------------------------------------------------------------------------------------------

    def _show(self, overlay: "Overlay") -> None:
        self.state.board.close_menu()
        overlay.resize(self._size, self.state.theme)
        self.overlay = overlay

    def _hide(self) -> None:
        self.overlay = None

    def find(self, id: str) -> Widget:  # noqa: A002  the field's name
        """Return the widget with this id, of the overlay if one is shown.

        Raises:
            KeyError: there is none.
        """
        return (self.state.board if self.overlay is None else self.overlay.board).find(id)

    # The room -------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Someone came in; drums will be heard here, so they are made ready."""
        self.state.services.sound.prepare_kit()
        self.listening.come()

    def leave(self) -> None:
        """Someone leaves: no sound; work goes on, and everything stays as it is."""
        self.listening.go()
        self.state.board.close_menu()

    def close(self) -> None:
        """The window closes: stop all work."""
        self.session.close()

    # The scene ------------------------------------------------------------------------------------------------

    def resize(self, size: tuple[int, int], theme: Theme) -> None:
        """Give every part its place."""
        self._size, self.state.theme = size, theme
        board = self.state.board
        board.theme, board.area = theme, pygame.Rect(0, 0, *size)
        board.close_menu()
        self._lay_out()
        if self.overlay is not None:
            self.overlay.resize(size, theme)

    def _lay_out(self) -> None:
        size, theme = self._size, self.state.theme
        top, bottom = theme.px(top_bar.HEIGHT), theme.px(foot.HEIGHT)
        left, right = theme.px(rail.WIDTH), theme.px(form.WIDTH)
        middle = pygame.Rect(left, top, size[0] - left - right, size[1] - top - bottom)
        self.top.lay_out(pygame.Rect(0, 0, size[0], top), theme)
        self.rail.lay_out(pygame.Rect(0, top, left, middle.height), theme)
        self.form.lay_out(pygame.Rect(middle.right, top, right, middle.height), theme)
        self.foot.lay_out(pygame.Rect(0, size[1] - bottom, size[0], bottom), theme)
        self.desk.lay_out(middle, theme)
        self._shape = self.desk.shape
        self._gather()

    def _lay_out_again(self) -> None:
        """Give the parts their places anew: another tool, other music, other results."""
        self.desk.update()
        self._lay_out()

    def _gather(self) -> None:
        """List the widgets in the order of Tab; later ones lie on top."""
        state = self.state
        state.toasts.lay_out(state.theme, self.desk.rect)
        parts = (self.rail, self.desk, self.form, self.foot, self.top)
        state.board.widgets = [widget for part in parts for widget in part.widgets] + list(state.toasts.cards)
        state.board.loose = list(state.toasts.cards)

    def handle(self, event: pygame.event.Event) -> None:
        """Take an event: the overlay's, a widget's, or a key of the room."""
        if self.state.services.take(event):
            return
        if event.type == pygame.DROPFILE:
            self._hide()
            self.filing.drop(File(event.file))
        elif self.overlay is not None:
            self.overlay.handle(event)
        elif not self.state.board.handle(event) and event.type == pygame.KEYDOWN and not self.state.board.typing:
            self.keys.global_key(event)

    def update(self, now: float) -> float | None:
        """Let time pass in every part."""
        state = self.state
        state.board.now = now
        state.studio.poll()
        self.session.poll()
        self._tell()
        waits = [self.listening.update(now), state.toasts.update(now), self._watch()]
        waits += [state.portrait.update(now, still=state.theme.still), state.board.next_change()]
        if self.overlay is not None:
            waits.append(self.overlay.update(now))
        for part in (self.desk, self.foot, self.top):
            part.update()
        if self.desk.shape != self._shape:
            self._lay_out()
        self._gather()
        return min((wait for wait in waits if wait is not None), default=None)

    def _watch(self) -> float | None:
        """Return the seconds until the next look at a job; wheels turn while a tool is at work."""
        if self.session.making is not None and not self.state.theme.still:
            return 0.0
        return _WATCH if self.session.busy else None

    def _tell(self) -> None:
        """Say what happened in the background; bad news makes Bach frown."""
        state = self.state
        for message in [*self.session.take_messages(), *state.studio.take_messages()]:
            text = message.text[:1].upper() + message.text[1:]
            if message.kind == "error":
                state.portrait.feel(Mood.IDLE, state.now)
                state.complain(text)
            else:
                state.say(text, _MANNERS[message.kind])
        note = state.services.sound.take_note()
        if note:
            state.say(note)

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the panels, then what lies on them, and an overlay last."""
        theme = self.state.theme
        for part in (self.top, self.rail, self.desk, self.form, self.foot):
            part.draw(surface, theme)
        self.state.board.draw(surface, theme)
        if self.overlay is not None:
            self.overlay.draw(surface)
