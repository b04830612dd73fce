"""Coconet: completes four-part chorales, whatever cells are given."""
