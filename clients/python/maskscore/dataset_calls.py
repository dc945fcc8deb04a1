"""Calls about whole datasets: evaluations, stored ground truths, leaderboards."""

from __future__ import annotations

import contextlib
import uuid
from typing import Any, Dict, List, Mapping, Optional, Sequence

from .evaluation import Evaluation
from .following import Progress, follow
from .json_body import JsonBody
from .multipart import Form
from .plain import Options, given
from .query import address, evaluation_path
from .sources import Manifest, Source, manifest_file, source_file
from .transport import Transport


class DatasetCalls:
    _transport: Transport

    def evaluate(
        self,
        ground_truth: Optional[Source] = None,
        prediction: Optional[Source] = None,
        dataset: Optional[str] = None,
        options: Optional[Options] = None,
        name: Optional[str] = None,
        progress: Optional[Progress] = None,
        timeout: Optional[float] = None,
        images: Optional[Source] = None,
        manifest: Optional[Manifest] = None,
        **more: Any,
    ) -> Evaluation:
        """
        The scores of a whole dataset, once they are there.

        A side is a zip, tar or document, a folder, or a dict of masks by key; `dataset` names a stored ground truth
        in place of one. `images` are photos that are named as the items, for pictures. `manifest` says which files belong
        together: a CSV, TSV or NDJSON file, or a list of dicts with `ground_truth` and `prediction`. `progress` is called with
        `{"items", "done", "failed", "rate", "eta_seconds"}` whenever it changed. Raises TimeoutError after `timeout` seconds;
        the evaluation goes on then.
        """
        asked = given(options, more)
        # One source can hold both sides, where patterns or rows tell them apart.
        if prediction is None and manifest is None and "match_pred" not in (asked or {}):
            raise TypeError("evaluate needs a prediction.")
        if (ground_truth is None) == (dataset is None):
            raise TypeError("evaluate needs a ground_truth, or the name of a dataset, and not both.")
        form = Form()
        with contextlib.ExitStack() as files:
            form.add_text("name", name)
            form.add_text("dataset", dataset)
            form.add_json("options", asked)
            for side, source in (("ground_truth", ground_truth), ("prediction", prediction), ("images", images)):
                if source is not None:
                    form.add_file(side, files.enter_context(source_file(source, side)))
            if manifest is not None:
                form.add_file("manifest", manifest_file(manifest))
            # Sent again after a lost answer, it is the same evaluation and not a second one.
            begun = {"Idempotency-Key": str(uuid.uuid4())}
            resource = self._transport.send("POST", "/v1/evaluations", form, begun).json()
        return follow(self._transport, resource, progress, timeout)

    def evaluation(
        self, id: str, progress: Optional[Progress] = None, timeout: Optional[float] = None
    ) -> Evaluation:
        """An evaluation that was begun before, once it has ended; `progress` and `timeout` are those of evaluate."""
        return follow(self._transport, self._get(evaluation_path(id)), progress, timeout)

    def evaluations(self, state: Optional[str] = None, dataset: Optional[str] = None) -> List[Dict[str, Any]]:
        """Your evaluations, newest first, without their summaries: `{"id", "name", "state", …}` each."""
        found: List[Dict[str, Any]] = []
        cursor: Optional[str] = None
        while True:
            page = self._get(address("/v1/evaluations", state=state, dataset=dataset, limit=200, cursor=cursor))
            found += page["evaluations"]
            cursor = page["next"]
            if cursor is None:
                return found

    def cancel(self, id: str) -> Dict[str, Any]:
        """Stops an evaluation that is worked on."""
        return self._transport.send("POST", evaluation_path(id, "cancel")).json()

    def datasets(self) -> List[Dict[str, Any]]:
        """Stored ground truths that you own or may evaluate against, with their versions."""
        return self._get("/v1/datasets")["datasets"]

    def dataset(self, name: str) -> Dict[str, Any]:
        """A stored ground truth: its settings and its versions."""
        return self._get(address("/v1/datasets", name))

    def set_dataset(
        self,
        name: str,
        classes: Optional[Mapping[Any, str]] = None,
        options: Optional[Options] = None,
        primary: Optional[str] = None,
        submitters: Optional[Sequence[str]] = None,
        items: Optional[str] = None,
    ) -> Dict[str, Any]:
        """
        Makes a dataset, or replaces all its settings: names of classes, the options of every evaluation, the score that ranks,
        who may submit beside the owner, and who sees items ("owner", "all" or "none").
        """
        settings = {
            "classes": classes,
            "options": options,
            "primary": primary,
            "submitters": submitters,
            "items": items,
        }
        body = JsonBody({name: value for name, value in settings.items() if value is not None})
        return self._transport.send("PUT", address("/v1/datasets", name), body).json()

    def add_version(self, name: str, ground_truth: Source) -> Dict[str, Any]:
        """Stores a ground truth as the next version of a dataset; versions never change."""
        with source_file(ground_truth, "ground_truth") as file:
            form = Form()
            form.add_file("ground_truth", file)
            return self._transport.send("POST", address("/v1/datasets", name, "versions"), form).json()

    def delete_dataset(self, name: str) -> None:
        """Removes a dataset with its versions and its leaderboard."""
        self._transport.send("DELETE", address("/v1/datasets", name))

    def leaderboard(self, name: str, version: Optional[int] = None) -> Dict[str, Any]:
        """`entries` of a dataset, best first; incomplete evaluations stand below, without a rank and with the reason."""
        return self._get(address("/v1/datasets", name, "leaderboard", version=version))

    def _get(self, path: str) -> Any:
        return self._transport.send("GET", path).json()
