"""Addresses of what the service keeps."""

from __future__ import annotations

import urllib.parse
from typing import Any, Mapping

from .plain import plain


def evaluation_path(id: str, *rest: Any, **query: Any) -> str:
    return address("/v1/evaluations", id, *rest, **query)


def address(root: str, *parts: Any, **query: Any) -> str:
    """Every part is one step, whatever it holds. What is None is no part of the query; lists are joined by commas."""
    path = "/".join([root, *(urllib.parse.quote(str(part), safe="") for part in parts)])
    return path + _query(query)


def _query(query: Mapping[str, Any]) -> str:
    pairs = [(name, _text(plain(value))) for name, value in query.items() if value is not None]
    return "?" + urllib.parse.urlencode(pairs) if pairs else ""


def _text(value: Any) -> str:
    return ",".join(str(one) for one in value) if isinstance(value, list) else str(value)
