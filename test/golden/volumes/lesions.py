"""Writes lesions.json: what SciPy and surface-distance make of small volumes by the rules of the page of lesions.

    python3 test/golden/volumes/lesions.py <folder of google-deepmind/surface-distance> > test/golden/volumes/lesions.json

An own reading of the rules, with scipy.ndimage; nothing of maskscore. The stored values are of SciPy 1.17 and commit 1f805ce.
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

neighbours = {6: 1, 18: 2, 26: 3}
structure = lambda connectivity: ndimage.generate_binary_structure(3, neighbours[connectivity])


def components(truth, prediction, connectivity):
    t, lesions = ndimage.label(truth, structure(connectivity))
    p, predicted = ndimage.label(prediction, structure(connectivity))
    found = set(np.unique(t[prediction])) - {0}
    hits = set(np.unique(p[truth])) - {0}
    missed = [k for k in range(1, lesions + 1) if k not in found]
    invented = [k for k in range(1, predicted + 1) if k not in hits]
    return {
        "connectivity": connectivity,
        "lesions": lesions,
        "predicted": predicted,
        "detected": len(found),
        "false": len(invented),
        "false_negative_volume": int(np.isin(t, missed).sum()),
        "false_positive_volume": int(np.isin(p, invented).sum()),
    }


def brats(truth, prediction, spacing, d, v):
    ball = ndimage.generate_binary_structure(3, 2)
    grown, count = ndimage.label(ndimage.binary_dilation(truth, ball, d), structure(26))
    p, predicted = ndimage.label(prediction, structure(26))
    hit, rows = set(), []
    for k in range(1, count + 1):
        lesion = truth & (grown == k)
        touched = set(np.unique(p[ndimage.binary_dilation(lesion, ball, d)])) - {0}
        hit |= touched
        volume = lesion.sum() * np.prod(spacing)
        if volume <= v:
            continue
        merged = np.isin(p, list(touched)) & prediction
        dice = 2 * (lesion & merged).sum() / (lesion.sum() + merged.sum())
        distances = metrics.compute_surface_distances(lesion, merged, spacing)
        hd = metrics.compute_robust_hausdorff(distances, 95) if touched else np.inf
        rows.append([float(volume), len(touched), float(dice), 374.0 if np.isinf(hd) else float(hd)])
    invented = predicted - len(hit)
    n = len(rows) + invented
    return {
        "dilation": d,
        "min_volume": v,
        "lesions": len(rows),
        "false": invented,
        "rows": sorted(rows, reverse=True),
        "mean_dice": sum(r[2] for r in rows) / n if n else 1,
        "mean_hausdorff_95": (sum(r[3] for r in rows) + 374 * invented) / n if n else 0,
    }


def tiny():
    """Three lesions (27, 8, 1 voxels); predicted: the cube shifted by one, one voxel beside the second, a farther block of 18."""
    t, p = np.zeros((9, 12, 20), bool), np.zeros((9, 12, 20), bool)
    t[1:4, 1:4, 1:4] = True
    p[1:4, 1:4, 2:5] = True
    t[1:3, 1:3, 8:10] = True
    p[3, 1, 8] = True
    t[1, 6, 13] = True
    p[2:5, 8:11, 15:17] = True
    return t, p


random = np.random.default_rng(11)


def noisy(shape, share):
    field = ndimage.gaussian_filter(random.standard_normal(shape), 1)
    t = field > np.quantile(field, 1 - share)
    p = field + 0.35 * ndimage.gaussian_filter(random.standard_normal(shape), 1) > np.quantile(field, 1 - share)
    return t, p


cases = []
for name, (t, p), spacing in [
    ("tiny", tiny(), (1, 1, 1)),
    ("noise", noisy((10, 14, 16), 0.06), (3, 1, 1)),
    ("dense noise", noisy((8, 9, 10), 0.2), (1, 0.5, 2)),
]:
    cases.append(
        {
            "name": name,
            "shape": t.shape,
            "spacing": spacing,
            "ground_truth": "".join(map(str, t.astype(int).ravel())),
            "prediction": "".join(map(str, p.astype(int).ravel())),
            "components": [components(t, p, c) for c in (6, 18, 26)],
            "brats": [brats(t, p, spacing, d, v) for d, v in ((1, 2), (3, 0), (3, 50))],
        }
    )
print(json.dumps(cases, indent=1))
