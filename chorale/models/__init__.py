"""Models that write music, and the loader that finds their weights."""
