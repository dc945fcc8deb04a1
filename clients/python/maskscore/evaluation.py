"""An evaluation of a whole dataset, once it is done."""

from __future__ import annotations

import json
from typing import Any, Dict, List

from .transport import Transport


class Evaluation:
    """
    A run that has ended.

    id: its name in the service. resource: what GET /v1/evaluations/{id} answered last.
    summary: all scores, or None when it failed or was cancelled (`state` and `problem` tell).
    complete: False when an item failed or was skipped.
    """

    def __init__(self, transport: Transport, resource: Dict[str, Any]) -> None:
        self._transport = transport
        self.resource = resource
        self.id: str = resource["id"]
        self.state: str = resource["state"]
        self.summary = resource.get("summary")
        self.complete = bool(resource.get("complete"))
        self.problem = resource.get("problem")

    @property
    def warnings(self) -> List[Dict[str, Any]]:
        """`{"code", "items", "first"}` each."""
        return list((self.summary or {}).get("warnings", []))

    @property
    def failures(self) -> List[Dict[str, Any]]:
        """Items that could not be scored: `{"index", "key", "side", "code", "detail"}` each."""
        return list((self.summary or {}).get("failures", []))

    def rows(self) -> List[Dict[str, Any]]:
        """
        One flat dict for each item, in the order of the manifest, as `pandas.DataFrame` takes them: `index`, `key`,
        `status`, the scores by name, `by.<column>`, `problem.code` and `problem.detail`, `reasons.<score>`, and the codes
        of its `warnings`.
        """
        answer = self._transport.send(
            "GET", "/v1/evaluations/%s/items" % self.id, headers={"Accept": "application/x-ndjson"}
        )
        return [flat_row(json.loads(line)) for line in answer.body.splitlines() if line.strip()]

    def report(self, form: str = "html") -> bytes:
        """The report as "html", "md", "csv", "junit.xml", "nnunet.json" or "grand-challenge.json"."""
        return self._transport.send(
            "GET", "/v1/evaluations/%s/report.%s" % (self.id, form), headers={"Accept": "*/*"}
        ).body

    def overlay(self, index: int) -> bytes:
        """The PNG of where one item differs."""
        path = "/v1/evaluations/%s/items/%d/overlay" % (self.id, index)
        return self._transport.send("GET", path, headers={"Accept": "image/png"}).body

    def delete(self) -> None:
        """Removes the evaluation and everything it stored."""
        self._transport.send("DELETE", "/v1/evaluations/%s" % self.id)

    def __repr__(self) -> str:
        items = (self.summary or {}).get("items", {})
        pooled = (self.summary or {}).get("pooled", {})
        told = ["mi_loss %s" % pooled.get("mi_loss")] if pooled else []
        if self.problem:
            told.append("%s: %s" % (self.problem.get("code"), self.problem.get("detail")))
        told += ["warning %s" % warning["code"] for warning in self.warnings]
        state = "complete" if self.complete else "%s, incomplete %s" % (self.state, items or "")
        return "<maskscore.Evaluation %s %s, %s>" % (self.id, state, ", ".join(told))


def flat_row(row: Dict[str, Any]) -> Dict[str, Any]:
    """Scores stand at the top, other objects under `name.key`; lists of warnings become their codes."""
    flat: Dict[str, Any] = {}
    for name, value in row.items():
        if name == "scores":
            flat.update(value)
        elif name == "warnings":
            flat[name] = ", ".join(str(one["code"] if isinstance(one, dict) else one) for one in value)
        elif isinstance(value, dict):
            flat.update({"%s.%s" % (name, key): inner for key, inner in value.items()})
        elif not isinstance(value, list):
            flat[name] = value
    return flat
