"""A small kit of our own: every widget has an id, a label, a rectangle, and works from the keyboard."""
