"""Melodies that people really typed, through the whole of Harmonize."""

import json
import os
from pathlib import Path

import numpy as np
import pytest

from chorale.app import Request, Studio, edits
from chorale.music import Chorale, Note
from chorale.theory.instruments import count_parallels
from chorale.theory.key_finding import estimate_key

DATA = Path(os.environ.get("CHORALE_DATA", "/nowhere")) / "doodle_melodies.json"
COUNT = 100


def melodies(count):
    """Return a sample of two-bar melodies as scores, every so many of the file."""
    found = json.loads(DATA.read_text(encoding="utf-8"))["melodies"]
    for each in found[:: max(1, len(found) // count)][:count]:
        notes = [Note(start, end - start, pitch) for pitch, start, end in each["timing"]]
        yield edits.set_key(
            edits.empty(2).replace(chorale=Chorale.from_voices([notes, [], [], []], 32)), estimate_key(notes)
        )


@pytest.mark.acceptance
@pytest.mark.skipif(not DATA.is_file(), reason="CHORALE_DATA holds no doodle_melodies.json")
def test_what_people_typed_is_kept_and_set_without_parallels():
    studio, wrong = Studio(), []
    for number, score in enumerate(melodies(COUNT)):
        studio.edit("Write", lambda _, score=score: score)
        studio.harmonize(Request(seed=number)).result()
        studio.poll()
        after = studio.score.chorale
        assert (after.pitches[:, 0] == score.chorale.pitches[:, 0]).all()
        assert (after.onsets[:, 0] == score.chorale.onsets[:, 0]).all()
        found = count_parallels(np.asarray(after.pitches))
        wrong += [number] * (found.fifths + found.octaves)
    studio.close()
    print(f"\n{COUNT} melodies, {2 * COUNT} bars, {len(wrong)} parallels: {wrong}")
    assert len(wrong) <= 0.005 * 2 * COUNT
