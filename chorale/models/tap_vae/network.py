"""TapVAE's network: the variational one, at this codec's size."""

from __future__ import annotations

from chorale.models.drum_rnn.codec import CLASSES
from chorale.models.sequences.kit import NUMBERS
from chorale.models.sequences.variational import Options
from chorale.models.tap_vae.codec import CONDITIONS, FEATURES, THERE

__all__ = ["OPTIONS"]

OPTIONS = Options(features=FEATURES, conditions=CONDITIONS, latent=32, there=THERE, classes=CLASSES, numbers=NUMBERS)
