"""A teacher's own levels, and progress out and in, in the window."""

import pytest

from chorale.ui.overlays.files import FileBrowser
from chorale.ui.scenes.levels.teacher import TeacherSheet
from tests.ui.learner import PLACE, Learner


@pytest.fixture
def learner(tmp_path):
    someone = Learner(tmp_path)
    yield someone
    someone.close()


def own(learner, text=PLACE, name="own.toml"):
    """Write a level file of the teacher's."""
    path = learner.folder / "teacher" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace("school/place", f"own/{path.stem}"), encoding="utf-8")
    return path


def test_a_level_file_that_is_dropped_on_the_window_is_on_the_map(learner):
    learner.drop(own(learner))
    assert learner.said()[-1] == "own.toml is on the map"
    learner.goes_to("own/own")
    learner.writes("abc")
    learner.hands_in()
    assert learner.page.verdict.outcome.stars == 3


def test_a_broken_level_file_is_told_in_one_line_and_harms_nothing(learner):
    before = [world.id for world in learner.game.worlds]
    learner.drop(own(learner, PLACE.replace('kind = "place"', 'kind = "guess"')))
    learner.turn(15)
    assert isinstance(learner.room.overlay, TeacherSheet)
    (line,) = learner.room.overlay.problems
    assert "own.toml" in line
    assert "kind" in line
    assert "guess" in line
    assert "\n" not in line
    assert learner.find("level-problems").rows[0].text.startswith("own.toml: ")
    assert [world.id for world in learner.game.worlds] == before


def test_a_folder_with_one_broken_level_opens_and_tells_of_it(learner):
    own(learner)
    folder = own(learner, "no level at all", "broken.toml").parent
    learner.room.open_levels(folder)
    learner.turn(15)
    assert len(learner.room.overlay.problems) == 1
    assert learner.game.level("own/own").title == "Three steps"
    learner.comes_back()
    assert learner.game.level("own/own").title == "Three steps", "it is opened again the next time"


def test_a_folder_is_chosen_in_the_window(learner):
    folder = own(learner).parent
    learner.studio.change_settings(folder=str(folder))
    learner.click("own-levels")
    learner.turn(15)
    learner.click("open-levels")
    learner.turn(15)
    assert isinstance(learner.room.overlay, FileBrowser)
    learner.click("files-accept")
    learner.turn(2)
    assert learner.game.opened == (folder,)
    assert learner.room.overlay is None


def test_a_teachers_levels_can_be_taken_off_the_map(learner):
    learner.drop(own(learner))
    learner.click("own-levels")
    learner.turn(15)
    learner.click("remove-levels")
    assert learner.game.opened == ()
    assert len(learner.game.worlds) == 1


def test_progress_goes_out_and_comes_in(learner):
    learner.passes_the_first()
    file = learner.folder / "progress of one.json"
    learner.room._export(file)
    assert file.exists()
    learner.game._keep(type(learner.game.progress)())
    (learner.folder / "data/progress.json").unlink()
    learner.comes_back()
    assert learner.page.greeting.word == "Begin"
    learner.room._import(file)
    assert learner.page.greeting.heading == "Welcome back."


def test_a_file_that_is_no_progress_is_refused_in_one_line(learner):
    path = learner.folder / "nothing.json"
    path.write_text("[]", encoding="utf-8")
    learner.room._import(path)
    assert "nothing.json" in learner.said()[-1]
