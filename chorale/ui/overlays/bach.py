"""Show Bach: places in his chorales where he breaks a rule, and where he could have and did not; engraved, to hear."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

import pygame

from chorale.levels.precedents import Excerpt, Precedents
from chorale.notation import Options, Page, lay_out, mark_findings
from chorale.notation.paint import paint_items
from chorale.notation.primitives import Box
from chorale.theory import Finding, Severity
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.overlays.base import Overlay
from chorale.ui.widgets.base import icon_picture
from chorale.ui.widgets.button import Button, Toggle

if TYPE_CHECKING:
    from chorale.music import Score
    from chorale.ui.theme import Theme

__all__ = ["BachSheet", "Ear"]

Kind: TypeAlias = Literal["breaks", "avoids"]
_SPACE = 10.5  # units a staff space, at most
_MARGIN = (4.5, 3.5, 2.5, 2.5)
_WORDS = {"breaks": "Where he does it", "avoids": "How he avoids it"}
_TOLD = 96  # units below the music


class Ear:
    """What the sheet plays with: the editor's player, put so that the desk's playhead stays where it is."""

    def __init__(
        self,
        play: Callable[["Score"], None],
        stop: Callable[[], None],
        playing: Callable[[], bool],
        position: Callable[[], float],
    ) -> None:
        self.play, self.stop, self.playing, self.position = play, stop, playing, position


class BachSheet(Overlay):
    """A sheet with one place at a time.

    Args:
        finding: whose rule it is about.
        title: the rule's.
        precedents: the places; at least one.
        ear: plays them.
        close: takes the sheet away.
    """

    def __init__(
        self, finding: Finding, title: str, precedents: Precedents, ear: Ear, close: Callable[[], None]
    ) -> None:
        super().__init__("bach", f"Bach and the rule: {title[:1].lower()}{title[1:]}", (900, 580), self._leave)
        self._finding, self._precedents, self._ear, self._close = finding, precedents, ear, close
        self.kind: Kind = "breaks" if precedents.breaks else "avoids"
        self.index = 0
        self._picture: pygame.Surface | None = None
        self._page: Page | None = None
        self._space = 1
        self._tabs = [self._tab(kind) for kind in ("breaks", "avoids")]
        arrows = [
            Button(f"bach-{name}", label, partial(self.go, by), picture=icon_picture(side), keys=side.capitalize())
            for name, label, by, side in (("before", "Place before", -1, "left"), ("next", "Next place", 1, "right"))
        ]
        self._before, self._next = arrows
        self._play = Button("bach-play", "Hear it", self.toggle, text="Hear it", style="gold", keys="Space")

    def _tab(self, kind: Kind) -> Toggle:
        count = len(self._places(kind))
        tab = Toggle(
            f"bach-{kind}",
            _WORDS[kind],
            partial(self.show, kind),
            lambda: self.kind == kind,
            text=f"{_WORDS[kind]} ({count})",
            hint="" if count else "There is no such place in 370 chorales",
        )
        tab.enabled = count > 0
        return tab

    def _leave(self) -> None:
        self._ear.stop()
        self._close()

    # What is shown ----------------------------------------------------------------------------------------------

    def _places(self, kind: Kind) -> tuple[Excerpt, ...]:
        return self._precedents.breaks if kind == "breaks" else self._precedents.avoids

    @property
    def excerpt(self) -> Excerpt:
        """The place that is shown."""
        return self._places(self.kind)[self.index]

    def show(self, kind: Kind, index: int = 0) -> None:
        """Show a place."""
        self._ear.stop()
        self.kind, self.index, self._picture = kind, index, None

    def go(self, by: int) -> None:
        """Show the next place of this kind, around the end."""
        self.show(self.kind, (self.index + by) % len(self._places(self.kind)))

    def toggle(self) -> None:
        """Play the place, or stop."""
        if self._ear.playing():
            self._ear.stop()
        else:
            self._ear.play(self.excerpt.score)

    # Events and time --------------------------------------------------------------------------------------------

    def key(self, event: pygame.event.Event) -> None:
        """Space plays, arrows turn over, Tab is the board's, Escape and the key that opened it leave."""
        actions: dict[int, Callable[[], None]] = {
            pygame.K_SPACE: self.toggle,
            pygame.K_LEFT: partial(self.go, -1),
            pygame.K_RIGHT: partial(self.go, 1),
            pygame.K_ESCAPE: self.close,
            pygame.K_m: self.close,
        }
        if event.key in actions:
            actions[event.key]()

    def update(self, now: float) -> float | None:
        """Let time pass; draw on while it plays."""
        wait = super().update(now)
        self._play.text = "Stop" if self._ear.playing() else "Hear it"
        self._play.picture = icon_picture("stop" if self._ear.playing() else "play")
        return 0.0 if self._ear.playing() else wait

    # Looks ------------------------------------------------------------------------------------------------------

    def lay_out(self, theme: "Theme") -> None:
        """Tabs at the head, the buttons at the foot."""
        inner, height, gap = self.inner, theme.px(36), theme.px(8)
        x = inner.x
        for tab in self._tabs:
            tab.rect = pygame.Rect(x, inner.y, theme.width(tab.text, 14, "semibold") + theme.px(32), height)
            x = tab.rect.right + gap
        foot = inner.bottom - height
        self._play.rect = pygame.Rect(inner.right - theme.px(124), foot, theme.px(124), height)
        self._next.rect = pygame.Rect(self._play.rect.x - gap - height, foot, height, height)
        self._before.rect = pygame.Rect(self._next.rect.x - gap - height, foot, height, height)
        self.board.widgets = [*self._tabs, self._before, self._next, self._play, self._cross]
        self._picture = None

    @property
    def _leaf(self) -> pygame.Rect:
        """Where the music lies."""
        inner, theme = self.inner, self.theme
        top = self._tabs[0].rect.bottom + theme.px(12)
        return pygame.Rect(inner.x, top, inner.width, inner.bottom - theme.px(_TOLD) - top)

    def draw_content(self, surface: pygame.Surface, theme: "Theme") -> None:
        """Draw the music, what is heard of it, and what there is to see in it."""
        leaf = self._leaf
        if self._picture is None:
            self._picture = self._engraved(leaf.size)
        surface.blit(self._picture, leaf)
        if self._ear.playing() and self._page is not None:
            self._draw_playhead(surface, self._page, leaf)
        excerpt = self.excerpt
        y = leaf.bottom + theme.px(12)
        source = theme.text(f"J. S. Bach, {excerpt.source}", 16, "serif-bold")
        surface.blit(source, (leaf.x, y))
        count = f"{self.index + 1} of {len(self._places(self.kind))}"
        words = theme.text(count, 13, "sans", colours.MUTED)
        surface.blit(words, words.get_rect(midright=(self._before.rect.x - theme.px(12), self._before.rect.centery)))
        room = self._before.rect.x - words.get_width() - theme.px(28) - leaf.x
        for index, line in enumerate(theme.wrapped(excerpt.remark, room, 14)[:3]):
            surface.blit(theme.text(line, 14, "sans", colours.MUTED), (leaf.x, y + theme.px(26) + index * theme.px(20)))

    def _engraved(self, size: tuple[int, int]) -> pygame.Surface:
        """Return the place as a picture, as large as fits, what to look at marked."""
        self._page, self._space = self._fitted(size)
        excerpt, theme = self.excerpt, self.theme
        picture = draw.plate(size, theme.px(6), colours.PAGE).copy()
        origin = self._origin(size, self._page)
        paint_items(self._page.items, picture, self._space, origin)
        severity = self._finding.severity if self.kind == "breaks" else Severity.HINT
        voices = tuple(sorted({voice for voice, _ in excerpt.notes}))
        look = Finding(self._finding.code, severity, voices, excerpt.start, excerpt.end, excerpt.notes, excerpt.remark)
        if self.kind == "breaks":
            paint_items(mark_findings(self._page, [look]).items(look), picture, self._space, origin)
        else:
            self._ring_notes(picture, self._page, origin)
        return picture

    def _fitted(self, size: tuple[int, int]) -> tuple[Page, int]:
        """Return the page and the staff space that fills the leaf best without leaving it."""
        for space in range(self.theme.px(_SPACE), 3, -1):
            options = Options(width=size[0] / space, margin=_MARGIN, heading=False)
            page = lay_out(self.excerpt.score, options)
            if page.height * space <= size[1]:
                break
        return page, space

    def _origin(self, size: tuple[int, int], page: Page) -> tuple[int, int]:
        return 0, max(0, round((size[1] - page.height * self._space) / 2))

    def _ring_notes(self, picture: pygame.Surface, page: Page, origin: tuple[int, int]) -> None:
        """Ring the notes to look at, and draw them again on top."""
        for voice, start in self.excerpt.notes:
            note = page.note_boxes.get((voice, start))
            if note is not None:
                area = self._pixels(note.box.grown(0.5), origin)
                draw.box(picture, area, (*colours.ACCENT, 90), area.height // 2)
                draw.outline(picture, area, colours.ACCENT_DEEP, area.height // 2, max(1.5, self._space / 7))
                paint_items(page.items_of(voice, start), picture, self._space, origin)

    def _pixels(self, box: Box, origin: tuple[int, int]) -> pygame.Rect:
        left, top = origin[0] + box.left * self._space, origin[1] + box.top * self._space
        width, height = (box.right - box.left) * self._space, (box.bottom - box.top) * self._space
        return pygame.Rect(round(left), round(top), round(width), round(height))

    def _draw_playhead(self, surface: pygame.Surface, page: Page, leaf: pygame.Rect) -> None:
        step = min(self._ear.position(), self.excerpt.score.steps - 0.001)
        system, x = page.system_at(step), page.playhead_x(step)
        dx, dy = self._origin(leaf.size, page)
        line = self._pixels(Box(x, system.staves[0] - 2, x, system.staves[1] + 6), (leaf.x + dx, leaf.y + dy))
        line.width = max(2, self.theme.px(2))
        draw.box(surface, line, colours.ACCENT_DEEP, 1)
