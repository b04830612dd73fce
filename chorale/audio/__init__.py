"""Sound: instruments, rendering to stems, playback, WAV files."""
