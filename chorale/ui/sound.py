"""The ear of the window: a player that is opened in the background, so that the first frame need not wait for it.

Until it is there every question is answered as silence would, and what was asked of it is done once it is.
"""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from chorale.errors import ChoraleError
from chorale.music import Clip, Score

if TYPE_CHECKING:
    from chorale.audio.playback import Player

__all__ = ["DRUMS", "Sound"]

DRUMS = 4
"""The track of the drums beside those of the voices: ``chorale.audio.DRUMS``, not imported before the first frame."""
_LOOK_AGAIN = 3.0  # seconds


def _open_player() -> "Player":
    from chorale.audio.playback import Player  # noqa: PLC0415  loads the synthesizer's parts, after the first frame

    return Player()


def _prepare_effects() -> None:
    """Compute the interface's sounds, so that none of them holds up a frame."""
    from chorale.audio.interface import effect, names  # noqa: PLC0415  see _open_player

    for name in names():
        effect(name)


class Sound:
    """Plays the score, single notes and the interface's own sounds.

    Args:
        open_player: opens the player; tests inject their own.
        enabled: whether placed and moved notes sound.
        effects: whether the interface's own sounds do: stars, pages, hints.
    """

    def __init__(
        self,
        open_player: Callable[[], "Player"] = _open_player,
        *,
        enabled: Callable[[], bool] = lambda: True,
        effects: Callable[[], bool] = lambda: True,
    ) -> None:
        self._open, self._enabled, self._effects = open_player, enabled, effects
        self._player: Player | None = None
        self._thread: threading.Thread | None = None
        self._loaded: Score | tuple[Clip, str] | None = None
        self._wishes: list[Callable[[Player], None]] = []
        self._note_taken = False
        self.failure = ""
        self._looked_at = float("-inf")

    # Opening ----------------------------------------------------------------------------------------------------

    def warm_up(self) -> None:
        """Open the player in the background."""
        if self._thread is None and self._player is None:
            self._thread = threading.Thread(target=self._warm, name="sound")
            self._thread.start()

    def _warm(self) -> None:
        try:
            player = self._open()
            player.warm_up()
            self._player = player
            _prepare_effects()
        except Exception as error:  # noqa: BLE001  without sound the window goes on, and says why
            self.failure = f"No sound: {error}"

    def update(self) -> None:
        """Hand over what was asked before the player was there, and let the player do what is due."""
        if self._player is not None:
            while self._wishes:
                self._wishes.pop(0)(self._player)
            self._player.update()

    def take_note(self) -> str:
        """Return, once, one line on why there is no sound; "" while there is or may be."""
        note = self.failure or (self._player.note if self._player is not None else "")
        if not note or self._note_taken:
            return ""
        self._note_taken = True
        return note

    @property
    def ready(self) -> bool:
        """Whether the player is there."""
        return self._player is not None

    @property
    def opening(self) -> bool:
        """Whether the player is being opened."""
        return self._thread is not None and self._player is None and not self.failure

    def _do(self, action: Callable[["Player"], None]) -> None:
        if self._player is not None:
            action(self._player)
        elif not self.failure:
            self._wishes.append(action)

    # Playing ----------------------------------------------------------------------------------------------------

    def load(self, score: Score) -> None:
        """Play this score from now on; the position stays."""
        if score is not self._loaded:
            self._loaded = score
            self._do(lambda player: player.load(score))

    def load_clip(self, clip: Clip, instrument: str = "piano") -> None:
        """Play this clip from now on, a melody with this preset; the position stays, the score's mutes do not count."""
        wanted = clip, instrument
        if isinstance(self._loaded, tuple) and self._loaded[0] is clip and self._loaded[1] == instrument:
            return
        self._loaded = wanted

        def load(player: "Player") -> None:
            from chorale.audio.instruments import load as preset  # noqa: PLC0415  see _open_player

            player.load(clip, preset(instrument))

        self._do(load)

    @property
    def playing(self) -> bool:
        """Whether time runs."""
        return self._player is not None and self._player.playing

    @property
    def position(self) -> float:
        """The playhead in steps."""
        return 0.0 if self._player is None else self._player.position

    def device_changed(self, *, added: bool) -> None:
        """Look for the sound card anew, after one went, or came where there was none.

        Opening a card makes the system announce all cards; without these conditions it would never end.
        """
        player, now = self._player, time.monotonic()
        if player is None or (added and not player.silent) or now - self._looked_at < _LOOK_AGAIN:
            return
        self._looked_at, self._note_taken = now, False
        player.device_changed()

    def play(self, step: float | None = None) -> None:
        """Play from a step, or from where the playhead is."""
        self.warm_up()
        self._do(lambda player: player.play(step))

    def pause(self) -> None:
        """Hold."""
        self._do(lambda player: player.pause())

    def stop(self) -> None:
        """Hold, and go back to the beginning."""
        self._do(lambda player: player.stop())

    def seek(self, step: float) -> None:
        """Put the playhead at a step."""
        self._do(lambda player: player.seek(step))

    def seconds_at(self, step: float) -> float:
        """Return the seconds from the start to a step."""
        return 0.0 if self._player is None else float(self._player.times.seconds_at(step))

    def set_loop(self, span: tuple[int, int] | None) -> None:
        """Play a span over and over, or not."""
        self._do(lambda player: setattr(player, "loop", span))

    def note(self, pitch: int, voice: int) -> None:
        """Sound one note, if notes sound as they are written."""
        if self._enabled() and self._player is not None and not self.playing:
            self._player.audition(pitch, voice)

    def strike(self, pitch: int, velocity: int, *, drums: bool = False) -> None:
        """Sound a key that was struck, whatever plays: a piece of the kit, or a note as the soprano would sound it."""
        if self._player is not None:
            self._player.audition(pitch, DRUMS if drums else 0, velocity)

    def prepare_kit(self) -> None:
        """Have the drums ready, so that they sound when they are struck."""
        self._do(lambda player: player.warm_up(kit=True))

    def effect(self, name: str) -> None:
        """Sound one of the interface's own sounds, such as "star-1", if these are switched on and the player is there.

        A sound that comes late would be a riddle: where the player is still being opened, none is made.
        """
        if not self._effects() or self._player is None:
            return
        try:
            self._player.chime(name)
        except ChoraleError as error:  # someone's damaged recipe
            self.failure, self._note_taken = str(error), False

    # The mix ----------------------------------------------------------------------------------------------------

    def set_instrument(self, name: str) -> None:
        """Play with another preset."""

        def change(player: "Player") -> None:
            from chorale.audio.instruments import load  # noqa: PLC0415  see _open_player

            try:
                player.preset = load(name)
            except ChoraleError as error:
                self.failure, self._note_taken = str(error), False

        self._do(change)

    def set_volume(self, voice: int, volume: float) -> None:
        """Set a voice's volume, 0..1."""
        self._do(lambda player: setattr(player, "mix", player.mix.with_volume(voice, volume)))

    def is_muted(self, voice: int) -> bool:
        """Whether a voice is muted."""
        return self._player is not None and voice in self._player.mix.muted

    def is_soloed(self, voice: int) -> bool:
        """Whether a voice plays alone."""
        return self._player is not None and voice in self._player.mix.soloed

    def is_heard(self, voice: int) -> bool:
        """Whether mutes and solos let a voice through."""
        return self._player is None or self._player.mix.is_heard(voice)

    def toggle_mute(self, voice: int) -> None:
        """Mute a voice or not."""
        self._do(lambda player: setattr(player, "mix", player.mix.with_mute(voice, on=voice not in player.mix.muted)))

    def toggle_solo(self, voice: int) -> None:
        """Let a voice play alone or not."""
        self._do(lambda player: setattr(player, "mix", player.mix.with_solo(voice, on=voice not in player.mix.soloed)))

    def close(self) -> None:
        """Let go of the sound card."""
        if self._thread is not None:
            self._thread.join()
        if self._player is not None:
            self._player.close()
