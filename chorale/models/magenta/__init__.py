"""Magenta's own melody, drum and groove networks: their published checkpoints, run by our engine.

    events        melodies and drum patterns as Magenta counts them
    encodings     what the recurrent networks read, and what their answers mean
    tensors       what the autoencoders read and write
    layout        the names and shapes of the published weights
    graphs        those weights as networks of our engine
    conversion    a checkpoint in, a model's folder out
    networks      the converted networks at work
    playing       events continued, sequences taken to latent vectors and back
    continuing    Continue: MelodyRNN, DrumsRNN
    translating   Generate and Interpolate: MusicVAE
    grooving      Groove and Drumify: GrooVAE
    opening       a model's folder in, one of those tools out

Facts of ``magenta`` 2.1.4 (Python) and of magenta.js (TypeScript), both Apache-2.0.
"""

from chorale.models.magenta.opening import open_model

__all__ = ["open_model"]
