"""Asking for chords: a small field under the beat, from which Enter goes on to the next one."""

from collections.abc import Hashable
from typing import TYPE_CHECKING

import pygame

from chorale.app import edits
from chorale.app.harmonizing import Request, writable
from chorale.app.wishes import refusal
from chorale.errors import InputError
from chorale.theory.numerals import read_chord
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.scenes.editor.harmony import Harmony
from chorale.ui.scenes.editor.page_view import PageView
from chorale.ui.scenes.editor.state import State
from chorale.ui.widgets.field import TextField

if TYPE_CHECKING:
    from chorale.ui.theme import Theme

__all__ = ["Wishing"]

_WIDTH, _HEIGHT = 116, 32  # units
_BESIDE = 1.7  # spaces from the lowest ink of a system to the middle of the field
_EXAMPLES = "V6/5, viio7/V, bII6, D7/F#"
_ONWARD = {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}


class ChordField(TextField):
    """The field; it says under itself what the chord is."""

    def __init__(self, wishing: "Wishing") -> None:
        super().__init__("chord", "Chord to ask for", lambda: wishing.name, wishing.keep, size=16, face="serif-bold")
        self._wishing = wishing
        self.visible = False
        self.done = wishing.hide

    @property
    def look(self) -> Hashable:
        """What it says, too."""
        return super().look, self._wishing.words(self.text)

    def key(self, event: pygame.event.Event) -> bool:
        """Enter and Space go on to the next beat, with Shift to the one before; Delete asks for nothing here."""
        if event.key in _ONWARD:
            self._wishing.go(-1 if event.mod & pygame.KMOD_SHIFT else 1)
            return True
        if event.key == pygame.K_ESCAPE:
            self._wishing.close()
            return True
        everything = {self.caret, self.anchor} == {0, len(self.text)}
        if event.key == pygame.K_DELETE and everything:
            self._wishing.clear()
            return True
        return super().key(event)

    def type(self, text: str) -> bool:
        """Take letters; a space has gone on already."""
        return super().type(text.strip()) if text.strip() else True

    def draw(self, surface: pygame.Surface, theme: "Theme") -> None:
        """Draw the field, and under it what the letters mean."""
        draw.shadow(surface, self.rect, theme.px(12), 120, theme.px(8), theme.px(3))
        super().draw(surface, theme)
        words, ink = self._wishing.words(self.text)
        line = theme.text(words, 13, "sans", ink)
        sheet = line.get_rect().inflate(theme.px(20), theme.px(10))
        sheet.midtop = (self.rect.centerx, self.rect.bottom + theme.px(4))
        sheet.clamp_ip(surface.get_clip())
        draw.box(surface, sheet, colours.mix(colours.ROOM, (0, 0, 0), 0.35), theme.px(6))
        surface.blit(line, line.get_rect(center=sheet.center))


class Wishing:
    """What the field is for.

    Args:
        state: of the editor.
        page: where it stands.
        harmony: knows which voices are given.
    """

    def __init__(self, state: State, page: PageView, harmony: Harmony) -> None:
        self._state, self._page, self._harmony = state, page, harmony
        self.step = 0
        self.field = ChordField(self)

    @property
    def name(self) -> str:
        """The chord that is asked for on the beat, or ""."""
        return dict(self._state.score.chords).get(self.step, "")

    def words(self, text: str) -> tuple[str, colours.Colour]:
        """Return what letters mean, and the colour to say it in."""
        if not text.strip():
            return _EXAMPLES, colours.MUTED
        try:
            return read_chord(text, self._state.score.key).words, colours.TEXT
        except InputError:
            return f"no chord yet: {_EXAMPLES}", colours.MUTED

    # What can be done ---------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Open the field at the caret's beat."""
        state = self._state
        if state.score.steps and state.studio.harmonizing is None:
            self._open(edits.beat_at(state.score, min(state.caret, state.score.steps - 1)))

    def _open(self, step: int) -> None:
        state = self._state
        asked = [old for old, _ in state.score.chords if edits.beat_at(state.score, old) == step]
        self.step = asked[0] if asked else step
        state.caret = self.step
        state.select_nothing()
        state.follow()
        self.field.label = f"Chord to ask for at {state.score.place(self.step)}"
        self.field.visible = True
        self.field.begin()
        self.update()
        state.board.ring.move_to(self.field)

    def go(self, way: int) -> None:
        """Keep what was typed and go to the next beat, or the one before; stay where it cannot be kept."""
        text = self.field.text
        if not self._ask(text):
            self.field.anchor, self.field.caret = 0, len(text)
            return
        score = self._state.score
        step = edits.beat_after(score, self.step) if way > 0 else edits.beat_at(score, max(0, self.step - 1))
        if step < score.steps:
            self._open(step)
        else:
            self.close()

    def keep(self, text: str) -> None:
        """Ask for what was typed, if it is a chord that can be."""
        self._ask(text)

    def _ask(self, text: str) -> bool:
        """Ask for a chord on the beat; return whether that is well."""
        state, step = self._state, self.step
        if not step < state.score.steps or text.strip() == self.name:
            return True
        try:
            self._check(text)
        except InputError as error:
            state.complain(str(error)[:1].upper() + str(error)[1:])
            return False
        label = f"Ask for {text.strip()}" if text.strip() else "Ask for no chord"
        return state.edit(label, lambda score: edits.ask_chord(score, step, text))

    def _check(self, text: str) -> None:
        """Raise InputError with one line if the given notes forbid a chord."""
        asked = edits.ask_chord(self._state.score, self.step, text)
        try:
            mask = writable(asked, Request(keep=self._harmony.kept))
        except InputError:
            return  # there is nothing yet that could forbid it
        why = refusal(asked, mask, self.step)
        if why is not None:
            raise InputError(why)

    def clear(self) -> None:
        """Ask for nothing on the beat."""
        self._ask("")
        self.field.begin()

    def close(self) -> None:
        """Put the field away and forget what was typed; the page has the keyboard again."""
        if self.field.visible:
            self.field.finish(keep=False)
            self._state.board.go_home()

    def hide(self) -> None:
        """Put the field away."""
        self.field.visible = False

    # Time ---------------------------------------------------------------------------------------------------------

    def update(self) -> None:
        """Keep the field under its beat."""
        if not self.field.visible:
            return
        page, theme, score = self._page, self._state.theme, self._state.score
        if self.step >= score.steps:
            self.close()
            return
        system = page.page.system_at(self.step)
        shown = any(system.first <= step < system.last for step, _ in score.chords)
        x, y = page.to_screen(page.page.x_of(self.step), system.bottom + (-_BESIDE if shown else _BESIDE))
        self.field.rect = pygame.Rect(0, 0, theme.px(_WIDTH), theme.px(_HEIGHT))
        self.field.rect.center = (x, y)
        self.field.rect.clamp_ip(page.rect.inflate(-theme.px(16), -theme.px(16)))
