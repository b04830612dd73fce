"""The desk in the middle: the sheet of music, and the hand over it.

What the pointer does
    * over the staff a ghost note shows what a click would write, at the place it would have;
    * a click on a note takes hold of it, a drag then moves it in pitch and time, one at its end changes its length;
    * with Shift a drag selects bars, with Ctrl a click takes notes into the selection;
    * the right button deletes a note.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pygame

from chorale.music import REST, Voice
from chorale.notation import NoteBox, Page, Spot
from chorale.ui import theme as colours
from chorale.ui.motion import Follower
from chorale.ui.scenes.editor.addition import Addition
from chorale.ui.scenes.editor.backdrop import Backdrop
from chorale.ui.scenes.editor.bubble import Bubble
from chorale.ui.scenes.editor.ghost import invite, pen_picture
from chorale.ui.scenes.editor.keys import KeyMap
from chorale.ui.scenes.editor.lessons import Lessons
from chorale.ui.scenes.editor.marks import Overlay, sounding_at
from chorale.ui.scenes.editor.paper import Paper
from chorale.ui.scenes.editor.pointer import Pointer
from chorale.ui.scenes.editor.room import Room
from chorale.ui.scenes.editor.scrollbar import Scrollbar
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.writing import Writing
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

if TYPE_CHECKING:
    from chorale.app.checking import Checked

__all__ = ["PageView"]

_SPACE = 9  # units a staff space
_REACH = 7  # spaces above and below a system in which a click writes
_TYPICAL_SYSTEM, _TYPICAL_BARS = 24, 4  # spaces high, bars long
_HANGS = 0.3  # the part of the free height that is left above little music
_FADE = 0.2  # seconds in which new notes ink in


class PageView(Widget):
    """The sheet on the desk.

    Attributes:
        addition: what the room adds to the sheet, or None.
        invites: whether an empty page says what to do.
        shows_locks: whether locked notes carry a small lock.
        centres: whether a single short system stands in the middle.
    """

    addition: Addition | None = None
    invites, shows_locks, centres = True, True, False

    def __init__(self, state: State, writing: Writing, keys: KeyMap, lessons: Lessons) -> None:
        super().__init__("page", "Score")
        self._state, self._writing, self._keys = state, writing, keys
        self.lessons, self.bubble = lessons, Bubble()
        self.paper = Paper()
        self.zoom = 1.0
        self._scroll = Follower(0.0)
        self._theme = Theme()
        self.pointer = Pointer(state, writing, self)
        self.scrollbar = Scrollbar()
        self.handle: pygame.Rect | None = None
        self._room, self._backdrop = Room(), Backdrop()
        self._before: pygame.Surface | None = None
        self._fading_since = float("-inf")
        self._followed_system = -1
        state.follow = lambda: self.bring_into_view(self._state.caret)
        state.reveal = self.bring_span_into_view

    # Layout -----------------------------------------------------------------------------------------------------

    @property
    def value(self) -> str:
        """The caret's place and what is selected, in words."""
        state = self._state
        chosen = state.selection.sounding(state.score)
        names = [f"{Voice(voice).label} {state.score.pitch_at(note.start, voice)}" for voice, note in chosen[:1]]
        return ", ".join([str(state.score.place(state.caret)), *names])

    @property
    def page(self) -> Page:
        """The page as laid out."""
        if self.paper.page is None:
            self.refresh()
        assert self.paper.page is not None
        return self.paper.page

    @property
    def leaf(self) -> pygame.Rect:
        """Where the sheet lies on the screen, scrolled."""
        margin = self._theme.px(20)
        height = max(self.paper.height, self.rect.height - 2 * margin)
        top = self.rect.y + margin - round(self._scroll.at(self._state.now))
        return pygame.Rect(self.rect.x + margin, top, self.paper.width, height)

    @property
    def sheet(self) -> pygame.Rect:
        """Where the music lies on it, on the screen; little music hangs lower than the upper edge.

        How much lower depends on the number of bars, so that the music stands still while it is written.
        """
        leaf = self.leaf
        typical = len(self._state.score.bars) / _TYPICAL_BARS * _TYPICAL_SYSTEM * self.paper.space
        lower = min(_HANGS * (leaf.height - typical), leaf.height - self.paper.height)
        return leaf.move(self.paper.spare // 2 if self.centres else 0, round(max(0.0, lower)))

    def resize(self, theme: Theme) -> None:
        """Take the theme; the rectangle was set before."""
        self._theme = theme
        self._scroll.seconds = 0.0 if theme.still else 0.2
        self._before = None
        self.refresh()

    def refresh(self) -> bool:
        """Lay out what is to be shown, if it is new; return whether it was."""
        space = max(5, round(_SPACE * self._theme.scale * self.zoom))
        width = max(200, self.rect.width - 2 * self._theme.px(20))
        return self.paper.show(self._state.studio.shown, width, space, self.lessons.rows)

    def preparing(self, checked: "Checked") -> Iterator[None]:
        """Lay out and paint what a check brought, slice by slice, before it is shown.

        ``chorale.notation.slices.advance(view.preparing(checked), seconds)``, with the same generator in every frame
        until it returns True, keeps each frame short; then let the teacher show ``checked``, and the next frame
        only copies. Drop the generator where the music changes meanwhile.
        """
        return self.lessons.preparing(checked, self.paper)

    def ink_in(self, now: float) -> None:
        """Keep what is shown, so that what comes next fades in over it."""
        if self._theme.still or self.paper.page is None:
            return
        view = self.rect
        before = pygame.Surface(view.size)
        self._draw_sheet_on(before, (-view.x, -view.y))
        self._before, self._fading_since = before, now

    def set_zoom(self, zoom: float) -> None:
        """Show the music larger or smaller."""
        self.zoom = max(0.6, min(2.0, zoom))
        self._before = None
        self.refresh()
        self.bring_into_view(self._state.caret)

    # Scrolling --------------------------------------------------------------------------------------------------

    @property
    def scroll_range(self) -> int:
        """Pixels by which the sheet is higher than the desk."""
        return max(0, self.paper.height + 2 * self._theme.px(20) - self.rect.height)

    @property
    def scroll(self) -> float:
        """Pixels scrolled, where it is going to."""
        return self._scroll.target

    def scroll_to(self, pixels: float) -> None:
        """Scroll so that so many pixels are above."""
        self._scroll.aim(max(0.0, min(float(self.scroll_range), pixels)), self._state.now)

    def _scroll_at_once(self, pixels: float) -> None:
        self._scroll.jump(max(0.0, min(float(self.scroll_range), pixels)))

    def wheel(self, amount: float) -> bool:
        """Scroll; with Ctrl zoom."""
        if pygame.key.get_mods() & pygame.KMOD_CTRL:
            self.set_zoom(self.zoom + 0.1 * (1 if amount > 0 else -1))
        else:
            self.scroll_to(self._scroll.target - amount * self._theme.px(72))
        return True

    def bring_into_view(self, step: float) -> None:
        """Scroll as little as needed to show the system that holds a step."""
        self.refresh()
        system = self.page.system_at(min(step, self._state.score.steps))
        margin = self._theme.px(36)
        top, bottom = system.top * self.paper.space, system.bottom * self.paper.space
        if top + margin - self._theme.px(20) < self._scroll.target:
            self.scroll_to(top - margin if system.index else 0)
        elif bottom + margin > self._scroll.target + self.rect.height - margin:
            self.scroll_to(bottom + 2 * margin - self.rect.height)

    def bring_span_into_view(self, first: int, last: int) -> None:
        """Scroll as little as needed to show the systems that hold two steps, the first one rather."""
        self.bring_into_view(last)
        self.bring_into_view(first)

    def follow_playhead(self, step: float) -> None:
        """Scroll on when the playhead reaches another system."""
        system = self.page.system_at(step)
        if system.index != self._followed_system:
            self._followed_system = system.index
            self.bring_into_view(step)
            if system.index + 1 < len(self.page.systems):
                following = self.page.systems[system.index + 1]
                room = self.rect.height - self._theme.px(60)
                if (following.bottom - system.top) * self.paper.space < room:
                    self.bring_into_view(following.first)

    # Where things are -------------------------------------------------------------------------------------------

    def to_page(self, position: tuple[int, int]) -> tuple[float, float]:
        """Return a screen position in staff spaces of the page."""
        sheet = self.sheet
        return (position[0] - sheet.x) / self.paper.space, (position[1] - sheet.y) / self.paper.space

    def to_screen(self, x: float, y: float) -> tuple[int, int]:
        """Return a place of the page in screen pixels."""
        sheet = self.sheet
        return round(sheet.x + x * self.paper.space), round(sheet.y + y * self.paper.space)

    def screen_of(self, step: int, place: int, voice: int) -> tuple[int, int]:
        """Return where a click writes a note: a step, a staff place (C4 = 28) and a voice."""
        return self.to_screen(self.page.x_of(step), self.page.y_of(place, voice, step))

    def spot(self, position: tuple[int, int]) -> Spot | None:
        """Return what lies under the pointer, or None away from the staves."""
        x, y = self.to_page(position)
        spot = self.page.place_at(x, y)
        system = self.page.systems[spot.system]
        inside = system.left - 1 <= x <= system.right + 1
        near = min(system.staves[0] - _REACH, system.top) <= y <= max(system.staves[1] + 4 + _REACH, system.bottom)
        return spot if inside and near else None

    def note_under(self, position: tuple[int, int]) -> NoteBox | None:
        """Return the head under the pointer, or None."""
        return self.page.note_at(*self.to_page(position), reach=0.4)

    # The pointer ------------------------------------------------------------------------------------------------

    def hover(self, position: tuple[int, int]) -> None:
        """Remember where the pointer is."""
        self.scrollbar.hot = self.scrollbar.contains(position)
        self.pointer.at = None if self.scrollbar.hot else position
        says = None if self.scrollbar.hot else self.lessons.explanation(self.page, self.to_page(position))
        self.bubble.about(says, position, self._state.now)

    def leave(self) -> None:
        """Forget the pointer."""
        self.scrollbar.hot = False
        self.bubble.about(None, (0, 0), self._state.now)
        self.pointer.at = None

    def press(self, position: tuple[int, int]) -> None:
        """Take hold of what is there."""
        self.bubble.about(None, position, self._state.now)
        if self.scrollbar.contains(position):
            self._scroll_at_once(self.scrollbar.press(position))
        elif self._state.studio.harmonizing is None:
            self.pointer.press(position)

    def drag(self, position: tuple[int, int]) -> None:
        """Move what was taken hold of."""
        if self.scrollbar.held:
            self._scroll_at_once(self.scrollbar.drag(position))
        else:
            self.pointer.drag(position)

    def release(self, position: tuple[int, int]) -> None:
        """Let go."""
        del position
        self.scrollbar.release()
        self.pointer.release()

    def alternate(self, position: tuple[int, int]) -> None:
        """Delete the note under the pointer."""
        note = self.note_under(position)
        if note is not None and self._state.studio.harmonizing is None:
            self._writing.delete_at(note.voice, note.start)

    def explain(self) -> None:
        """Say what the selected note and its chord are, or the chord at the caret; or take the words away."""
        state = self._state
        chosen = state.selection.sounding(state.score)
        voice, step = (chosen[0][0], chosen[0][1].start) if chosen else (None, min(state.caret, state.score.steps - 1))
        says = self.lessons.explanation_of(voice, step)
        if says is None or says == self.bubble.says:
            self.bubble.about(None, (0, 0), state.now)
            return
        state.follow()
        system = self.page.system_at(step)
        self.bubble.say(says, self.to_screen(self.page.x_of(step), system.staves[1] + 4))

    def key(self, event: pygame.event.Event) -> bool:
        """Write and move by keys."""
        return self._keys.page_key(event)

    # Drawing ----------------------------------------------------------------------------------------------------

    def update(self, now: float) -> float | None:
        """Let time pass; return the seconds until the page moves by itself."""
        self.refresh()
        self._scroll.aim(min(self._scroll.target, float(self.scroll_range)), now)
        if self._before is not None and now - self._fading_since >= _FADE:
            self._before = None
        return 0.0 if self._scroll.moving(now) or self._before is not None else self.bubble.wait(now)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw desk, sheet and everything over it."""
        clip = surface.get_clip()
        surface.set_clip(self.rect.clip(clip))
        now = self._state.now
        if self._before is None:
            self._backdrop.draw(surface, self.rect, self._still_look(theme), self._draw_still)
        else:
            self._draw_sheet_on(surface, (0, 0))
            left = 1 - (now - self._fading_since) / _FADE
            self._before.set_alpha(round(255 * max(0.0, min(1.0, left))))
            surface.blit(self._before, self.rect)
            self._draw_marks(surface, (0, 0))
        self._draw_overlay(surface, theme)
        self.scrollbar.lay_out(self.rect, self.scroll_range, self._scroll.at(now), theme)
        self.scrollbar.draw(surface)
        self.bubble.draw(surface, theme, now, self.rect)
        surface.set_clip(clip)

    def _draw_sheet_on(self, surface: pygame.Surface, shift: tuple[int, int]) -> None:
        theme = self._theme
        view, leaf, music = self.rect.move(shift), self.leaf.move(shift), self.sheet.move(shift)
        self._room.draw(surface, view, leaf, theme)
        seen = leaf.clip(view)
        self.paper.draw(surface, music.x, music.y, seen)
        edge = colours.mix(colours.PAGE, (160, 140, 100), 0.35)
        surface.fill(edge, (seen.x, seen.y, 1, seen.height))
        surface.fill(edge, (seen.right - 1, seen.y, 1, seen.height))

    def _still_look(self, theme: Theme) -> tuple[object, ...]:
        """Return all that ``_draw_still`` depends on."""
        state, places = self._state, (self.rect, self.leaf, self.sheet)
        locked = state.studio.shown if state.studio.shown.locked.any() else None
        lessons = (*self.lessons.look(self.page, self.paper.space), self.addition and self.addition.look)
        return theme, self.paper.sheet, *map(tuple, places), state.bars, locked, *lessons

    def _draw_still(self, surface: pygame.Surface, shift: tuple[int, int]) -> None:
        """Draw what stands still while music plays or the pointer moves."""
        self._draw_sheet_on(surface, shift)
        self._draw_marks(surface, shift)

    def _draw_marks(self, surface: pygame.Surface, shift: tuple[int, int]) -> None:
        """Draw what is marked on the sheet: bars, locks, findings."""
        state = self._state
        corner = self.sheet.move(shift).topleft
        overlay = Overlay(surface, self._theme, self.page, self.paper.space, corner)
        if state.bars is not None:
            overlay.bars(*state.bars)
        if self.shows_locks:
            overlay.locks(state.studio.shown)
        if self.addition is not None:
            self.addition.draw(overlay)
        self.lessons.veil_stale(overlay)
        self.lessons.draw_marks(overlay)

    def _draw_overlay(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw what moves: the hand, the ghosts, the playhead and what sounds."""
        state = self._state
        overlay = Overlay(surface, theme, self.page, self.paper.space, self.sheet.topleft)
        self.handle = None
        sound = state.services.sound
        if state.studio.harmonizing is None and not sound.playing:
            self._draw_hand(overlay, theme)
            self.lessons.draw_fix(overlay)
        if not state.page_rests and (sound.playing or sound.position > 0):
            step = min(sound.position, max(0.0, state.score.steps - 0.001))
            if sound.playing:
                overlay.lit(sounding_at(state.score, int(step), state.heard))
            overlay.playhead(step)

    def _draw_hand(self, overlay: Overlay, theme: Theme) -> None:
        """Draw selection, caret and the ghost under the pointer; on an empty page the invitation."""
        state = self._state
        if self.invites and not (state.score.chorale.pitches != REST).any():
            invite(overlay, self._state.score, self.page, theme, self.sheet.topleft, self.paper.space)
        overlay.selected(state.selection)
        if state.board.ring.widget is self and (state.entering or not state.selection):
            overlay.caret(state.caret, state.pen.voice)
        chosen = state.selection.sounding(state.score)
        if len(chosen) == 1:
            voice, note = chosen[0]
            self.handle = overlay.length_bar(voice, note.start, note.end, lit=self.pointer.dragging == "end")
        self._draw_ghost(overlay)

    def _draw_ghost(self, overlay: Overlay) -> None:
        state = self._state
        at, handle = self.pointer.at, self.handle
        if at is None or self.pointer.dragging or (handle is not None and handle.collidepoint(at)):
            return
        spot = self.spot(at)
        on_note = self.note_under(at) is not None and not state.pen.resting
        if spot is None or on_note or pygame.key.get_mods() & pygame.KMOD_SHIFT:
            return
        voice, step = self.pointer.voice_for(spot.staff), self.pointer.snapped(spot)
        overlay.ghost(pen_picture(self.page, voice, step, spot.place, state.pen), voice)
