"""Writes surfels.json: what surface-distance answers for five pairs of volumes.

    python3 test/golden/volumes/surfels.py <folder of google-deepmind/surface-distance> > test/golden/volumes/surfels.json

With NumPy 2 and SciPy 1.17; np.bool, np.Inf and the modules scipy.ndimage.filters and .morphology, which the package uses,
are gone from these and stood in for here. The stored values are of commit 1f805ce.
"""

import json
import sys
import types

import numpy as np
from scipy import ndimage

np.bool, np.Inf = np.bool_, np.inf
ndimage.filters = types.SimpleNamespace(correlate=ndimage.correlate)
ndimage.morphology = types.SimpleNamespace(distance_transform_edt=ndimage.distance_transform_edt)
sys.path.insert(0, sys.argv[1])
from surface_distance import metrics  # noqa: E402

random = np.random.default_rng(7)
sizes = [
    ((6, 7, 8), (1, 1, 1)),
    ((5, 9, 7), (3.3, 0.6, 0.7)),
    ((8, 8, 8), (2, 0.5, 1)),
    ((1, 6, 6), (2, 1, 1)),
    ((7, 6, 5), (1.5, 1.5, 4)),
]
cases = []
for shape, spacing in sizes:
    z, y, x = np.indices(shape)
    c = np.array(shape) / 2
    body = ((z - c[0]) / max(1, c[0] * 0.7)) ** 2 + ((y - c[1]) / (c[1] * 0.7)) ** 2 + ((x - c[2]) / (c[2] * 0.6)) ** 2
    truth = (body + 0.25 * random.standard_normal(shape)) < 1
    prediction = (np.roll(body, 1, axis=2) + 0.35 * random.standard_normal(shape)) < 0.9
    distances = metrics.compute_surface_distances(truth, prediction, spacing)
    hausdorff = lambda percent: float(metrics.compute_robust_hausdorff(distances, percent))
    dice = lambda tolerance: float(metrics.compute_surface_dice_at_tolerance(distances, tolerance))
    cases.append(
        {
            "shape": shape,
            "spacing": spacing,
            "ground_truth": "".join(map(str, truth.astype(int).ravel())),
            "prediction": "".join(map(str, prediction.astype(int).ravel())),
            "asd": [float(value) for value in metrics.compute_average_surface_distance(distances)],
            "hd": hausdorff(100),
            "hd95": hausdorff(95),
            "hd50": hausdorff(50),
            "nsd1": dice(1),
            "nsd07": dice(0.7),
        }
    )
print(json.dumps(cases, indent=1))
