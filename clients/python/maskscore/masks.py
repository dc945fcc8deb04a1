"""Masks as callers have them -> the files that are sent."""

from __future__ import annotations

import hashlib
import io
import json
import os
from pathlib import Path
from typing import Any, Dict, NamedTuple, Union

from .plain import plain

#: An array (anything with `__array__` or `__array_interface__`), the path of a file, its bytes, a file opened with "rb", or a
#: JSON document as a dict or a list of dicts.
Mask = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview, Dict[str, Any], Any]

#: Formats of Pillow that change grey values; its arrays do not tell where they come from.
_LOSSY = ("JPEG", "JPEG2000", "MPO")


class MaskFile(NamedTuple):
    """A name, and the bytes or the path of a file."""

    name: str
    content: Union[bytes, Path]

    def sha256(self) -> str:
        content = self.content if isinstance(self.content, bytes) else self.content.read_bytes()
        return hashlib.sha256(content).hexdigest()


def mask_file(mask: Mask, name: str) -> MaskFile:
    """
    `mask` as a file. Arrays become .npy, dicts and lists of dicts become JSON, paths are read when they are sent, opened
    files at once.

    Raises TypeError for anything else, for masked arrays and for JPEG images, ValueError for an opened file that is at its end,
    and FileNotFoundError for a path that is not there.
    """
    if isinstance(mask, MaskFile):
        return mask
    if isinstance(mask, (bytes, bytearray, memoryview)):
        return MaskFile(name, bytes(mask))
    if isinstance(mask, (str, os.PathLike)):
        return _of_path(mask)
    if isinstance(mask, dict):
        return MaskFile(name + ".json", json.dumps(plain(mask)).encode())
    if isinstance(mask, (list, tuple)):
        return _of_list(mask, name)
    if hasattr(mask, "__array__") or hasattr(mask, "__array_interface__"):
        return MaskFile(name + ".npy", npy_of(mask))
    if hasattr(mask, "read"):
        return MaskFile(name, _read(mask, name))
    raise TypeError(
        "%s is a %s: give an array, a path, bytes, a file opened with \"rb\", or an annotation as a dict."
        % (name, type(mask).__name__)
    )


def npy_of(array: Any) -> bytes:
    """The bytes of a .npy file; values and type stay as they are."""
    import numpy

    if isinstance(array, numpy.ma.MaskedArray):
        # Its masked pixels would be sent as if they were not masked.
        raise TypeError("The array is masked: give array.filled(255), and 255 in ignore_labels.")
    if getattr(array, "format", None) in _LOSSY:
        raise TypeError("The image was a JPEG, whose grey values are no labels: save masks as PNG.")
    values = numpy.asarray(array)
    if values.dtype == object:
        raise TypeError("The array holds Python objects: give it an integer type, as numpy.uint8.")
    if values.dtype == bool:
        # Pillow stores True as 255, which is no value of a boolean in a .npy.
        values = numpy.not_equal(numpy.ascontiguousarray(values).view("u1"), 0)
    target = io.BytesIO()
    numpy.save(target, values, allow_pickle=False)
    return target.getvalue()


def _of_path(mask: Union[str, "os.PathLike[str]"]) -> MaskFile:
    text = os.fsdecode(mask)
    if "://" in text:
        raise FileNotFoundError("%s is an address: download it, and give its path or bytes." % text)
    path = Path(text)
    if not os.path.isfile(text):
        shown = text if len(text) <= 200 else text[:200] + "…"
        raise FileNotFoundError("%s is not there, or is no file." % (shown or "The path ''"))
    return MaskFile(path.name, path)


def _of_list(values: Any, name: str) -> MaskFile:
    if all(isinstance(one, dict) for one in values):
        return MaskFile(name + ".json", json.dumps(plain(values)).encode())
    raise TypeError(
        "%s is a %s of %s: give labels as numpy.array(…), and a document as json.dumps(…).encode()."
        % (name, type(values).__name__, type(values[0]).__name__)
    )


def _read(file: Any, name: str) -> bytes:
    content = file.read()
    if not isinstance(content, (bytes, bytearray)):
        raise TypeError("%s is a file of text: open it with \"rb\"." % name)
    if not content:
        raise ValueError("%s has nothing left to read: call seek(0), or open it again." % name)
    return bytes(content)
