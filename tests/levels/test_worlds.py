"""Worlds: folders of levels, and what is wrong with them."""

import pytest

from chorale.levels import worlds


@pytest.fixture
def shelf(tmp_path, text):
    """Write a level into a world's folder; return the folder of all."""

    def put(place, name, requires=(), **parts):
        path = tmp_path / place
        path.parent.mkdir(exist_ok=True)
        listed = ", ".join(f'"{each}"' for each in requires)
        path.write_text(text(head=f"requires = [{listed}]", **parts).replace("test/close", name), encoding="utf-8")
        return tmp_path

    return put


def test_worlds_come_in_the_order_of_their_folders_and_levels_of_their_files(shelf):
    shelf("02-b/01-x.toml", "b/x")
    shelf("01-a/02-y.toml", "a/y")
    folder = shelf("01-a/01-z.toml", "a/z")
    found = worlds.load(folder)
    assert [world.id for world in found.worlds] == ["a", "b"]
    assert list(found.by_id) == ["a/z", "a/y", "b/x"]
    assert found.problems == ()


def test_a_world_says_its_title_and_its_exam(shelf):
    shelf("01-a/01-x.toml", "a/x")
    folder = shelf("01-a/02-y.toml", "a/y")
    assert [(world.title, world.exam) for world in worlds.load(folder).worlds] == [("A", "a/y")]
    (folder / "01-a" / "world.toml").write_text('title = "The first"\nintro = "Begin."\nexam = "a/x"')
    (world,) = worlds.load(folder).worlds
    assert (world.title, world.intro, world.exam) == ("The first", "Begin.", "a/x")


@pytest.mark.parametrize(
    ("described", "told"),
    [
        ('exam = "a/q"', "exam is 'a/q': wanted the id of one of its levels"),
        ("titel = 3", "unknown field 'titel': did you mean title?"),
        ("title = 3", "title is 3: wanted a text"),
        ("title", "world.toml: "),
    ],
)
def test_a_world_that_is_ill_described_is_told_and_can_be_played(shelf, described, told):
    folder = shelf("01-a/01-x.toml", "a/x")
    (folder / "01-a" / "world.toml").write_text(described)
    found = worlds.load(folder)
    assert told in found.problems[0]
    assert found.worlds[0].exam == "a/x"


def test_a_level_that_cannot_be_read_is_told_and_the_others_stay(shelf):
    shelf("01-a/01-x.toml", "a/x")
    folder = shelf("01-a/02-y.toml", "a/y", kind="sing")
    found = worlds.load(folder)
    assert list(found.by_id) == ["a/x"]
    assert len(found.problems) == 1
    assert "02-y.toml: unknown kind" in found.problems[0]


def test_an_id_that_comes_twice_is_left_out_and_told(shelf):
    shelf("01-a/01-x.toml", "a/x")
    folder = shelf("02-b/01-x.toml", "a/x")
    found = worlds.load(folder)
    assert [world.id for world in found.worlds] == ["a"]
    assert "id 'a/x' is that of" in found.problems[0]


def test_any_folder_of_levels_is_a_world_and_so_is_a_file(shelf):
    folder = shelf("My class/close.toml", "my/close") / "My class"
    assert [world.title for world in worlds.load(folder).worlds] == ["My class"]
    assert [world.title for world in worlds.load(folder / "close.toml").worlds] == ["Close"]


def test_a_folder_without_levels_is_told(tmp_path):
    found = worlds.load(tmp_path)
    assert found.worlds == ()
    assert "no levels: wanted a folder with level files" in found.problems[0]


def test_a_requirement_that_there_is_not_is_told(shelf):
    folder = shelf("01-a/01-x.toml", "a/x", requires=["a/w"])
    assert "requires 'a/w': wanted the id of a level" in worlds.load(folder).loose_ends()[0]


def test_levels_that_require_one_another_are_told(shelf):
    shelf("01-a/01-x.toml", "a/x", requires=["a/y"])
    shelf("01-a/02-y.toml", "a/y", requires=["a/x"])
    found = worlds.load(shelf("01-a/03-z.toml", "a/z"))
    assert found.knots == {"a/x", "a/y"}
    assert len(found.loose_ends()) == 2


def test_what_ships_has_no_problems():
    shipped = worlds.load_shipped()
    assert shipped.problems + shipped.loose_ends() == ()
    assert shipped.worlds
