"""The lower half of the side panel: counts by severity, the profile, and the list of findings with its buttons."""

from collections.abc import Hashable
from functools import partial

import pygame

from chorale.theory import PROFILES, Severity
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.scenes.editor.cards import TINTS, grade_icon
from chorale.ui.scenes.editor.findings_list import FindingsList, Saying
from chorale.ui.scenes.editor.harmony import Harmony
from chorale.ui.scenes.editor.state import State
from chorale.ui.scenes.editor.teaching import GRADES, Teaching
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Action, Widget
from chorale.ui.widgets.button import Button, Toggle
from chorale.ui.widgets.menu import Dropdown, Entry
from chorale.ui.widgets.panel import Panel

__all__ = ["PROFILE_NAMES", "FindingsPanel"]

PROFILE_NAMES = {"textbook": "Textbook", "ap": "AP exam", "bach": "Bach"}
_NAMES = (("english", "English", "B, Bb"), ("german", "German", "H, B"), ("fixed-do", "Fixed do", "Si, Sib"))
_LETTERS = 12.5  # units: on the buttons of a card
_MEANINGS = {"textbook": "as harmony books teach", "ap": "as the exam is marked", "bach": "what Bach allows himself"}


def _action(name: str, words: str, action: Action, key: str) -> Button:
    return Button(name, words, action, text=words, keys=key, text_size=_LETTERS, style="lifted")


