"""Bach's four-part pieces in music21's corpus, as scores."""

import os
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from chorale import io
from chorale.errors import InputError
from chorale.music import Score

__all__ = ["four_part_pieces"]


def four_part_pieces() -> dict[str, Score]:
    """Return every piece of Bach's in music21's corpus that is in four parts, by name: "bwv269".

    365 of 413 files: three more are in a format we do not read, the others have further instruments. Takes a minute.
    """
    import music21  # noqa: PLC0415  takes seconds

    corpus = Path(music21.__file__).parent / "corpus" / "bach"
    files = sorted(path for path in corpus.iterdir() if path.suffix in {".mxl", ".xml"})
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        read = pool.map(_read, files, chunksize=8)
        return {path.stem: score for path, score in zip(files, read, strict=True) if score is not None}


def _read(path: Path) -> Score | None:
    """Return a piece's score, or None where it is not in four parts."""
    try:
        reading = io.read(path)
    except InputError:
        return None
    has_more = any(
        "left out" in warning and ("part" in warning or "read the" in warning) for warning in reading.warnings
    )
    return None if has_more else reading.score
