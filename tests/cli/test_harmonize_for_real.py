"""chorale harmonize with the harmonizer that ships."""

import pytest

from chorale import io, models
from chorale.app import Request, Studio

pytestmark = pytest.mark.skipif("coconet" not in models.available(), reason="this installation has no Coconet weights")


def test_a_tune_keeps_its_soprano_and_rhythm_and_gets_three_singable_voices(chorale, tune, tmp_path):
    source, target = tune("christus_der_ist_mein_leben", ".musicxml"), tmp_path / "four.musicxml"
    status, out, _ = chorale("harmonize", source, "-o", target, "--seed", 5)
    assert (status, out) == (0, [])
    before, after = io.read(source).score, io.read(target).score
    assert after.chorale.notes(0) == before.chorale.notes(0)
    for voice in (1, 2, 3):
        pitches = [note.pitch for note in after.chorale.notes(voice)]
        assert len(pitches) >= 15
        assert 36 <= min(pitches) <= max(pitches) <= 81
    assert (after.key, after.fermatas, after.title) == (before.key, before.fermatas, before.title)


def test_in_the_studio_voices_appear_and_alternatives_differ():
    studio = Studio()
    studio.new_from_tune("christus_der_ist_mein_leben")
    tune = studio.score
    job = studio.harmonize(Request(bars=(0, 2), alternatives=2, seed=1))
    seen = set()
    while not job.join(0.005):
        seen.add(studio.shown.chorale)
    studio.poll()
    assert len(seen) >= 2
    assert len(set(studio.alternatives.scores)) == 2
    assert (studio.score.chorale.pitches[36:] == tune.chorale.pitches[36:]).all()
    assert studio.undo().startswith("Harmonize A (seed 1)")
    assert studio.score is tune
    studio.close()
