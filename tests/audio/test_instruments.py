import pytest

from chorale.audio import instruments, load, load_all
from chorale.errors import InputError

GOOD = """
label = "Test"
order = 5
reverb = 0.1
vibrato = [5, 5.5]
[soprano]
programs = [52, 53]
pan = -0.5
[alto]
programs = 52
[tenor]
programs = [52]
[bass]
programs = [52]
gain_db = 1.5
"""


def test_the_issue_s_six_instruments_and_more_are_there():
    names = [preset.name for preset in load_all()]
    assert {"choir", "organ", "strings", "winds", "piano", "synth"} <= set(names)
    assert names[0] == instruments.DEFAULT
    assert len({preset.order for preset in load_all()}) == len(names)
    assert load("organ").label == "Organ"


def test_voices_are_spread_over_the_room():
    for preset in load_all():
        pans = [voice.pan for voice in preset.voices]
        assert len(set(pans)) == 4
        assert abs(sum(pans)) < 0.4


def test_a_preset_file_is_read(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD)
    preset = instruments.read(path)
    assert (preset.name, preset.label, preset.vibrato, preset.reverb) == ("mine", "Test", (5, 5.5), 0.1)
    assert preset.voices[0] == instruments.VoiceSound((52, 53), -0.5)
    assert preset.programs == (52, 52, 52, 52)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("order = 5", "order = 'x'", "order is 'x', wanted a number"),
        ("reverb = 0.1", "reverb = 2", "reverb is 2, wanted a number from 0 to 1"),
        ("reverb = 0.1", "revreb = 0.1", "unknown key 'revreb'"),
        ("[alto]", "[altus]", "unknown key 'altus'"),
        ("[alto]\nprograms = 52\n", "", "no 'alto'"),
        ("vibrato = [5, 5.5]", "vibrato = 5", "wanted [cents, Hz]"),
        ("programs = 52\n", "programs = 128\n", "programs is 128"),
        ("programs = 52\n", "programs = true\n", "programs is True"),
        ("programs = 52\n", "", "wanted programs"),
        ("pan = -0.5", "pan = -5", "pan is -5"),
        ("label", "label = ", "not a TOML file"),
    ],
)
def test_a_wrong_preset_gets_one_line_that_names_it(tmp_path, old, new, words):
    path = tmp_path / "mine.toml"
    path.write_text(GOOD.replace(old, new))
    with pytest.raises(InputError) as caught:
        instruments.read(path)
    assert words in str(caught.value)
    assert "mine" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_an_unknown_name_are_told(tmp_path):
    with pytest.raises(InputError, match="no such file"):
        instruments.read(tmp_path / "none.toml")
    with pytest.raises(InputError, match="wanted one of choir, organ"):
        load("kazoo")
