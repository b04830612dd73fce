"""Continues a drum pattern, step by step."""
