"""The table of tools: what every control sets is asked, usual values lie in their ranges, models are found."""

import dataclasses
import json

import pytest

from chorale.app.tools.asked import Asked
from chorale.app.tools.installed import models_for
from chorale.app.tools.table import TOOLS
from chorale.models import registry

CONTROLS = [(tool, control) for tool in TOOLS.values() for control in tool.controls]


@pytest.mark.parametrize(
    ("tool", "control"), CONTROLS, ids=lambda each: getattr(each, "field", getattr(each, "name", ""))
)
def test_a_control_sets_what_is_asked_and_starts_within_its_range(tool, control):
    assert control.field in {field.name for field in dataclasses.fields(Asked)}
    usual = getattr(tool.usual, control.field)
    if control.sort in {"number", "slider"} and usual is not None:
        assert control.low <= usual <= control.high
    assert control.hint
    assert control.label


def test_numbers_are_the_originals_and_more():
    numbers = {(tool.name, each.field): (each.low, each.high) for tool in TOOLS.values() for each in tool.controls}
    assert numbers["continue", "bars"] == (1, 32)
    assert numbers["continue", "variations"] == (1, 8)
    assert numbers["generate", "variations"] == (1, 16)
    assert numbers["interpolate", "steps"][1] == 16
    assert numbers["groove", "temperature"] == (0, 2)


def test_what_is_out_of_range_is_refused_before_any_work():
    with pytest.raises(ValueError, match="0 bars: wanted 1 to 64"):
        _ = Asked(bars=0).wishes


@pytest.mark.parametrize(
    ("config", "kind"),
    [
        ({"network": "recurrent", "encoding": "drums"}, "drum_rnn"),
        ({"network": "recurrent", "encoding": "attention"}, "melody_rnn"),
        ({"network": "auto", "music": "humanized"}, "groove_vae"),
        ({"network": "auto", "music": "tapped"}, "tap_vae"),
    ],
)
def test_an_added_checkpoint_is_offered_where_it_can_serve(config, kind):
    folder = registry.user_folder() / "theirs"
    folder.mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps({"kind": "magenta", **config}))
    assert models_for(kind) == (kind, "theirs")
    assert "theirs" not in models_for("coconet")
