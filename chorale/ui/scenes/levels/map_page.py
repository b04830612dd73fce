"""The map: an organ, in which every level is a pipe; a pipe that was mastered is gilded, and sounds when touched."""

from collections.abc import Callable, Hashable, Sequence
from functools import partial

import pygame

from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.scenes.editor.keys import Command
from chorale.ui.scenes.editor.room import lamp
from chorale.ui.scenes.levels.hall import Hall
from chorale.ui.scenes.levels.organ import HEAD, SILL, case, draw_plaque
from chorale.ui.scenes.levels.page import Page
from chorale.ui.scenes.levels.pipes import FILLED, METALS, heights, pipe
from chorale.ui.scenes.levels.shelf import Standing, Stop, Tower
from chorale.ui.scenes.levels.stars import draw_row
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget
from chorale.ui.widgets.button import Button
from chorale.ui.widgets.panel import Panel

__all__ = ["MapPage", "PipeButton"]

_FOOT = 108  # units: the card that tells of a level
_COLUMNS = 4
_FORMS = (0, 1, 2, 0)
_LEAST_SPACE = 4  # units between the pipes and the posts
_FAR = 10_000  # more pipes than there are
_TONIC = 48  # the first pipe of a world speaks C3; the others go up the scale
"""MIDI number."""


