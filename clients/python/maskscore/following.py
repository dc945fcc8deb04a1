"""Waiting for an evaluation to end."""

from __future__ import annotations

import time
from typing import Any, Callable, Dict, Optional

from .evaluation import Evaluation
from .problem import Unreachable
from .query import evaluation_path
from .transport import Transport

Progress = Callable[[Dict[str, Any]], None]

_WAIT_SECONDS = 30
_ENDED = ("done", "failed", "cancelled")


def follow(
    transport: Transport, resource: Dict[str, Any], progress: Optional[Progress], timeout: Optional[float]
) -> Evaluation:
    """
    The evaluation once it has ended. `progress` is called whenever it changed.

    Raises TimeoutError after `timeout` seconds; the evaluation goes on then, as it does after Unreachable.
    """
    again = 'client.evaluation("%s") waits for it again.' % resource["id"]
    end = None if timeout is None else time.monotonic() + timeout
    etag: Optional[str] = None
    while True:
        if progress is not None:
            progress(dict(resource.get("progress") or {}))
        if resource["state"] in _ENDED:
            return Evaluation(transport, resource)
        left = _WAIT_SECONDS if end is None else min(_WAIT_SECONDS, end - time.monotonic())
        if left <= 0:
            raise TimeoutError("The evaluation %s is still %s; %s" % (resource["id"], resource["state"], again))
        known = {"If-None-Match": etag} if etag else None
        path = evaluation_path(resource["id"], wait="%ds" % max(1, int(left)))
        try:
            answer = transport.send("GET", path, headers=known, timeout=_WAIT_SECONDS + 30.0)
        except Unreachable as lost:
            raise Unreachable("%s The evaluation %s may go on: %s" % (lost, resource["id"], again)) from lost
        # 304: nothing changed while it waited.
        if answer.status != 304:
            etag = answer.headers.get("etag")
            resource = answer.json()
