"""DrumRNN's network: the recurrent one, at this codec's size."""

from __future__ import annotations

from chorale.models.drum_rnn.codec import CLASSES, COLUMNS, COPIED
from chorale.models.sequences.recurrent import Options

__all__ = ["OPTIONS"]

OPTIONS = Options(classes=CLASSES, columns=COLUMNS, copied=COPIED)
