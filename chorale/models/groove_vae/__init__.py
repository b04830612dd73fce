"""Gives a drum pattern the velocities and the timing of a drummer."""
