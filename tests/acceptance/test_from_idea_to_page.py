"""The whole way with the models that are shipped: an idea is generated, sung in four parts, exported and read again."""

import pytest

from chorale import io
from chorale.app.studio import Studio
from chorale.app.tools import Name, Session
from chorale.app.tools.handing import to_soprano
from chorale.music import REST, Voice
from chorale.theory import Severity

pytestmark = pytest.mark.acceptance


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_idea_becomes_a_chorale_in_four_parts(seed, tmp_path):
    studio, session = Studio(), Session()
    try:
        session.go(Name.GENERATE)
        session.ask(variations=2, seed=seed)
        session.run().join()
        session.poll()
        idea = session.bench.results[0].clip
        to_soprano(studio, idea, session.label)
        studio.harmonize().join()
        studio.poll()
        checked = studio.check()
        studio.export(tmp_path / "page.musicxml")
    finally:
        session.close()
        studio.close()
    score = io.read(tmp_path / "page.musicxml").score
    sung, given = score.chorale.notes(Voice.SOPRANO), idea.melody.notes
    assert [(note.start, note.length, note.pitch % 12) for note in sung] == [
        (note.start, note.length, note.pitch % 12) for note in given
    ]
    lower = score.chorale.pitches[score.chorale.pitches[:, 0] != REST, 1:]
    assert (lower != REST).mean() > 0.95
    assert checked.counts[Severity.ERROR] <= 4
