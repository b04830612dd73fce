"""The theory teacher as the person meets it: step through what was found, hear it, mend it, let it pass."""

from functools import cache
from typing import TYPE_CHECKING

from chorale.app.hearing import passage_of
from chorale.errors import ChoraleError
from chorale.levels.precedents import Precedents, load
from chorale.theory import RULES, Finding, Severity
from chorale.ui.portrait import Mood
from chorale.ui.scenes.editor.playing import Playing
from chorale.ui.scenes.editor.state import State

if TYPE_CHECKING:
    from collections.abc import Callable

    from chorale.app.checking import Checked
    from chorale.app.document import Document
    from chorale.app.fixing import Suggestion

__all__ = ["GRADES", "Teaching", "title_of"]

_SLOW_SECONDS = 0.5  # a change that is shorter is not shown: it would flicker at every note that is written
GRADES = tuple(sorted(Severity, reverse=True))
"""The gravest first."""


def title_of(finding: Finding) -> str:
    """Return a finding's heading: "Parallel perfect fifths"."""
    rule = RULES.get(finding.code)
    return finding.code.replace("-", " ").capitalize() if rule is None else rule.title


class Teaching:
    """The business of the list of findings.

    Args:
        state: the editor's.
        playing: plays the voices concerned.
        look_up: shows places in Bach.
    """

    def __init__(self, state: State, playing: Playing, look_up: "Callable[[Finding, Precedents], None]") -> None:
        self._state, self._playing, self._look_up = state, playing, look_up
        self._selected: Finding | None = None
        self._place = -1
        self._seen: Checked | None = None
        self._document: Document | None = None
        self._counts: dict[Severity, int] = {}
        self._listed: tuple[Finding, ...] = ()
        self._fix_when_found: Finding | None = None
        self._settled_at = float("-inf")
        self._said: tuple[Finding | None, str, float] = (None, "", 0.0)

    # What is found ----------------------------------------------------------------------------------------------

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What is listed: what is shown, and while a check is at work, what was listed before; see ``is_certain``."""
        studio = self._state.studio
        kept = studio.teacher.is_at_work and self._document is studio.document
        return self._listed if kept else studio.teacher.shown

    @property
    def is_checking(self) -> bool:
        """Whether what stands is still being checked."""
        return self._state.studio.teacher.is_at_work

    @property
    def is_slow(self) -> bool:
        """Whether it has been checked for so long that this is to be seen."""
        return self.is_checking and self._state.now - self._settled_at > _SLOW_SECONDS

    def is_certain(self, finding: Finding) -> bool:
        """Return whether a finding is one of the music as it stands, and not of music that is being checked anew."""
        return finding in self._state.studio.teacher.shown

    @property
    def selected(self) -> Finding | None:
        """The finding that is looked at, if it is still listed."""
        return self._selected if self._selected in self.findings else None

    def count(self, severity: Severity) -> int:
        """Return how many findings of a severity there are, shown or not; while a check is at work, how many were."""
        teacher = self._state.studio.teacher
        if not teacher.is_at_work:
            return sum(finding.severity is severity for finding in teacher.findings)
        return self._counts.get(severity, 0) if self._document is self._state.studio.document else 0

    def is_shown(self, severity: Severity) -> bool:
        """Return whether findings of a severity are shown."""
        return severity.label in self._state.studio.settings.severities

    def toggle(self, severity: Severity) -> None:
        """Show findings of a severity, or not."""
        now = set(self._state.studio.settings.severities) ^ {severity.label}
        kept = tuple(grade.label for grade in GRADES if grade.label in now)
        self._state.studio.change_settings(severities=kept)

    # Stepping ---------------------------------------------------------------------------------------------------

    def step(self, direction: int) -> None:
        """Select the next finding or the one before, around the end."""
        found = self.findings
        if not found:
            self._state.say("Nothing to step through: no finding is shown")
            return
        selected = self.selected
        if selected is not None:
            index = (found.index(selected) + direction) % len(found)
        else:
            later = [index for index, finding in enumerate(found) if finding.start > self._place]
            after = later[0] if later else 0
            index = after if direction > 0 else (after - 1) % len(found)
        self.select(found[index])

    def select(self, finding: Finding | None) -> None:
        """Look at a finding, or at none."""
        self._selected = finding
        if finding is None:
            return
        state = self._state
        self._place = finding.start
        state.select_nothing()
        state.caret = finding.start
        state.reveal(*self.span(finding))

    def span(self, finding: Finding) -> tuple[int, int]:
        """Return the first and the last step that a finding points at."""
        starts = [start for _, start in finding.notes]
        return min([finding.start, *starts]), max([finding.end, *starts])

    # What can be done about it ----------------------------------------------------------------------------------

    def hear(self) -> None:
        """Play the voices concerned alone, slowly; stop them if they sound."""
        if self._playing.aside is not None:
            self._playing.end_aside()
            return
        finding = self._at_hand()
        if finding is not None:
            self._playing.play_aside(*passage_of(self._state.score, finding))

    @property
    def suggestion(self) -> "Suggestion | None":
        """What came of the search for a fix of the selected finding, None while nobody knows."""
        teacher, selected = self._state.studio.teacher, self.selected
        return None if selected is None or teacher.is_at_work else teacher.fixing.found(selected)

    @property
    def can_fix(self) -> bool:
        """Whether there is a fix, or may be."""
        suggestion = self.suggestion
        return suggestion is None or suggestion.fix is not None

    def help_words(self) -> str:
        """Return what is known of a fix, in words; for a moment what was known, while it is looked for anew."""
        suggestion, selected, now = self.suggestion, self.selected, self._state.now
        if suggestion is not None:
            self._said = (selected, _words_of(suggestion), now)
        said_of, words, said_at = self._said
        still = selected is not None and said_of is not None and _is_same(selected, said_of)
        return words if still and now - said_at <= _SLOW_SECONDS else "Looking for a fix\N{HORIZONTAL ELLIPSIS}"

    def fix(self) -> None:
        """Mend the selected finding; as soon as a fix is found, where the search still runs."""
        finding, suggestion = self._at_hand(), self.suggestion
        if finding is None:
            return
        if suggestion is None:
            self._fix_when_found = finding
        elif suggestion.fix is None:
            self._state.say("No small change mends this without harm elsewhere")
        else:
            self._mend(finding)

    def _mend(self, finding: Finding) -> None:
        state, said = self._state, []
        self._fix_when_found = None
        if state.attempt(lambda: said.append(state.studio.fix(finding))):
            state.settle()
            state.say(f"Mended: {said[0]}", "good", "Undo", self._undo)

    def _undo(self) -> None:
        self._state.studio.undo()
        self._state.settle()

    @property
    def precedents(self) -> Precedents:
        """The places in Bach for the selected finding's rule."""
        selected = self.selected
        return Precedents() if selected is None else _precedents(selected.code)

    @property
    def has_bach(self) -> bool:
        """Whether there are places in Bach to show for the selected finding."""
        places = self.precedents
        return bool(places.breaks or places.avoids)

    def show_bach(self) -> None:
        """Show where Bach does it, and how he avoids it."""
        finding = self._at_hand()
        if finding is None:
            return
        if not self.has_bach:
            self._state.say("There is no place in Bach to show for this")
            return
        self._playing.end_aside()
        self._look_up(finding, self.precedents)

    def ignore(self) -> None:
        """Let the selected finding pass, and go on to the next."""
        state, finding = self._state, self._at_hand()
        if finding is None:
            return
        found = self.findings
        following = found[found.index(finding) + 1 :][:1]
        state.studio.teacher.ignore(finding)
        self.select(following[0] if following else None)
        state.say(f"Let pass: {title_of(finding).lower()}", "info", "Take back", lambda: self._take_back(finding))

    def _take_back(self, finding: Finding) -> None:
        self._state.studio.teacher.heed(finding)
        self.select(finding)

    def heed_all(self) -> None:
        """Show again what was let pass."""
        self._state.studio.teacher.heed()

    def _at_hand(self) -> Finding | None:
        """Return the selected finding; say what to do where there is none."""
        selected = self.selected
        if selected is None:
            self._state.say("Select a finding first: N goes to the next one")
        return selected if selected is not None and self.is_certain(selected) else None

    # Time -------------------------------------------------------------------------------------------------------

    def update(self, now: float) -> float | None:
        """Take note of what was found; return the seconds until the next look, None while nothing is at work."""
        studio = self._state.studio
        checked = studio.teacher.checked
        if checked is not None and checked is not self._seen:
            self._seen = checked
            self._follow(now)
        if not studio.teacher.is_at_work:
            self._document, self._listed = studio.document, studio.teacher.shown
            self._settled_at = now
            self._counts = {severity: self.count(severity) for severity in GRADES}
        self._look_for_fix()
        return studio.teacher.wait

    def _look_for_fix(self) -> None:
        """Have a fix searched for the finding that is looked at; make it if that was asked for meanwhile."""
        selected, suggestion = self.selected, self.suggestion
        if selected is not None and suggestion is None and not self._state.studio.teacher.is_at_work:
            self._state.studio.teacher.fixing.ask(selected)
        wished, self._fix_when_found = self._fix_when_found, None
        if wished is not None and wished == selected:
            if suggestion is None:
                self._fix_when_found = wished
            else:
                self.fix()

    def _follow(self, now: float) -> None:
        """Keep looking at the same finding where it is still there; let Bach see whether things got better."""
        if self._selected is not None and self._selected not in self.findings:
            self._selected = next((each for each in self.findings if _is_same(each, self._selected)), None)
        errors, before = self.count(Severity.ERROR), self._counts.get(Severity.ERROR, 0)
        if self._state.studio.document is not self._document:
            self._place = -1
        elif errors > before:
            self._state.portrait.feel(Mood.FROWNING, now)
        elif errors < before and not errors:
            self._state.portrait.feel(Mood.PLEASED, now)


@cache
def _precedents(code: str) -> Precedents:
    try:
        return load(code)
    except ChoraleError:
        return Precedents()


def _words_of(suggestion: "Suggestion") -> str:
    if suggestion.fix is None:
        return "No small change mends this without harm elsewhere."
    return f"Fix: {suggestion.fix.message}"


def _is_same(one: Finding, other: Finding) -> bool:
    return (one.code, one.voices, one.start) == (other.code, other.voices, other.start)
