"""The table says what is met, and every figure how it was measured."""

import json

import pytest

from chorale import assets
from chorale.errors import InputError
from chorale.models import registry
from chorale.training.harmonizers import card, report, table
from chorale.training.harmonizers.measuring import Plan
from chorale.training.harmonizers.report import Facts

NAMES = {name for row in table.ROWS for name in row.names}


def line(scores, start, peers=None):
    (found,) = [each for each in table.lines(scores, peers or {}) if each.title.startswith(start)]
    return found


@pytest.mark.parametrize(
    ("fifths", "octaves", "met"), [(0.005, 0.002, "yes"), (0.0051, 0, "**no**"), (0, 0.0021, "**no**")]
)
def test_a_row_is_met_only_if_all_its_figures_are(fifths, octaves, met):
    found = line({"writing.fifths": fifths, "writing.octaves": octaves, "bach.fifths": 1.0}, "parallel fifths")
    assert found.met == met
    assert found.bach == "-"  # his octaves are missing


def test_shares_are_told_in_percent_and_errors_beside():
    scores = {"one_pass.bare.A": 0.461, "one_pass.bare.T": 0.43, "one_pass.bare.B": 0.3899}
    found = line(scores, "right A / T / B in one pass, %")
    assert (found.ours, found.met) == ("46.1 / 43.0 / 39.0", "**no**")
    found = line({"framewise.bare.nats": 0.59, "framewise.bare.error": 0.012}, "framewise")
    assert (found.ours, found.met) == ("0.590 ± 0.012", "yes")


@pytest.mark.parametrize(("ours", "met"), [(50.2, "yes"), (50.3, "**no**"), (37.2, "yes"), (37.1, "**no**")])
def test_texture_is_to_be_within_15_percent_of_bachs(ours, met):
    found = line({"phrase.changes": ours, "bach_phrase.changes": 43.7}, "64 steps: changes")
    assert (found.met, found.bach) == (met, "43.7")


@pytest.mark.parametrize(("ours", "met"), [(0.1, "yes"), (0.09, "yes"), (0.11, "**no**")])
def test_faults_are_to_be_no_more_than_bachs(ours, met):
    assert line({"writing.crossing": ours, "bach.crossing": 0.1}, "crossings").met == met


def test_what_was_not_measured_has_no_row_and_is_not_met():
    assert not list(table.lines({}, {}))
    found = line({}, "soprano given, A, T, B in one pass", {"doodle": {"one_pass.bare.nats": 1.773}})
    assert (found.ours, found.peers, found.met) == ("-", ("1.773",), "-")


def facts(**changed):
    plan = report.told(Plan(split="test", frames=6, **changed))
    scores = {"pieces": 77.0, "one_pass.bare.nats": 1.7, "speed.ms_32": 400.0, "speed.threads": 2.0}
    peers = {"doodle": {"one_pass.bare.nats": 1.773, "writing.pieces": 19.0, "melodies.count": 75.0}}
    return Facts("coconet", "test", scores, peers, plan)


def test_every_figure_stands_with_the_command_that_gives_it():
    told = report.markdown(facts())
    assert "| soprano given, A, T, B in one pass, nats a cell | 1.773, the Doodle's | <= 1.65 | 1.700 | 1.773 |" in told
    assert (
        "* a: `chorale evaluate coconet --split test --seed 0 --only likelihood --orders 5 --frames 6 --peer doodle`"
        in told
    )
    assert "2 threads" in told
    assert "6 random frames of each piece" in told
    assert "doodle wrote the lower voices of the first 19 pieces and those of 75 melodies" in told


def test_the_page_says_the_same_as_the_table_and_escapes_what_must_be():
    page = report.page(facts())
    assert "<td>&lt;= 1.65</td>" in page
    assert "<td class=no>no</td>" in page
    for cell in report.markdown(facts()).splitlines()[3].split(" | ")[1:4]:
        assert cell.replace("<", "&lt;").replace("'", "&#x27;") in page


def test_frames_that_are_all_are_said_so():
    plan = facts().plan | {"frames": 0}
    assert "all frames" in report.markdown(Facts("coconet", "test", {"pieces": 1.0}, {}, plan))


CARD = "# Any\n<!-- scores: begin -->\nold\n<!-- scores: end -->\n## Limits\n"


def config(**changed):
    plan = report.told(Plan(split="test")) | {"weights": "abc"}
    scores = {"test": {"pieces": 77.0, "one_pass.bare.nats": 1.7001}}
    return {"kind": "coconet", "files": {}, "scores": scores, "measured": {"test": plan}} | changed