class GradeChip(Toggle):
    """How many findings there are of a severity; a click shows or hides them."""

    def __init__(self, teaching: Teaching, severity: Severity) -> None:
        plural = f"{severity.label}s"
        super().__init__(
            f"show-{plural}",
            plural.capitalize(),
            partial(teaching.toggle, severity),
            partial(teaching.is_shown, severity),
        )
        self._teaching, self._severity = teaching, severity

    @property
    def _checking(self) -> bool:
        """Whether the number is of a check before this one, which has been at work for a while."""
        return self._teaching.is_slow

    @property
    def look(self) -> Hashable:
        """Whether the number is certain, too."""
        return super().look, self._checking

    @property
    def value(self) -> str:
        """How many, and whether they are shown."""
        return f"{self._teaching.count(self._severity)}, {'shown' if self.on else 'hidden'}"

    @property
    def tooltip(self) -> str:
        """What it counts and what a click does."""
        count = self._teaching.count(self._severity)
        words = self._severity.label + ("" if count == 1 else "s")
        return f"{count} {words}: {'hide' if self.on else 'show'} them"

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the sign of the severity and the number; dim where they are hidden."""
        if self.on or self.hot:
            draw.box(surface, self.rect, colours.HOVER if self.hot else colours.RAISED, theme.px(8))
        else:
            draw.outline(surface, self.rect, colours.EDGE, theme.px(8), 1)
        tint = TINTS[self._severity] if self.on else colours.FAINT
        ink = colours.TEXT if self.on and not self._checking else colours.FAINT
        count = theme.text(str(self._teaching.count(self._severity)), 14, "semibold", ink)
        mark = grade_icon(self._severity, theme.px(18), tint)
        gap = theme.px(5)
        x = self.rect.centerx - (mark.get_width() + gap + count.get_width()) // 2
        surface.blit(mark, mark.get_rect(midleft=(x, self.rect.centery)))
        surface.blit(count, count.get_rect(midleft=(x + mark.get_width() + gap, self.rect.centery)))


class FindingsPanel(Panel):
    """The widgets and their places."""

    def __init__(self, state: State, harmony: Harmony, teaching: Teaching, show_ranges: Action) -> None:
        super().__init__()
        self._state, self._harmony, self._teaching, self._show_ranges = state, harmony, teaching, show_ranges
        self._theme = Theme()
        self._chips = [GradeChip(teaching, severity) for severity in GRADES]
        self.profile = Dropdown(
            "profile", "Rules", self._profile_words, self._profiles, state.board.open_dropdown, hint="How strictly"
        )
        self.list = FindingsList(state, teaching, self._saying, teaching.help_words)
        self.hear = _action("finding-hear", "Hear it", teaching.hear, "V")
        self.bach = _action("finding-bach", "Show Bach", teaching.show_bach, "M")
        self.fix = _action("finding-fix", "Fix it", teaching.fix, "X")
        self.ignore = _action("finding-ignore", "Ignore", teaching.ignore, "I")
        self._actions = [self.hear, self.bach, self.fix, self.ignore]
        self.restore = Button("findings-restore", "Show again what was let pass", teaching.heed_all, style="plain")
        self.restore.text_size = 13
        self._news: Saying | None = None

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        return [*self._chips, self.profile, self.list, *self._actions, self.restore]

    # Words ------------------------------------------------------------------------------------------------------

    def _profile_words(self) -> str:
        settings = self._state.studio.settings
        return PROFILE_NAMES[settings.profile] if settings.checking else "Off"

    def _profiles(self) -> list[Entry]:
        settings, change = self._state.studio.settings, self._state.studio.change_settings
        entries = [
            Entry(
                PROFILE_NAMES[name],
                partial(change, profile=name, checking=True),
                _MEANINGS[name],
                chosen=settings.checking and settings.profile == name,
            )
            for name in PROFILES
        ]
        off = Entry("Check nothing", partial(change, checking=False), chosen=not settings.checking)
        ranges = Entry("Ranges\N{HORIZONTAL ELLIPSIS}", self._show_ranges, chosen=bool(settings.ranges))
        names = [
            Entry(words, partial(change, note_names=style), example, chosen=settings.note_names == style)
            for style, words, example in _NAMES
        ]
        return [
            Entry("By whose rules", heading=True),
            *entries,
            ranges,
            off,
            Entry("Names of notes", heading=True),
            *names,
        ]

    def _saying(self) -> Saying | None:
        """Return what is said in the place of the list."""
        state = self._state
        if self._harmony.running:
            return Saying("", "Bach is writing", "Each voice is sung anew until all four agree. Esc stops.")
        singing = state.singing(state.score)
        if not singing:
            line = "Write a soprano line. Harmonize adds alto, tenor and bass in Bach's manner."
            return Saying("", "Begin with a tune", line)
        return None if self._teaching.findings else self._why_empty(singing)

    def _why_empty(self, singing: int) -> Saying:
        settings, teacher = self._state.studio.settings, self._state.studio.teacher
        if not settings.checking:
            return Saying(
                "", "Checking is off", "Choose by whose rules to check, and mistakes are told of as you write."
            )
        if teacher.checking.failed:
            return Saying("warning", "Not checked", "The checker failed at this score; it tries again on a change.")
        if singing == 1:
            return Saying("", "Ready", "Press Harmonize, and Bach adds three voices to your tune.")
        return self._good_news()

    def _good_news(self) -> Saying:
        teacher = self._state.studio.teacher
        if not teacher.is_at_work:
            self._news = self._news_of(len(teacher.findings))
        elif self._teaching.is_slow or not self._news:
            return Saying("clock", "Checking", "")
        return self._news

    def _news_of(self, hidden: int) -> Saying:
        if hidden:
            kinds = [
                grade.label for grade in GRADES if self._teaching.count(grade) and not self._teaching.is_shown(grade)
            ]
            line = f"{hidden} {' and '.join(kinds)}{'s' if hidden != 1 else ''} hidden: the buttons above show them."
            return Saying("check", "No mistakes found", line)
        rules = {"textbook": "By the textbook's rules", "ap": "By the exam's rules", "bach": "By Bach's own measure"}
        line = f"{rules[self._state.studio.settings.profile]} there is nothing to mend."
        return Saying("check", "No mistakes found", line)

    # Places -----------------------------------------------------------------------------------------------------

    def lay_out(self, rect: pygame.Rect, theme: Theme) -> None:
        """Chips and profile in a row, the list below."""
        self.rect, self._theme = rect, theme
        margin, gap = theme.px(18), theme.px(6)
        x, y, width = rect.x + margin, rect.y + theme.px(8), rect.width - 2 * margin
        chip = theme.px(48)
        for index, each in enumerate(self._chips):
            each.rect = pygame.Rect(x + index * (chip + gap), y, chip, theme.px(32))
        used = len(self._chips) * (chip + gap)
        self.profile.rect = pygame.Rect(x + used, y, width - used, theme.px(32))
        top = y + theme.px(40)
        self.list.rect = pygame.Rect(x, top, width, max(0, rect.bottom - theme.px(12) - top))

    def update(self) -> float | None:
        """Arrange the list and put the buttons on its open card; return 0 while it glides."""
        theme, ignored = self._theme, self._state.studio.teacher.ignored
        foot = theme.px(26) if ignored else 0
        whole = pygame.Rect(self.profile.rect.x, self.list.rect.y, self.list.rect.width, 0)
        self.list.rect.height = max(0, self.rect.bottom - theme.px(12) - foot - whole.y)
        self.restore.visible = ignored > 0
        self.restore.text = f"{ignored} let pass: show again" if ignored else ""
        width = theme.width(self.restore.text, 13, "semibold") + theme.px(24)
        self.restore.rect = pygame.Rect(self.list.rect.x, self.rect.bottom - theme.px(34), width, theme.px(26))
        self.list.arrange(theme)
        self._place_actions(theme)
        return 0.0 if self.list.moving else None

    def _place_actions(self, theme: Theme) -> None:
        room = self.list.buttons
        for button in self._actions:
            button.visible = room is not None
        if room is None:
            return
        x, y, width = room
        pad, gap = theme.px(9), theme.px(5)
        words = [theme.width(button.text, _LETTERS, "semibold") for button in self._actions]
        spare = (width - 2 * pad - gap * (len(words) - 1) - sum(words)) // len(words)
        x += pad
        for button, wide in zip(self._actions, words, strict=True):
            button.rect = pygame.Rect(x, y, wide + spare, theme.px(30))
            button.visible = self.list.rect.contains(button.rect)
            x = button.rect.right + gap
        self._say_what_can_be_done()

    def _say_what_can_be_done(self) -> None:
        selected = self._teaching.selected
        certain = selected is not None and self._teaching.is_certain(selected)
        self.hear.enabled = self.ignore.enabled = certain
        self.hear.hint = "Hear the voices concerned alone, slowly"
        self.bach.enabled, self.bach.hint = self._teaching.has_bach, "See where Bach does it, and how he avoids it"
        self.fix.enabled, self.fix.hint = self._teaching.can_fix and certain, "Make the smallest change that mends it"
        self.ignore.hint = "Let it pass while this score is open"

    def draw_background(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the panel and a line that parts it from what is above."""
        surface.fill(colours.PANEL, self.rect)
        surface.fill(colours.EDGE, (self.rect.x, self.rect.y, 1, self.rect.height))
        margin = theme.px(18)
        surface.fill(colours.EDGE, (self.rect.x + margin, self.rect.y, self.rect.width - 2 * margin, 1))
