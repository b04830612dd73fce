"""Beat Bach: three settings of one tune heard blind, a guess, and then whose they are and what rules and model say."""

from collections.abc import Callable, Hashable
from functools import partial

import pygame

from chorale.app.game import Handed, Round, Version
from chorale.notation import Options
from chorale.notation.layout import lay_out
from chorale.notation.paint import paint_items
from chorale.ui import draw
from chorale.ui import theme as colours
from chorale.ui.icons import icon
from chorale.ui.portrait import Mood, Portrait
from chorale.ui.scenes.editor.keys import Command
from chorale.ui.scenes.editor.room import lamp
from chorale.ui.scenes.levels.hall import Hall
from chorale.ui.scenes.levels.letter import BROWN, INK, parchment
from chorale.ui.scenes.levels.page import Page
from chorale.ui.scenes.levels.speech import Speech
from chorale.ui.scenes.levels.trial import Trial
from chorale.ui.scenes.levels.verdict import StarRow, Ways
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button

__all__ = ["BeatPage"]

_WHOSE = {"yours": "Yours", "model": "The machine's", "bach": "Bach's own"}
_ASKING = "Three versions of the same tune: one is yours, one the machine's, and one is mine. Listen. Which is mine?"
_ASKING_TWO = "Two versions of the same tune: one is yours, the other is mine. Listen. Which is mine?"
_RIGHT = "You know my hand. Now see what the rules and the machine say of each."
_WRONG = "That was {whose}. I am flattered, in a way. Now see what the rules and the machine say of each."
_BEATEN = "You know my hand; and by the rules you even beat me. I took liberties, as you will one day."
_CARD, _GAP = 392, 22
_HEAD = 158
_KEYS = "123"
_MARGIN = (2.0, 2.0, 2.0, 2.0)  # spaces


