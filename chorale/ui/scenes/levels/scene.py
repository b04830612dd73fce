"""The room of the levels: title, organ, lessons, blind listening; sheets over them; and the way between all these."""

from collections.abc import Callable
from pathlib import Path

import pygame

from chorale.app.game import Game, Handed, Round
from chorale.errors import ChoraleError
from chorale.levels.level import Level
from chorale.ui.overlays.base import Overlay
from chorale.ui.overlays.files import FileBrowser, Purpose
from chorale.ui.overlays.help import Help
from chorale.ui.portrait import Mood
from chorale.ui.scene import Place, Services
from chorale.ui.scenes.editor.keys import Command, KeyMap
from chorale.ui.scenes.levels.beat_page import BeatPage
from chorale.ui.scenes.levels.card import CardSheet
from chorale.ui.scenes.levels.choices import Choice, ChoicesSheet
from chorale.ui.scenes.levels.hall import Hall
from chorale.ui.scenes.levels.level_page import LevelPage
from chorale.ui.scenes.levels.map_page import MapPage
from chorale.ui.scenes.levels.page import Page
from chorale.ui.scenes.levels.shelf import number_of, towers_of
from chorale.ui.scenes.levels.teacher import TeacherDeeds, TeacherSheet
from chorale.ui.scenes.levels.title_page import Greeting, TitlePage, first_greeting, later_greeting
from chorale.ui.scenes.levels.trial import Trial
from chorale.ui.scenes.levels.verdict import Ways
from chorale.ui.theme import Theme
from chorale.ui.widgets.base import Widget, icon_picture
from chorale.ui.widgets.button import Button
from chorale.ui.window_keys import window_commands

__all__ = ["LevelsRoom"]

_LEVEL_FILES, _PROGRESS_FILES = (".toml",), (".json", ".csv")
_POLL = 0.05  # seconds between looks at work in the background


