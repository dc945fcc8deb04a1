"""Loads two gzipped NIfTIs with nibabel and counts their pairs of labels with numpy's unique; prints JSON.

usage: volume.py GROUND_TRUTH PREDICTION
"""

import gzip
import json
import resource
import sys
import time

import nibabel
import numpy as np


def labels(path):
    # The files have no ending by which nibabel would know that they are gzipped.
    with gzip.open(path) as file:
        image = nibabel.Nifti1Image.from_bytes(file.read())
    return np.asanyarray(image.dataobj).ravel(order="K")


start = time.process_time()
truth, prediction = map(labels, sys.argv[1:3])
pairs, counts = np.unique(truth.astype(np.int32) * 65536 + prediction, return_counts=True)
print(
    json.dumps(
        {
            "cpu_ms": 1000 * (time.process_time() - start),
            "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "pairs": len(pairs),
        }
    )
)
