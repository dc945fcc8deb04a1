"""Writes surfaces.json: distances between surfaces of volumes in millimetres, by SciPy.

    python3 test/golden/volumes/surfaces.py > test/golden/volumes/surfaces.json

A surface is the mask less its erosion by the cross of 6 neighbours, as in MedPy and MONAI; percentiles are NumPy's, one a
direction, and the larger counts. The stored values are of SciPy 1.17 and NumPy 2.4.
"""

import json

import numpy as np
from scipy import ndimage

random = np.random.default_rng(5)


def scores(truth, prediction, spacing):
    cross = ndimage.generate_binary_structure(3, 1)
    surface = lambda mask: mask & ~ndimage.binary_erosion(mask, cross)
    a, b = surface(truth), surface(prediction)
    to_b = ndimage.distance_transform_edt(~b, sampling=spacing)[a]
    to_a = ndimage.distance_transform_edt(~a, sampling=spacing)[b]
    both = np.concatenate([to_b, to_a])
    return {
        "hausdorff": float(both.max()),
        "hausdorff_95": float(max(np.percentile(to_b, 95), np.percentile(to_a, 95))),
        "assd": float(both.mean()),
        "masd": float((to_b.mean() + to_a.mean()) / 2),
        "nsd": [float((both <= tolerance).mean()) for tolerance in (1, 2, 3.3)],
    }


cases = []
for shape, spacing in (((7, 12, 14), (3.3, 0.586, 0.586)), ((9, 8, 10), (1, 1, 1)), ((12, 9, 7), (0.9, 2.5, 0.4))):
    field = ndimage.gaussian_filter(random.standard_normal(shape), 1.5)
    truth = field > np.quantile(field, 0.7)
    prediction = field + 0.4 * ndimage.gaussian_filter(random.standard_normal(shape), 1.5) > np.quantile(field, 0.75)
    cases.append(
        {
            "shape": shape,
            "spacing": spacing,
            "ground_truth": "".join(map(str, truth.astype(int).ravel())),
            "prediction": "".join(map(str, prediction.astype(int).ravel())),
            **scores(truth, prediction, spacing),
        }
    )
print(json.dumps(cases, indent=1))
