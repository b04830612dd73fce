"""Bach's chorales for the tests of theory, from music21's corpus."""

import os
import pickle
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from chorale import io
from chorale.errors import InputError


@pytest.fixture(scope="session")
def bach_chorales(request):
    """Return every piece of Bach's in music21's corpus that is in four parts: name -> Score.

    365 of 413 files: three more are in a format we do not read, the others have further instruments. Reading them
    takes a minute; the result is kept in pytest's cache until the readers or music21 change.
    """
    import music21  # noqa: PLC0415  takes seconds

    stamp = _stamp(music21.__version__)
    kept = request.config.cache.mkdir("bach") / "chorales.pickle"
    if kept.is_file():
        known, scores = pickle.loads(kept.read_bytes())  # noqa: S301  written below
        if known == stamp:
            return scores
    scores = _read_all(Path(music21.__file__).parent / "corpus")
    kept.write_bytes(pickle.dumps((stamp, scores)))
    return scores


def _stamp(version):
    package = Path(io.__file__).parent.parent
    sources = sorted((*package.glob("io/**/*.py"), *package.glob("music/*.py")))
    return version, tuple((path.name, path.stat().st_mtime_ns) for path in sources)


def _read_all(corpus):
    files = sorted(path for path in (corpus / "bach").iterdir() if path.suffix in {".mxl", ".xml"})
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        read = pool.map(_read_one, files, chunksize=8)
        return {path.stem: score for path, score in zip(files, read, strict=True) if score is not None}


def _read_one(path):
    """Return a chorale's score, or None where it is not in four parts."""
    try:
        reading = io.read(path)
    except InputError:
        return None
    has_more = any(
        "left out" in warning and ("part" in warning or "read the" in warning) for warning in reading.warnings
    )
    return None if has_more else reading.score
