"""Writes what was measured beside the weights: into ``config.json``, and into the marked parts of the model card.

The card's parts are made of ``config.json`` alone, so that the two cannot differ. A part stands between two comments:

    <!-- scores: begin -->
    <!-- scores: end -->
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from chorale.errors import InputError
from chorale.files import atomic_write
from chorale.models import registry
from chorale.training.harmonizers import curve, report

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from chorale.training.harmonizers.curve import Point
    from chorale.training.harmonizers.report import Facts

__all__ = ["parts", "save", "save_curve", "written_card"]

DIGITS, SIGNIFICANT = 4, 6
SPLITS = {"valid": "validation", "test": "test"}


def save(facts: Facts) -> Path:
    """Write a model's scores, its peers' and how they were measured; return the folder.

    Scores that other weights made are left out, as are scores of the same split that were measured in another way;
    what was measured in the same way and is not measured again stays.

    Raises:
        InputError: a file cannot be written, or the card has no place for them.
    """
    folder = registry.folder_of(facts.model)
    config = _read(folder)
    weights = _weights(config)
    measured = {split: plan for split, plan in config.get("measured", {}).items() if plan.get("weights") == weights}
    same = measured.get(facts.split) == {"weights": weights, **facts.plan}
    measured[facts.split] = {"weights": weights, **facts.plan}
    for name, values in (("scores", facts.scores), ("peers", facts.peers)):
        kept = {split: each for split, each in config.get(name, {}).items() if split in measured}
        config[name] = kept | {facts.split: _merged(kept.get(facts.split, {}) if same else {}, _rounded(values))}
    config["measured"] = measured
    return _keep(folder, config)


def save_curve(model: str, points: Sequence[Point]) -> Path:
    """Write the curve of quality against work; return the folder.

    Raises:
        InputError: a file cannot be written, or the card has no place for it.
    """
    folder = registry.folder_of(model)
    config = _read(folder)
    config["curve"] = [_rounded(point) for point in curve.as_json(points)]
    return _keep(folder, config)


def _read(folder: Path) -> dict[str, Any]:
    config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return config


def _keep(folder: Path, config: dict[str, Any]) -> Path:
    card = folder / "README.md"
    text = written_card(card.read_text(encoding="utf-8"), config) if card.is_file() else None
    atomic_write(folder / "config.json", (json.dumps(config, indent=2, ensure_ascii=False) + "\n").encode())
    if text is not None:
        atomic_write(card, text.encode())
    return folder


def _weights(config: dict[str, Any]) -> str:
    """Return what tells these weights from others."""
    return "-".join(digest[:16] for file, digest in sorted(config["files"].items()) if file.endswith(".onnx"))


def _merged(old: Any, new: Any) -> Any:  # noqa: ANN401  JSON
    """Return the new values, and of mappings in mappings also the old ones that are not among them."""
    if not (hasattr(old, "items") and hasattr(new, "items")):
        return new
    return old | {name: _merged(old.get(name), value) for name, value in new.items()}


def _rounded(values: Any) -> Any:  # noqa: ANN401  JSON
    if isinstance(values, float):
        return float(f"{round(values, DIGITS):.{SIGNIFICANT}g}")
    return {name: _rounded(value) for name, value in values.items()} if hasattr(values, "items") else values


def written_card(card: str, config: dict[str, Any]) -> str:
    """Return a model card with its marked parts made anew.

    Raises:
        InputError: the card lacks the comments that mark a part.
    """
    for name, text in parts(config).items():
        begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
        if begin not in card or end not in card.partition(begin)[2]:
            raise InputError(f"the model's card has no part {name!r}: wanted {begin} and {end}")
        before, _, rest = card.partition(begin)
        card = f"{before}{begin}\n{text}{end}{rest.partition(end)[2]}"
    return card


def parts(config: dict[str, Any]) -> dict[str, str]:
    """Return the parts of a card by their names: the table and all scores, and the curve."""
    made = {}
    if config.get("scores"):
        made["scores"] = f"{_tables(config)}\n{_all_scores(config['scores'])}"
    if config.get("curve"):
        made["curve"] = curve.markdown([curve.Point(**point) for point in config["curve"]])
    return made


def _tables(config: dict[str, Any]) -> str:
    """Return the report of the test split, or of the validation split where that alone was measured."""
    split = "test" if "test" in config["scores"] else "valid"
    peers = config.get("peers", {}).get(split, {})
    facts = report.Facts(config["kind"], split, config["scores"][split], peers, config["measured"][split])
    return report.markdown(facts)


def _all_scores(scores: dict[str, dict[str, float]]) -> str:
    """Return every score by its name, a column a split."""
    columns = [scores.get(split, {}) for split in SPLITS]
    rows = [["score", *SPLITS.values()], ["---"] * (len(SPLITS) + 1)]
    for name in dict.fromkeys(name for column in columns for name in column):
        rows += [[f"`{name}`", *(f"{column[name]:g}" if name in column else "-" for column in columns)]]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    return f"<details><summary>Every score by its name</summary>\n\n{table}\n</details>\n"
