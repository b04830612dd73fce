"""The counted progressions that are shipped."""

import pytest

from chorale.theory.analysis.grammar import TABLE
from chorale.training.progressions import count_references, weight
from chorale.training.romantext import references


def _shipped():
    """Return the table's numbers by mode, part, first and second label."""
    numbers, mode = {}, None
    for line in TABLE.read_text(encoding="utf-8").partition("\n[major]")[2].splitlines():
        if line.startswith("["):
            mode = line.strip("[]")
        elif line:
            head, _, tail = line.partition(": ")
            part, _, first = head.partition(" ")
            for entry in tail.split(", "):
                label, number = entry.split()
                numbers[mode or "major", part, first, label] = int(number)
    return numbers


@pytest.mark.acceptance
def test_the_table_holds_all_that_was_counted_in_the_ten_analyses(bach_chorales):
    shipped, theirs = _shipped(), count_references(references(bach_chorales))
    assert len(theirs) > 200
    short = {entry: number for entry, number in theirs.items() if shipped.get(entry, 0) < number * weight(entry) - 0.5}
    assert not short
