"""What the service refuses, as exceptions."""

from __future__ import annotations

import json
from typing import Any, Dict, List, Optional


class Unreachable(ConnectionError):
    """The service did not answer, or its answer broke off."""


class Problem(Exception):
    """
    A refusal of the service.

    status: the HTTP status.
    code: what is wrong, as "SIZE_MISMATCH"; docs/problems.md lists all codes.
    title: the same in words.
    detail: what is wrong with this request.
    remedy: how to mend it, or None.
    errors: one dict for each field that is wrong: "pointer", "code", "message".
    request_id: what the service's log calls the request, or None.
    retry_after: seconds after which the same request may succeed, or None.
    """

    def __init__(
        self,
        status: int,
        members: Dict[str, Any],
        request_id: Optional[str] = None,
        retry_after: Optional[float] = None,
    ) -> None:
        self.status = status
        self.code: str = str(members.get("code") or "HTTP_%d" % status)
        self.title: str = str(members.get("title") or "")
        self.detail: str = str(members.get("detail") or self.title)
        self.remedy: Optional[str] = members.get("remedy")
        self.errors: List[Dict[str, Any]] = list(members.get("errors") or [])
        self.members = members
        self.request_id = request_id
        self.retry_after = retry_after
        super().__init__(self.code, self.detail)

    @classmethod
    def of_answer(
        cls, status: int, body: bytes, request_id: Optional[str], retry_after: Optional[float]
    ) -> "Problem":
        """A body that is no problem of the service (a proxy's page or JSON) is told in `detail` as it came."""
        try:
            members = json.loads(body)
        except ValueError:
            members = None
        if not isinstance(members, dict) or "code" not in members:
            text = body[:500].decode("utf-8", "replace").strip()
            members = {"detail": "Status %d, and no problem of the service: %s" % (status, text or "an empty body")}
        return cls(status, members, request_id, retry_after)

    def __reduce__(self) -> Any:
        # Exceptions are made again from what their base was given, which is less than a problem needs.
        return (Problem, (self.status, self.members, self.request_id, self.retry_after))

    def __str__(self) -> str:
        lines = ["%s: %s" % (self.code, self.detail)]
        lines += [
            "  %s: %s" % (error.get("pointer") or "/", error.get("message"))
            for error in self.errors
            # Not what the detail has said already.
            if "%s: %s" % (error.get("pointer"), error.get("message")) not in self.detail
        ]
        if self.remedy:
            lines.append("Remedy: %s" % self.remedy)
        if self.request_id:
            lines.append("Request: %s" % self.request_id)
        return "\n".join(lines)
