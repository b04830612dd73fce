"""``chorale models``: what models there are, whether their files are whole, and how they score; adding and removing."""

import argparse
import json
from typing import Any

from chorale import assets
from chorale.errors import ModelError

__all__ = ["run", "states"]


def run(arguments: argparse.Namespace) -> int:
    """List the models, with exit status 1 if one is damaged; or add or remove one."""
    if arguments.action == "add":
        return _add(arguments)
    if arguments.action == "remove":
        return _remove(arguments)
    found = states()
    if arguments.json:
        print(json.dumps({"models": found}, ensure_ascii=False))
    else:
        for state in found:
            print("\n".join(_lines(state, scores=arguments.scores)))
        if not found:
            print(f"no models in {assets.folder('models')}")
    return 0 if all(state["status"] == "ok" for state in found) else 1


def _add(arguments: argparse.Namespace) -> int:
    from chorale.models import adding  # noqa: PLC0415  numpy loads with it

    added = adding.add(arguments.folder, arguments.name)
    print(f"added {added.name}: {added.description}, in {added.folder}")
    return 0


def _remove(arguments: argparse.Namespace) -> int:
    from chorale.models import adding  # noqa: PLC0415  numpy loads with it

    adding.remove(arguments.name)
    print(f"removed {arguments.name}")
    return 0


def states() -> list[dict[str, Any]]:
    """Return what is known of every model: name, status ("ok" or what is wrong), kind, description, added, scores."""
    from chorale.models import registry  # noqa: PLC0415  numpy loads with it

    return [_state(registry, name) for name in registry.available()]


def _state(registry: Any, name: str) -> dict[str, Any]:  # noqa: ANN401  a module loaded late
    state: dict[str, Any] = {"name": name, "status": "ok", "kind": None, "description": "", "scores": {}}
    state["added"] = not registry.is_shipped(name)
    try:
        config = registry.checked_config(registry.folder_of(name))
    except ModelError as error:
        return state | {"status": str(error)}
    return state | {key: config[key] for key in ("kind", "description", "scores") if key in config}


def _lines(state: dict[str, Any], *, scores: bool) -> list[str]:
    told = [f"    {state['description']}"] if state["description"] else []
    name = f"{state['name']}  {state['status']}{', added by you' if state['added'] else ''}"
    return [name, *told, *([f"    {label}: {value}" for label, value in _flat(state["scores"])] if scores else [])]


def _flat(scores: Any, prefix: str = "") -> list[tuple[str, object]]:  # noqa: ANN401  JSON
    if not isinstance(scores, dict):
        return [(prefix, scores)]
    return [pair for name, value in scores.items() for pair in _flat(value, f"{prefix} {name}".strip())]
