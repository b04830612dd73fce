"""How well a harmonizer predicts and writes, beside Bach, the Bach Doodle and what was published."""