class PipeButton(Button):
    """A level: a pipe with its number and its stars."""

    def __init__(self, stop: Stop, tower: Tower, begin: Callable[[], None]) -> None:
        super().__init__(f"level-{stop.id}", f"{tower.number}.{stop.number} {stop.title}", begin, hint="")
        self.stop, self.tower = stop, tower
        self.here = False
        self.body = pygame.Rect(0, 0, 1, 1)
        self.starry = (0, 0)

    @property
    def value(self) -> str:
        """Where one stands with it."""
        return self.stop.spoken + (", you are here" if self.here else "")

    @property
    def look(self) -> Hashable:
        """The level; that it is pointed at is drawn over the picture of the organ."""
        return self.value, self.stop, tuple(self.rect), tuple(self.body)

    @property
    def lit(self) -> bool:
        """Whether it is pointed at or walked to."""
        return self.hot or self.focused

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the pipe with its shadow, its number, and the stars below."""
        if self.here:
            self._draw_light(surface, theme)
        draw.shadow(surface, self.body.inflate(-theme.px(4), 0), theme.px(6), 130, theme.px(6), theme.px(3))
        self.draw_pipe(surface, theme, lit=False)
        faint = colours.mix(colours.FAINT, (46, 30, 26), 0.45 if self.stop.standing is Standing.LOCKED else 0.0)
        draw_row(surface, self.starry, min(theme.px(11), round(self.rect.width * 0.25)), self.stop.stars, faint)

    def draw_pipe(self, surface: pygame.Surface, theme: Theme, *, lit: bool) -> None:
        """Draw the pipe and its number."""
        body = self.body
        surface.blit(pipe(body.width, body.height, self.stop.standing, int(lit)), body)
        foot = min(body.height * 0.24, body.width * 1.5)
        self._draw_number(surface, theme, round(body.bottom - foot - body.width * 1.28))

    def _draw_light(self, surface: pygame.Surface, theme: Theme) -> None:
        around = self.body.inflate(theme.px(10), theme.px(10))
        draw.box(surface, around, (*colours.ACCENT, 70), theme.px(10))
        draw.outline(surface, around, (*colours.ACCENT_SOFT, 220), theme.px(10), max(1, theme.px(1.5)))

    def _draw_number(self, surface: pygame.Surface, theme: Theme, y: int) -> None:
        standing, centre = self.stop.standing, (self.body.centerx, y)
        if standing is Standing.LOCKED:
            sign = icon("lock", min(theme.px(13), self.body.width - 4), METALS[standing].ink[:3])
        elif standing is Standing.TESTED:
            sign = icon("check", min(theme.px(18), self.body.width - 4), METALS[standing].ink[:3])
        else:
            sign = theme.text(self.stop.number, 16, "bold", METALS[standing].ink)
        surface.blit(sign, sign.get_rect(center=centre))


class Organ(Panel):
    """The facade with all pipes.

    Args:
        towers: the worlds.
        begin: begins a level, by its id.
    """

    def __init__(self, towers: Sequence[Tower], begin: Callable[[str], None]) -> None:
        super().__init__()
        self.towers = tuple(towers)
        self.groups = [[PipeButton(stop, tower, partial(begin, stop.id)) for stop in tower.stops] for tower in towers]
        self._cases: list[pygame.Rect] = []
        self._unit = 1.0

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab, which is that of the path."""
        return [each for group in self.groups for each in group]

    @property
    def pipes(self) -> list[PipeButton]:
        """All levels along the path."""
        return [each for group in self.groups for each in group]

    @property
    def look(self) -> Hashable:
        """The worlds."""
        return self.towers

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Give each world its case and each level its pipe."""
        self.rect, self._unit = rect, theme.scale
        columns = min(max(1, len(self.towers)), max(_COLUMNS, -(-len(self.towers) // 2)))
        rows = max(1, -(-len(self.towers) // columns))
        margin, gap, lane = theme.px(24), theme.px(10), theme.px(8)
        width = (rect.width - 2 * margin - (columns - 1) * gap) // columns
        height = (rect.height - theme.px(14) - (rows - 1) * lane) // rows
        self._cases = []
        for index, group in enumerate(self.groups):
            column, row = index % columns, index // columns
            x, y = rect.x + margin + column * (width + gap), rect.y + theme.px(6) + row * (height + lane)
            self._cases.append(pygame.Rect(x, y, width, height))
            self._lay_out_pipes(group, self._cases[-1], self._form(index), theme)

    def _form(self, index: int) -> int:
        return _FORMS[index % len(_FORMS)]

    def _lay_out_pipes(self, group: list[PipeButton], box: pygame.Rect, form: int, theme: Theme) -> None:
        if not group:
            return
        inner = box.inflate(-2 * theme.px(10 + _LEAST_SPACE), 0)
        slot = inner.width / len(group)
        width = max(8, min(theme.px(40), round(slot * 0.82)))
        foot, tall = box.bottom - theme.px(SILL), box.height - theme.px(SILL + HEAD)
        for index, (each, share) in enumerate(zip(group, heights(len(group), form), strict=True)):
            middle = round(inner.x + slot * (index + 0.5))
            height = round(tall * share * FILLED)
            each.body = pygame.Rect(middle - width // 2, foot - height, width, height)
            each.starry = (middle, foot + theme.px(10))
            left, right = round(inner.x + slot * index), round(inner.x + slot * (index + 1))
            each.rect = pygame.Rect(left, each.body.y, right - left, foot + theme.px(18) - each.body.y)

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the organ, and over it the pipes that are pointed at or walked to."""
        super().draw(surface, theme)
        for each in self.pipes:
            if each.lit:
                each.draw_pipe(surface, theme, lit=True)

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the room, the cases and the plaques."""
        surface.blit(lamp(self.rect.size), self.rect)
        for index, (box, tower) in enumerate(zip(self._cases, self.towers, strict=True)):
            draw.shadow(surface, box.inflate(0, -theme.px(16)), theme.px(18), 150, theme.px(4), theme.px(8))
            form = self._form(index)
            surface.blit(case(box.size, self._unit, form, int(form == 0)), box)
            plaque = pygame.Rect(0, 0, box.width - theme.px(28), theme.px(30))
            plaque.midbottom = (box.centerx, box.bottom - theme.px(6))
            words = (tower.number, tower.title, f"{tower.stars}/{tower.most}")
            draw_plaque(surface, plaque, theme, words, lit=not tower.is_locked)


class Card(Panel):
    """What is told at the foot of the level that is pointed at or walked to.

    Args:
        begin: begins the level that is shown.
        test_out: begins the exam of its world.
    """

    def __init__(self, begin: Callable[[], None], test_out: Callable[[], None]) -> None:
        super().__init__()
        self.test = Button("test-out", "Test out", test_out, text="Test out", text_size=16, keys="Alt+T",
                           hint="Pass this whole world by its exam")  # fmt: skip
        self.begin = Button("begin", "Begin this level", begin, text="Begin", style="gold", keys="Enter", text_size=16)
        self.shown: PipeButton | None = None

    @property
    def widgets(self) -> list[Widget]:
        """The button."""
        return [self.begin, self.test]

    @property
    def look(self) -> Hashable:
        """The level."""
        return None if self.shown is None else (self.shown.label, self.shown.stop)

    def show(self, button: PipeButton | None) -> None:
        """Tell of a level."""
        self.shown = button
        standing = Standing.LOCKED if button is None else button.stop.standing
        self.begin.style = "raised" if standing is Standing.LOCKED else "gold"
        self.test.visible = button is not None and button.tower.may_test
        self.begin.text = {Standing.LOCKED: "Locked", Standing.OPEN: "Begin"}.get(standing, "Again")

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """The words at the left, the button at the right."""
        self.rect = rect
        size = (theme.px(168), theme.px(52))
        self.begin.rect = pygame.Rect(rect.right - theme.px(28) - size[0], rect.centery - size[1] // 2, *size)
        self.test.rect = pygame.Rect(self.begin.rect.x - theme.px(10 + 120), self.begin.rect.y, theme.px(120), size[1])

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the card."""
        rect = self.rect
        surface.fill(colours.PANEL, rect)
        surface.fill(colours.EDGE, (rect.x, rect.y, rect.width, 1))
        if self.shown is not None:
            self._draw_words(surface, theme, self.shown)

    def _draw_words(self, surface: pygame.Surface, theme: Theme, button: PipeButton) -> None:
        stop, rect = button.stop, self.rect
        x, y = rect.x + theme.px(28), rect.y + theme.px(14)
        room = self.test.rect.x - theme.px(28) - x - theme.px(150)
        over = f"World {button.tower.number}  \N{MIDDLE DOT}  {button.tower.title}"
        first = theme.text(theme.fitted(over, room, 13), 13, "semibold", colours.ACCENT)
        surface.blit(first, (x, y))
        rest = room - first.get_width() - theme.px(14)
        if button.tower.about and rest > theme.px(80):
            about = theme.text(theme.fitted(button.tower.about, rest, 13), 13, "sans", colours.MUTED)
            surface.blit(about, (x + first.get_width() + theme.px(14), y))
        title = theme.fitted(f"{button.tower.number}.{stop.number}  {stop.title}", room, 22, "serif")
        surface.blit(theme.text(title, 22, "serif"), (x, y + theme.px(18)))
        line = theme.wrapped(stop.teaches, room, 14)[:1]
        for told in line:
            surface.blit(theme.text(told, 14, "sans", colours.MUTED), (x, y + theme.px(52)))
        middle = self.test.rect.x - theme.px(92)
        draw_row(surface, (middle, rect.centery - theme.px(8)), theme.px(26), stop.stars)
        tried = "not tried yet" if stop.standing is Standing.OPEN else stop.standing.value
        best = f"best {stop.best} points" if stop.best is not None else tried
        words = theme.text(theme.fitted(best, theme.px(140), 13), 13, "sans", colours.MUTED)
        surface.blit(words, words.get_rect(center=(middle, rect.centery + theme.px(20))))


