"""Scores of the Studio's models on held-out music, each beside its baseline: ``chorale evaluate NAME``."""
