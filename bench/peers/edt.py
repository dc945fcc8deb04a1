"""Boundary distances with scipy's distance transform, a transform a class and direction; prints JSON.

usage: edt.py WIDTH HEIGHT LABELS REPEATS GROUND_TRUTH PREDICTION (raw uint8 files)
"""

import json
import sys
import time

import numpy as np
from scipy.ndimage import binary_erosion, distance_transform_edt


def edge(mask):
    return mask & ~binary_erosion(mask)


def scores(truth, prediction, labels):
    rows = []
    for label in range(labels):
        a, b = edge(truth == label), edge(prediction == label)
        if not a.any() or not b.any():
            rows.append(None)
            continue
        there = distance_transform_edt(~b)[a]
        back = distance_transform_edt(~a)[b]
        pooled = np.concatenate([there, back])
        rows.append({
            "hausdorff": float(pooled.max()),
            "hausdorff_95": float(max(np.percentile(there, 95), np.percentile(back, 95))),
            "assd": float(pooled.mean()),
            "nsd": float((pooled <= 1).mean()),
        })
    return rows


width, height, labels, repeats = map(int, sys.argv[1:5])
truth, prediction = (np.fromfile(file, np.uint8).reshape(height, width) for file in sys.argv[5:7])
times = []
for _ in range(repeats):
    start = time.process_time()
    rows = scores(truth, prediction, labels)
    times.append(1000 * (time.process_time() - start))
print(json.dumps({"cpu_ms": sorted(times)[len(times) // 2], "rows": rows}))
