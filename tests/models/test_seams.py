"""Long pieces are read in windows: what the network thinks where two of them meet is as good as elsewhere."""

import os
from pathlib import Path

import numpy as np
import pytest

from chorale import models
from chorale.models.coconet import windows
from chorale.models.coconet.codec import codes_of
from chorale.models.coconet.keys import guesses

DATA = Path(os.environ.get("CHORALE_DATA", "/nowhere")) / "Jsb16thSeparated.npz"
NEAR = 4  # steps from where the windows change
HALF = windows.STRIDE // 2


def starts_elsewhere(steps):
    """Return windows that have their middles where the others meet."""
    if steps <= windows.LONGEST:
        return np.zeros(1, np.int64)
    return np.unique([0, *range(HALF, steps - windows.WINDOW, windows.STRIDE), steps - windows.WINDOW])


def surprise(network, pitches, hidden):
    """Return the nats (T, 4) of a piece's cells."""
    contexts, _ = guesses(pitches[None], hidden[None], len(pitches))
    log_probs = windows.read(network, codes_of(pitches[None], hidden[None]), contexts[0, 0])[0]
    return -np.take_along_axis(log_probs, (pitches - 36)[..., None], axis=-1)[..., 0]


@pytest.mark.acceptance
@pytest.mark.skipif(not DATA.is_file(), reason="CHORALE_DATA holds no Jsb16thSeparated.npz")
def test_cells_at_a_border_cost_no_more_than_in_the_middle_of_a_window(monkeypatch):
    network = models.load("coconet").predictor.network
    found = np.load(DATA, allow_pickle=True, encoding="latin1")["valid"]
    pieces = [np.asarray(piece, float) for piece in found]
    whole = [piece[: len(piece) // 4 * 4] for piece in pieces if len(piece) > 150 and not np.isnan(piece).any()]
    lost = []
    for piece in [piece.astype(int) for piece in whole if piece.min() >= 36 and piece.max() <= 81][:20]:
        hidden = np.broadcast_to([False, True, True, True], piece.shape)
        middles = windows.window_starts(len(piece)) + (windows.WINDOW - 1) / 2
        borders = (middles[1:] + middles[:-1]) / 2
        near = np.abs(np.arange(len(piece))[:, None] - borders).min(axis=1) < NEAR
        here = surprise(network, piece, hidden)
        with monkeypatch.context() as patch:
            patch.setattr(windows, "window_starts", starts_elsewhere)
            there = surprise(network, piece, hidden)
        lost.append((here - there)[near[:, None] & hidden].mean())
    print(f"\n{len(lost)} pieces: {np.mean(lost):.4f} +- {np.std(lost) / len(lost) ** 0.5:.4f} nats a cell at a border")
    assert np.mean(lost) < 0.02