class LevelsRoom:
    """The room.

    Args:
        services: the program's.
        game: tests inject their own; None: this person's.
    """

    def __init__(self, services: Services, game: Game | None = None) -> None:
        self.hall = Hall(services)
        self.game = Game.of_this_person() if game is None else game
        self.game.names = services.studio.settings.note_names
        self.hall.open, self.hall.show, self.hall.hide = self.open, self._show, self._hide
        self.overlay: Overlay | None = None
        self._size = (1, 1)
        self._map = MapPage(
            self.hall,
            lambda: towers_of(self.game),
            self.begin,
            self.test_out,
            lambda: self.game.streak,
            self._offers("map"),
        )
        others = [
            Button("to-map", "The organ", lambda: self.open("map"), text="The organ", text_size=16),
            Button(
                "sandbox", "Sandbox", self._to_compose, text="Sandbox", text_size=16, hint="Write freely in Compose"
            ),
            Button("own-levels", "Own levels", self.show_teacher, text="Own levels", text_size=16),
        ]
        self._title = TitlePage(self.hall, self._greeting, self.begin_next, others, self._offers("title"))
        self.page: Page = self._title
        self._lesson: LevelPage | None = None
        self.keys = KeyMap()
        self.keys.fill([*window_commands(self.hall), Command("Window", "This sheet", ("?", "F1"), self.show_help)])
        self.page.enter()

    def _offers(self, where: str) -> list[Button]:
        """Return the buttons at the right end of a bar."""
        sandbox = Button("sandbox", "Sandbox", self._to_compose, text="Sandbox", hint="Write freely in Compose")
        own = Button(
            "own-levels", "Own levels", self.show_teacher, text="Own levels", hint="A teacher's levels, progress"
        )
        choices = Button("choices", "Settings of the game", self.show_choices, picture=icon_picture("tune"))
        keys = Button("help", "Keys and help", self.show_help, picture=icon_picture("help"), keys="?")
        return [sandbox, own, choices, keys] if where == "map" else [choices, keys]

    # The game ---------------------------------------------------------------------------------------------------

    def _greeting(self) -> Greeting:
        levels = [level for world in self.game.worlds for level in world.levels]
        speaking = sum(self.game.is_passed(level.id) for level in levels)
        following = self.game.next_level()
        if not speaking and not self.game.progress.results:
            return first_greeting(len(levels))
        words = "" if following is None else f"{number_of(self.game, following.id)} {following.title}"
        return later_greeting(speaking, len(levels), words)

    def begin_next(self) -> None:
        """Begin the level that is next; a newcomer, and who has finished, sees the organ first."""
        following = self.game.next_level()
        if following is None or not self.game.progress.results:
            self.open("map")
        else:
            self.begin(following.id)

    def begin(self, name: str) -> None:
        """Begin a level; say what comes before it where it is locked."""
        lacking = self.game.lacking(name)
        if lacking:
            titles = ", ".join(f"{number_of(self.game, each.id)} {each.title}" for each in lacking)
            self.hall.say(f"This lesson is still locked: first win a star in {titles}")
        elif not self._come_back_to(name) and self.hall.attempt(lambda: self.game.begin(name)):
            self.sit_down()

    def _come_back_to(self, name: str) -> bool:
        """Go back to a lesson that was left without being handed in, if that is the one; return whether it was."""
        lesson, attempt = self._lesson, self.game.attempt
        if lesson is None or attempt is None or attempt.level.id != name or attempt.exam or lesson.verdict is not None:
            return False
        self._turn_to(lesson)
        return True

    def test_out(self, world: str) -> None:
        """Begin the exam of a world."""
        if self.hall.attempt(lambda: self.game.test_out(world)):
            self.sit_down()
            self.hall.say("An exam: two stars without a hint pass the whole world")

    def sit_down(self) -> None:
        """Go to the desk of the level that was begun; its card is shown before it is played the first time."""
        attempt = self.game.attempt
        assert attempt is not None
        level = attempt.level
        trial = Trial(self.game, number_of(self.game, level.id))
        self._close_lesson()
        self._lesson = LevelPage(self.hall, trial, self._onwards, self._go_on, self.listen, self._offers("level"))
        self._turn_to(self._lesson)
        if level.card and not attempt.exam and self.game.best(level.id) is None:
            self._show(CardSheet(level.title, level.card, self._hide))
        self.hall.services.sound.effect("page-turn")

    def _following(self) -> Level | None:
        attempt = self.game.attempt
        return self.game.next_level("" if attempt is None else attempt.level.id)

    def _onwards(self) -> str:
        """Return what the way onwards is called: the number of the next lesson."""
        following = self._following()
        return "" if following is None else f"Next: {number_of(self.game, following.id)}"

    def _go_on(self) -> None:
        following = self._following()
        if following is None:
            self.open("map")
        else:
            self.begin(following.id)

    def listen(self, trial: Trial, heard: Round) -> None:
        """Go to the blind listening."""
        ways = Ways(self._write_again, self._go_on, lambda: self.open("map"))
        self._turn_to(BeatPage(self.hall, trial, heard, ways, self._onwards, self._explain))

    def _write_again(self) -> None:
        if self._lesson is not None:
            self._lesson.write_again()
            self._turn_to(self._lesson)

    def _explain(self, handed: Handed) -> None:
        if self._lesson is not None:
            self._turn_to(self._lesson)
            self._lesson.show_result(handed)

    def _close_lesson(self) -> None:
        if self._lesson is not None:
            self._lesson.desk.close()
            self._lesson = None

    # Pages ------------------------------------------------------------------------------------------------------

    def open(self, name: str) -> None:
        """Go to the title or the map; a lesson that was not handed in waits until another is begun."""
        self._turn_to({"title": self._title, "map": self._map}[name])

    def _turn_to(self, page: Page) -> None:
        if page is not self.page:
            self.page.leave()
        self._hide()
        self.page = page
        page.resize(self._size, self.hall.theme)
        page.enter()

    def _to_compose(self) -> None:
        self.hall.services.go(Place.COMPOSE)

    # Sheets -----------------------------------------------------------------------------------------------------

    def _show(self, sheet: Overlay) -> None:
        self.page.board.close_menu()
        sheet.resize(self._size, self.hall.theme)
        self.overlay = sheet

    def _hide(self) -> None:
        self.overlay = None

    def show_help(self) -> None:
        """Show the keys of the page and of the window."""
        self._show(Help([*self.page.keys.commands, *self.keys.commands], self._hide))

    def show_choices(self) -> None:
        """Show the settings of the game."""
        change = self.hall.studio.change_settings
        choices = [
            Choice("effects", "Sounds", "Stars, pages and hints sound.",
                   lambda: change(effects=not self.hall.studio.settings.effects),
                   lambda: self.hall.studio.settings.effects),
            Choice("streak", "Streak", "The map tells on how many days in a row you have learned.",
                   self._turn_streak, lambda: self.game.progress.streak.shown),
            Choice("animations", "Animations", "Stars pop, voices ink in, Bach moves. Holds everywhere.",
                   self._turn_animations, lambda: self.hall.studio.settings.animations),
        ]  # fmt: skip
        self._show(ChoicesSheet(choices, self._hide))

    def _turn_streak(self) -> None:
        self.game.show_streak(shown=not self.game.progress.streak.shown)
        self._map.refresh()

    def _turn_animations(self) -> None:
        self.hall.studio.change_settings(animations=not self.hall.studio.settings.animations)
        self.hall.services.refit()

    def show_teacher(self, problems: tuple[str, ...] | None = None) -> None:
        """Show a teacher's sheet."""
        deeds = TeacherDeeds(self._ask_level, self._ask_folder, self._ask_export, self._ask_import)
        sheet = TeacherSheet(self.game, deeds, self._map.refresh, self._hide)
        if problems is not None:
            sheet.refresh(problems)
        self._show(sheet)

    def _ask(self, purpose: Purpose, done: Callable[[Path], None]) -> None:
        folder = Path(self.hall.studio.settings.folder or Path.home())
        self._show(FileBrowser(purpose, folder, done, self._hide))

    def _ask_level(self) -> None:
        self._ask(Purpose("Open a level", "Open", _LEVEL_FILES), self.open_levels)

    def _ask_folder(self) -> None:
        self._ask(Purpose("Open a folder of levels", "Open this folder", _LEVEL_FILES, folders=True), self.open_levels)

    def _ask_export(self) -> None:
        purpose = Purpose("Export progress", "Export", _PROGRESS_FILES, saving=True, name="progress.json")
        self._ask(purpose, self._export)

    def _ask_import(self) -> None:
        self._ask(Purpose("Import progress", "Import", (".json",)), self._import)

    def open_levels(self, path: Path) -> None:
        """Open a teacher's level file or folder; what is wrong with it is shown, a line each."""
        try:
            problems = self.game.open(path)
        except ChoraleError as error:
            self.hall.portrait.feel(Mood.FROWNING, self.hall.now)
            self.show_teacher((str(error),))
            return
        self._map.refresh()
        if problems:
            self.show_teacher(problems)
        else:
            self.hall.say(f"{path.name} is on the map", "good", "See it", lambda: self.open("map"))

    def _export(self, path: Path) -> None:
        if self.hall.attempt(lambda: self.game.export(path)):
            self.hall.say(f"Exported {path.name}", "good")

    def _import(self, path: Path) -> None:
        if self.hall.attempt(lambda: self.game.import_(path)):
            self.hall.say("The better of both results is kept", "good")
            self._map.refresh()
            self.page.enter()

    # The room ---------------------------------------------------------------------------------------------------

    def enter(self) -> None:
        """Someone came in."""
        self.game.names = self.hall.studio.settings.note_names
        self.page.enter()

    def leave(self) -> None:
        """Someone leaves: no sound; what was written in a lesson waits."""
        self.page.leave()

    def find(self, id: str) -> Widget:  # noqa: A002  the field's name
        """Return the widget with this id, of the sheet if one is shown.

        Raises:
            KeyError: there is none.
        """
        return (self.page.board if self.overlay is None else self.overlay.board).find(id)

    def resize(self, size: tuple[int, int], theme: Theme) -> None:
        """Give everything its place."""
        self._size, self.hall.theme = size, theme
        self.page.resize(size, theme)
        if self.overlay is not None:
            self.overlay.resize(size, theme)

    def handle(self, event: pygame.event.Event) -> None:
        """Take an event: the sheet's or the page's."""
        if self.hall.services.take(event):
            return
        if event.type == pygame.DROPFILE:
            self._hide()
            self.open_levels(Path(event.file))
        elif self.overlay is not None:
            self.overlay.handle(event)
        elif not self.page.handle(event) and event.type == pygame.KEYDOWN and not self.page.board.typing:
            self.keys.global_key(event)

    def update(self, now: float) -> float | None:
        """Let time pass."""
        hall = self.hall
        hall.services.sound.update()
        hall.studio.poll()
        self.game.poll()
        for message in self.game.take_messages():
            self._tell(message.kind, message.text)
        note = hall.services.sound.take_note()
        if note:
            hall.say(note)
        hall.toasts.lay_out(hall.theme, self.page.rect)
        waits = [self.page.update(now), hall.toasts.update(now), _POLL if self.game.busy else None]
        if self.overlay is not None:
            waits.append(self.overlay.update(now))
        return min((wait for wait in waits if wait is not None), default=None)

    def _tell(self, kind: str, text: str) -> None:
        line = text[:1].upper() + text[1:]
        if kind == "error":
            self.hall.complain(line)
            self.page.let_go()
        else:
            self.hall.say(line, "bad" if kind == "warning" else "info")

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the page, and a sheet over it."""
        self.page.draw(surface)
        if self.overlay is not None:
            self.overlay.draw(surface)

    def close(self) -> None:
        """End all work."""
        self._close_lesson()
        self.game.end()
