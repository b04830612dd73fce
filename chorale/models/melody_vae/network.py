"""MelodyVAE's network: the variational one, at this codec's size."""

from __future__ import annotations

from chorale.models.melody_rnn.codec import CLASSES
from chorale.models.melody_vae.codec import CONDITIONS, FEATURES, SEEN
from chorale.models.sequences.variational import Options

__all__ = ["OPTIONS"]

OPTIONS = Options(features=FEATURES, conditions=CONDITIONS, latent=128, classes=CLASSES, seen=SEEN)
