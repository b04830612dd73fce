"""The desk in the middle: the sheet of music, and the hand over it.

What the pointer does
    * over the staff a ghost note shows what a click would write, at the place it would have;
    * a click on a note takes hold of it, a drag then moves it in pitch and time, one at its end changes its length;
    * with Shift a drag selects bars, with Ctrl a click takes notes into the selection;
    * the right button deletes a note.
"""

from dataclasses import dataclass
from functools import lru_cache

import pygame

from chorale.app.edits import Selection
from chorale.music import REST, Voice
from chorale.notation import NoteBox, Page, Spot
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.motion import Follower
from chorale.ui.scenes.editor.ghost import inviting_phrase, note_picture, rest_picture
from chorale.ui.scenes.editor.keys import KeyMap
from chorale.ui.scenes.editor.marks import Overlay, sounding_at
from chorale.ui.scenes.editor.paper import Paper
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.writing import Writing
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget

__all__ = ["PageView"]

_SPACE = 9  # units a staff space
_DRAG_STARTS = 4  # pixels
_REACH = 7  # spaces above and below a system in which a click writes
_FADE = 0.2  # seconds in which new notes ink in


@dataclass
class _Drag:
    """A drag: what was taken hold of, where, and where it was.

    Time is read from the page as it was laid out when the drag began: what is dragged makes the notes behind it
    move, and the pointer must not chase them.
    """

    page: Page
    kind: str
    voice: int
    start: int
    origin: tuple[int, int]
    step: int
    place: int
    moved: bool = False


