"""What is remembered between sessions."""

import json

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chorale.app import settings
from chorale.app.settings import Settings
from chorale.errors import InputError


def test_without_a_file_the_defaults_hold_and_nothing_is_said(tmp_path):
    assert settings.load(tmp_path / "none") == (Settings(), ())


def test_what_is_saved_is_loaded(tmp_path):
    changed = Settings().changed(window=(1920, 1080), scale=1.5, animations=False, volumes=(0.1, 0.2, 0.3, 1.0))
    settings.save(changed, tmp_path / "new" / "folder")
    assert settings.load(tmp_path / "new" / "folder") == (changed, ())


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[1, 2]", b"null", b"[" * 100_000, b'{"a": 1'])
def test_a_damaged_file_is_set_aside_and_told_of(tmp_path, content):
    (tmp_path / "settings.json").write_bytes(content)
    loaded, complaints = settings.load(tmp_path)
    assert loaded == Settings()
    assert len(complaints) == 1
    assert "set aside" in complaints[0]
    assert "\n" not in complaints[0]
    assert (tmp_path / "settings.damaged.json").read_bytes() == content
    assert settings.load(tmp_path) == (Settings(), ())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("window", [100, 100]), ("window", "big"), ("window", [1280.5, 720]), ("scale", 9), ("scale", True),
        ("animations", 1), ("volumes", [1, 1, 1]), ("volumes", [2, 1, 1, 1]), ("layout", "round"), ("layout", ["open"]),
        ("alternatives", 5), ("temperature", -1), ("recent", [3]), ("instrument", ""),
        ("autosave_seconds", float("nan")),
    ],
)  # fmt: skip
def test_one_bad_value_falls_back_to_its_default_and_the_others_hold(tmp_path, name, value):
    (tmp_path / "settings.json").write_text(json.dumps({"version": 1, "folder": "/music", name: value}))
    loaded, complaints = settings.load(tmp_path)
    assert loaded == Settings(folder="/music")
    assert len(complaints) == 1
    assert name in complaints[0]


def test_a_file_of_a_later_version_is_read_for_what_is_known(tmp_path):
    (tmp_path / "settings.json").write_text(json.dumps({"version": 99, "scale": 2, "telepathy": {"on": True}}))
    assert settings.load(tmp_path) == (Settings(scale=2), ())


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot make the folder"):
        settings.save(Settings(), tmp_path / "file" / "below")


def test_opened_files_come_first_once_and_ten_are_kept(tmp_path):
    kept = Settings()
    for number in range(12):
        kept = kept.opened(tmp_path / f"{number}.chorale")
    kept = kept.opened(tmp_path / "5.chorale")
    assert len(kept.recent) == 10
    assert kept.recent[:2] == (str(tmp_path / "5.chorale"), str(tmp_path / "11.chorale"))
    assert len(set(kept.recent)) == 10
    assert kept.folder == str(tmp_path)


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text("a1/.", max_size=5)
_JSON = st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=4), max_leaves=6)


@hypothesis.settings(deadline=None)  # a busy machine is no fault
@given(st.dictionaries(st.sampled_from(["window", "scale", "recent", "volumes", "layout", "x"]), _JSON))
def test_no_content_of_the_file_keeps_the_program_from_starting(tmp_path_factory, content):
    folder = tmp_path_factory.mktemp("config")
    (folder / "settings.json").write_text(json.dumps(content))
    loaded, _ = settings.load(folder)
    assert isinstance(loaded, Settings)
