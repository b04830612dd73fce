"""GrooVAE's network: the variational one without events, at this codec's size."""

from __future__ import annotations

from chorale.models.groove_vae.codec import CONDITIONS, FEATURES, THERE
from chorale.models.sequences.kit import NUMBERS
from chorale.models.sequences.variational import Options

__all__ = ["OPTIONS"]

OPTIONS = Options(features=FEATURES, conditions=CONDITIONS, latent=16, there=THERE, numbers=NUMBERS, blind=0.5)
