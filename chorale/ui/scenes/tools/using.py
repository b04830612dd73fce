"""What can be done with results: saved as MIDI, put on the staff and harmonized, laid under the chorale as drums."""

from functools import partial

from chorale.app.tools.handing import to_drum_lane, to_soprano
from chorale.errors import ChoraleError
from chorale.music import Clip
from chorale.ui.scene import Place
from chorale.ui.scenes.tools.filing import Filing
from chorale.ui.scenes.tools.listening import Heard, Listening
from chorale.ui.scenes.tools.state import ToolState
from chorale.ui.widgets.base import icon_picture
from chorale.ui.widgets.menu import Entry, Menu

__all__ = ["Using"]


class Using:
    """The business of the foot and of the shelf's menus.

    Args:
        state: of the room.
        listening: the room's ear.
        filing: asks for names of files.
    """

    def __init__(self, state: ToolState, listening: Listening, filing: Filing) -> None:
        self._state, self._listening, self._filing = state, listening, filing

    @property
    def heard(self) -> Heard | None:
        """What Play plays: the chosen result, or the first input while there is none."""
        session = self._state.session
        if session.result is not None:
            return Heard(session.result.clip, session.label)
        source = next((source for source in session.bench.inputs if source is not None), None)
        return None if source is None else Heard(source.clip, source.name)

    def keep(self) -> None:
        """Put the chosen result on the shelf, or take it from there."""
        if self._state.session.result is None:
            self._state.say("There is nothing to keep yet: set the tool to work first")
        else:
            self._state.session.keep()

    # Files ----------------------------------------------------------------------------------------------------

    def save(self) -> None:
        """Save the only result; of several ask which."""
        results = self._state.session.bench.results
        if not results:
            self._state.say("There is nothing to save yet: set the tool to work first")
        elif len(results) == 1:
            self.save_one()
        else:
            self._offer_to_save(len(results))

    def _offer_to_save(self, count: int) -> None:
        state = self._state
        entries = [
            Entry(f"{state.session.label}…", self.save_one, "Ctrl+S", icon_picture("file")),
            Entry(f"All {count}, a file each…", self.save_all, "Ctrl+Shift+S"),
        ]
        if state.session.kept:
            kept = [each.clip for each in state.session.kept]
            entries.append(
                Entry("What is kept…", partial(self._filing.save, kept, "Kept"), picture=icon_picture("keep"))
            )
        board = state.board
        at = board.find("save").rect
        board.menu = Menu("save-menu", "Save", entries, at, board.area, state.theme, board.close_menu, width=220)

    def save_one(self) -> None:
        """Ask for a name for the chosen result."""
        session = self._state.session
        if session.result is None:
            self.save()
        else:
            self._filing.save([session.result.clip], session.label)

    def save_all(self) -> None:
        """Ask for a name for all results."""
        session = self._state.session
        if session.bench.results:
            self._filing.save([result.clip for result in session.bench.results], session.tool.label)
        else:
            self.save()

    # The staff ------------------------------------------------------------------------------------------------

    def hand_over(self) -> None:
        """Put the chosen result where it belongs: a melody on the staff, drums under it."""
        session = self._state.session
        if session.result is None:
            self._state.say("There is nothing to hand over yet: set the tool to work first")
        else:
            self.hand(session.result.clip, session.label)

    def hand(self, clip: Clip, name: str) -> None:
        """Put a clip where it belongs."""
        (self._lay_under if clip.drums else self._harmonize)(clip, name)

    def use_kept(self, what: str, index: int) -> None:
        """Do with a kept clip what its menu says: "midi", "staff" or "lane"."""
        kept = self._state.session.kept[index]
        if what == "midi":
            self._filing.save([kept.clip], kept.name)
        else:
            self.hand(kept.clip, kept.name)

    def _harmonize(self, clip: Clip, name: str) -> None:
        state = self._state
        try:
            handed = to_soprano(state.studio, clip, name)
        except ChoraleError as error:
            state.complain(str(error))
            return
        services = state.services
        services.harmonize_next, services.bars = True, handed.bars
        services.told_next = f"{name} is on the staff" + "".join(f", {line}" for line in handed.told)
        services.go(Place.COMPOSE)

    def _lay_under(self, clip: Clip, name: str) -> None:
        state = self._state
        if state.attempt(lambda: to_drum_lane(state.studio, clip)):
            state.say(f"{name} plays under the chorale", "good", "Go there", lambda: state.services.go(Place.COMPOSE))
