"""Bach's chorales for the tests of theory, from music21's corpus."""

import pickle
from pathlib import Path

import pytest

from chorale import io
from chorale.training.pieces import four_part_pieces


@pytest.fixture(scope="session")
def bach_chorales(request):
    """Return ``four_part_pieces()``, kept in pytest's cache until the readers or music21 change."""
    import music21  # noqa: PLC0415  takes seconds

    stamp = _stamp(music21.__version__)
    kept = request.config.cache.mkdir("bach") / "chorales.pickle"
    if kept.is_file():
        known, scores = pickle.loads(kept.read_bytes())  # noqa: S301  written below
        if known == stamp:
            return scores
    scores = four_part_pieces()
    kept.write_bytes(pickle.dumps((stamp, scores)))
    return scores


def _stamp(version):
    package = Path(io.__file__).parent.parent
    sources = sorted((*package.glob("io/**/*.py"), *package.glob("music/*.py"), package / "training" / "pieces.py"))
    return version, tuple((path.name, path.stat().st_mtime_ns) for path in sources)
