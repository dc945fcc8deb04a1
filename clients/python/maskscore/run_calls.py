"""What a run that has ended is asked for."""

from __future__ import annotations

import json
from typing import Any, Dict, Iterator, List, Optional, Sequence, Union

from .flat_row import flat_row
from .npy import names_of, planes_of
from .query import evaluation_path
from .report import Report
from .transport import Transport


class RunCalls:
    id: str
    _transport: Transport

    def rows(self, **filters: Any) -> List[Dict[str, Any]]:
        """
        One flat dict for each item, in the order of the manifest, as `pandas.DataFrame` takes them: `index`, `key`,
        `status`, the scores by name, `by.<column>`, `problem.code` and `problem.detail`, `reasons.<score>`, and the codes
        of its `warnings`.

        `filters` are those of GET /v1/evaluations/{id}/items: `sort="mi_loss"` (worst first), `status="failed"`,
        `below="mean_iou:0.5"`, `confused=(3, 7)`, …
        """
        headers = {"Accept": "application/x-ndjson"}
        answer = self._transport.send("GET", evaluation_path(self.id, "items", **filters), headers=headers)
        return [flat_row(json.loads(line)) for line in answer.body.splitlines() if line.strip()]

    def report(self, form: str = "html") -> bytes:
        """The report as "html", "md", "csv", "classes.csv", "junit.xml", "nnunet.json" or "grand-challenge.json"."""
        path = evaluation_path(self.id, "report." + form)
        return self._transport.send("GET", path, headers={"Accept": "*/*"}).body

    def overlay(self, index: int) -> bytes:
        """The PNG of where one item differs."""
        return self._of_item(index, "overlay", "image/png")

    def image(self, index: int, size: Optional[int] = None) -> bytes:
        """The photo of one item as a JPEG, its longer side at most `size`. Raises Problem where it has none."""
        return self._of_item(index, "image", "image/jpeg", size=size)

    def labels(
        self, index: int, planes: Sequence[str] = ("ground_truth", "prediction"), **more: Any
    ) -> Dict[str, Any]:
        """
        Exact label planes of one item as numpy arrays, by name: those of Client.labels. `region=(x, y, width, height)` and
        `level` cut and coarsen them.
        """
        names = names_of(planes)
        return planes_of(self._of_item(index, "labels", "application/x-npy", planes=names, **more), names)

    def item_report(self, index: int, segments: Optional[int] = None) -> Report:
        """The whole report of one item, with the `segments` that cause most of its loss."""
        path = evaluation_path(self.id, "items", index, "report", segments=segments)
        return Report(self._transport.send("GET", path).json(), lambda: self.overlay(index))

    def confusion(self) -> Dict[str, Any]:
        """Which class was taken for which, over all items."""
        return self._transport.send("GET", evaluation_path(self.id, "confusion")).json()

    def histogram(self, score: str = "mi_loss", **more: Any) -> Dict[str, Any]:
        """How a score is spread over the items: `bins` and `class` are those of GET /v1/evaluations/{id}/histogram."""
        return self._transport.send("GET", evaluation_path(self.id, "histogram", score=score, **more)).json()

    def compare(self, before: Union["RunCalls", str]) -> Dict[str, Any]:
        """
        This evaluation (B) against one from before (A) of the same ground truth, or its id: differences with intervals and
        p-values. Raises Problem NOT_COMPARABLE where the items or options are not the same.
        """
        path = evaluation_path(self.id, "comparison", **{"with": _id_of(before)})
        return self._transport.send("GET", path).json()

    def compare_rows(self, before: Union["RunCalls", str], score: str = "mi_loss", **more: Any) -> List[Dict[str, Any]]:
        """`{"index", "key", "a", "b", "delta"}` of every item that both have a value of, what got worse most first."""
        return list(self._compared(before, score, more))

    def delete(self) -> None:
        """Removes the evaluation and everything it stored."""
        self._transport.send("DELETE", evaluation_path(self.id))

    def _compared(self, before: Union["RunCalls", str], score: str, more: Dict[str, Any]) -> Iterator[Dict[str, Any]]:
        query = {**more, "with": _id_of(before), "score": score, "limit": 1000}
        offset: Optional[int] = 0
        while offset is not None:
            path = evaluation_path(self.id, "comparison", "items", **query, offset=offset)
            page = self._transport.send("GET", path).json()
            yield from page["items"]
            offset = page["next"]

    def _of_item(self, index: int, what: str, media_type: str, **query: Any) -> bytes:
        path = evaluation_path(self.id, "items", index, what, **query)
        return self._transport.send("GET", path, headers={"Accept": media_type}).body


def _id_of(run: Union[RunCalls, str]) -> str:
    return run if isinstance(run, str) else run.id
