import numpy as np
import pytest

from chorale.audio import RATE, load_all
from chorale.audio.sampler import NoteBank, Timbre, timbre
from chorale.audio.sampling import held_note
from chorale.audio.soundfont import SoundFont, default_font

COMPASS = ((60, 67, 79), (55, 62, 74), (48, 57, 67), (40, 48, 60))  # per voice: low, middle, high
PRESETS = load_all()


@pytest.fixture(scope="module")
def font():
    return SoundFont(default_font())


def _hertz(pitch):
    return 440 * 2 ** ((pitch - 69) / 12)


def _spectrum(note):
    part = note[6000 : 6000 + 32768].mean(axis=1)
    power = np.abs(np.fft.rfft(part * np.hanning(len(part)), 1 << 17)) ** 2
    return np.fft.rfftfreq(1 << 17, 1 / RATE), power


def test_a_looped_sine_sounds_at_the_pitch_that_is_asked_for(sine_font):
    font = SoundFont(sine_font)
    for pitch in (45, 60, 69, 84):
        frequencies, power = _spectrum(held_note(font, 0, pitch, RATE))
        wanted = 441.0 * 2 ** ((pitch - 69) / 12)
        assert abs(1200 * np.log2(frequencies[power.argmax()] / wanted)) < 3


def test_a_looped_sine_stays_pure_through_its_loops(sine_font):
    frequencies, power = _spectrum(held_note(SoundFont(sine_font), 0, 64, RATE))
    near = np.abs(frequencies - frequencies[power.argmax()]) < 12
    assert power[~near].sum() < 1e-6 * power.sum()


def test_vibrato_leaves_the_mean_pitch_and_moves_it_to_both_sides(sine_font):
    note = held_note(SoundFont(sine_font), 0, 69, 2 * RATE, (30.0, 5.0, 0.0)).mean(axis=1)[RATE:]
    crossings = np.flatnonzero((note[:-1] < 0) & (note[1:] >= 0))
    periods = RATE / np.diff(crossings)
    assert abs(1200 * np.log2(periods.mean() / 441)) < 4
    assert periods.max() > 444
    assert periods.min() < 438


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_every_voice_of_every_instrument_sounds_the_written_pitch(font, preset):
    for voice in (0, 1, 2, 3):
        pitch = COMPASS[voice][1]
        frequencies, power = _spectrum(held_note(font, preset.voices[voice].programs[0], pitch, RATE))
        multiple = np.maximum(1, np.round(frequencies / _hertz(pitch)))
        cents = 1200 * np.abs(np.log2(np.maximum(frequencies, 1) / (multiple * _hertz(pitch))))
        assert power[cents < 45].sum() > 0.75 * power.sum(), (preset.name, voice)
        fundamental = np.abs(frequencies / _hertz(pitch) - 1) < 0.03
        assert power[fundamental].max() > 0.003 * power.max(), (preset.name, voice)  # not an octave too high


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.name)
def test_notes_speak_within_thirty_milliseconds_and_are_even_over_the_compass(font, preset):
    bank = NoteBank(font)
    peaks = []
    for voice, pitches in enumerate(COMPASS):
        for pitch in pitches:
            note = bank.note(timbre(preset, voice), pitch, RATE)
            level = np.sqrt((note[: RATE // 2] ** 2)[:22000].reshape(-1, 220, 2).mean(axis=(1, 2)))
            assert np.argmax(level > 0.3 * level.max()) * 5 <= 30, (preset.name, pitch)
            peaks.append(np.abs(note).max())
    assert min(peaks) > 0.02
    assert max(peaks) < 0.6


def test_pitches_beyond_the_font_sound_by_its_nearest_sample(font):
    bank = NoteBank(font)
    for preset in PRESETS:
        for pitch in (0, 127):
            note = bank.note(timbre(preset, 0), pitch, 20000)
            assert np.isfinite(note).all()
            assert np.abs(note).max() < 1


def test_the_bank_keeps_notes_and_makes_longer_ones_when_needed(sine_font):
    bank = NoteBank(SoundFont(sine_font))
    sound = Timbre((0,), 1.0, 0.0, (0.0, 0.0, 0.0))
    short = bank.note(sound, 60, 1000)
    assert bank.note(sound, 60, 2000) is short
    long = bank.note(sound, 60, 3 * RATE)
    assert len(long) >= 3 * RATE - RATE // 2
    assert bank.note(sound, 60, 1000) is short


def test_the_bank_forgets_the_oldest_notes_when_its_memory_is_full(sine_font, monkeypatch):
    monkeypatch.setattr("chorale.audio.sampler._MEMORY", 3_000_000)
    bank = NoteBank(SoundFont(sine_font))
    sound = Timbre((0,), 1.0, 0.0, (0.0, 0.0, 0.0))
    first = bank.note(sound, 40, 1000)
    for pitch in range(41, 60):
        bank.note(sound, pitch, 1000)
    assert bank.note(sound, 40, 1000) is not first
    assert sum(note.nbytes for note in bank._notes.values()) <= 3_000_000
