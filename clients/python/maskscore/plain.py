"""Options as callers have them -> what JSON knows."""

from __future__ import annotations

import os
from typing import Any, Mapping, Optional


def plain(value: Any) -> Any:
    """
    `value` with numpy's scalars and arrays as numbers and lists, sets as sorted lists, tuples as lists, paths as text, and
    keys of mappings as text.

    Raises TypeError for what has no form in JSON.
    """
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted((plain(one) for one in value), key=lambda one: (isinstance(one, str), one))
    if isinstance(value, os.PathLike):
        return os.fspath(value)
    # numpy's arrays and scalars, and torch's tensors.
    if hasattr(value, "tolist"):
        return plain(value.tolist())
    raise TypeError("Options hold a %s, which JSON does not know." % type(value).__name__)


#: Options of a call, as its page in the service's docs lists them.
Options = Mapping[str, Any]


def given(options: Optional[Options], more: Options) -> Optional[Options]:
    """Options of a dict and of keywords in one; a keyword rules. None where there are none."""
    return {**(options or {}), **more} or None
