"""``chorale models``: what models there are, whether their files are whole, and how they score."""

import argparse
import json
from typing import Any

from chorale import assets
from chorale.errors import ModelError

__all__ = ["run", "states"]


def run(arguments: argparse.Namespace) -> int:
    """List the models; exit status 1 if one is damaged."""
    found = states()
    if arguments.json:
        print(json.dumps({"models": found}, ensure_ascii=False))
    else:
        for state in found:
            print("\n".join(_lines(state)))
        if not found:
            print(f"no models in {assets.folder('models')}")
    return 0 if all(state["status"] == "ok" for state in found) else 1


def states() -> list[dict[str, Any]]:
    """Return name, status ("ok" or what is wrong), kind and scores of every model."""
    from chorale.models import registry  # noqa: PLC0415  numpy loads with it

    return [_state(registry, name) for name in registry.available()]


def _state(registry: Any, name: str) -> dict[str, Any]:  # noqa: ANN401  a module loaded late
    try:
        config = registry.checked_config(assets.folder("models") / name)
    except ModelError as error:
        return {"name": name, "status": str(error), "kind": None, "scores": {}}
    return {"name": name, "status": "ok", "kind": config.get("kind"), "scores": config.get("scores", {})}


def _lines(state: dict[str, Any]) -> list[str]:
    scores = [f"    {label}: {value}" for label, value in _flat(state["scores"])]
    return [f"{state['name']}  {state['status']}", *scores]


def _flat(scores: Any, prefix: str = "") -> list[tuple[str, object]]:  # noqa: ANN401  JSON
    if not isinstance(scores, dict):
        return [(prefix, scores)]
    return [pair for name, value in scores.items() for pair in _flat(value, f"{prefix} {name}".strip())]
