"""Magenta's own melody, drum and groove networks: their published checkpoints, run by our engine.

    events        melodies and drum patterns as Magenta counts them
    encodings     what the recurrent networks read, and what their answers mean
    tensors       what the autoencoders read and write
    layout        the names and shapes of the published weights
    graphs        those weights as networks of our engine
    conversion    a checkpoint in, a model's folder out
    networks      the converted networks at work
    playing       the tools that they serve

Facts of ``magenta`` 2.1.4 (Python) and of magenta.js (TypeScript), both Apache-2.0.
"""
