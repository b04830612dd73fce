"""The page of a level: the staff in the middle, the tools it allows, Bach and the goals beside it; then the result."""

from collections.abc import Callable, Sequence

import pygame

from chorale.app.game import Handed, Round
from chorale.levels.level import KINDS
from chorale.levels.scoring import Remark
from chorale.music import REST, Score
from chorale.ui.portrait import Mood
from chorale.ui.scenes.editor import rail as rail_module
from chorale.ui.scenes.editor import transport as transport_module
from chorale.ui.scenes.editor.commands import hand_commands, playing_commands
from chorale.ui.scenes.editor.keys import Command, combination
from chorale.ui.scenes.levels import bench, verdict
from chorale.ui.scenes.levels.bench import Bench, Deeds
from chorale.ui.scenes.levels.card import CardSheet
from chorale.ui.scenes.levels.desk import Desk
from chorale.ui.scenes.levels.hall import Hall
from chorale.ui.scenes.levels.page import Page
from chorale.ui.scenes.levels.trial import Trial
from chorale.ui.scenes.levels.verdict import Verdict, Ways, news_of
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button

__all__ = ["LevelPage"]

_PRESSING = {pygame.K_RETURN, pygame.K_KP_ENTER, pygame.K_SPACE}
_HAND_RESTS = 0.08  # seconds after which what was written is judged: ten milliseconds' work, too much for each frame
_SETTLES = 0.6  # seconds after a result came in which no key presses its buttons: one may still be held
_GOOD, _BAD = "level-passed", "level-failed"


