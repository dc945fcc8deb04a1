"""Scores a probability map as the family `soft` does, in numpy, class by class; prints JSON.

usage: soft.py GROUND_TRUTH PREDICTION
"""

import json
import resource
import sys
import time

import numpy as np


def xlogx(t):
    return t * np.log(np.where(t > 0, t, 1))


start = time.process_time()
truth = np.load(sys.argv[1]).ravel()
stored = np.load(sys.argv[2])
classes = stored.shape[0]
q = stored.reshape(classes, -1).astype(np.float32) / np.float32(255)
total = q.sum(0)
assert q.min() >= 0 and q.max() <= 1 and np.abs(total - 1).max() < 0.05
labels = q.argmax(0)
hard = np.bincount(truth.astype(np.int32) * classes + labels, minlength=classes * classes)
table = np.stack([np.bincount(truth, weights=q[c], minlength=classes) for c in range(classes)], 1)
squares = np.array([np.dot(q[c], q[c]) for c in range(classes)])
sharpness = sum(xlogx(q[c]).sum(dtype=float) for c in range(classes))
true = q[truth, np.arange(truth.size)].astype(float)
middle = (1 + true) / 2
pixels = truth.size
P = table / table.sum()
a, b = P.sum(1), P.sum(0)
mutual = xlogx(P).sum() - xlogx(a).sum() - xlogx(b).sum()
scores = {
    "mi_loss": 1 + mutual / xlogx(P).sum(),
    "ceiling": (sharpness / pixels) - xlogx(table.sum(0) / pixels).sum(),
    "log_loss": -np.log(np.maximum(true, 1e-15)).mean(),
    "brier": (squares.sum() - (true**2).sum() + ((1 - true) ** 2).sum()) / pixels,
    "js": ((xlogx(true) / 2 - xlogx(middle)).sum() / np.log(2) + (total - true).sum() / 2) / pixels,
    "dice": (2 * np.diag(table) / (np.bincount(truth, minlength=classes) + table.sum(0))).tolist(),
    "hard": int(hard.max()),
}
print(
    json.dumps(
        {
            "cpu_ms": 1000 * (time.process_time() - start),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "scores": scores,
        }
    )
)
