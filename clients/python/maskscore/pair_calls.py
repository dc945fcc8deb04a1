"""Calls about one image: scores, overlay, labels, gradient, annotators, tables."""

from __future__ import annotations

from typing import Any, Dict, Mapping, NamedTuple, Optional, Sequence

from .json_body import JsonBody
from .masks import Mask, MaskFile, mask_file
from .multipart import Form
from .npy import array_of, names_of, planes_of
from .plain import Options, given
from .report import Report
from .transport import Transport


class Gradient(NamedTuple):
    """
    values: a numpy array of float32 in the shape of the prediction. loss: `soft.mi_loss`, None where no pixel is counted.
    clipped: how many cells of the joint table were empty and stood at `soft.epsilon`; None where an older service does not tell.
    """

    values: Any
    loss: Optional[float]
    clipped: Optional[int]


class PairCalls:
    _transport: Transport

    def score(self, truth: Mask, prediction: Mask, options: Optional[Options] = None, **more: Any) -> Report:
        """
        The scores of a predicted mask against a ground truth.

        Masks are arrays, paths, bytes, files opened with "rb", or dicts that hold a labeling tool's annotation; a PNG of ids and the
        JSON that belongs to it are a tuple. Options are those of POST /v1/score; they may be given as keywords:
        `client.score(t, p, families=["all"], ignore_labels=[255])`. Those of one side are in `options`:
        `client.score(t, p, {"prediction": {"probabilities": {}}})`.

        The report keeps the masks, for its overlay; `report.to_dict()` does not.
        """
        sides = {"ground_truth": _once(truth, "ground_truth"), "prediction": _once(prediction, "prediction")}
        asked = given(options, more)
        report = self._transport.send("POST", "/v1/score", _form(sides, asked)).json()

        def overlay() -> bytes:
            if report.get("depth", 1) > 1:
                raise ValueError("These masks are volumes, and an overlay shows images.")
            for name, mask in sides.items():
                if report[name].get("sha256") not in (None, _files(mask, name)[0].sha256()):
                    raise ValueError("%s has changed since it was scored." % name)
            return self.overlay(sides["ground_truth"], sides["prediction"], _overlay_options(asked or {}))

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
        form = _form({"ground_truth": truth, "prediction": prediction}, given(options, more))
        if image is not None:
            form.add_file("image", mask_file(image, "image"))
        return self._transport.send("POST", "/v1/overlay", form, {"Accept": "image/png"}).body

    def inspect(self, mask: Mask, options: Optional[Options] = None, **more: Any) -> Dict[str, Any]:
        """What is in a file: encoding, labels, and hints which option may fit."""
        return self._transport.send("POST", "/v1/inspect", _form({"mask": mask}, given(options, more))).json()

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
        names = names_of(planes)
        form = _form({"ground_truth": truth, "prediction": prediction}, {**(given(options, more) or {}), "planes": names})
        answer = self._transport.send("POST", "/v1/labels", form, {"Accept": "application/x-npy"})
        return planes_of(answer.body, names)

    def gradient(self, truth: Mask, prediction: Mask, options: Optional[Options] = None, **more: Any) -> Gradient:
        """
        The derivative of `soft.mi_loss` by every probability of the prediction, or by every logit (`of="logits"` and an
        activation). Without options the prediction is read as a map of probabilities.
        """
        asked = {"prediction": {"probabilities": {}}, **(given(options, more) or {})}
        form = _form({"ground_truth": truth, "prediction": prediction}, asked)
        answer = self._transport.send("POST", "/v1/gradient", form, {"Accept": "application/x-npy"})
        loss, clipped = answer.headers["maskscore-loss"], answer.headers.get("maskscore-clipped")
        return Gradient(
            array_of(answer.body), None if loss == "null" else float(loss), None if clipped is None else int(clipped)
        )

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

        Raises ValueError for names that would not arrive as they are.
        """
        form = Form()
        for part, named in (("masks", masks), ("samples", samples or {})):
            for name, mask in named.items():
                form.add_file(part, mask_file(mask, name)._replace(name=_file_name(name)))
        if truth is not None:
            form.add_file("ground_truth", mask_file(truth, "ground_truth"))
        form.add_json("options", given(options, more))
        return self._transport.send("POST", "/v1/agreement", form).json()

    def table(
        self,
        counts: Optional[Any] = None,
        options: Optional[Options] = None,
        *,
        triples: Optional[Any] = None,
        probabilities: Optional[Any] = None,
        probability_triples: Optional[Any] = None,
        **more: Any,
    ) -> Report:
        """
        The scores of a table that exists already: `counts` has a row for each true label and a column for each predicted one,
        `triples` are (true label, predicted label, count); or the same as probabilities, which sum to 1.
        """
        tables = {
            "counts": counts,
            "triples": triples,
            "probabilities": probabilities,
            "probability_triples": probability_triples,
        }
        body = {name: value for name, value in tables.items() if value is not None}
        sent = JsonBody({**body, "options": given(options, more) or {}})
        return Report(self._transport.send("POST", "/v1/table", sent).json())


def _once(mask: Mask, name: str) -> Mask:
    """An opened file is read now: its overlay is asked for later."""
    return mask_file(mask, name) if hasattr(mask, "read") else mask


def _files(mask: Mask, name: str) -> Sequence[MaskFile]:
    """The file of a mask, and the JSON that belongs to it where it is a tuple of both."""
    if isinstance(mask, tuple) and not isinstance(mask, MaskFile) and len(mask) == 2:
        return [mask_file(mask[0], name), mask_file(mask[1], name + "_json")]
    return [mask_file(mask, name)]


def _form(sides: Mapping[str, Mask], options: Optional[Options]) -> Form:
    form = Form()
    for name, mask in sides.items():
        for part, file in zip((name, name + "_json"), _files(mask, name)):
            form.add_file(part, file)
    form.add_json("options", options)
    return form


def _file_name(name: str) -> str:
    if not name or len(name) > 200 or any(one in "/\\" or ord(one) < 32 for one in name):
        raise ValueError(
            "%r cannot be the name of an annotator: it is sent as a file's name, which has 1 to 200 characters, and no slash, "
            "backslash or line end." % name
        )
    return name


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


def _overlay_options(asked: Options) -> Options:
    return {name: asked[name] for name in _OVERLAY_OPTIONS if name in asked}
