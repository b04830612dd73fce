"""Pictures of the window without a display: the same scene, drawn once with its clock stopped."""

import os
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")

import pygame

from chorale.app import edits
from chorale.app.studio import Studio
from chorale.errors import ChoraleError, InputError
from chorale.files import replacing
from chorale.music import Meter, Note, Piece, Pitch, Score, Voice
from chorale.theory import Severity
from chorale.ui import LEVEL_SCENES, SCENES, TOOL_SCENES
from chorale.ui.portrait import Mood
from chorale.ui.scene import Place, Services
from chorale.ui.scenes.editor.scene import Editor
from chorale.ui.sound import Sound
from chorale.ui.theme import Theme

__all__ = ["FrozenSound", "stage", "take"]

_NOW = 40.5
_TUNE = "aus_meines_herzens_grunde"
_LEAST, _MOST = 320, 8192
_WITHOUT_VOICES = {"harmonizing", "answers", "asking"}
_FAULTY = {"findings", "finding", "bach", "analysis"}


class FrozenSound(Sound):
    """A sound that never was opened: it stands where it is put."""

    def __init__(self) -> None:
        super().__init__()
        self.at = 0.0
        self.runs = False

    def warm_up(self) -> None:
        """Stay closed."""

    @property
    def playing(self) -> bool:
        """Whether time would run."""
        return self.runs

    @property
    def position(self) -> float:
        """The playhead in steps."""
        return self.at


def take(scene: str, path: Path, size: tuple[int, int], file: Path | None) -> None:
    """Write a picture of a scene; see ``chorale.ui.screenshot``."""
    if scene not in SCENES:
        raise InputError(f"scene {scene!r}: wanted one of {', '.join(SCENES)}")
    if not all(_LEAST <= side <= _MOST for side in size):
        raise InputError(f"size {size[0]}x{size[1]}: wanted {_LEAST} to {_MOST} pixels each way")
    pygame.display.init()
    pygame.font.init()
    surface = pygame.Surface(size)
    if scene in LEVEL_SCENES:
        _draw_levels(surface, scene, file)
    elif scene in TOOL_SCENES:
        _draw_tools(surface, scene, file)
    else:
        editor = stage(scene, size, file)
        try:
            editor.draw(surface)
        finally:
            editor.state.studio.close()
    with replacing(path) as temporary:
        pygame.image.save(surface, str(temporary))


def _draw_levels(surface: pygame.Surface, scene: str, file: Path | None) -> None:
    """Draw a scene of the Levels room, with the level in the file where it is one (.toml)."""
    from chorale.ui.scenes.levels.pictures import stage as stage_levels  # noqa: PLC0415  for these scenes alone

    services = Services(Studio(), FrozenSound(), lambda: _NOW, places=tuple(Place), place=Place.LEVELS)
    room = stage_levels(
        scene, services, surface.get_size(), file if file is not None and file.suffix == ".toml" else None
    )
    try:
        room.draw(surface)
    finally:
        room.close()


def _draw_tools(surface: pygame.Surface, scene: str, file: Path | None) -> None:
    """Draw a scene of the Studio room."""
    from chorale.ui.scenes.tools.pictures import stage as stage_tools  # noqa: PLC0415  for these scenes alone

    services = Services(Studio(), FrozenSound(), lambda: _NOW, places=tuple(Place), place=Place.STUDIO)
    room = stage_tools(
        scene, services, surface.get_size(), file if file is not None and file.suffix == ".toml" else None
    )
    try:
        room.draw(surface)
    finally:
        room.session.close()
        services.studio.close()


def stage(scene: str, size: tuple[int, int], file: Path | None = None, theme: Theme | None = None) -> Editor:
    """Return the editor as a scene shows it, its clock stopped."""
    studio = Studio()
    editor = Editor(Services(studio, FrozenSound(), lambda: _NOW, places=tuple(Place)))
    if scene != "empty":
        _fill(studio, file, voices=scene not in _WITHOUT_VOICES)
    if scene in _FAULTY:
        studio.edit("Mistakes", _spoil)
    editor.state.caret = 0
    editor.resize(size, theme or Theme.fitting(size))
    editor.update(_NOW - 1)
    _ACTS.get(scene, _nothing)(editor)
    studio.check()
    for moment in (_NOW - 0.5, _NOW):  # what was called has arrived by now
        editor.update(moment)
    return editor


def _fill(studio: Studio, file: Path | None, *, voices: bool) -> None:
    """Open the file, or a tune of ours with the voices that the model adds."""
    if file is not None:
        studio.open(file)
        return
    studio.new_from_tune(_TUNE)
    if voices:
        try:
            studio.harmonize().join()
        except ChoraleError:
            return
        studio.poll()
        studio.take_messages()


