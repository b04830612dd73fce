"""From a plain MusicXML tree to a raw piece, without music21: what it would give, in a hundredth of its time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from xml.etree.ElementTree import Element

from chorale.errors import InputError
from chorale.io.bar_lines import take_bars
from chorale.io.musicxml.direct_notes import Cluster, clusters
from chorale.io.musicxml.facts import XmlFacts, composer_of, take_repeats, take_tempo
from chorale.io.musicxml.heads import Dropped, Head, merged
from chorale.io.musicxml.plain import NotPlain, check_plain, number_in
from chorale.io.raw import RawPart, RawPiece
from chorale.music import Key, Meter
from chorale.music.key import MODES

__all__ = ["direct_piece"]

_MOST_STAVES = 8  # of one part; more is damage, or an orchestra


def direct_piece(root: Element, facts: XmlFacts) -> RawPiece:
    """Return what a partwise tree holds.

    Raises:
        NotPlain: it holds something that is music21's to read.
    """
    check_plain(root)
    names = {part.get("id"): (part.findtext("part-name") or "") for part in root.findall("part-list/score-part")}
    dropped = Dropped()
    staves: list[_Staff] = []
    for part in root.findall("part"):
        if part.get("id") not in names:
            raise NotPlain("a part that is not listed")
        staves += _PartReader(names[part.get("id")], dropped).read(part)
    if not staves or len(staves) != len(facts.first_voices):
        raise NotPlain("staves that are not used")
    parts = [
        RawPart(staff.name, merged(staff.ordered(first)))
        for staff, first in zip(staves, facts.first_voices, strict=True)
    ]
    piece = RawPiece(parts, title=facts.title, composer=composer_of(_composer(root)))
    piece.warnings += dropped.warnings()
    _take_signature(piece, staves[0].signature)
    take_tempo(piece, facts.tempi)
    take_bars(piece, staves[0].bar_starts, staves[0].end)
    take_repeats(piece, any(True for _ in root.iter("repeat")))
    return piece


def _composer(root: Element) -> str:
    composers = [each.text or "" for each in root.findall("identification/creator") if each.get("type") == "composer"]
    if len(composers) > 1:
        raise NotPlain("several composers")
    return composers[0].strip() if composers else ""


def _take_signature(piece: RawPiece, signature: "_Signature") -> None:
    piece.meter = signature.meter
    if signature.sharps is None:
        return
    piece.signature = signature.sharps
    mode = next((each for each in MODES if each == signature.mode), None)
    if mode:
        piece.key = Key.from_signature(signature.sharps, mode)


@dataclass
class _Signature:
    """Meter and key of a part; more than one of either is left to music21, which words the warnings."""

    meter: Meter
    sharps: int | None
    mode: str | None


@dataclass
class _Staff:
    """What one staff holds."""

    name: str
    signature: _Signature
    bar_starts: list[Fraction]
    end: Fraction
    bars: list[list[Cluster]] = field(default_factory=list)

    def ordered(self, first_voice: str) -> list[Head]:
        """Return the heads by their starts, and at one start by voice, as music21 lays out its streams."""
        heads = [head for bar in self.bars for head in _in_voices(bar, first_voice)]
        heads.sort(key=lambda head: head[0].start)
        return heads


def _in_voices(bar: Sequence[Cluster], first_voice: str) -> Iterator[Head]:
    for cluster in sorted(bar, key=lambda each: each.voice):
        for head in cluster.heads:
            head[0].stream = cluster.voice or first_voice
            yield head


class _PartReader:
    """Reads one part bar by bar.

    Args:
        name: the part's.
        dropped: where to count what is left out.
    """

    def __init__(self, name: str, dropped: Dropped) -> None:
        self._name = name.replace("\r", "\n").strip()
        self._dropped = dropped
        self._divisions = 0
        self._staves = 1
        self._signature: _Signature | None = None
        self._starts: list[Fraction] = []
        self._position = Fraction(0)

    def read(self, part: Element) -> list[_Staff]:
        """Return the part's staves from the top."""
        bars: dict[int, list[list[Cluster]]] = {}
        last: list[Cluster] = []
        for measure in part.findall("measure"):
            last = self._bar(measure)
            for staff in range(1, self._staves + 1):
                bars.setdefault(staff, []).append(self._on_staff(last, staff))
        if self._signature is None or any(not any(bar) for bar in bars.values()):
            raise NotPlain("a staff without notes")
        ends = [cluster.end for cluster in last if cluster.staff == 1]
        if not ends:
            raise NotPlain("a last bar without notes")
        signature = self._signature
        return [_Staff(self._name, signature, self._starts, max(ends), each) for _, each in sorted(bars.items())]

    def _on_staff(self, bar: list[Cluster], staff: int) -> list[Cluster]:
        """Return a staff's share of a bar; a single voice has no name, since music21 forgets it."""
        own = [cluster for cluster in bar if cluster.staff == staff]
        if self._staves > 1 and len({cluster.voice for cluster in own}) == 1:
            for cluster in own:
                cluster.voice = ""
        return own

    def _bar(self, measure: Element) -> list[Cluster]:
        self._take_attributes(measure)
        start = self._position
        found = clusters(measure, start, self._divisions, self._staves, self._dropped)
        self._starts.append(start)
        self._position += self._length(found, start)
        return found

    def _take_attributes(self, measure: Element) -> None:
        for index, attributes in enumerate(each for each in measure if each.tag == "attributes"):
            if attributes.find("divisions") is not None:
                self._divisions = number_in(attributes, "divisions")
            if index == 0 and not self._starts:
                self._staves = number_in(attributes, "staves", default=1)
                if not 1 <= self._staves <= _MOST_STAVES:
                    raise NotPlain("staves without number")
                self._signature = _signature(attributes)
            elif any(attributes.find(tag) is not None for tag in ("key", "time", "staves", "divisions")):
                self._check_unchanged(attributes)
        if self._divisions <= 0 or self._signature is None:
            raise NotPlain("no divisions")

    def _check_unchanged(self, attributes: Element) -> None:
        """A change of meter or key is music21's to find."""
        again = attributes.find("key") is not None or attributes.find("time") is not None
        if again or attributes.find("staves") is not None:
            raise NotPlain("a change of meter or key")

    def _length(self, found: list[Cluster], start: Fraction) -> Fraction:
        """Return how long a bar is: as long as its notes, or as its meter where there are none."""
        assert self._signature is not None
        usual = Fraction(self._signature.meter.steps_per_bar)
        length = max((cluster.end for cluster in found), default=start + usual) - start
        rests = [cluster for cluster in found if cluster.whole_rest]
        if rests and any(cluster.end - cluster.start != usual for cluster in rests):
            raise NotPlain("a bar rest of another length")
        if length > usual and (length * 4).denominator > 1:
            raise NotPlain("an overfull bar")
        return length


def _signature(attributes: Element) -> _Signature:
    times, keys = attributes.findall("time"), attributes.findall("key")
    if len(times) != 1 or len(keys) > 1:
        raise NotPlain("no meter, or several")
    time = times[0]
    if len(time.findall("beats")) != 1 or len(time.findall("beat-type")) != 1:
        raise NotPlain("a composite meter")
    try:
        meter = Meter(number_in(time, "beats"), number_in(time, "beat-type"))
    except InputError:
        raise NotPlain("a strange meter") from None
    if not keys:
        return _Signature(meter, None, None)
    sharps = number_in(keys[0], "fifths")
    mode = keys[0].findtext("mode")
    if abs(sharps) > 7 or mode not in {None, *MODES}:
        raise NotPlain("a strange key")
    return _Signature(meter, sharps, mode)
