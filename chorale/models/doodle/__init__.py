"""Magenta's own Coconet, as the Bach Doodle of 2019 had it: its published checkpoint plays in our sampler."""

from chorale.models.doodle.playing import open_model

__all__ = ["open_model"]