def _spoil(score: Score) -> Score:
    """Return the score with mistakes of a beginner's: the tenor a fifth above a bass that moves by step, twice."""
    spoiled, places = score, _steps_of_bass(score)
    for first, second in places[:1] + places[len(places) // 2 :][:1]:
        for note in (first, second):
            pitch = score.pitch_at(note.start, Voice.BASS)
            if pitch is not None:
                fifth = Pitch(pitch.fifth + 1, pitch.midi + 7)
                spoiled = edits.place(spoiled, Voice.TENOR, note.start, note.length, fifth)
    return spoiled


def _steps_of_bass(score: Score) -> list[tuple[Note, Note]]:
    """Return the pairs of bass notes that are a step apart and neither low nor short."""
    notes = score.chorale.notes(Voice.BASS)
    return [
        (one, other)
        for one, other in pairwise(notes)
        if 0 < abs(one.pitch - other.pitch) <= 2 and min(one.pitch, other.pitch) >= 43 and one.length >= 2
    ]


def _nothing(editor: Editor) -> None:
    del editor


def _play(editor: Editor) -> None:
    sound = editor.state.services.sound
    assert isinstance(sound, FrozenSound)
    sound.runs, sound.at = True, min(20.4, max(0.0, editor.state.score.steps - 1.0))
    editor.state.portrait.feel(Mood.LISTENING, _NOW - 2)


def _drum(editor: Editor) -> None:
    """Play in the middle of a chorale with a slow waltz under it."""
    from chorale.app.tools.beats import beat  # noqa: PLC0415  this scene alone needs one
    from chorale.app.tools.handing import to_drum_lane  # noqa: PLC0415

    rows = (
        (Piece.RIDE, "x...x.x.x...|x...x.x.x.x."),
        (Piece.SNARE, "....x.......|....x...x..x"),
        (Piece.KICK, "x.......x...|x.........x."),
    )
    to_drum_lane(editor.state.studio, beat(rows, 96.0).replace(meter=Meter(3, 4)))
    _play(editor)


def _harmonize(editor: Editor) -> None:
    editor.state.portrait.feel(Mood.CONDUCTING, _NOW - 2.2)
    editor.harmony.start()


def _answers(editor: Editor) -> None:
    editor.harmony.start()
    job = editor.state.studio.harmonizing
    if job is not None:
        job.join()
    studio = editor.state.studio
    editor.update(_NOW - 0.8)
    for score in () if studio.alternatives is None else studio.alternatives.scores:
        studio.teacher.checking.check_now(score, studio.teacher.manner)


def _ask(editor: Editor) -> None:
    """Ask for a few chords, one of them half typed, with all that tunes Harmonize in sight."""
    score = editor.state.score
    step = 0
    for name in ("I", "V6", "I", "IV", "V4/2"):
        score = edits.ask_chord(score, step, name)
        step = edits.beat_after(score, step)
    editor.state.studio.edit("Chords", lambda _: score)
    editor.side.tune.toggle()
    editor.state.caret = step
    editor.wishing.begin()
    editor.wishing.field.type("I6")


def _select(editor: Editor) -> None:
    notes = editor.state.score.chorale.notes(Voice.SOPRANO)
    if notes:
        editor.state.select(Voice.SOPRANO, notes[min(2, len(notes) - 1)])


def _open(editor: Editor) -> None:
    editor.filing.open()


def _save(editor: Editor) -> None:
    editor.filing.save_as()


def _recovery(editor: Editor) -> None:
    from chorale.app.autosave import Recoverable  # noqa: PLC0415  this scene alone needs one

    editor.filing.left_behind = [Recoverable(Path(), editor.state.score.title, None, 0.0)]


def _finding(editor: Editor) -> None:
    """Look at the first error, its fix found."""
    editor.state.studio.check()
    editor.update(_NOW - 0.9)
    found = editor.teaching.findings
    chosen = next((finding for finding in found if finding.severity is Severity.ERROR), found[0] if found else None)
    editor.teaching.select(chosen)
    if chosen is not None:
        editor.state.studio.teacher.fixing.find_now(chosen)


def _bach(editor: Editor) -> None:
    _finding(editor)
    editor.teaching.show_bach()


def _analysis(editor: Editor) -> None:
    """Show all rows, and the hand on a numeral."""
    studio = editor.state.studio
    studio.change_settings(figured_bass=True, marks=False)
    studio.check()
    editor.update(_NOW - 0.9)
    boxes = editor.page.page.harmonies
    if boxes:
        box = boxes[min(4, len(boxes) - 1)].box
        at = editor.page.to_screen(box.left + 1, (box.top + box.bottom) / 2)
        said = editor.page.lessons.explanation(editor.page.page, editor.page.to_page(at))
        if said is not None:
            editor.page.bubble.say(said, at)


_ACTS: dict[str, Callable[[Editor], None]] = {
    "editor": _select,
    "playing": _play,
    "drums": _drum,
    "harmonizing": _harmonize,
    "answers": _answers,
    "asking": _ask,
    "menu": lambda editor: editor.top.file.activate(),
    "help": Editor.show_help,
    "open": _open,
    "save": _save,
    "recovery": _recovery,
    "finding": _finding,
    "bach": _bach,
    "analysis": _analysis,
    "ranges": lambda editor: editor.show_ranges(),
}
