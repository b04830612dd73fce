"""Everything the hand does to notes: placing, moving, lengthening, marking; each is one undo step with its label."""

from functools import partial

from chorale.app import edits
from chorale.app.edits import Clip, Selection
from chorale.music import VOICES, Pitch, Voice
from chorale.music.pitch import LETTERS
from chorale.ui.scenes.editor.state import State

__all__ = ["Writing"]

_HOME_PLACES = {Voice.SOPRANO: 33, Voice.ALTO: 30, Voice.TENOR: 25, Voice.BASS: 21}  # A4, E4, G3, C3


class Writing:
    """The hand."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._clip: Clip | None = None

    # The pen ----------------------------------------------------------------------------------------------------

    def pick_voice(self, voice: int) -> None:
        """Write in this voice from now on."""
        self._state.hold(voice=voice)
        self._state.select_nothing()

    def pick_value(self, steps: int) -> None:
        """Write this value from now on; a note that was pointed out takes it, too."""
        state = self._state
        state.hold(value=steps, dotted=False)
        if state.selection and not state.entering:
            state.edit("Change length", lambda score: edits.set_length(score, state.selection, steps))

    def dot(self) -> None:
        """Dot what is written next, or the notes that were pointed out."""
        state = self._state
        if state.selection and not state.entering:
            state.edit("Dot", lambda score: edits.dot(score, state.selection))
        state.hold(dotted=not state.pen.dotted)

    def pick_rest(self) -> None:
        """Write rests, or notes again."""
        self._state.hold(resting=not self._state.pen.resting)

    def pick_accidental(self, alter: int) -> None:
        """Alter the selected notes; with nothing selected, the note that is written next."""
        state = self._state
        if not state.selection:
            state.hold(accidental=None if state.pen.accidental == alter else alter)
            return
        self._alter(alter)
        self.sound_selection()

    def _alter(self, alter: int) -> None:
        state = self._state
        for voice, note in state.selection.sounding(state.score):
            pitch = state.score.pitch_at(note.start, voice)
            if pitch is not None:
                change = partial(
                    edits.set_pitch,
                    selection=Selection.of((voice, note.start)),
                    pitch=Pitch.at_place(pitch.place, alter),
                )
                state.edit("Accidental", change, group=("alter", alter))

    # Writing ----------------------------------------------------------------------------------------------------

    def place(self, step: int, place: int, voice: int) -> None:
        """Write what the pen holds at a step and a staff place."""
        state = self._state
        length = state.pen.length
        if state.pen.resting:
            end = min(step + length, state.score.steps)
            state.edit("Write rest", lambda score: edits.cut(score, step, end, [voice]))
            state.select_nothing()
        else:
            self._write(voice, step, length, state.pen.pitch_at(place, state.score.key))
        state.caret, state.entering = min(step + length, state.score.steps), True
        state.bars = None

    def _write(self, voice: int, step: int, length: int, pitch: Pitch) -> None:
        state = self._state
        if state.edit("Write note", lambda score: edits.place(score, voice, step, length, pitch)):
            state.hold(accidental=None)
            state.selection = Selection.of((voice, step))
            state.services.sound.note(pitch.midi, voice)

    def type_letter(self, letter: str) -> None:
        """Write the letter's note at the caret, as near as can be to the note before it."""
        state = self._state
        voice, step = state.pen.voice, state.caret
        state.hold(resting=False)
        before = [note for note in state.score.chorale.notes(voice) if note.start < step]
        near = _HOME_PLACES[Voice(voice)]
        if before:
            pitch = state.score.pitch_at(before[-1].start, voice)
            near = near if pitch is None else pitch.place
        index = LETTERS.index(letter)
        self.place(step, near + (index - near + 3) % 7 - 3, voice)
        state.follow()

    def type_rest(self) -> None:
        """Write a rest at the caret and go on."""
        state = self._state
        resting = state.pen.resting
        state.hold(resting=True)
        self.place(state.caret, 0, state.pen.voice)
        state.hold(resting=resting)
        state.follow()

    # Changing ---------------------------------------------------------------------------------------------------

    def delete(self) -> None:
        """Delete what is selected; the caret goes where it was."""
        state = self._state
        chosen = state.selection.sounding(state.score)
        if state.bars is not None and not chosen:
            return
        if state.edit("Delete", lambda score: edits.delete(score, state.selection)) and chosen:
            state.caret = min(note.start for _, note in chosen)
        state.selection = Selection()

    def rub_out(self) -> None:
        """Delete what is selected or else the note before the caret, as a typist does."""
        state = self._state
        if not state.selection:
            note = state.note_at(state.pen.voice, state.caret - 1) if state.caret else None
            if note is not None:
                state.selection = Selection.of((state.pen.voice, note.start))
        self.delete()

    def delete_at(self, voice: int, start: int) -> None:
        """Delete one note."""
        self._state.selection = Selection.of((voice, start))
        self.delete()

    def move_pitch(self, places: int = 0, semitones: int = 0, octaves: int = 0) -> None:
        """Move the selected notes by staff places, semitones or octaves."""
        state = self._state
        if not state.selection:
            note = state.note_at(state.pen.voice, min(state.caret, state.score.steps - 1))
            if note is None:
                return
            state.select(state.pen.voice, note)
        chosen, group = state.selection, ("pitch", state.selection)
        if places:
            state.edit("Move note", lambda score: edits.move_diatonic(score, chosen, places), group=group)
        elif semitones:
            state.edit("Move note", lambda score: edits.move_chromatic(score, chosen, semitones), group=group)
        else:
            state.edit("Move by octave", lambda score: edits.move_octaves(score, chosen, octaves), group=group)
        self.sound_selection()

    def move_time(self, steps: int) -> None:
        """Move the selected notes in time."""
        state = self._state
        chosen = state.selection
        if chosen and state.edit(
            "Move note", lambda score: edits.move_in_time(score, chosen, steps), group=("time", len(chosen))
        ):
            state.selection = chosen.shifted(steps).inside(state.score)
            state.caret = max(0, state.caret + steps)

    def lengthen(self, steps: int) -> None:
        """Make the selected note longer, or shorter, by so many steps."""
        state = self._state
        for voice, note in state.selection.sounding(state.score)[:1]:
            length = note.length + steps
            if length >= 1:
                self.set_end(voice, note.start, note.start + length)
                state.pen = state.pen.with_length(length)

    def set_end(self, voice: int, start: int, end: int) -> None:
        """Give a note another end."""
        state = self._state
        chosen = Selection.of((voice, start))
        end = min(end, state.score.steps)
        group = ("length", voice, start)
        if (
            state.edit("Change length", lambda score: edits.set_length(score, chosen, end - start), group=group)
            and state.entering
        ):
            state.caret = end

    def halve(self) -> None:
        """Make the selected notes half as long."""
        self._state.edit("Halve length", lambda score: edits.halve(score, self._state.selection))
        self._follow_length()

    def double(self) -> None:
        """Make the selected notes twice as long."""
        self._state.edit("Double length", lambda score: edits.double(score, self._state.selection))
        self._follow_length()

    def _follow_length(self) -> None:
        state = self._state
        chosen = state.selection.sounding(state.score)
        if len(chosen) == 1:
            state.pen = state.pen.with_length(chosen[0][1].length)

    def tie(self) -> None:
        """Tie the selected note to the next of its voice."""
        state = self._state
        chosen = state.selection.sounding(state.score)
        if not chosen:
            state.say("Select a note to tie it to the next")
        for voice, note in chosen[:1]:
            state.edit("Tie", partial(edits.join, voice=voice, start=note.start))

    def fermata(self) -> None:
        """Put a fermata over the selected notes, or take it away."""
        state = self._state
        steps = sorted({note.start for _, note in state.selection.sounding(state.score)})
        if not steps:
            state.say("Select a note to put a fermata over it")
        for step in steps:
            state.edit("Fermata", partial(edits.toggle_fermata, step=step), group=("fermata", tuple(steps)))

    def lock(self) -> None:
        """Lock the selected notes against Harmonize, or the pen's voice when none are selected."""
        state = self._state
        if state.selection:
            state.edit("Lock", lambda score: edits.toggle_lock(score, state.selection))
        else:
            voice = state.pen.voice
            state.edit("Lock voice", lambda score: edits.toggle_voice_lock(score, voice))
            locked = state.score.steps > 0 and bool(state.score.locked[:, voice].all())
            state.say(f"{VOICES[voice].label} {'locked: Harmonize leaves it alone' if locked else 'unlocked'}")

    def respell(self) -> None:
        """Give the selected notes their other name."""
        self._state.edit("Respell", lambda score: edits.respell(score, self._state.selection))

    # The caret --------------------------------------------------------------------------------------------------

    def go(self, direction: int) -> None:
        """Go to the next note or the one before; past them, by the pen's length."""
        state = self._state
        voice = state.pen.voice
        state.caret = self._next_place(voice) if direction > 0 else self._place_before(voice)
        note = state.note_at(voice, state.caret) if state.caret < state.score.steps else None
        if note is None:
            state.select_nothing()
            state.entering = True
        else:
            state.select(voice, note)
            self.sound_selection()
        state.follow()

    def _next_place(self, voice: int) -> int:
        state = self._state
        note = state.note_at(voice, state.caret)
        if note is not None:
            return note.end
        later = [other.start for other in state.score.chorale.notes(voice) if other.start > state.caret]
        return min([*later[:1], state.caret + state.pen.length, state.score.steps])

    def _place_before(self, voice: int) -> int:
        state = self._state
        chosen = state.selection.sounding(state.score)
        if state.entering and chosen and chosen[-1][1].end == state.caret:
            return chosen[-1][1].start
        note = state.note_at(voice, state.caret - 1) if state.caret else None
        if note is not None:
            return note.start
        earlier = [other.end for other in state.score.chorale.notes(voice) if other.end <= state.caret]
        return max([*earlier[-1:], state.caret - state.pen.length, 0])

    def go_to(self, step: int) -> None:
        """Put the caret at a step."""
        state = self._state
        state.caret, state.entering = max(0, min(step, state.score.steps)), True
        state.select_nothing()
        state.follow()

    def go_to_end(self) -> None:
        """Put the caret after the last note of the voice."""
        notes = self._state.score.chorale.notes(self._state.pen.voice)
        self.go_to(notes[-1].end if notes else self._state.score.steps)

    def go_by_bar(self, direction: int) -> None:
        """Put the caret at the start of the next bar, or of this one or the one before."""
        starts = [bar.start for bar in self._state.score.bars]
        here = self._state.caret
        later, earlier = [s for s in starts if s > here], [s for s in starts if s < here]
        self.go_to((later or [self._state.score.steps])[0] if direction > 0 else (earlier or [0])[-1])

    def extend(self, direction: int) -> None:
        """Take the next note of the voice into the selection, or the one before."""
        state = self._state
        voice = state.pen.voice
        chosen = [note for each, note in state.selection.sounding(state.score) if each == voice]
        notes = state.score.chorale.notes(voice)
        if not chosen:
            self.go(direction)
            return
        edge = chosen[-1].start if direction > 0 else chosen[0].start
        beyond = [note for note in (notes if direction > 0 else notes[::-1]) if (note.start - edge) * direction > 0]
        if beyond:
            state.selection |= Selection.of((voice, beyond[0].start))
            state.entering = False

    def extend_bars(self, direction: int) -> None:
        """Select the caret's bar, then one more at the end, or one less."""
        state = self._state
        numbers = [bar.number for bar in state.score.bars]
        if not numbers:
            return
        if state.bars is None:
            here = state.score.bar_at(state.caret).number
            state.selection, state.bars = Selection(), (here, here)
        else:
            state.bars = (state.bars[0], max(state.bars[0], min(numbers[-1], state.bars[1] + direction)))

    def select_all(self) -> None:
        """Select every note."""
        self._state.selection, self._state.entering = Selection.all_of(self._state.score), False

    # Clipboard --------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Remember the selected stretch."""
        span, voices = self._stretch()
        if span is not None:
            self._state.attempt(lambda: self._keep(span, voices))

    def _keep(self, span: tuple[int, int], voices: list[int]) -> None:
        self._clip = edits.copy(self._state.score, *span, voices)
        self._state.say("Copied")

    def _stretch(self) -> tuple[tuple[int, int] | None, list[int]]:
        state = self._state
        if state.bars is not None:
            inside = [bar for bar in state.score.bars if state.bars[0] <= bar.number <= state.bars[1]]
            return (inside[0].start, inside[-1].end), list(VOICES)
        return state.selection.span(state.score), sorted({voice for voice, _ in state.selection})

    def cut(self) -> None:
        """Remember the selected stretch and silence it."""
        self.copy()
        span, voices = self._stretch()
        if span is not None:
            self._state.edit("Cut", lambda score: edits.cut(score, *span, voices))
            self.go_to(span[0])

    def paste(self) -> None:
        """Write what was remembered at the caret."""
        clip = self._clip
        if clip is None:
            self._state.say("Nothing was copied yet")
            return
        start = self._state.caret
        self._state.edit("Paste", lambda score: edits.paste(score, start, clip))

    # Sound ------------------------------------------------------------------------------------------------------

    def sound_selection(self) -> None:
        """Sound the first of the selected notes."""
        state = self._state
        for voice, note in state.selection.sounding(state.score)[:1]:
            state.services.sound.note(note.pitch, voice)
