"""A folder of pairs scored by a Python pool; prints the seconds, without those of its start.

usage: dataset.py METHOD PROCESSES FOLDER PAIRS, where so many pairs are scored, and METHOD is how a pair is counted:
bincount: OpenCV decodes, one histogram of pairs of labels; runs: OpenCV decodes, runs are counted;
mmseg: decode, then three histograms an image, as mmsegmentation's IoUMetric does;
cityscapes: decode, then a loop over the values of an encoded image, as cityscapesScripts' evalPixelLevelSemanticLabeling does
"""

import sys
import time
from multiprocessing import Pool
from pathlib import Path

import cv2
import numpy as np

from scores import scores

cv2.setNumThreads(1)
classes = 19
ignored = 255


def read(path):
    return cv2.imread(str(path), cv2.IMREAD_UNCHANGED)


def by_bincount(gt, pred):
    joint = np.bincount(gt.ravel().astype(np.int64) * 256 + pred.ravel(), minlength=65_536)
    return met_scores(joint)


def by_runs(gt, pred):
    gt, pred = gt.ravel(), pred.ravel()
    changes = gt[1:] != gt[:-1]
    changes |= pred[1:] != pred[:-1]
    starts = np.concatenate(([0], np.flatnonzero(changes) + 1))
    lengths = np.diff(starts, append=gt.size)
    joint = np.bincount(gt[starts].astype(np.int64) * 256 + pred[starts], weights=lengths, minlength=65_536)
    return met_scores(joint)


def met_scores(joint):
    met = np.flatnonzero(joint)
    return scores(met // 256, met % 256, joint[met])


def by_mmseg(gt, pred):
    mask = gt != ignored
    gt, pred = gt[mask], pred[mask]
    both = pred[pred == gt]
    bins = dict(bins=classes, range=(0, classes - 1))
    return [np.histogram(values.astype(np.float32), **bins)[0] for values in (both, pred, gt)]


def by_cityscapes(gt, pred):
    encoded = gt.astype(np.int32) * 256 + pred
    values, counts = np.unique(encoded, return_counts=True)
    confusion = np.zeros((256, 256), dtype=np.ulonglong)
    for value, count in zip(values, counts):
        confusion[value // 256, value % 256] += count
    return confusion


methods = {"bincount": by_bincount, "runs": by_runs, "mmseg": by_mmseg, "cityscapes": by_cityscapes}


def score(task):
    method, gt, pred = task
    methods[method](read(gt), read(pred))
    return True


def main():
    method, processes, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    tasks = [(method, path, folder / "pred" / path.name) for path in sorted((folder / "gt").iterdir())]
    tasks = tasks[: int(sys.argv[4])]
    with Pool(processes) as pool:
        pool.map(score, tasks[: 2 * processes])
        start = time.perf_counter()
        done = sum(pool.imap_unordered(score, tasks, chunksize=4))
        print(time.perf_counter() - start)
    assert done == len(tasks)


if __name__ == "__main__":
    main()
