"""An evaluation of a whole dataset, once it is done."""

from __future__ import annotations

from typing import Any, Dict, List, Tuple

from .html_view import notes_list, scores_table
from .run_calls import RunCalls
from .transport import Transport


#: How many failures are shown; `failures` has all that the summary names.
_SHOWN = 10


class Evaluation(RunCalls):
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
        """`{"code", "message", "items", "first"}` each."""
        return list((self.summary or {}).get("warnings", []))

    @property
    def failures(self) -> List[Dict[str, Any]]:
        """Items that could not be scored: `{"index", "key", "side", "code", "detail"}` each."""
        return list((self.summary or {}).get("failures", []))

    @property
    def reasons(self) -> Dict[str, Any]:
        """Why a value of the summary is None, by its JSON pointer."""
        return dict((self.summary or {}).get("reasons", {}))

    @property
    def checks(self) -> List[Dict[str, Any]]:
        """`{"check", "value", "limit", "result"}` each; the result is "pass", "fail" or "not_computed"."""
        return list((self.summary or {}).get("checks", []))

    def __repr__(self) -> str:
        state = "complete" if self.complete else "%s, incomplete" % self.state
        lines = ["%s %s" % (name, value) for name, value in self._scores()]
        lines += ["%s: %s" % note for note in self._troubles()]
        lines += ["null %s: %s" % reason for reason in self.reasons.items()]
        lines += ["warning %s: %s" % (warning["code"], warning.get("message", "")) for warning in self.warnings]
        return "<maskscore.Evaluation %s %s\n  %s>" % (self.id, state, "\n  ".join(lines))

    def _repr_html_(self) -> str:
        """Pooled scores, checks, what failed, and every warning and reason, for a notebook."""
        notes = notes_list(self.warnings, self.reasons, self._troubles())
        return "<div>%s%s</div>" % (scores_table(self._scores()), notes)

    def _scores(self) -> List[Tuple[str, Any]]:
        pooled = (self.summary or {}).get("pooled") or {}
        overlap = pooled.get("overlap") or {}
        names = ("mean_iou", "mean_dice", "pixel_accuracy")
        rows = [("pooled mi_loss", pooled["mi_loss"])] if "mi_loss" in pooled else []
        return rows + [("pooled %s" % name, overlap[name]) for name in names if name in overlap]

    def _troubles(self) -> List[Tuple[str, str]]:
        """What stands before every score: a run that failed, is incomplete, or breaks a check."""
        told = []
        if self.problem:
            told.append((str(self.problem.get("code")), str(self.problem.get("detail"))))
        if self.summary and not self.complete:
            counts = ", ".join("%s %s" % (count, name) for name, count in self.summary["items"].items())
            told.append(("incomplete", counts))
        told += [(check["check"], check["result"]) for check in self.checks if check["result"] != "pass"]
        told += [
            ("%s %s" % (failure["code"], failure["key"]), failure.get("detail") or "") for failure in self.failures[:_SHOWN]
        ]
        more = len(self.failures) - _SHOWN
        return told + ([("failures", "%d more" % more)] if more > 0 else [])