class LevelPage(Page):
    """One level, from its first note to its stars.

    Args:
        hall: the room's things.
        trial: the attempt.
        onwards: tells what the way onwards is called, "" where there is none.
        go_on: goes there.
        listen: goes to the blind listening of a level of the kind "beat".
        offers: buttons at the bar's right end.
    """

    def __init__(
        self,
        hall: Hall,
        trial: Trial,
        onwards: Callable[[], str],
        go_on: Callable[[], None],
        listen: Callable[[Trial, Round], None],
        offers: Sequence[Button] = (),
    ) -> None:
        self.undo = Button("undo", "Undo", self._undo, picture=icon_picture("undo"), style="plain", keys="Ctrl+Z")
        self.redo = Button("redo", "Redo", self._redo, picture=icon_picture("redo"), style="plain", keys="Ctrl+Y")
        back = Button(
            "to-organ", "Back to the organ", self._home, text="Organ", picture=icon_picture("left"), keys="Esc"
        )
        super().__init__(hall, [back, self.undo, self.redo], offers)
        self.trial, self._onwards, self._go_on, self._to_listening = trial, onwards, go_on, listen
        self._waiting = ""
        self.desk = Desk(hall, trial.level)
        self.board, self.keys = self.desk.state.board, self.desk.keys
        self.bench = Bench(self.desk, Deeds(self.give_hint, self.show_card, self.hand_in))
        self.verdict: Verdict | None = None
        self._judged: object = None
        self._standing: object = None
        self._stands_since = float("-inf")
        self.came_at = 0.0
        self._fitted = (0, 0)
        level = trial.level
        self.bar.title, self.bar.remark = f"{trial.number}  {level.title}", "Exam" if trial.exam else KINDS[level.kind]
        self.bench.speech.say(level.intro)
        self.bench.card.enabled = bool(level.card)
        self.keys.fill([*hand_commands(self.desk.writing, self.desk.page), *self._commands()])

    def _commands(self) -> list[Command]:
        group = "Lesson"
        return [
            *playing_commands(self.desk.playing),
            Command(group, "Harmonize", ("H",), self._harmonize),
            Command(group, "Hand in", ("Ctrl+Enter",), self.hand_in),
            Command(group, "Hint", ("Alt+H",), self.give_hint),
            Command(group, "Theory card", ("Alt+C",), self.show_card),
            Command(group, "Mark as wrong", ("Alt+M",), self._mark),
            Command(group, "Hear what was marked", ("V",), self._hear),
            Command(group, "Undo", ("Ctrl+Z",), self._undo),
            Command(group, "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), self._redo),
            Command(group, "Back", ("Esc",), self._escape),
            Command(group, "Onwards", ("Enter",), self._enter),
        ]

    # What is done -----------------------------------------------------------------------------------------------

    def _undo(self) -> None:
        self.desk.undo()

    def _redo(self) -> None:
        self.desk.redo()

    def _home(self) -> None:
        self.hall.open("map")

    def _harmonize(self) -> None:
        if self.bench.harmonize.visible:
            self.desk.harmony.start()

    def _mark(self) -> None:
        if self.bench.mark.visible:
            self.desk.toggle_found()

    def _hear(self) -> None:
        remark = self.verdict.remarks.selected if self.verdict is not None else self.desk.slots.remark
        if remark is not None:
            self.desk.hear(remark)

    def _escape(self) -> None:
        state = self.desk.state
        if self.desk.harmony.running:
            self.desk.harmony.stop()
        elif self.desk.playing.on:
            self.desk.playing.stop()
        elif state.selection and self.verdict is None:
            state.select_nothing()
        else:
            self._home()

    def _enter(self) -> None:
        """Go on from a result."""
        if self.verdict is not None:
            (self._go_on if self.verdict.onwards.visible else self.write_again)()

    def show_card(self) -> None:
        """Show the theory card."""
        level = self.trial.level
        if level.card:
            self.hall.services.sound.effect("page-turn")
            self.hall.show(CardSheet(level.title, level.card, self.hall.hide))

    def give_hint(self) -> None:
        """Have a hint, at its price."""
        if self.verdict is not None or self._waiting:
            return
        helped = self.trial.hint(self.desk.answer)
        if helped is None:
            self.hall.say("All is right as it stands: there is nothing to hint at")
            return
        self.hall.services.sound.effect("hint")
        self.hall.portrait.feel(Mood.PLEASED, self.hall.now)
        self.desk.slots.look_at = helped.show
        if helped.score is not None:
            score = helped.score
            self.desk.put("Hint", lambda _: score)
        words = helped.words or ("I wrote this one for you." if helped.score is not None else "Look here.")
        self.bench.speech.say(words, f"Hint {self.trial.hints}")
        self._lay_out_again()

    def hand_in(self) -> None:
        """Let Bach look at it."""
        if self.verdict is not None or self._waiting:
            return
        if self.desk.harmony.running:
            self.desk.harmony.stop()
        self.desk.playing.stop()
        if self.trial.level.kind == "beat":
            self._begin_listening()
            return
        self._wait("Bach is reading")
        if not self.hall.attempt(lambda: self.trial.hand_in(self.desk.answer, self.show_result)):
            self._wait("")

    def _begin_listening(self) -> None:
        """Have three versions prepared; all has to be written first."""
        if self._missing(self.desk.score):
            self.hall.say("Write all the notes first: then it is played beside Bach's")
            return
        self._wait("The choir is getting ready")
        if not self.hall.attempt(lambda: self.trial.listen(self.desk.answer, self._listen)):
            self._wait("")

    def _listen(self, heard: Round) -> None:
        self._wait("")
        self._to_listening(self.trial, heard)

    def _wait(self, words: str) -> None:
        """Say that something is being done, or that it is no more."""
        self._waiting = words
        self.bench.hand_in.text = words or "Hand in"
        self.bench.hand_in.enabled = not words

    def show_result(self, handed: Handed) -> None:
        """Show what handing in has brought."""
        self._wait("")
        hall, outcome = self.hall, handed.outcome
        self.desk.handed_in = True
        self.desk.slots.look_at = None
        self.desk.state.select_nothing()
        ways = Ways(self.write_again, self._go_on, self._home)
        self.verdict = Verdict(self.desk, outcome, ways, self._onwards(), news_of(handed))
        self.came_at = hall.now
        hall.services.sound.effect(_GOOD if outcome.stars else _BAD)
        hall.portrait.feel(Mood.PLEASED if outcome.stars else Mood.FROWNING, hall.now)
        self._lay_out_again()
        if outcome.remarks:
            self.verdict.remarks.choose(0)
        way = self.verdict.onwards if self.verdict.onwards.visible else self.verdict.again
        self.board.home = way
        self.board.ring.move_to(way)

    def write_again(self) -> None:
        """Go back to writing; what was written stays."""
        self.verdict = None
        self.desk.handed_in = False
        self.desk.show(None)
        self.desk.playing.end_aside()
        self.board.home = self.desk.page
        self.board.go_home()
        self._judged = None
        self._lay_out_again()

    # The page ---------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Be heard."""
        self.desk.enter()

    def let_go(self) -> None:
        """What was waited for will not come."""
        self._wait("")

    def leave(self) -> None:
        """Be silent."""
        self.desk.leave()

    @property
    def widgets(self) -> list[Widget]:
        """In the order of Tab."""
        beside = self.bench.widgets if self.verdict is None else self.verdict.widgets
        tools = self.desk.rail.widgets if self.verdict is None else []
        return [self.desk.page, *tools, *beside, *self.desk.transport.widgets]

    @property
    def loose(self) -> list[Widget]:
        """The page alone: panels draw the others."""
        return [self.desk.page]

    def lay_out(self, theme: Theme) -> None:
        """Tools at the left, the goals or the result at the right, the transport at the foot."""
        self.desk.state.theme = theme
        foot = theme.px(transport_module.HEIGHT)
        area = pygame.Rect(0, self.rect.y, self.rect.width, self.rect.height - foot)
        left = theme.px(rail_module.WIDTH) if self.verdict is None else 0
        right = theme.px(bench.WIDTH if self.verdict is None else verdict.WIDTH)
        self.desk.rail.lay_out(pygame.Rect(0, area.y, theme.px(rail_module.WIDTH), area.height), theme)
        beside = pygame.Rect(area.right - right, area.y, right, area.height)
        (self.bench if self.verdict is None else self.verdict).lay_out(beside, theme)
        self.desk.transport.lay_out(pygame.Rect(0, area.bottom, area.width, foot), theme)
        self.desk.page.rect = pygame.Rect(left, area.y, area.width - left - right, area.height)
        self.desk.page.resize(theme)
        if self._fitted != self.desk.page.rect.size:
            self._fitted = self.desk.page.rect.size
            self.desk.fit()

    def _lay_out_again(self) -> None:
        self.resize(self.size, self.hall.theme)

    def handle(self, event: pygame.event.Event) -> bool:
        """Take an event; a key that was held to hand in does not press what the result offers."""
        if event.type == pygame.KEYDOWN and event.key in _PRESSING:
            if combination(event) == "Ctrl+Enter":
                self.hand_in()
                return True
            if self.verdict is not None and self.hall.now - self.came_at < _SETTLES:
                return True
        return super().handle(event)

    def pass_time(self, now: float) -> float | None:
        """Let time pass; judge what was written anew."""
        theme = self.hall.theme
        waits = self.desk.update(now)
        document = self.desk.studio.document
        self.undo.enabled = document.undo_label is not None and self.verdict is None
        self.redo.enabled = document.redo_label is not None and self.verdict is None
        if self.verdict is None:
            waits.append(self._judge_in_time(now))
            waits.append(0.0 if self.bench.goals.moving(now) else None)
        else:
            waits.append(self.verdict.stars.pass_time(now - self.came_at, still=theme.still))
            self.verdict.arrange(theme)
        waits.append(self.hall.portrait.update(now, still=theme.still))
        return min((wait for wait in waits if wait is not None), default=None)

    def _judge_in_time(self, now: float) -> float | None:
        """Judge what stands once the hand has rested for a moment; return the seconds until then, None for never."""
        standing = (self.desk.score, self.desk.slots.found)
        if standing == self._judged or self.desk.harmony.running:
            return None
        if standing != self._standing:
            self._standing, self._stands_since = standing, now
        rest = self._stands_since + _HAND_RESTS - now
        if rest > 0 and self._judged is not None:
            return rest
        self._judge(now)
        return None

    def _judge(self, now: float) -> None:
        """See how what stands meets the goals, and let Bach react."""
        first, self._judged = self._judged is None, self._standing
        outcome = self.trial.judge(self.desk.answer)
        missing = self._missing(self.desk.score)
        met, broken = self.bench.goals.show(outcome, missing, now)
        self.bench.hand_in.style = "raised" if missing else "gold"
        if first:
            return
        if broken:
            self.hall.portrait.feel(Mood.FROWNING, now)
            self._explain(self.bench.goals.broken[0])
        elif met:
            self.hall.portrait.feel(Mood.PLEASED, now)
            self.hall.services.sound.effect("click")
        if not self.bench.goals.broken and self.desk.slots.remark is not None:
            self._explain(None)

    def _explain(self, remark: Remark | None) -> None:
        """Say why a rule is broken, and mark where; or take it back."""
        self.desk.slots.remark = remark
        if remark is None:
            self.bench.speech.say(self.trial.level.intro)
        else:
            self.bench.speech.say(remark.why[:1].upper() + remark.why[1:] + ".", f"{remark.title}, {remark.place}")
        self._lay_out_again()

    def _missing(self, score: Score) -> int:
        """Return how many gaps are not filled."""
        pitches = score.chorale.pitches
        gaps = self.trial.level.gaps
        return sum(bool((pitches[gap.start : gap.start + gap.length, voice] == REST).any()) for voice, gap in gaps)

    def draw_page(self, surface: pygame.Surface, theme: Theme) -> None:
        """Draw the panels."""
        if self.verdict is None:
            self.desk.rail.draw(surface, theme)
            self.bench.draw(surface, theme)
        else:
            self.verdict.draw(surface, theme)
        self.desk.transport.draw(surface, theme)
