"""Makes a drum pattern of tapped onsets."""
