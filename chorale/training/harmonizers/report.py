"""The report as text: the table in Markdown or as a page, each figure with the command that gives it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chorale.training.harmonizers.table import PARTS, lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chorale.training.harmonizers.measuring import Plan

__all__ = ["Facts", "markdown", "page"]

_LETTERS = dict(zip(PARTS, "abcd", strict=True))
_ERROR = "standard error over pieces"
_NATS = """\
Nats are a sounding cell. The network sees pitches alone unless the row says what it was told; the key it is told is
read off the last bass note, so it knows a little of what it predicts."""
_COUNTS = """\
A bar is sixteen steps. Bach: his own four voices in the same pieces. Key kept: the key found from all notes of the
result (of all 24, by their durations and the last bass note) is the one that was given with the soprano, which is the
one found in the same way in Bach's setting."""
_REMARKS = [" ".join(text.split()) for text in (_NATS, _COUNTS)]
_STYLE = (
    "body{font:15px/1.5 'Source Sans 3',sans-serif;margin:2em auto;max-width:78em;padding:0 1em;color:#1b1b1b;"
    "background:#fbf5e6}table{border-collapse:collapse}th,td{padding:.35em .7em;text-align:left;vertical-align:top;"
    "border-bottom:1px solid #d8cdb4}td:nth-child(n+4){font-variant-numeric:tabular-nums}th{border-bottom-width:2px}"
    ".no{font-weight:700;color:#a3340b}code{font-size:90%}"
)


@dataclass(frozen=True)
class Facts:
    """What a report tells of.

    Attributes:
        model: Its name.
        split: Of the chorales.
        scores: Flat, of the model.
        peers: Flat, of each peer, by name.
        plan: How they were measured: orders, frames, melodies, seed, pieces, peer_share.
    """

    model: str
    split: str
    scores: Mapping[str, float]
    peers: Mapping[str, Mapping[str, float]]
    plan: Mapping[str, Any]

    @classmethod
    def of(cls, model: str, scores: Mapping[str, Mapping[str, float]], plan: Plan) -> Facts:
        """Return the facts of measured models, the first of which is the model."""
        peers = {name: each for name, each in scores.items() if name != model}
        return cls(model, plan.split, scores[model], peers, told(plan))


def told(plan: Plan) -> dict[str, Any]:
    """Return how a plan measures, as JSON."""
    names = ("pieces", "orders", "frames", "melodies", "seed", "peer_share", "gibbs")
    return {name: getattr(plan, name) for name in names if getattr(plan, name) is not None}


def _head(facts: Facts) -> list[str]:
    named = list(facts.peers)
    return ["measure", "published", "to reach", facts.model, *named, "Bach", "met", "by"]


def _rows(facts: Facts) -> Iterable[list[str]]:
    for line in lines(facts.scores, facts.peers):
        letter = _LETTERS[line.part]
        yield [line.title, line.published, line.reach, line.ours, *line.peers, line.bach, line.met, letter]


def _commands(facts: Facts) -> list[tuple[str, str]]:
    """Return the letter and the command of each part."""
    plan = facts.plan
    common = f"chorale evaluate {facts.model} --split {facts.split} --seed {plan['seed']}"
    common += f" --pieces {plan['pieces']}" if "pieces" in plan else ""
    common += " --gibbs" if plan.get("gibbs") else ""
    peers = "".join(f" --peer {peer}" for peer in facts.peers)
    share = f" --peer-share {plan['peer_share']:g}" if peers else ""
    arguments = {
        "likelihood": f"--only likelihood --orders {plan['orders']} --frames {plan['frames']}{peers}",
        "writing": f"--only writing{peers}{share}",
        "melodies": f"--only melodies --melodies {plan['melodies']}{peers}{share}",
        "speed": f"--only speed{peers}",
    }
    return [(_LETTERS[part], f"{common} {arguments[part]}") for part in PARTS]


def _remarks(facts: Facts) -> list[str]:
    """Return what a reader must know, a sentence or two each."""
    frames = facts.plan["frames"]
    scored = f"{frames} random frames of each piece, each at its own random moment" if frames else "all frames"
    count = f"{facts.scores.get('pieces', 0):.0f} pieces of the {facts.split} split"
    remarks = [f"{count}. Framewise: full pieces, {facts.plan['orders']} random orders, {scored}; ± is the {_ERROR}."]
    remarks += _REMARKS
    if "speed.threads" in facts.scores:
        remarks.append(
            f"Times are medians of several calls, the model warm, {facts.scores['speed.threads']:.0f} threads."
        )
    remarks += [_on_peer(name, peer) for name, peer in facts.peers.items() if "writing.pieces" in peer]
    return remarks


def _on_peer(name: str, peer: Mapping[str, float]) -> str:
    melodies = f" and those of {peer['melodies.count']:.0f} melodies" if "melodies.count" in peer else ""
    wrote = f"{name} wrote the lower voices of the first {peer['writing.pieces']:.0f} pieces{melodies}"
    return f"{wrote}; its framewise figure is of the same pieces."


def markdown(facts: Facts) -> str:
    """Return the table, the commands and the remarks as Markdown."""
    table = [_head(facts), *_rows(facts)]
    ruled = [_bar(table[0]), _bar(["---"] * len(table[0])), *map(_bar, table[1:])]
    commands = [f"* {letter}: `{command}`" for letter, command in _commands(facts)]
    remarks = [f"* {remark}" for remark in _remarks(facts)]
    return "\n".join([*ruled, "", *commands, "", *remarks]) + "\n"


def _bar(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def page(facts: Facts) -> str:
    """Return the same as a page of HTML that needs nothing else."""
    title = html.escape(f"How good is {facts.model}?")
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in _head(facts))
    body = "\n".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in _rows(facts))
    commands = "".join(
        f"<li>{letter}: <code>{html.escape(command)}</code></li>" for letter, command in _commands(facts)
    )
    remarks = "".join(f"<li>{html.escape(remark)}</li>" for remark in _remarks(facts))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>{title}</title>\n<style>{_STYLE}</style>\n'
        f"<h1>{title}</h1>\n<table>\n<tr>{head}</tr>\n{body}\n</table>\n<ul>{commands}</ul>\n<ul>{remarks}</ul>\n</html>\n"
    )


def _cell(text: str) -> str:
    strong = text.startswith("**")
    return f"<td{' class=no' if strong else ''}>{html.escape(text.strip('*'))}</td>"
