"""Arrays as the service answers them."""

from __future__ import annotations

import io
from typing import Any, Dict, Sequence


def array_of(body: bytes) -> Any:
    """The array of a .npy. Raises ImportError without numpy."""
    import numpy

    return numpy.load(io.BytesIO(body), allow_pickle=False)


def planes_of(body: bytes, names: Sequence[str]) -> Dict[str, Any]:
    """
    A .npy of shape (planes, height, width) -> one array of shape (height, width) for each name.

    Raises ImportError without numpy, ValueError when the answer has another number of planes.
    """
    stack = array_of(body)
    if stack.ndim < 3 or stack.shape[0] != len(names):
        raise ValueError("The service answered an array of shape %s for %d planes." % (stack.shape, len(names)))
    return dict(zip(names, stack))


def names_of(planes: Any) -> Any:
    """One name, or several."""
    return [planes] if isinstance(planes, str) else list(planes)