@pytest.fixture
def model(tmp_path, monkeypatch):
    """A folder of a model that was scored before, with other weights, and has a card."""
    old = config(files={"network.onnx": "0123456789abcdefg"}, scores={"valid": {"pieces": 9.0}}, measured={"valid": {}})
    (tmp_path / "config.json").write_text(json.dumps(old), encoding="utf-8")
    (tmp_path / "README.md").write_text(CARD, encoding="utf-8")
    monkeypatch.setattr(registry, "folder_of", lambda _: tmp_path)
    return tmp_path


def test_saving_writes_configuration_and_card_and_drops_what_other_weights_scored(model):
    assert card.save(facts()) == model
    saved = json.loads((model / "config.json").read_text(encoding="utf-8"))
    assert saved["scores"] == {"test": {**facts().scores, "one_pass.bare.nats": 1.7}}
    assert saved["peers"]["test"]["doodle"]["one_pass.bare.nats"] == 1.773
    assert saved["measured"]["test"] == {"weights": "0123456789abcdef", **facts().plan}
    told = (model / "README.md").read_text(encoding="utf-8")
    assert report.markdown(facts()) in told
    assert "--orders 5 --frames 6 --peer doodle" in told


def test_scores_of_the_same_weights_stay_beside_those_of_another_split(model):
    card.save(facts())
    card.save(Facts("coconet", "valid", {"pieces": 74.0}, {}, facts().plan))
    saved = json.loads((model / "config.json").read_text(encoding="utf-8"))
    assert set(saved["scores"]) == {"test", "valid"}
    assert "| `pieces` | 74 | 77 |" in (model / "README.md").read_text(encoding="utf-8")


def test_what_is_measured_alone_in_the_same_way_leaves_the_rest_as_it_was(model):
    card.save(facts())
    card.save(Facts("coconet", "test", {"speed.ms_32": 401.0}, {"doodle": {"speed.ms_32": 1800.0}}, facts().plan))
    saved = json.loads((model / "config.json").read_text(encoding="utf-8"))
    assert saved["scores"]["test"] == {**facts().scores, "one_pass.bare.nats": 1.7, "speed.ms_32": 401.0}
    doodle = saved["peers"]["test"]["doodle"]
    assert (doodle["one_pass.bare.nats"], doodle["speed.ms_32"]) == (1.773, 1800.0)


def test_what_was_measured_in_another_way_or_with_another_second_look_is_dropped(model):
    card.save(facts())
    card.save(Facts("coconet", "test", {"pieces": 5.0}, {}, {**facts().plan, "seed": 9}))
    assert json.loads((model / "config.json").read_text(encoding="utf-8"))["scores"]["test"] == {"pieces": 5.0}
    held = json.loads((model / "config.json").read_text(encoding="utf-8"))
    held["files"]["refine.onnx"] = "fedcba9876543210f"
    (model / "config.json").write_text(json.dumps(held), encoding="utf-8")
    card.save(Facts("coconet", "valid", {"pieces": 74.0}, {}, facts().plan))
    assert json.loads((model / "config.json").read_text(encoding="utf-8"))["scores"] == {"valid": {"pieces": 74.0}}


def test_a_card_without_a_place_for_scores_is_told_and_nothing_is_written(model):
    (model / "README.md").write_text("# Any\n", encoding="utf-8")
    before = (model / "config.json").read_bytes()
    with pytest.raises(InputError, match="has no part 'scores': wanted <!-- scores: begin -->"):
        card.save(facts())
    assert (model / "config.json").read_bytes() == before


def test_a_model_without_a_card_has_its_scores_in_its_configuration_alone(model):
    (model / "README.md").unlink()
    card.save(facts())
    assert "test" in json.loads((model / "config.json").read_text(encoding="utf-8"))["scores"]


def test_large_numbers_are_told_to_six_digits():
    assert card._rounded({"ms": 1234.56789, "nats": 0.123456, "plan": {"seed": 7}}) == {
        "ms": 1234.57,
        "nats": 0.1235,
        "plan": {"seed": 7},
    }


def test_a_cards_marked_part_is_made_anew_and_the_rest_stays():
    made = card.written_card(CARD, config())
    assert made.startswith("# Any\n<!-- scores: begin -->\n| measure |")
    assert made.endswith("<!-- scores: end -->\n## Limits\n")
    assert "| `one_pass.bare.nats` | - | 1.7001 |" in made
    assert "\nold\n" not in made
    assert card.written_card(made, config()) == made


def test_the_shipped_card_is_what_its_configuration_says():
    folder = assets.folder("models") / "coconet"
    shipped = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    told = (folder / "README.md").read_text(encoding="utf-8")
    assert "<!-- scores: begin -->" in told
    assert "<!-- curve: begin -->" in told
    if "measured" in shipped:
        assert card.written_card(told, shipped) == told
