"""A JSON document as the body of a request."""

from __future__ import annotations

import json
from typing import Any, Iterator

from .plain import plain


class JsonBody:
    """As a Form: iterating yields the body, `len` is its bytes."""

    content_type = "application/json"

    def __init__(self, value: Any) -> None:
        self._content = json.dumps(plain(value)).encode()

    def __len__(self) -> int:
        return len(self._content)

    def __iter__(self) -> Iterator[bytes]:
        yield self._content
