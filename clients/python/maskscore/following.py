"""Waiting for an evaluation to end."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, Optional

from .evaluation import Evaluation
from .transport import Transport

Progress = Callable[[Dict[str, Any]], None]

_WAIT_SECONDS = 30
_ENDED = ("done", "failed", "cancelled")


def follow(
    transport: Transport, resource: Dict[str, Any], progress: Optional[Progress], timeout: Optional[float]
) -> Evaluation:
    """
    The evaluation once it has ended. `progress` is called whenever it changed.

    Raises TimeoutError after `timeout` seconds; the evaluation goes on then.
    """
    end = None if timeout is None else time.monotonic() + timeout
    path = "/v1/evaluations/%s" % resource["id"]
    etag: Optional[str] = None
    while True:
        if progress is not None:
            progress(dict(resource.get("progress") or {}))
        if resource["state"] in _ENDED:
            return Evaluation(transport, resource)
        left = _WAIT_SECONDS if end is None else min(_WAIT_SECONDS, end - time.monotonic())
        if left <= 0:
            raise TimeoutError(
                'The evaluation %s is still %s; client.evaluation("%s") waits for it again.'
                % (resource["id"], resource["state"], resource["id"])
            )
        known = {"If-None-Match": etag} if etag else None
        answer = transport.send(
            "GET", "%s?wait=%ds" % (path, max(1, int(left))), headers=known, timeout=_WAIT_SECONDS + 30.0
        )
        # 304: nothing changed while it waited.
        if answer.status != 304:
            etag = answer.headers.get("etag")
            resource = answer.json()
