"""The calls of the service."""

from __future__ import annotations

import contextlib
import os
import urllib.parse
import uuid
from typing import Any, Dict, Mapping, Optional, Sequence

from .evaluation import Evaluation
from .following import Progress, follow
from .masks import Mask, mask_file
from .multipart import Form
from .npy import planes_of
from .report import Report
from .sources import Source, source_file
from .transport import Transport

Options = Mapping[str, Any]


class Client:
    """
    A service at `base_url` (default: MASKSCORE_CLIENT_URL, else http://127.0.0.1:8080).

    key: one of the keys the operator gave (default: MASKSCORE_CLIENT_KEY). timeout: seconds of one try. retries: how often a
    request is sent again when the service is not there or has no room; `Retry-After` is obeyed, unless it is longer
    than `longest_wait` seconds. A client may be shared by threads and processes, and is a context manager.

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
        POST /v1/score; they may be given as keywords: `client.score(t, p, families=["all"], ignore_labels=[255])`. Those
        of one side are in `options`: `client.score(t, p, {"prediction": {"probabilities": {}}})`.

        The report keeps the masks, for its overlay; `report.to_dict()` does not.
        """
        form = _pair(truth, prediction, {**(options or {}), **more})
        report = self._transport.send("POST", "/v1/score", form).json()

        def overlay() -> bytes:
            if report.get("depth", 1) > 1:
                raise ValueError("These masks are volumes, and an overlay shows images.")
            sides = {"ground_truth": mask_file(truth, "ground_truth"), "prediction": mask_file(prediction, "prediction")}
            for name, file in sides.items():
                if report[name].get("sha256") not in (None, file.sha256()):
                    raise ValueError("%s has changed since it was scored." % name)
            return self.overlay(truth, prediction, _overlay_options(options, more))

        return Report(report, overlay)

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
        return self._transport.send("POST", "/v1/inspect", form).json()

    def agreement(
        self,
        masks: Mapping[str, Mask],
        truth: Optional[Mask] = None,
        options: Optional[Options] = None,
        samples: Optional[Mapping[str, Mask]] = None,
        **more: Any,
    ) -> Dict[str, Any]:
        """
        The agreement of 2 to 20 annotators of one image; `masks` are by the annotator's name.

        `samples` are 2 to 20 predictions of a model, by name: `ged` then says whether they are spread as the masks are.
        To read them another way than the masks, name `options={"samples": {…}}`.
        """
        form = Form()
        for part, named in (("masks", masks), ("samples", samples or {})):
            for name, mask in named.items():
                form.add_file(part, mask_file(mask, name)._replace(name=name))
        if truth is not None:
            form.add_file("ground_truth", mask_file(truth, "ground_truth"))
        form.add_json("options", {**(options or {}), **more} or None)
        return self._transport.send("POST", "/v1/agreement", form).json()

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
        names = [planes] if isinstance(planes, str) else list(planes)
        form = _pair(truth, prediction, {**(options or {}), **more, "planes": names})
        answer = self._transport.send("POST", "/v1/labels", form, {"Accept": "application/x-npy"})
        return planes_of(answer.body, names)

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
        **more: Any,
    ) -> Evaluation:
        """
        The scores of a whole dataset, once they are there.

        A side is a zip, tar or document, a folder, or a dict of masks by key; `dataset` names a stored ground truth
        in place of one. `images` are photos that are named as the items, for pictures. `progress` is called with `{"items",
        "done", "failed", "rate", "eta_seconds"}` whenever it changed. Raises TimeoutError after `timeout` seconds; the
        evaluation goes on then.
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
            if images is not None:
                form.add_file("images", files.enter_context(source_file(images, "images")))
            # Sent again after a lost answer, it is the same evaluation and not a second one.
            begun = {"Idempotency-Key": str(uuid.uuid4())}
            resource = self._transport.send("POST", "/v1/evaluations", form, begun).json()
        return follow(self._transport, resource, progress, timeout)

    def evaluation(
        self, id: str, progress: Optional[Progress] = None, timeout: Optional[float] = None
    ) -> Evaluation:
        """An evaluation that was begun before, once it has ended; `progress` and `timeout` are those of evaluate."""
        path = "/v1/evaluations/%s" % urllib.parse.quote(id, safe="")
        return follow(self._transport, self._transport.send("GET", path).json(), progress, timeout)

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


#: Options of a score that an overlay takes, too: they decide which pixels differ.
_OVERLAY_OPTIONS = (
    "background",
    "binary",
    "border_tolerance",
    "classes",
    "components",
    "connectivity",
    "geometry",
    "ground_truth",
    "ignore_labels",
    "ignore_prediction_labels",
    "log_base",
    "min_prediction_area",
    "min_segment_area",
    "prediction",
    "resize",
)


def _overlay_options(options: Optional[Options], more: Options) -> Options:
    given = {**(options or {}), **more}
    return {name: given[name] for name in _OVERLAY_OPTIONS if name in given}