class VersionCard(Widget):
    """A leaf with one version: its letter while nobody knows, then whose it is and what is said of it.

    Args:
        version: the setting.
        hear: plays it, or stops it.
        progress: how far it has been played, 0..1; None while it does not sound.
    """

    live = True

    def __init__(self, version: Version, hear: Callable[[], None], progress: Callable[[], float | None]) -> None:
        super().__init__(f"version-{version.letter.lower()}", f"Version {version.letter}", keys=version.letter)
        self.version, self._hear, self._progress = version, hear, progress
        self.revealed = self.chosen = False
        self._picture: tuple[object, pygame.Surface] | None = None

    @property
    def value(self) -> str:
        """Whose it is, once that is told."""
        playing = "playing" if self._progress() is not None else ""
        return f"{_WHOSE[self.version.by]}: {', '.join(_facts(self.version))}" if self.revealed else playing

    @property
    def look(self) -> Hashable:
        """Whether it is revealed, too."""
        return super().look, self.revealed, self.chosen

    def release(self, position: tuple[int, int]) -> None:
        """Play it."""
        if self.contains(position):
            self._hear()

    def key(self, event: pygame.event.Event) -> bool:
        """Enter and Space play it."""
        if event.key in {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}:
            self._hear()
            return True
        return False

    def draw(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the leaf."""
        is_his = self.revealed and self.version.by == "bach"
        draw.shadow(surface, self.rect, theme.px(18), 160, theme.px(5), theme.px(7))
        surface.blit(parchment(self.rect.size, theme), self.rect)
        if is_his or self.hot or self.focused:
            edge = colours.ACCENT if is_his else colours.ACCENT_SOFT
            draw.outline(surface, self.rect, edge, theme.px(5), theme.px(3 if is_his else 2))
        if self.revealed:
            self._draw_facts(surface, theme)
        else:
            self._draw_riddle(surface, theme)
        self._draw_progress(surface, theme)

    def _draw_riddle(self, surface: pygame.Surface, theme: Theme) -> None:
        letter = theme.text(self.version.letter, 84, "serif", BROWN)
        surface.blit(letter, letter.get_rect(center=(self.rect.centerx, self.rect.y + theme.px(84))))
        disc = pygame.Rect(0, 0, theme.px(68), theme.px(68))
        disc.center = (self.rect.centerx, self.rect.y + theme.px(186))
        lit = colours.ACCENT_SOFT if self.hot else colours.ACCENT
        draw.shadow(surface, disc, theme.px(8), 90, disc.width // 2, theme.px(2))
        draw.box(surface, disc, lit, disc.width // 2)
        sign = icon("play" if self._progress() is None else "stop", theme.px(34), colours.ON_ACCENT)
        surface.blit(sign, sign.get_rect(center=disc.center))

    def _draw_facts(self, surface: pygame.Surface, theme: Theme) -> None:
        pad = theme.px(20)
        over = theme.text(f"Version {self.version.letter}", 13, "serif-italic", BROWN)
        surface.blit(over, (self.rect.x + pad, self.rect.y + theme.px(14)))
        if self.chosen:
            guess = theme.text("your guess", 13, "serif-italic", BROWN)
            surface.blit(guess, guess.get_rect(topright=(self.rect.right - pad, self.rect.y + theme.px(14))))
        name = theme.text(_WHOSE[self.version.by], 24, "serif-bold", INK)
        surface.blit(name, (self.rect.x + pad, self.rect.y + theme.px(30)))
        room = pygame.Rect(self.rect.x + theme.px(8), self.rect.y + theme.px(68), 0, theme.px(126))
        room.width = self.rect.width - theme.px(16)
        surface.blit(self._music(room.size, theme.px(9)), room)
        for row, line in enumerate(_facts(self.version)):
            words = theme.text(theme.fitted(line, self.rect.width - 2 * pad, 14.5, "serif"), 14.5, "serif", INK)
            surface.blit(words, (self.rect.x + pad, room.bottom + theme.px(6) + row * theme.px(22)))

    def _music(self, size: tuple[int, int], largest: int) -> pygame.Surface:
        if self._picture is None or self._picture[0] != size:
            self._picture = (size, _engraved(self.version, size, largest))
        return self._picture[1]

    def _draw_progress(self, surface: pygame.Surface, theme: Theme) -> None:
        share = self._progress()
        if share is None:
            return
        track = pygame.Rect(self.rect.x + theme.px(20), self.rect.bottom - theme.px(16), 0, theme.px(4))
        track.width = self.rect.width - theme.px(40)
        draw.box(surface, track, (206, 184, 140), theme.px(2))
        track.width = max(theme.px(4), round(track.width * share))
        draw.box(surface, track, colours.ACCENT_DEEP, theme.px(2))


def _facts(version: Version) -> tuple[str, ...]:
    """Return what is said of a version, a line each."""
    outcome = version.outcome
    count = len(outcome.remarks)
    rules = "breaks no rule" if not count else f"{count} remark{'' if count == 1 else 's'} by the rules"
    facts = (f"{outcome.points:g} points, {rules}",)
    if version.likelihood is not None:
        return (*facts, f"the machine's likelihood: {version.likelihood:.2f} a note".replace("-", "\N{MINUS SIGN}"))
    return facts


def _engraved(version: Version, size: tuple[int, int], largest: int) -> pygame.Surface:
    """Return the music on nothing, as large as fits a size, a staff space at most so many pixels."""
    for space in range(largest, 2, -1):
        page = lay_out(
            version.score.replace(title="", chords=()), Options(width=size[0] / space, margin=_MARGIN, heading=False)
        )
        if page.height * space <= size[1]:
            break
    picture = pygame.Surface(size, pygame.SRCALPHA)
    system = page.systems[0]
    shift = max(0, round((size[0] - (system.left + system.right) * space) / 2)) if len(page.systems) == 1 else 0
    paint_items(page.items, picture, space, (shift, max(0, round((size[1] - page.height * space) / 2))))
    return picture


class BeatPage(Page):
    """The listening.

    Args:
        hall: the room's things.
        trial: the attempt at the level.
        heard: the versions.
        ways: where one can go afterwards.
        onwards: tells what the way onwards is called, "" where there is none.
        explain: shows what was taken off, and why.
    """

    def __init__(
        self,
        hall: Hall,
        trial: Trial,
        heard: Round,
        ways: Ways,
        onwards: Callable[[], str],
        explain: Callable[[Handed], None],
    ) -> None:
        back = Button(
            "to-organ", "Back to the organ", ways.home, text="Organ", picture=icon_picture("left"), keys="Esc"
        )
        super().__init__(hall, [back])
        self.trial, self.round, self._onwards = trial, heard, onwards
        self.bar.title, self.bar.remark = f"{trial.number}  {trial.level.title}", "Beat Bach"
        self._playing: Version | None = None
        self._begun = False
        self.cards = [
            VersionCard(each, partial(self.hear, each), partial(self._share, each)) for each in heard.versions
        ]
        self.guesses = [
            Button(
                f"guess-{each.letter.lower()}", f"Version {each.letter} is Bach's", partial(self.guess, each),
                text="This is Bach's", text_size=16, keys=_KEYS[index],
            )
            for index, each in enumerate(heard.versions)
        ]  # fmt: skip
        self.portrait, self.speech = hall.portrait, Speech(beside=True, large=True)
        self.speech.say(_ASKING if len(heard.versions) > 2 else _ASKING_TWO)
        self.again = Button("again", "Write again", ways.again, text="Write again", text_size=16)
        self.why = Button("why", "What was taken off, and why", self._explain, text="See why", text_size=16)
        self._to_explanation = explain
        self.home = Button("to-map", "Organ", ways.home, text="Organ", text_size=16)
        self.onwards = Button("next", "Next lesson", ways.onwards, text="", style="gold", text_size=16, keys="Enter")
        self.stars: StarRow | None = None
        self.handed: Handed | None = None
        self.came_at = 0.0
        self.board.home = self.cards[0]
        self.board.go_home()
        self.keys.fill(self._commands())

    # What is done -----------------------------------------------------------------------------------------------

    def hear(self, version: Version) -> None:
        """Play a version from its beginning, or stop it."""
        sound = self.hall.services.sound
        if self._playing is version:
            self._silence()
            return
        self._playing, self._begun = version, False
        sound.pause()
        sound.set_loop(None)
        sound.load(version.score)
        sound.play(0.0)
        self.hall.portrait.feel(Mood.LISTENING, self.hall.now)

    def _silence(self) -> None:
        self._playing = None
        self.hall.services.sound.stop()
        self.hall.portrait.feel(Mood.IDLE, self.hall.now)

    def _share(self, version: Version) -> float | None:
        if self._playing is not version:
            return None
        return min(1.0, self.hall.services.sound.position / max(1, version.score.steps))

    def guess(self, version: Version) -> None:
        """Say which is Bach's."""
        if self.handed is None:
            self._silence()
            self.hall.attempt(
                lambda: self.trial.hand_in(self.round.answer(version.letter), partial(self._reveal, version))
            )

    def _reveal(self, guessed: Version, handed: Handed) -> None:
        self.handed, hall = handed, self.hall
        for card in self.cards:
            card.revealed, card.chosen = True, card.version is guessed
        is_right = guessed.by == "bach"
        words = (
            (_BEATEN if self.round.beaten else _RIGHT) if is_right else _WRONG.format(whose=_WHOSE[guessed.by].lower())
        )
        self.speech.say(words)
        stars = handed.outcome.stars
        self.stars = StarRow(stars, lambda number: hall.services.sound.effect(f"star-{number}"))
        self.came_at = hall.now
        hall.services.sound.effect("level-passed" if stars else "level-failed")
        hall.portrait.feel(Mood.PLEASED if is_right else Mood.FROWNING, hall.now)
        self.onwards.text = self._onwards()
        self.board.home = self.onwards if self.onwards.text and stars else self.again
        self.board.go_home()
        self.resize(self.size, hall.theme)

    def _explain(self) -> None:
        if self.handed is not None:
            self._to_explanation(self.handed)

    def leave(self) -> None:
        """Be silent."""
        self._silence()

    # The page ---------------------------------------------------------------------------------------------------

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        if self.handed is None:
            pairs = [each for pair in zip(self.cards, self.guesses, strict=True) for each in pair]
            return [self.portrait, self.speech, *pairs]
        ends: list[Widget] = [self.again, self.home]
        if self.handed.outcome.remarks:
            ends.insert(0, self.why)
        if self.onwards.text and self.handed.outcome.stars:
            ends.append(self.onwards)
        stars: list[Widget] = [] if self.stars is None else [self.stars]
        return [self.portrait, self.speech, *stars, *self.cards, *ends]

    @property
    def loose(self) -> list[Widget]:
        """All of them."""
        return self.widgets

    def lay_out(self, theme: Theme) -> None:
        """Bach at the head, the leaves in a row, the guesses or the ways at the foot."""
        count, gap = len(self.cards), theme.px(_GAP)
        width = min(theme.px(_CARD), (self.rect.width - theme.px(48) - (count - 1) * gap) // count)
        whole = count * width + (count - 1) * gap
        left = self.rect.centerx - whole // 2
        tall = theme.px(_HEAD + 26 + 262 + 20 + 52)
        top = self.rect.y + max(theme.px(14), (self.rect.height - tall) // 2)
        self._lay_out_head(pygame.Rect(left, top, whole, theme.px(_HEAD)), theme)
        row = top + theme.px(_HEAD + 26)
        for index, card in enumerate(self.cards):
            card.rect = pygame.Rect(left + index * (width + gap), row, width, theme.px(262))
            self.guesses[index].rect = pygame.Rect(card.rect.x, card.rect.bottom + theme.px(20), width, theme.px(52))
        ways = [each for each in self.widgets if each in {self.why, self.again, self.home, self.onwards}]
        wide = theme.px(190)
        x = self.rect.centerx - (len(ways) * (wide + gap) - gap) // 2
        for index, way in enumerate(ways):
            way.rect = pygame.Rect(x + index * (wide + gap), row + theme.px(282), wide, theme.px(52))

    def _lay_out_head(self, head: pygame.Rect, theme: Theme) -> None:
        wide = round(head.height * 240 / 176)
        self.portrait.rect = pygame.Rect(head.x, head.y, wide, Portrait.height_for(wide))
        starry = theme.px(250) if self.stars is not None else 0
        self.speech.rect = pygame.Rect(
            head.x + wide + theme.px(18), head.y + theme.px(12), 0, head.height - theme.px(24)
        )
        self.speech.rect.width = head.right - self.speech.rect.x - starry
        if self.stars is not None:
            self.stars.rect = pygame.Rect(
                head.right - starry + theme.px(16), head.y, starry - theme.px(16), theme.px(110)
            )

    def draw_page(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the room, and the points once they are known."""
        surface.blit(lamp(self.rect.size), self.rect)
        if self.handed is not None and self.stars is not None:
            points = theme.text(f"{self.handed.outcome.points:g} points", 20, "serif", colours.TEXT)
            surface.blit(points, points.get_rect(midtop=(self.stars.rect.centerx, self.stars.rect.bottom)))

    def pass_time(self, now: float) -> float | None:
        """Let time pass; what sounds comes to its end."""
        sound, still = self.hall.services.sound, self.hall.theme.still
        sound.update()
        playing = self._playing
        if playing is not None:
            self._begun |= sound.playing
            if not sound.playing and (self._begun or sound.ready or sound.failure):
                self._silence()
            else:
                self.portrait.beat = sound.position / playing.score.meter.steps_per_beat
                self.portrait.beats_per_second = playing.score.qpm / 60
        waits = [self.portrait.update(now, still=still), 0.0 if self._playing is not None else None]
        if self.stars is not None:
            waits.append(self.stars.pass_time(now - self.came_at, still=still))
        return min((wait for wait in waits if wait is not None), default=None)

    def _commands(self) -> list[Command]:
        group, versions = "Blind listening", self.round.versions
        hearing = [
            Command(group, f"Hear version {each.letter}", (each.letter,), partial(self.hear, each)) for each in versions
        ]
        guessing = [
            Command(group, f"Version {each.letter} is Bach's", (key,), partial(self.guess, each))
            for key, each in zip(_KEYS, versions, strict=False)
        ]
        ends = [
            Command(group, "Back to the organ", ("Esc",), self.home.activate),
            Command(group, "Onwards", ("Enter",), self._enter),
        ]
        return [*hearing, *guessing, *ends]

    def _enter(self) -> None:
        """Go on once all is told."""
        if self.handed is not None:
            (self.onwards if self.onwards in self.widgets else self.again).activate()
