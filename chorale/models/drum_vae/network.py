"""DrumVAE's network: the variational one, at this codec's size."""

from __future__ import annotations

from chorale.models.drum_rnn.codec import CLASSES
from chorale.models.drum_vae.codec import CONDITIONS, FEATURES
from chorale.models.sequences.kit import NUMBERS
from chorale.models.sequences.variational import Options

__all__ = ["OPTIONS"]

OPTIONS = Options(features=FEATURES, conditions=CONDITIONS, latent=128, classes=CLASSES, numbers=NUMBERS)
