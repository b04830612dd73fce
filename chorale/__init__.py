"""Chorale: four parts in the manner of Bach."""
