"""How Harmonize is to go about it: the sliders, and what is behind the button beside them."""

import pygame
import pytest


def harmonized(person):
    person.key(pygame.K_h, text="h")
    person.wait_for(lambda: person.studio.harmonizing is None)
    return person.harmonizer.asked


def test_what_the_sliders_and_spinners_say_is_what_the_harmonizer_is_asked(tune):
    tune.click("tune")
    for name, key, times in (("ornament", pygame.K_LEFT, 4), ("temperature", pygame.K_RIGHT, 3)):
        tune.editor.state.board.ring.move_to(tune.find(name))
        for _ in range(times):
            tune.key(key)
    tune.editor.state.board.ring.move_to(tune.find("answers"))
    tune.key(pygame.K_DOWN)
    tune.editor.state.board.ring.move_to(tune.find("seed"))
    tune.type("42")
    tune.editor.state.board.go_home()
    asked = harmonized(tune)
    assert (asked["ornament"], asked["temperature"], asked["alternatives"], asked["seed"]) == (-0.4, 1.3, 3, 42)
    assert tune.find("answer-c").enabled
    assert not tune.find("answer-d").enabled
    assert tune.find("seed").value == "Seed 43"


def test_what_is_set_once_in_a_while_is_behind_a_button_and_its_key(tune):
    head = tune.editor.findings.rect.top
    assert not tune.find("seed").visible
    tune.click("tune")
    assert tune.find("seed").visible
    assert tune.find("answers").rect.bottom <= tune.editor.findings.rect.top
    assert tune.editor.findings.rect.top > head
    tune.key(pygame.K_o, text="o")
    assert not tune.find("seed").visible
    assert tune.editor.findings.rect.top == head


@pytest.mark.parametrize("size", [(1120, 630), (1280, 720), (1920, 1080)])
def test_nothing_overlaps_and_nothing_is_cut_off(tune, size):
    tune.editor.harmony.models = ("coconet", "doodle")
    tune.click("tune")
    tune.editor.resize(size, tune.editor.state.theme.fitting(size))
    shown = [widget for widget in tune.editor.side.widgets if widget.visible]
    assert {"model", "answers", "seed"} <= {widget.id for widget in shown}
    for index, one in enumerate(shown):
        assert tune.editor.side.rect.contains(one.rect)
        assert one.rect.collidelist([other.rect for other in shown[index + 1 :]]) == -1


def test_the_model_is_chosen_where_there_are_several(tune):
    tune.click("tune")
    assert not tune.find("model").visible  # one is no choice
    tune.editor.harmony.models = ("coconet", "doodle")
    tune.click("tune")
    tune.click("tune")
    tune.click("model")
    tune.choose("doodle")
    assert tune.studio.settings.model == "doodle"
    loaded = []
    tune.studio._answering._load = lambda name: loaded.append(name) or tune.harmonizer
    harmonized(tune)
    assert loaded == ["doodle"]


def test_a_model_that_is_gone_is_not_asked(tune):
    tune.studio.change_settings(model="another")
    assert tune.find("model").value == "Model: coconet"


def test_sliders_say_where_they_stand(tune):
    assert "as Bach" in tune.find("ornament").tooltip
    assert "as Bach" in tune.find("temperature").tooltip
    tune.studio.change_settings(ornament=-1.0)
    assert "100% plain" in tune.find("ornament").tooltip