class PageView(Widget):
    """The sheet on the desk."""

    def __init__(self, state: State, writing: Writing, keys: KeyMap) -> None:
        super().__init__("page", "Score")
        self._state, self._writing, self._keys = state, writing, keys
        self.paper = Paper()
        self.zoom = 1.0
        self._scroll = Follower(0.0)
        self._theme = Theme()
        self._at: tuple[int, int] | None = None
        self._drag: _Drag | None = None
        self._handle: pygame.Rect | None = None
        self._voices_last = {0: int(Voice.SOPRANO), 1: int(Voice.BASS)}
        self._before: pygame.Surface | None = None
        self._fading_since = float("-inf")
        self._followed_system = -1
        state.follow = lambda: self.bring_into_view(self._state.caret)

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
    def sheet(self) -> pygame.Rect:
        """Where the sheet lies on the screen, scrolled."""
        theme = self._theme
        margin = theme.px(20)
        height = max(self.paper.height, self.rect.height - 2 * margin)
        top = self.rect.y + margin - round(self._scroll.at(self._state.now))
        return pygame.Rect(self.rect.x + margin, top, self.paper.width, height)

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
        return self.paper.show(self._state.studio.shown, width, space)

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

    def _spot(self, position: tuple[int, int]) -> Spot | None:
        """Return what lies under the pointer, or None away from the staves."""
        x, y = self.to_page(position)
        spot = self.page.place_at(x, y)
        system = self.page.systems[spot.system]
        inside = system.left - 1 <= x <= system.right + 1
        near = min(system.staves[0] - _REACH, system.top) <= y <= max(system.staves[1] + 4 + _REACH, system.bottom)
        return spot if inside and near else None

    def _note_under(self, position: tuple[int, int]) -> NoteBox | None:
        return self.page.note_at(*self.to_page(position), reach=0.4)

    def _voice_for(self, staff: int) -> int:
        """Return the voice a click on a staff writes: the pen's, or the one last written on the other staff."""
        voice = self._state.pen.voice
        if Voice(voice).on_upper_staff == (staff == 0):
            self._voices_last[staff] = voice
            return voice
        return self._voices_last[staff]

    def _snapped(self, spot: Spot) -> int:
        """Return the step of the grid nearest to a spot: the grid of the pen's value, at most a beat."""
        score = self._state.score
        bar = score.bar_at(int(spot.step))
        grid = min(self._state.pen.value, score.meter.steps_per_beat)
        step = bar.start + round((spot.step - bar.start) / grid) * grid
        return max(bar.start, min(step, bar.end - min(grid, bar.length)))

    # The pointer ------------------------------------------------------------------------------------------------

    def hover(self, position: tuple[int, int]) -> None:
        """Remember where the pointer is."""
        self._at = position

    def leave(self) -> None:
        """Forget the pointer."""
        self._at = None

    def press(self, position: tuple[int, int]) -> None:
        """Take hold of a note or its end, begin to select bars, or write a note."""
        self._at = position
        if self._state.studio.harmonizing is not None:
            return
        mods = pygame.key.get_mods()
        spot = self._spot(position)
        note = None if mods & pygame.KMOD_ALT or self._state.pen.resting else self._note_under(position)
        if self._handle is not None and self._handle.collidepoint(position):
            self._take_end(position)
        elif note is not None:
            self._take_note(note, position, extend=bool(mods & pygame.KMOD_CTRL))
        elif spot is None:
            self._state.select_nothing()
        elif mods & pygame.KMOD_SHIFT:
            self._take_bars(spot, position)
        else:
            self._write(spot, position)

    def _take_end(self, position: tuple[int, int]) -> None:
        for voice, note in self._state.selection.sounding(self._state.score)[:1]:
            self._drag = _Drag(self.page, "end", voice, note.start, position, note.end, 0)

    def _take_note(self, box: NoteBox, position: tuple[int, int], *, extend: bool) -> None:
        state = self._state
        if extend:
            state.selection = state.selection.toggled(box.voice, box.start)
            state.entering = False
            return
        note = state.note_at(box.voice, box.start)
        pitch = state.score.pitch_at(box.start, box.voice)
        if note is None or pitch is None:
            return
        if (box.voice, box.start) not in state.selection or len(state.selection) == 1:
            state.select(box.voice, note)
        self._voices_last[0 if Voice(box.voice).on_upper_staff else 1] = box.voice
        self._writing.sound_selection()
        self._drag = _Drag(self.page, "note", box.voice, box.start, position, box.start, pitch.place)

    def _take_bars(self, spot: Spot, position: tuple[int, int]) -> None:
        number = self._state.score.bar_at(int(spot.step)).number
        self._state.selection, self._state.bars = Selection(), (number, number)
        self._drag = _Drag(self.page, "bars", 0, number, position, 0, 0)

    def _write(self, spot: Spot, position: tuple[int, int]) -> None:
        state = self._state
        voice = self._voice_for(spot.staff)
        state.hold(voice=voice)
        step = self._snapped(spot)
        self._writing.place(step, spot.place, voice)
        if not state.pen.resting and step < state.score.steps and state.score.chorale.pitches[step, voice] != REST:
            self._drag = _Drag(self.page, "note", voice, step, position, step, spot.place)

    def drag(self, position: tuple[int, int]) -> None:
        """Move what was taken hold of."""
        self._at = position
        drag = self._drag
        if drag is None:
            return
        far = abs(position[0] - drag.origin[0]) + abs(position[1] - drag.origin[1])
        drag.moved |= far >= _DRAG_STARTS * self._theme.scale
        if drag.moved:
            {"note": self._drag_note, "end": self._drag_end, "bars": self._drag_bars}[drag.kind](drag, position)

    def _drag_note(self, drag: _Drag, position: tuple[int, int]) -> None:
        state = self._state
        spot = drag.page.place_at(*self.to_page(position))
        rise = round((drag.origin[1] - position[1]) / self.paper.space * 2)
        places = drag.place + rise
        now = state.score.pitch_at(drag.start, drag.voice) if drag.start < state.score.steps else None
        if now is not None and places != now.place:
            self._writing.move_pitch(places=places - now.place)
        across = abs(position[0] - drag.origin[0]) > 1.6 * self.paper.space
        step = self._snapped(spot) if across else drag.step
        if step != drag.start:
            self._writing.move_time(step - drag.start)
            if state.selection:
                drag.start = step

    def _drag_end(self, drag: _Drag, position: tuple[int, int]) -> None:
        score = self._state.score
        x, y = self.to_page(position)
        spot = drag.page.place_at(x + 1.0, y)
        grid = 2 if score.meter.steps_per_beat > 2 and not pygame.key.get_mods() & pygame.KMOD_ALT else 1
        bar = score.bar_at(int(spot.step))
        end = bar.start + round((spot.step - bar.start) / grid) * grid
        if end > drag.start:
            self._writing.set_end(drag.voice, drag.start, end)

    def _drag_bars(self, drag: _Drag, position: tuple[int, int]) -> None:
        spot = self.page.place_at(*self.to_page(position))
        number = self._state.score.bar_at(int(spot.step)).number
        self._state.bars = (min(drag.start, number), max(drag.start, number))

    def release(self, position: tuple[int, int]) -> None:
        """Let go; what was dragged is one undo step."""
        del position
        if self._drag is not None and self._drag.kind != "bars":
            self._state.studio.document.seal()
            for _, note in self._state.selection.sounding(self._state.score)[:1]:
                self._state.pen = self._state.pen if self._state.entering else self._state.pen.with_length(note.length)
        self._drag = None

    def alternate(self, position: tuple[int, int]) -> None:
        """Delete the note under the pointer."""
        note = self._note_under(position)
        if note is not None and self._state.studio.harmonizing is None:
            self._writing.delete_at(note.voice, note.start)

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
        return 0.0 if self._scroll.moving(now) or self._before is not None else None

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw desk, sheet and everything over it."""
        clip = surface.get_clip()
        surface.set_clip(self.rect.clip(clip))
        self._draw_sheet_on(surface, (0, 0))
        now = self._state.now
        if self._before is not None:
            left = 1 - (now - self._fading_since) / _FADE
            self._before.set_alpha(round(255 * max(0.0, min(1.0, left))))
            surface.blit(self._before, self.rect)
        self._draw_overlay(surface, theme)
        self._draw_scrollbar(surface, theme)
        surface.set_clip(clip)

    def _draw_sheet_on(self, surface: pygame.Surface, shift: tuple[int, int]) -> None:
        theme = self._theme
        view, sheet = self.rect.move(shift), self.sheet.move(shift)
        seen = sheet.clip(view.inflate(0, theme.px(80)))
        room = _room(view.size, pygame.Rect(seen.x - view.x, seen.y - view.y, *seen.size), theme)
        for part in _around(view, seen):
            surface.blit(room, part, part.move(-view.x, -view.y))
        music = seen.clip(view)
        self.paper.draw(surface, sheet.x, sheet.y, music)
        written = sheet.y + self.paper.painted_height
        if written < music.bottom:
            surface.fill(colours.PAGE, (music.x, written, music.width, music.bottom - written))
        edge = colours.mix(colours.PAGE, (160, 140, 100), 0.35)
        surface.fill(edge, (music.x, music.y, 1, music.height))
        surface.fill(edge, (music.right - 1, music.y, 1, music.height))

    def _draw_overlay(self, surface: pygame.Surface, theme: Theme) -> None:
        state = self._state
        overlay = Overlay(surface, theme, self.page, self.paper.space, self.sheet.topleft)
        if state.bars is not None:
            overlay.bars(*state.bars)
        overlay.locks(state.studio.shown)
        self._handle = None
        sound = state.services.sound
        if state.studio.harmonizing is None and not sound.playing:
            self._draw_hand(overlay, theme)
        if sound.playing or sound.position > 0:
            step = min(sound.position, max(0.0, state.score.steps - 0.001))
            if sound.playing:
                overlay.lit(sounding_at(state.score, int(step)))
            overlay.playhead(step)

    def _draw_hand(self, overlay: Overlay, theme: Theme) -> None:
        """Draw selection, caret and the ghost under the pointer; on an empty page the invitation."""
        state = self._state
        if not (state.score.chorale.pitches != REST).any():
            self._draw_invitation(overlay, theme)
        overlay.selected(state.selection)
        if state.board.ring.widget is self and (state.entering or not state.selection):
            overlay.caret(state.caret, state.pen.voice)
        chosen = state.selection.sounding(state.score)
        if len(chosen) == 1:
            voice, note = chosen[0]
            lit = self._drag is not None and self._drag.kind == "end"
            self._handle = overlay.length_bar(voice, note.start, note.end, lit=lit)
        self._draw_ghost(overlay)

    def _draw_ghost(self, overlay: Overlay) -> None:
        state = self._state
        if self._at is None or self._drag is not None or (self._handle is not None and self._handle.collidepoint(self._at)):
            return
        spot = self._spot(self._at)
        on_note = self._note_under(self._at) is not None and not state.pen.resting
        if spot is None or on_note or pygame.key.get_mods() & pygame.KMOD_SHIFT:
            return
        voice, step, pen = self._voice_for(spot.staff), self._snapped(spot), state.pen
        if pen.resting:
            overlay.ghost(rest_picture(self.page, voice, step, pen.value), voice)
        else:
            overlay.ghost(note_picture(self.page, voice, step, spot.place, pen.value, dotted=pen.dotted, sign=pen.accidental), voice)

    def _draw_invitation(self, overlay: Overlay, theme: Theme) -> None:
        overlay.ghost(inviting_phrase(self._state.score, self.page), None, 46)
        system = self.page.systems[0]
        words = "Click on the staff to write a tune, or type A to G.  File opens one to start from."
        room = round((system.right - system.left) * self.paper.space)
        line = theme.text(theme.fitted(words, room, 16, "serif-italic"), 16, "serif-italic", (112, 100, 84))
        x = self.sheet.x + round((system.left + system.right) / 2 * self.paper.space)
        y = self.sheet.y + round((system.staves[0] - 4.6) * self.paper.space)
        overlay.surface.blit(line, line.get_rect(midtop=(x, y)))

    def _draw_scrollbar(self, surface: pygame.Surface, theme: Theme) -> None:
        if not self.scroll_range:
            return
        track = pygame.Rect(self.rect.right - theme.px(10), self.rect.y + theme.px(8), theme.px(6), self.rect.height - theme.px(16))
        share = self.rect.height / (self.rect.height + self.scroll_range)
        thumb = pygame.Rect(track.x, 0, track.width, max(theme.px(32), round(track.height * share)))
        thumb.y = track.y + round((track.height - thumb.height) * self._scroll.at(self._state.now) / self.scroll_range)
        draw.box(surface, thumb, (*colours.TEXT, 90), track.width // 2)


@lru_cache(maxsize=2)
def _lamp(size: tuple[int, int]) -> pygame.Surface:
    """Return the room behind the sheet: dark, a little lighter where the lamp falls."""
    small = pygame.Surface((48, 32))
    for x in range(48):
        for y in range(32):
            far = min(1.0, (((x - 24) / 26) ** 2 + ((y - 10) / 24) ** 2) ** 0.5)
            small.set_at((x, y), colours.mix((44, 38, 50), (22, 19, 26), far))
    return pygame.transform.smoothscale(small, size)


_ROOMS: dict[tuple[int, ...], pygame.Surface] = {}


def _room(size: tuple[int, int], sheet: pygame.Rect, theme: Theme) -> pygame.Surface:
    """Return the room with the shadow of a sheet that lies there; the few latest are kept."""
    key = (*size, *sheet)
    if key not in _ROOMS:
        if len(_ROOMS) > 3:
            _ROOMS.clear()
        room = _lamp(size).copy()
        draw.shadow(room, sheet, theme.px(22), 150, theme.px(4), theme.px(7))
        _ROOMS[key] = room
    return _ROOMS[key]


def _around(view: pygame.Rect, sheet: pygame.Rect) -> list[pygame.Rect]:
    """Return the parts of the view that the sheet leaves free: above, below, left and right."""
    inner = sheet.clip(view)
    return [
        pygame.Rect(view.x, view.y, view.width, inner.y - view.y),
        pygame.Rect(view.x, inner.bottom, view.width, view.bottom - inner.bottom),
        pygame.Rect(view.x, inner.y, inner.x - view.x, inner.height),
        pygame.Rect(inner.right, inner.y, view.right - inner.right, inner.height),
    ]
