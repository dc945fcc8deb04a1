"""Counts two decoded label maps as Python does, and says how long a call takes: what `bench/kernel.ts` compares with.

Arguments: width, height, item size, two files of raw labels. Then one line of standard input names a method and
how many milliseconds to spend on it at least; the answer is the CPU milliseconds of one call, or "absent".
"""

import sys
import time

import numpy as np

from pillow_bincount import compacted


def bincount(gt: np.ndarray, pred: np.ndarray) -> object:
    """A dense histogram of 8-bit pairs; wider labels are first renumbered by a look-up table."""
    if gt.dtype == np.uint8:
        return np.bincount(gt.astype(np.int64) * 256 + pred, minlength=65_536)
    gt, _ = compacted(gt)
    pred, columns = compacted(pred)
    return np.bincount(gt * columns + pred)


def contingency(gt: np.ndarray, pred: np.ndarray) -> object:
    from skimage.metrics import contingency_table

    return contingency_table(gt, pred)


def voi(gt: np.ndarray, pred: np.ndarray) -> object:
    from skimage.metrics import variation_of_information

    return variation_of_information(gt, pred)


def timed(method, gt: np.ndarray, pred: np.ndarray, least_ms: float) -> float:
    start, cpu, calls = time.perf_counter(), time.process_time(), 0
    while calls == 0 or (time.perf_counter() - start) * 1000 < least_ms:
        method(gt, pred)
        calls += 1
    return (time.process_time() - cpu) * 1000 / calls


def main() -> None:
    width, height, item_size = (int(argument) for argument in sys.argv[1:4])
    dtype = {1: np.uint8, 2: np.uint16, 4: np.uint32}[item_size]
    gt, pred = (np.fromfile(path, dtype=dtype).reshape(height, width) for path in sys.argv[4:6])
    methods = {"bincount": bincount, "contingency": contingency, "voi": voi}
    for line in sys.stdin:
        name, least_ms = line.split()
        flat = name == "bincount"
        try:
            sides = (gt.ravel(), pred.ravel()) if flat else (gt, pred)
            print(timed(methods[name], *sides, float(least_ms)), flush=True)
        except ImportError:
            print("absent", flush=True)


main()
