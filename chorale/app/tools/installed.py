"""Which of the installed models can do what a tool needs."""

from __future__ import annotations

import json

from chorale.models import registry

__all__ = ["models_for"]

_MAGENTA = {
    "melody": "melody_vae",
    "drums": "drum_vae",
    "groove": "drum_vae",
    "humanized": "groove_vae",
    "tapped": "tap_vae",
}
"""What one of Magenta's autoencoders can take the place of, by what it reads."""


def models_for(kind: str) -> tuple[str, ...]:
    """Return the names of the models that do what one of ours of this kind does; ours first."""
    names = [name for name in registry.available() if _serves_as(name) == kind]
    return tuple(sorted(names, key=lambda name: (name != kind, name)))


def _serves_as(name: str) -> str:
    """Return the kind of ours that a model can take the place of."""
    kind = registry.kind_of(name)
    if kind != "magenta":
        return kind
    try:
        config = json.loads((registry.folder_of(name) / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    if config.get("network") == "recurrent":
        return "drum_rnn" if config.get("encoding") == "drums" else "melody_rnn"
    return _MAGENTA.get(config.get("music", ""), "")
