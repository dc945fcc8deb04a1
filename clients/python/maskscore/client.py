"""The calls of the service."""

from __future__ import annotations

import contextlib
import json
import os
import time
import uuid
from typing import Any, Callable, Dict, Mapping, Optional, Sequence

from .evaluation import Evaluation
from .masks import Mask, mask_file
from .multipart import Form
from .npy import planes_of
from .report import Report
from .sources import Source, source_file
from .transport import Transport

Options = Mapping[str, Any]
Progress = Callable[[Dict[str, Any]], None]

_WAIT_SECONDS = 30
_ENDED = ("done", "failed", "cancelled")


class Client:
    """
    A service at `base_url` (default: MASKSCORE_CLIENT_URL, else http://127.0.0.1:8080).

    key: one of the keys the operator gave (default: MASKSCORE_CLIENT_KEY). timeout: seconds of one try. retries: how often a
    request is sent again when the service is not there or has no room; `Retry-After` is obeyed, unless it is longer
    than `longest_wait` seconds. A client may be shared by threads, and is a context manager.

    Every call raises Problem for what the service refuses, and Unreachable when it does not answer.
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

    def score(self, truth: Mask, prediction: Mask, options: Optional[Options] = None, **more: Any) -> Report:
        """
        The scores of a predicted mask against a ground truth.

        Masks are arrays, paths, bytes, or dicts that hold a labeling tool's annotation. Options are those of
        POST /v1/score; they may be given as keywords: `client.score(t, p, families=["all"], ignore_labels=[255])`.
        """
        form = _pair(truth, prediction, {**(options or {}), **more})
        report = json.loads(self._transport.send("POST", "/v1/score", form).body)
        return Report(report, lambda: self.overlay(truth, prediction, _how_masks_are_read(options, more)))

    def overlay(
        self,
        truth: Mask,
        prediction: Mask,
        options: Optional[Options] = None,
        image: Optional[Mask] = None,
        **more: Any,
    ) -> bytes:
        """The PNG of where two masks differ, over a photo where one is given."""
        form = _pair(truth, prediction, {**(options or {}), **more})
        if image is not None:
            form.add_file("image", mask_file(image, "image"))
        return self._transport.send("POST", "/v1/overlay", form, {"Accept": "image/png"}).body

    def inspect(self, mask: Mask, options: Optional[Options] = None) -> Dict[str, Any]:
        """What is in a file: encoding, labels, and hints which option may fit."""
        form = Form()
        form.add_file("mask", mask_file(mask, "mask"))
        form.add_json("options", options)
        return json.loads(self._transport.send("POST", "/v1/inspect", form).body)

    def agreement(
        self, masks: Mapping[str, Mask], truth: Optional[Mask] = None, options: Optional[Options] = None, **more: Any
    ) -> Dict[str, Any]:
        """The agreement of 2 to 20 annotators of one image; `masks` are by the annotator's name."""
        form = Form()
        for name, mask in masks.items():
            form.add_file("masks", mask_file(mask, name)._replace(name=name))
        if truth is not None:
            form.add_file("ground_truth", mask_file(truth, "ground_truth"))
        form.add_json("options", {**(options or {}), **more} or None)
        return json.loads(self._transport.send("POST", "/v1/agreement", form).body)

    def labels(
        self,
        truth: Mask,
        prediction: Mask,
        planes: Sequence[str] = ("ground_truth", "prediction"),
        options: Optional[Options] = None,
        **more: Any,
    ) -> Dict[str, Any]:
        """
        Exact label planes as numpy arrays of shape (height, width), by name: `ground_truth`, `prediction`,
        `difference`, and what else POST /v1/labels knows.
        """
        form = _pair(truth, prediction, {**(options or {}), **more, "planes": list(planes)})
        answer = self._transport.send("POST", "/v1/labels", form, {"Accept": "application/x-npy"})
        return planes_of(answer.body, planes)

    def evaluate(
        self,
        ground_truth: Optional[Source] = None,
        prediction: Optional[Source] = None,
        dataset: Optional[str] = None,
        options: Optional[Options] = None,
        name: Optional[str] = None,
        progress: Optional[Progress] = None,
        timeout: Optional[float] = None,
        **more: Any,
    ) -> Evaluation:
        """
        The scores of a whole dataset, once they are there.

        A side is a zip, tar or document, a folder, or a dict of masks by key; `dataset` names a stored ground truth
        in place of one. `progress` is called with `{"items", "done", "failed", "rate", "eta_seconds"}` whenever it
        changed. Raises TimeoutError after `timeout` seconds; the evaluation goes on then.
        """
        if prediction is None:
            raise TypeError("evaluate needs a prediction.")
        if (ground_truth is None) == (dataset is None):
            raise TypeError("evaluate needs a ground_truth, or the name of a dataset, and not both.")
        form = Form()
        with contextlib.ExitStack() as files:
            form.add_text("name", name)
            form.add_text("dataset", dataset)
            form.add_json("options", {**(options or {}), **more} or None)
            if ground_truth is not None:
                form.add_file("ground_truth", files.enter_context(source_file(ground_truth, "ground_truth")))
            form.add_file("prediction", files.enter_context(source_file(prediction, "prediction")))
            # Sent again after a lost answer, it is the same evaluation and not a second one.
            begun = {"Idempotency-Key": str(uuid.uuid4())}
            resource = json.loads(self._transport.send("POST", "/v1/evaluations", form, begun).body)
        return self._follow(resource, progress, timeout)

    def _follow(
        self, resource: Dict[str, Any], progress: Optional[Progress], timeout: Optional[float]
    ) -> Evaluation:
        end = None if timeout is None else time.monotonic() + timeout
        path = "/v1/evaluations/%s" % resource["id"]
        etag: Optional[str] = None
        while True:
            if progress is not None:
                progress(dict(resource.get("progress") or {}))
            if resource["state"] in _ENDED:
                return Evaluation(self._transport, resource)
            left = _WAIT_SECONDS if end is None else min(_WAIT_SECONDS, end - time.monotonic())
            if left <= 0:
                raise TimeoutError("The evaluation %s is still %s." % (resource["id"], resource["state"]))
            answer = self._transport.send(
                "GET",
                "%s?wait=%ds" % (path, max(1, int(left))),
                headers={"If-None-Match": etag} if etag else None,
                timeout=_WAIT_SECONDS + 30.0,
            )
            # 304: nothing changed while it waited.
            if answer.status != 304:
                etag = answer.headers.get("etag")
                resource = json.loads(answer.body)

    def close(self) -> None:
        """Closes the connection of this thread."""
        self._transport.close()

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


def _pair(truth: Mask, prediction: Mask, options: Options) -> Form:
    form = Form()
    form.add_file("ground_truth", mask_file(truth, "ground_truth"))
    form.add_file("prediction", mask_file(prediction, "prediction"))
    form.add_json("options", options or None)
    return form


#: Options of a score that say what the masks are, and not which scores are wanted.
_MASK_OPTIONS = ("binary", "resize", "ground_truth", "prediction", "ignore_labels", "ignore_prediction_labels", "classes")


def _how_masks_are_read(options: Optional[Options], more: Options) -> Options:
    given = {**(options or {}), **more}
    return {name: given[name] for name in _MASK_OPTIONS if name in given}
