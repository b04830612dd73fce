"""ABC in."""
