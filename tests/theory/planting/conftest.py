"""Gardens: Bach's phrases, ready for mistakes to be planted."""

from pathlib import Path

import pytest

from chorale import io
from tests.theory.planting.examining import is_clean
from tests.theory.planting.planting import Garden

FEW = (267, 269, 271, 277, 281, 288, 311, 320, 347, 361, 377, 392, 416)  # chorales in four voices, major and minor


@pytest.fixture(scope="session")
def garden(bach_chorales):
    """Every phrase of Bach's."""
    return Garden(bach_chorales, is_clean)


@pytest.fixture(scope="session")
def little_garden():
    """The phrases of a few chorales, which are quickly read."""
    import music21  # noqa: PLC0415  takes seconds

    folder = Path(music21.__file__).parent / "corpus" / "bach"
    return Garden({f"bwv{number}": io.read(folder / f"bwv{number}.mxl").score for number in FEW}, is_clean)
