"""The calls of the service."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Optional

from .dataset_calls import DatasetCalls
from .pair_calls import PairCalls
from .transport import Transport


class Client(PairCalls, DatasetCalls):
    """
    A service at `base_url` (default: MASKSCORE_CLIENT_URL, else http://127.0.0.1:8080).

    key: one of the keys the operator gave (default: MASKSCORE_CLIENT_KEY). timeout: seconds of one try. retries: how often a
    request is sent again when the service is not there or has no room; `Retry-After` is obeyed, unless it is longer
    than `longest_wait` seconds. A client may be shared by threads and processes, and is a context manager.

    A proxy that the environment names (HTTPS_PROXY, HTTP_PROXY, NO_PROXY) is used as by curl, but never for this machine. A
    user and password in the address are sent to the service.

    Every call raises Problem for what the service refuses, and Unreachable when it does not answer in time.
    """

    def __init__(
        self,
        base_url: Optional[str] = None,
        key: Optional[str] = None,
        timeout: float = 120.0,
        retries: int = 4,
        longest_wait: float = 60.0,
    ) -> None:
        address = base_url or os.environ.get("MASKSCORE_CLIENT_URL") or "http://127.0.0.1:8080"
        self._transport = Transport(address, key or os.environ.get("MASKSCORE_CLIENT_KEY"), timeout, retries, longest_wait)

    def metrics(self) -> List[Dict[str, Any]]:
        """Every score: where it stands in a report, its range, and what it means."""
        return self._transport.send("GET", "/v1/metrics").json()["metrics"]

    def limits(self) -> Dict[str, Any]:
        """How large masks and requests may be."""
        return self._transport.send("GET", "/v1/limits").json()

    def close(self) -> None:
        """Closes the connection of this thread."""
        self._transport.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()
