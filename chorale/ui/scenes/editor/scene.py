"""The editor: the desk with all its parts, put together."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pygame

from chorale.app.studio import Message
from chorale.levels.precedents import Precedents
from chorale.theory import Finding
from chorale.ui.overlays.bach import BachSheet, Ear
from chorale.ui.overlays.base import Overlay
from chorale.ui.overlays.files import FileBrowser
from chorale.ui.overlays.help import Help
from chorale.ui.overlays.ranges import RangesSheet
from chorale.ui.scene import Services
from chorale.ui.scenes.editor import rail, side, top_bar, transport
from chorale.ui.scenes.editor.commands import Parts, all_commands
from chorale.ui.scenes.editor.drum_lane import DrumLane
from chorale.ui.scenes.editor.filing import Filing
from chorale.ui.scenes.editor.findings_panel import FindingsPanel
from chorale.ui.scenes.editor.harmony import Harmony
from chorale.ui.scenes.editor.keys import Command, KeyMap
from chorale.ui.scenes.editor.lessons import Lessons
from chorale.ui.scenes.editor.notice import Notice
from chorale.ui.scenes.editor.page_view import PageView
from chorale.ui.scenes.editor.playing import Playing
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.teaching import Teaching, title_of
from chorale.ui.scenes.editor.wishing import Wishing
from chorale.ui.scenes.editor.writing import Writing
from chorale.ui.sound import DRUMS
from chorale.ui.spare import SpareTime
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.menu import Entry, Menu
from chorale.ui.window_keys import window_commands

if TYPE_CHECKING:
    from chorale.app.checking import Checked

__all__ = ["Editor"]

_SECONDS_BETWEEN_POLLS = 1.0
_MANNERS = {"good": "good"}


class Editor:
    """The scene in which chorales are written."""

    def __init__(self, services: Services) -> None:
        self.state = State(services)
        self.keys = KeyMap()
        self.writing = Writing(self.state)
        self.playing = Playing(self.state)
        self.teaching = Teaching(self.state, self.playing, self._show_bach)
        self.page = PageView(self.state, self.writing, self.keys, Lessons(self.state, self.teaching))
        self.harmony = Harmony(self.state, self.page.ink_in)
        self.filing = Filing(self.state, self._show, self._hide, self._opened)
        self.top = top_bar.TopBar(self.state, self._file_entries, self.show_help)
        self.rail = rail.Rail(self.state, self.writing)
        self.wishing = Wishing(self.state, self.page, self.harmony)
        self.side = side.SidePanel(self.state, self.harmony, self._lay_out_again, self.wishing.begin)
        self.findings = FindingsPanel(self.state, self.harmony, self.teaching, self.show_ranges)
        self.transport = transport.Transport(self.state, self.playing)
        self.lane = DrumLane(self.state, self.playing)
        self._lane_height = 0
        self.notice = Notice(self.filing)
        self.overlay: Overlay | None = None
        self._spare = SpareTime()
        self.state.studio.teacher.afterwards = self._lay_out_what_was_found
        self._size = (1, 1)
        parts = Parts(
            self.writing,
            self.page,
            self.harmony,
            self.side.tune,
            self.wishing,
            self.playing,
            self.teaching,
            self.rail,
            self.filing,
            self.top,
        )
        self.keys.fill(all_commands(parts, self._desk_commands()))
        self.state.board.home = self.page
        self.state.board.go_home()
        self._prepare_sound()
        self.filing.look_for_lost()

    def _prepare_sound(self) -> None:
        settings, sound = self.state.studio.settings, self.state.services.sound
        sound.set_instrument(settings.instrument)
        for voice, volume in enumerate(settings.volumes):
            sound.set_volume(voice, volume)
        sound.set_volume(DRUMS, settings.drum_volume)

    def _desk_commands(self) -> list[Command]:
        group = "Window"
        return [
            Command(group, "File menu", ("F10",), self.top.file.activate),
            Command(group, "Open a tune", ("Ctrl+T",), self._open_tunes),
            Command(group, "Rename", ("F2",), self._rename),
            Command(
                group,
                "Larger, smaller music",
                ("Ctrl++", "Ctrl+="),
                lambda: self.page.set_zoom(self.page.zoom + 0.1),
                written="Ctrl + -",
            ),
            Command("", "Smaller music", ("Ctrl+-",), lambda: self.page.set_zoom(self.page.zoom - 0.1)),
            Command(group, "Walk through the controls", ("Tab",), self.state.board.go_home, written="Tab Shift+Tab"),
            Command(group, "Stop; let go; back to the page", ("Esc",), self._escape),
            Command(group, "This sheet", ("?", "F1"), self.show_help),
            *window_commands(self.state, group),
        ]

    # What the window's commands do ------------------------------------------------------------------------------

    def show_help(self) -> None:
        """Show the keys."""
        self._show(Help(self.keys.commands, self._hide))

    def _escape(self) -> None:
        if self.harmony.running:
            self.harmony.stop()
        elif self.filing.opening:
            self.filing.cancel_open()
        elif self.state.toasts.cards and not self.state.selection and self.state.bars is None:
            self.state.toasts.cards.pop()
        self.state.select_nothing()
        self.state.board.go_home()

    def _rename(self) -> None:
        self.state.board.ring.move_to(self.top.title, shown=True)
        self.top.title.begin()

    def _file_entries(self) -> list[Entry]:
        return self.filing.file_menu(self._open_tunes, self._open_recent, self.state.services.quit)

    def _open_tunes(self) -> None:
        self._open_menu("tunes", "Tunes", self.filing.tunes_menu())

    def _open_recent(self) -> None:
        self._open_menu("recent", "Recent files", self.filing.recent_menu())

    def _open_menu(self, name: str, label: str, entries: list[Entry]) -> None:
        board = self.state.board
        board.menu = Menu(
            f"{name}-menu",
            label,
            entries,
            self.top.file.rect,
            board.area,
            self.state.theme,
            board.close_menu,
            width=300,
        )

    def _opened(self) -> None:
        """Begin afresh with another document: what was half done to the one before is let go."""
        state = self.state
        state.services.sound.stop()
        self.top.title.finish(keep=False)
        self.top.tempo.forget()
        self.top.bars.forget()
        self.wishing.close()
        self.page.pointer.release()
        if isinstance(self.overlay, FileBrowser):
            self._hide()
        self._let_go()

    def _let_go(self) -> None:
        """Begin at the head of what is on the page now."""
        state = self.state
        state.select_nothing()
        state.caret, state.entering = 0, True
        state.hold(voice=0, resting=False, accidental=None)
        state.board.go_home()
        self.harmony.report = ()
        self.page.ink_in(state.now)
        self.page.scroll_to(0)

    # Overlays ---------------------------------------------------------------------------------------------------

    def _show(self, overlay: Overlay) -> None:
        self.state.board.close_menu()
        overlay.resize(self._size, self.state.theme)
        self.overlay = overlay

    def _show_bach(self, finding: Finding, precedents: Precedents) -> None:
        playing, sound = self.playing, self.state.services.sound
        ear = Ear(
            lambda score: playing.play_aside(score, on_page=False),
            playing.end_aside,
            lambda: playing.aside is not None,
            lambda: sound.position,
        )
        self._show(BachSheet(finding, title_of(finding), precedents, ear, self._hide))

    def show_ranges(self) -> None:
        """Show the sheet with the voices' ranges."""
        self._show(RangesSheet(self.state.studio, self._hide))

    def _hide(self) -> None:
        self.overlay = None

    def find(self, id: str) -> Widget:  # noqa: A002  the field's name
        """Return the widget with this id, of the overlay if one is shown.

        Raises:
            KeyError: there is none.
        """
        return (self.state.board if self.overlay is None else self.overlay.board).find(id)

    # The room ---------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Someone came in: hear this score, say what happened meanwhile."""
        self._prepare_sound()
        self.playing.come_back()
        self._take_over()

    def _take_over(self) -> None:
        """Show what another room wrote on the staff, say so, and harmonize it where that is wished."""
        state, services = self.state, self.state.services
        if services.told_next:
            self._let_go()
            state.bars = services.bars
            state.say(services.told_next, "good", "Undo", self.top.undo.activate)
            services.told_next = ""
        if services.harmonize_next:
            services.harmonize_next = False
            self.harmony.start()

    def leave(self) -> None:
        """Someone leaves: no sound, no half-typed title, nothing held."""
        self.state.services.bars = self.state.bars
        self.playing.go_away()
        self.top.title.finish(keep=True)
        self.wishing.close()
        self.page.pointer.release()
        self.state.board.close_menu()

    def close(self) -> None:
        """The window closes: all work of this room is the studio's, which ends it."""

    # The scene --------------------------------------------------------------------------------------------------

    def resize(self, size: tuple[int, int], theme: Theme) -> None:
        """Give every part its place."""
        self._size, self.state.theme = size, theme
        board = self.state.board
        board.theme, board.area = theme, pygame.Rect(0, 0, *size)
        board.close_menu()
        top, foot = theme.px(top_bar.HEIGHT), theme.px(transport.HEIGHT)
        left, right = theme.px(rail.WIDTH), theme.px(side.WIDTH)
        self._lane_height = self.lane.height
        lane = theme.px(self._lane_height)
        middle = pygame.Rect(left, top, size[0] - left - right, size[1] - top - foot)
        self.top.lay_out(pygame.Rect(0, 0, size[0], top), theme)
        self.rail.lay_out(pygame.Rect(0, top, left, middle.height), theme)
        head = theme.px(self.side.height)
        self.side.lay_out(pygame.Rect(middle.right, top, right, head), theme)
        self.findings.lay_out(pygame.Rect(middle.right, top + head, right, middle.height - head), theme)
        self.transport.lay_out(pygame.Rect(0, size[1] - foot, size[0], foot), theme)
        self.page.rect = pygame.Rect(middle.topleft, (middle.width, middle.height - lane))
        self.lane.lay_out(pygame.Rect(middle.x, middle.bottom - lane, middle.width, lane), theme)
        self.page.resize(theme)
        self.notice.lay_out(middle, theme)
        if self.overlay is not None:
            self.overlay.resize(size, theme)
        self._gather()

    def _lay_out_again(self) -> None:
        """Give the parts their places anew, since one needs another height."""
        self.resize(self._size, self.state.theme)

    def _gather(self) -> None:
        """List the widgets in the order of Tab; later ones lie on top."""
        self.state.toasts.lay_out(self.state.theme, self.page.rect)
        self.state.board.widgets = [
            self.page,
            *self.rail.widgets,
            *self.side.widgets,
            *self.findings.widgets,
            *self.lane.widgets,
            *self.transport.widgets,
            *self.top.widgets,
            *self.notice.widgets,
            self.wishing.field,
            *self.state.toasts.cards,
        ]
        self.state.board.loose = [self.page, *self.notice.widgets, self.wishing.field, *self.state.toasts.cards]

    def handle(self, event: pygame.event.Event) -> None:
        """Take an event: the overlay's, a widget's, or a key of the desk."""
        if self.state.services.take(event):
            return
        if event.type == pygame.DROPFILE:
            self._hide()
            self.filing.open_file(Path(event.file))
        elif self.overlay is not None:
            self.overlay.handle(event)
        elif not self.state.board.handle(event) and event.type == pygame.KEYDOWN and not self.state.board.typing:
            self.keys.global_key(event)

    def update(self, now: float) -> float | None:
        """Let time pass in every part."""
        state = self.state
        state.board.now = now
        state.studio.poll()
        filing = self.filing.update()
        self._tell(state.studio.take_messages())
        waits = [
            filing,
            self.harmony.update(now),
            self.playing.update(now),
            self.teaching.update(now),
            self.findings.update(),
            state.toasts.update(now),
            self.page.update(now),
        ]
        waits += [state.portrait.update(now, still=state.theme.still), state.board.next_change()]
        if self.playing.on:
            self.page.follow_playhead(self.playing.position)
        if self.overlay is not None:
            waits.append(self.overlay.update(now))
        if state.studio.document.dirty:
            waits.append(_SECONDS_BETWEEN_POLLS)
        self.wishing.update()
        self.top.update()
        self.side.update()
        self.page.lessons.fix_is_near = self.findings.fix.hot or self.findings.fix.focused
        self.notice.update()
        self.lane.update()
        if self.lane.height != self._lane_height:
            self._lay_out_again()
        self._gather()
        return min((wait for wait in waits if wait is not None), default=None)

    def _tell(self, messages: list[Message]) -> None:
        """Say what happened in the background; bad news makes Bach frown."""
        for message in messages:
            if message.kind == "error":
                self.state.complain(message.text[:1].upper() + message.text[1:])
            else:
                self.state.say(message.text[:1].upper() + message.text[1:], _MANNERS.get(message.kind, "info"))
        note = self.state.services.sound.take_note()
        if note:
            self.state.say(note)

    def _lay_out_what_was_found(self, checked: "Checked") -> Callable[[], bool]:
        """Return a function that makes what a check brought ready to be shown, a little in each frame's spare time."""
        return self._spare.spend_on(self.page.preparing(checked))

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the bars, then the widgets on them and the page, and an overlay last."""
        theme = self.state.theme
        self.top.draw(surface, theme)
        self.rail.draw(surface, theme)
        self.side.draw(surface, theme)
        self.findings.draw(surface, theme)
        self.transport.draw(surface, theme)
        self.lane.draw(surface, theme)
        self.state.board.draw(surface, theme)
        if self.overlay is not None:
            self.overlay.draw(surface)
        self._spare.drawn()
