import numpy as np

from chorale.music import REST
from chorale.theory.instruments import Parallels, count_parallels


def _two_voices(upper, lower):
    rest = [REST] * len(upper)
    return np.array([upper, rest, rest, lower]).T


def test_the_published_counts_for_bach_are_found(data_folder):
    data = np.load(data_folder / "Jsb16thSeparated.npz", allow_pickle=True, encoding="latin1")
    pieces = [
        np.nan_to_num(piece, nan=REST).astype(int) for split in ("train", "valid", "test") for piece in data[split]
    ]
    total = sum((count_parallels(piece) for piece in pieces), Parallels(0, 0))
    assert total == Parallels(fifths=134, octaves=51)


def test_a_fifth_that_moves_to_a_fifth_counts_once():
    assert count_parallels(_two_voices([67, 69], [60, 62])) == Parallels(1, 0)


def test_octaves_count_and_unisons_do_not():
    assert count_parallels(_two_voices([72, 74], [60, 62])) == Parallels(0, 1)
    assert count_parallels(_two_voices([60, 62], [60, 62])) == Parallels(0, 0)


def test_contrary_motion_from_fifth_to_twelfth_counts():
    assert count_parallels(_two_voices([67, 74], [60, 55])) == Parallels(1, 0)


def test_held_and_silent_voices_make_no_parallels():
    assert count_parallels(_two_voices([67, 67], [60, 60])) == Parallels(0, 0)
    assert count_parallels(_two_voices([67, REST, 69], [60, REST, 62])) == Parallels(0, 0)


def test_a_stride_of_four_compares_beats():
    upper = [67, 67, 67, 65, 69]
    lower = [60, 60, 60, 60, 62]
    assert count_parallels(_two_voices(upper, lower)) == Parallels(0, 0)
    assert count_parallels(_two_voices(upper, lower), stride=4) == Parallels(1, 0)
