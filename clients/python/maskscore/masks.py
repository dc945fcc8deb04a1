"""Masks as callers have them -> the files that are sent."""

from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any, Dict, NamedTuple, Union

from .plain import plain

#: An array (anything with `__array__` or `__array_interface__`), the path of a file, its bytes, or a JSON document.
Mask = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview, Dict[str, Any], Any]


class MaskFile(NamedTuple):
    """A name, and the bytes or the path of a file."""

    name: str
    content: Union[bytes, Path]

    def sha256(self) -> str:
        content = self.content if isinstance(self.content, bytes) else self.content.read_bytes()
        return hashlib.sha256(content).hexdigest()


def mask_file(mask: Mask, name: str) -> MaskFile:
    """
    `mask` as a file. Arrays become .npy, dicts become JSON, paths are read when they are sent.

    Raises TypeError for anything else and for masked arrays, and FileNotFoundError for a path that is not there.
    """
    if isinstance(mask, (bytes, bytearray, memoryview)):
        return MaskFile(name, bytes(mask))
    if isinstance(mask, (str, os.PathLike)):
        path = Path(mask)
        if not path.is_file():
            raise FileNotFoundError("%s is not there, or is no file." % path)
        return MaskFile(path.name, path)
    if isinstance(mask, dict):
        return MaskFile(name + ".json", json.dumps(plain(mask)).encode())
    if hasattr(mask, "__array__") or hasattr(mask, "__array_interface__"):
        return MaskFile(name + ".npy", npy_of(mask))
    raise TypeError(
        "%s is a %s: give an array, a path, bytes, or a dict that holds an annotation." % (name, type(mask).__name__)
    )


def npy_of(array: Any) -> bytes:
    """The bytes of a .npy file; values and type stay as they are."""
    import numpy

    if isinstance(array, numpy.ma.MaskedArray):
        # Its masked pixels would be sent as if they were not masked.
        raise TypeError("The array is masked: give array.filled(255), and 255 in ignore_labels.")
    values = numpy.asarray(array)
    if values.dtype == object:
        raise TypeError("The array holds Python objects: give it an integer type, as numpy.uint8.")
    target = io.BytesIO()
    numpy.save(target, values, allow_pickle=False)
    return target.getvalue()
