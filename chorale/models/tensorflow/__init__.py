"""Reads the variables of TensorFlow checkpoints and of Magenta's bundles, without TensorFlow.

    wire        protocol buffers as they lie in a file
    snappy      the compression of the tables
    table       sorted tables of keys and values
    variables   checkpoints of both versions, bundles (.mag) and archives (.tar)

Formats: Protocol Buffers encoding; LevelDB's table format; TensorFlow's ``tensor_bundle.proto`` and
``saved_tensor_slice.proto``; Magenta's ``generator.proto``. Whatever is wrong with a file is one ``InputError``.
"""

from chorale.models.tensorflow.variables import is_checkpoint, read_variables

__all__ = ["is_checkpoint", "read_variables"]