class MapPage(Page):
    """The organ and the card at its foot.

    Args:
        hall: the room's things.
        towers: gives the worlds as they stand.
        begin: begins a level.
        test_out: begins the exam of a world.
        streak: gives the days in a row, None where they are not to be seen.
        offers: buttons at the bar's right end.
    """

    def __init__(
        self,
        hall: Hall,
        towers: Callable[[], Sequence[Tower]],
        begin: Callable[[str], None],
        test_out: Callable[[str], None],
        streak: Callable[[], int | None],
        offers: Sequence[Button],
    ) -> None:
        super().__init__(hall, (), offers)
        self._towers, self._begin, self._test_out, self._streak = towers, begin, test_out, streak
        self.organ = Organ((), begin)
        self.card = Card(self._begin_shown, self._test_out_shown)
        self._told: PipeButton | None = None
        self.keys.fill(self._commands())
        self.bar.title = "The Organ"

    def enter(self) -> None:
        """Look up where one stands, and go to the level that is next."""
        self.refresh()

    def refresh(self) -> None:
        """Look up where one stands; stay at a level that has no star yet, else go to the one that is next."""
        walked, closed = self._told.stop.id if self._told is not None else "", self._count(Standing.LOCKED)
        self.organ = Organ(self._towers(), self._begin)
        pipes = self.organ.pipes
        current = next((each for each in pipes if each.stop.standing is Standing.OPEN), None)
        if current is not None:
            current.here = True
        again = next((each for each in pipes if each.stop.id == walked and each.stop.stars < 1), None)
        self.go_to(again or current or (pipes[0] if pipes else None))
        won, most = sum(tower.stars for tower in self.organ.towers), sum(tower.most for tower in self.organ.towers)
        if walked and self._count(Standing.LOCKED) < closed:
            self.hall.services.sound.effect("unlock")
        days = self._streak() or 0
        row = f"  \N{MIDDLE DOT}  {days} days in a row" if days > 1 else ""
        self.bar.remark = f"{won} of {most} stars{row}"
        if self.size != (1, 1):
            self.resize(self.size, self.hall.theme)

    def _count(self, standing: Standing) -> int:
        return sum(each.stop.standing is standing for each in self.organ.pipes)

    def go_to(self, button: PipeButton | None, *, shown: bool = False) -> None:
        """Walk to a level; Tab stops at this one alone, arrows lead to the others."""
        self._told = button
        for each in self.organ.pipes:
            each.focusable = each is button
        self.board.home = button
        self.board.ring.move_to(button, shown=shown)
        self.card.show(button)

    @property
    def widgets(self) -> list[Widget]:
        """The pipes, then the card."""
        return [*self.organ.widgets, *self.card.widgets]

    def lay_out(self, theme: Theme) -> None:
        """The organ, and the card at the foot."""
        foot = theme.px(_FOOT)
        self.organ.lay_out(pygame.Rect(0, self.rect.y, self.rect.width, self.rect.height - foot), theme)
        self.card.lay_out(pygame.Rect(0, self.rect.bottom - foot, self.rect.width, foot), theme)

    def draw_page(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw both."""
        self.organ.draw(surface, theme)
        self.card.draw(surface, theme)

    def pass_time(self, now: float) -> float | None:
        """Tell of the pipe that is pointed at, else of the one walked to."""
        del now
        pipes = self.organ.pipes
        hot = next((each for each in pipes if each.hot), None)
        focused = next((each for each in pipes if each.focused), None)
        shown = hot or focused or self._told
        if shown is not self.card.shown:
            self.card.show(shown)
            self._sound(shown)
        if focused is not None:
            self._told = focused
        return None

    def _sound(self, button: PipeButton | None) -> None:
        """Let a gilded pipe speak."""
        if button is None or button.stop.standing in {Standing.LOCKED, Standing.OPEN}:
            return
        place = button.tower.stops.index(button.stop)
        scale = (0, 2, 4, 5, 7, 9, 11)
        self.hall.services.sound.note(_TONIC + 12 * (place // 7 + 1) + scale[place % 7], 0)

    def _test_out_shown(self) -> None:
        if self.card.shown is not None and self.card.shown.tower.may_test:
            self._test_out(self.card.shown.tower.id)

    def _begin_shown(self) -> None:
        if self.card.shown is not None:
            self._begin(self.card.shown.stop.id)

    def _commands(self) -> list[Command]:
        """Arrows walk along the path, up and down from world to world, Enter begins."""
        group = "Organ"
        return [
            Command(group, "Along the pipes", ("Right",), partial(self._walk, 1), written="Left Right"),
            Command("", "Back along the pipes", ("Left",), partial(self._walk, -1)),
            Command(group, "To the row above, below", ("Up",), partial(self._climb, -1), written="Up Down"),
            Command("", "To the row below", ("Down",), partial(self._climb, 1)),
            Command(group, "First, last lesson", ("Home",), partial(self._walk, -_FAR), written="Home End"),
            Command("", "Last lesson", ("End",), partial(self._walk, _FAR)),
            Command(group, "Begin this lesson", ("Enter",), self._begin_shown),
            Command(group, "Pass this world by its exam", ("Alt+T",), self._test_out_shown),
        ]

    def _walk(self, direction: int) -> None:
        pipes = self.organ.pipes
        if self._told in pipes:
            index = pipes.index(self._told) + direction
            self.go_to(pipes[max(0, min(len(pipes) - 1, index))], shown=True)

    def _climb(self, direction: int) -> None:
        """Go to the nearest pipe of the row above or below."""
        here = self._told
        if here is None:
            return
        beyond = [each for each in self.organ.pipes if (each.rect.bottom - here.rect.bottom) * direction > 0]
        if beyond:
            row = min((each.rect.bottom for each in beyond), key=lambda foot: abs(foot - here.rect.bottom))
            near = [each for each in beyond if each.rect.bottom == row]
            self.go_to(min(near, key=lambda each: abs(each.rect.centerx - here.rect.centerx)), shown=True)
