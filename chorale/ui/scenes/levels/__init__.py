"""The Levels room: title, map, level, result, and what lies beside them."""
