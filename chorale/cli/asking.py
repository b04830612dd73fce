"""The options that say how to harmonize, as the application takes them."""

import argparse

from chorale.app import edits
from chorale.app.batch import Asked
from chorale.app.exporting import Manner
from chorale.app.harmonizing import Request, voices_named

__all__ = ["asked_of"]


def asked_of(arguments: argparse.Namespace, suffix: str = ".musicxml") -> Asked:
    """Return what the options ask of every file.

    Raises:
        InputError: one of them is wrong.
    """
    if arguments.chords is not None:
        edits.chord_list(arguments.chords)  # what is wrong in every score is told once
    request = Request(
        keep=voices_named(arguments.keep),
        bars=arguments.bars,
        seed=arguments.seed,
        alternatives=arguments.alternatives,
        temperature=arguments.temperature,
        ornament=arguments.ornament,
        model=arguments.model,
    )
    return Asked(request, arguments.chords, Manner(arguments.layout, arguments.instrument), suffix)
