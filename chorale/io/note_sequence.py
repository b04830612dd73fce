"""NoteSequence, Magenta's own form of music, in and out.

The message comes from the package note-seq, which only the dependency group ``magenta`` installs; it is imported when a
function here is called, takes two to three seconds, and nothing else needs it.

Conventions
    * Times are seconds; a step lasts 15 / qpm of them. One tempo, one meter and one key, all from time 0.
    * Bars are counted from time 0, as note-seq does: a pickup is written after the silence that fills its bar.
    * The instrument is the voice, 0 to 3; drums are instrument 9.
    * A drum's pitch is the first of its piece; several hits of one piece in one step are the loudest of them.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from chorale.errors import InputError, ModelError
from chorale.files import atomic_write
from chorale.io.assemble import assemble
from chorale.io.midi.write import CHOIR
from chorale.io.raw import RawNote, RawPart, RawPiece, listed
from chorale.io.sources import read_bytes
from chorale.music import PIECE_OF_KEY, PIECES, STEPS_PER_QUARTER, VOICES, DrumPattern, Key, Melody, Meter, Score
from chorale.music.time import seconds_per_step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from chorale.io.reading import Reading

__all__ = [
    "drums_from",
    "drums_to",
    "melody_from",
    "melody_to",
    "read_note_sequence",
    "score_from",
    "score_to",
    "write_note_sequence",
]

_DRUMS, _VELOCITY = 9, 80
_STANDARD_QPM = 120.0  # of a sequence that states none
_SECONDS_PER_STEP = 15  # at one quarter note a minute
_TICKS_PER_QUARTER = 220
_LARGEST_FILE = 1 << 24  # bytes
_FINEST = 10**6  # a time in steps is a fraction with at most this denominator, which takes back the rounding of seconds


def _messages() -> Any:  # noqa: ANN401  a generated module without types
    try:
        from note_seq.protobuf import music_pb2  # noqa: PLC0415  seconds to import, and seldom installed
    except ImportError as error:
        raise ModelError("note-seq is not installed: wanted it for NoteSequences (uv sync --group magenta)") from error
    return music_pb2


def _empty(qpm: float, meter: Meter) -> Any:  # noqa: ANN401
    sequence = _messages().NoteSequence(ticks_per_quarter=_TICKS_PER_QUARTER)
    sequence.tempos.add(qpm=qpm)
    sequence.time_signatures.add(numerator=meter.beats, denominator=meter.unit)
    return sequence


def score_to(score: Score, programs: Sequence[int] = CHOIR) -> Any:  # noqa: ANN401
    """Return a score as a NoteSequence.

    Args:
        score: The music.
        programs: The General MIDI program of each voice.
    """
    sequence = _empty(score.qpm, score.meter)
    sequence.sequence_metadata.title, sequence.sequence_metadata.artist = score.title, score.composer
    minor = score.key.mode == "minor"
    modes = sequence.KeySignature
    sequence.key_signatures.add(key=score.key.tonic * 7 % 12, mode=modes.MINOR if minor else modes.MAJOR)
    silence = -score.pickup % score.meter.steps_per_bar if score.pickup else 0
    step = seconds_per_step(score.qpm)
    for voice in VOICES:
        for note in score.chorale.notes(voice):
            times = {"start_time": (note.start + silence) * step, "end_time": (note.end + silence) * step}
            _add(sequence, note.pitch, times, instrument=int(voice), program=programs[voice])
    sequence.total_time = (score.steps + silence) * step
    return sequence


def melody_to(melody: Melody, qpm: float = _STANDARD_QPM, meter: Meter = Meter(4, 4)) -> Any:  # noqa: ANN401, B008
    """Return a melody as a NoteSequence."""
    sequence, step = _empty(qpm, meter), seconds_per_step(qpm)
    for note in melody.notes:
        _add(sequence, note.pitch, {"start_time": note.start * step, "end_time": note.end * step})
    sequence.total_time = len(melody) * step
    return sequence


def drums_to(pattern: DrumPattern, qpm: float = _STANDARD_QPM, meter: Meter = Meter(4, 4)) -> Any:  # noqa: ANN401, B008
    """Return a drum pattern as a NoteSequence; each hit lasts one step."""
    sequence, step = _empty(qpm, meter), seconds_per_step(qpm)
    for hit in pattern.strokes():
        times = {"start_time": hit.time * step, "end_time": (hit.time + 1) * step}
        _add(sequence, hit.piece.key, times, velocity=hit.velocity, instrument=_DRUMS, is_drum=True)
    sequence.total_time = len(pattern) * step
    return sequence


def _add(sequence: Any, pitch: int, times: dict[str, float], **facts: Any) -> None:  # noqa: ANN401
    sequence.notes.add(**{"pitch": pitch, "velocity": _VELOCITY, **times, **facts})


def score_from(sequence: Any) -> Reading:  # noqa: ANN401
    """Return a NoteSequence as a score; an instrument is a part, drums are left out.

    Raises:
        InputError: it has no notes that can be sung, or too many.
    """
    qpm, meter = _tempo(sequence), _meter(sequence)
    parts: dict[int, RawPart] = {}
    for note in sorted(_sounding(sequence, drums=False), key=lambda note: (note.start_time, -note.pitch)):
        part = parts.setdefault(note.instrument, RawPart(str(note.instrument)))
        part.notes.append(RawNote(_steps(note.start_time, qpm), _steps(note.end_time, qpm), note.pitch))
    piece = RawPiece([parts[number] for number in sorted(parts)], meter=meter, qpm=qpm)
    piece.length = max(
        [_steps(sequence.total_time, qpm), *(note.end for part in parts.values() for note in part.notes)]
    )
    piece.title, piece.composer = sequence.sequence_metadata.title, sequence.sequence_metadata.artist
    piece.key = _key(sequence)
    piece.warnings += _told(sequence)
    return assemble(piece)


def melody_from(sequence: Any) -> Melody:  # noqa: ANN401
    """Return a NoteSequence's top line as a melody.

    Raises:
        InputError: it has no notes, or too many.
    """
    chorale = score_from(sequence).score.chorale
    return Melody(chorale.pitches[:, 0], chorale.onsets[:, 0])


def drums_from(sequence: Any) -> DrumPattern:  # noqa: ANN401
    """Return a NoteSequence's drums, up to the end of the bar in which the last of them is struck.

    Raises:
        InputError: it has no drum that the kit has.
    """
    qpm, bar = _tempo(sequence), _meter(sequence).steps_per_bar
    hits: dict[tuple[int, int], tuple[int, float]] = {}
    for note in _sounding(sequence, drums=True):
        time = note.start_time * (STEPS_PER_QUARTER * qpm / 60)
        cell, struck = (int(time + 0.5), PIECE_OF_KEY.get(note.pitch, -1)), (note.velocity, time - int(time + 0.5))
        if cell[1] >= 0 and cell[0] >= 0 and (cell not in hits or hits[cell][0] < note.velocity):
            hits[cell] = struck
    if not hits:
        raise InputError("the sequence has no drums: wanted at least one hit")
    steps = -(-(max(step for step, _ in hits) + 1) // bar) * bar
    return _pattern(steps, hits)


def _pattern(steps: int, hits: dict[tuple[int, int], tuple[int, float]]) -> DrumPattern:
    cells = np.zeros((3, steps, len(PIECES)))
    for (step, piece), (velocity, offset) in hits.items():
        cells[:, step, piece] = 1, velocity, np.clip(offset, -0.5, 0.5)
    return DrumPattern(cells[0] > 0, cells[1].astype(np.int16), cells[2].astype(np.float32))


def _sounding(sequence: Any, *, drums: bool) -> Iterable[Any]:  # noqa: ANN401
    return (note for note in sequence.notes if note.is_drum == drums and note.velocity)


def _steps(seconds: float, qpm: float) -> Fraction:
    """Return a time in steps, with the rounding of seconds taken back."""
    return Fraction(seconds * qpm / _SECONDS_PER_STEP).limit_denominator(_FINEST)


def _tempo(sequence: Any) -> float:  # noqa: ANN401
    return float(sequence.tempos[0].qpm) if sequence.tempos and sequence.tempos[0].qpm > 0 else _STANDARD_QPM


def _meter(sequence: Any) -> Meter:  # noqa: ANN401
    if not sequence.time_signatures:
        return Meter(4, 4)
    return Meter(sequence.time_signatures[0].numerator, sequence.time_signatures[0].denominator)


def _key(sequence: Any) -> Key | None:  # noqa: ANN401
    """Return the key that is stated, spelled with as few accidentals as possible; None: none is."""
    if not sequence.key_signatures:
        return None
    stated = sequence.key_signatures[0]
    minor = stated.mode == sequence.KeySignature.MINOR
    fifths = [fifth for fifth in range(-7, 8) if (7 * fifth - stated.key - 3 * minor) % 12 == 0]  # of the signature
    fifth = min(fifths, key=lambda place: (abs(place), place))
    return Key(fifth + 3 * minor, "minor" if minor else "major")


def _told(sequence: Any) -> list[str]:  # noqa: ANN401
    """Return what a score cannot keep of a sequence, in a line."""
    kinds = {"tempo": "tempos", "meter": "time_signatures", "key": "key_signatures"}
    changing = [name for name, field in kinds.items() if len(getattr(sequence, field)) > 1]
    lines = [f"the {listed(changing)} may change: kept the first"] if changing else []
    drums = sum(1 for _ in _sounding(sequence, drums=True))
    return lines + ([f"left out the percussion, {drums} notes"] if drums else [])


def read_note_sequence(path: Path) -> Any:  # noqa: ANN401
    """Return the NoteSequence that a file holds in its serialized form.

    Raises:
        InputError: the file is missing, damaged or none.
        ModelError: note-seq is not installed.
    """
    data = read_bytes(path, most=_LARGEST_FILE)
    sequence = _messages().NoteSequence()
    try:
        sequence.ParseFromString(data)
    except Exception as error:  # protobuf's own class, which moves between its versions
        raise InputError(f"{path} holds no NoteSequence: wanted one in its serialized form") from error
    return sequence


def write_note_sequence(sequence: Any, path: Path) -> None:  # noqa: ANN401
    """Write a NoteSequence in its serialized form.

    Raises:
        InputError: the file cannot be written.
    """
    atomic_write(path, sequence.SerializeToString(deterministic=True))
