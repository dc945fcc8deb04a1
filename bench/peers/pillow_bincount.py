"""Pillow decodes, numpy's bincount counts: the script most people would end with after tuning it."""

import io

import numpy as np
from PIL import Image

from app import make_app
from scores import scores


def read(data: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(data))).ravel()


def compacted(labels: np.ndarray) -> tuple[np.ndarray, int]:
    """The labels renumbered 0, 1, … by a look-up table, and how many there are."""
    seen = np.zeros(int(labels.max()) + 1, dtype=bool)
    seen[labels] = True
    numbers = np.cumsum(seen) - 1
    return numbers[labels], int(numbers[-1]) + 1


def score(ground_truth: bytes, prediction: bytes) -> dict[str, float]:
    gt, pred = read(ground_truth), read(prediction)
    if gt.dtype == np.uint8 and pred.dtype == np.uint8:
        columns = 256
        joint = np.bincount(gt.astype(np.int64) * columns + pred, minlength=65_536)
    else:
        gt, _ = compacted(gt)
        pred, columns = compacted(pred)
        joint = np.bincount(gt * columns + pred)
    met = np.flatnonzero(joint)
    return scores(met // columns, met % columns, joint[met])


app = make_app(score)
