"""Reference values for the summary of a dataset, with numpy alone: python3 generate.py > sets.json

50 random sets of label maps. Everything is computed from the pixels in the plainest way: nothing of the project is used.
"""
import json
import sys

import numpy as np

rng = np.random.default_rng(20260114)
VOID = 255
THRESHOLDS = [0.5, 0.75]


def bits(joint):
    p = joint[joint > 0] / joint.sum()
    return float(-(p * np.log2(p)).sum())


def item(classes):
    height, width = int(rng.integers(3, 24)), int(rng.integers(3, 24))
    present = rng.permutation(classes)[: rng.integers(1, classes + 1)]
    truth = rng.choice(present, (height, width))
    truth[: height // 2] = present[0]
    noise = rng.random((height, width)) < rng.random()
    prediction = np.where(noise, rng.integers(0, classes, (height, width)), truth)
    truth[rng.random((height, width)) < 0.1 * rng.integers(0, 3)] = VOID
    if rng.random() < 0.08:
        truth[:] = VOID
    kept = truth != VOID
    x, y = truth[kept], prediction[kept]
    n = len(x)
    joint = np.zeros((classes, classes))
    np.add.at(joint, (x, y), 1)
    tp = np.diag(joint)
    fp, fn = joint.sum(0) - tp, joint.sum(1) - tp
    either = tp + fp + fn > 0
    row = {
        "pixels": {"total": height * width, "counted": n, "ignored": height * width - n},
        "classes": [[int(k), int(tp[k]), int(fp[k]), int(fn[k])] for k in range(classes) if either[k]],
        "joint": [[int(i), int(j), int(joint[i, j])] for i, j in zip(*np.nonzero(joint))],
    }
    names = ["mi_loss", "vi_split", "vi_merge", "h_joint", "mi", "pixel_accuracy", "mean_iou", "mean_dice"]
    if n == 0:
        row["scores"] = {name: None for name in names}
        row["reasons"] = {name: "no_pixels" for name in names}
    else:
        h_joint, h_x, h_y = bits(joint), bits(joint.sum(1)), bits(joint.sum(0))
        vi_split, vi_merge = max(0, h_joint - h_x), max(0, h_joint - h_y)
        mi = max(0, h_joint - vi_split - vi_merge)
        iou, dice = tp[either] / (tp + fp + fn)[either], 2 * tp[either] / (2 * tp + fp + fn)[either]
        loss = (vi_split + vi_merge) / (vi_split + vi_merge + mi) if vi_split + vi_merge > 0 else 0
        values = [loss, vi_split, vi_merge, h_joint, mi, tp.sum() / n, iou.mean(), dice.mean()]
        row["scores"] = {name: float(value) for name, value in zip(names, values)}
    found = rng.integers(0, 5, (len(THRESHOLDS), 3))
    row["thresholds"] = [[t, *map(int, counts)] for t, counts in zip(THRESHOLDS, found)]
    row["panoptic"] = []
    for category in sorted(map(int, rng.permutation(4)[: rng.integers(0, 4)])):
        matches = int(rng.integers(0, 4))
        iou_sum = float((0.5 + rng.random(matches) / 2).sum())
        row["panoptic"].append([category, iou_sum, matches, int(rng.integers(0, 3)), int(rng.integers(0, 3))])
    return row


def macro(values, direction, weights):
    values, weights = np.array(values, float), np.array(weights, float)
    defined = ~np.isnan(values)
    v, w = values[defined], weights[defined]
    if len(v) == 0:
        return {"mean": None, "std": None, "median": None, "defined": 0}
    worst = np.sort(v * direction)[: int(np.ceil(len(v) / 10))] * direction if direction else None
    return {
        "mean": float((v * w).sum() / w.sum()), "std": float(v.std(ddof=1)) if len(v) > 1 else None,
        "min": float(v.min()), "max": float(v.max()),
        **{name: float(np.percentile(v, p)) for name, p in
           [("p5", 5), ("p25", 25), ("median", 50), ("p75", 75), ("p95", 95)]},
        "worst_10": None if worst is None else float(worst.mean()), "defined": len(v),
    }


DIRECTIONS = {"mi_loss": -1, "vi_split": -1, "vi_merge": -1, "h_joint": 0, "mi": 1,
              "pixel_accuracy": 1, "mean_iou": 1, "mean_dice": 1}


def expected(rows, classes):
    total = np.zeros((classes, classes))
    for row in rows:
        for i, j, n in row["joint"]:
            total[i, j] += n
    tp = np.diag(total)
    fp, fn = total.sum(0) - tp, total.sum(1) - tp
    n = total.sum()
    a, b = tp + fn, tp + fp
    either = tp + fp + fn > 0
    pooled = {"pixels": int(n)}
    if n > 0:
        iou, dice = tp[either] / (tp + fp + fn)[either], 2 * tp[either] / (2 * tp + fp + fn)[either]
        by_chance = float((a * b).sum()) / n / n
        accuracy = tp.sum() / n
        counted = [(r["pixels"]["counted"], r["scores"]) for r in rows if r["pixels"]["counted"] > 0]
        split = sum(c * s["vi_split"] for c, s in counted)
        merge = sum(c * s["vi_merge"] for c, s in counted)
        joint = sum(c * (s["vi_split"] + s["vi_merge"] + s["mi"]) for c, s in counted)
        pooled |= {
            "mi_loss": (split + merge) / joint if joint > 0 else 0,
            "mi_loss_split": split / joint if joint > 0 else 0,
            "mi_loss_merge": merge / joint if joint > 0 else 0,
            "h_joint": bits(total), "h_ground_truth": bits(a), "h_prediction": bits(b),
            "pixel_accuracy": accuracy, "mean_iou": iou.mean(), "mean_dice": dice.mean(),
            "mean_accuracy": (tp[a > 0] / a[a > 0]).mean(),
            "mean_iou_ground_truth": (tp[a > 0] / (tp + fp + fn)[a > 0]).mean(),
            "fw_iou": (a[either] * iou).sum() / a.sum(),
            "kappa": (accuracy - by_chance) / (1 - by_chance) if by_chance < 1 else None,
            "iou": {int(k): float(tp[k] / (tp + fp + fn)[k]) for k in range(classes) if either[k]},
            "dice": {int(k): float(2 * tp[k] / (2 * tp + fp + fn)[k]) for k in range(classes) if either[k]},
        }
        pooled = {k: float(v) if isinstance(v, np.floating) else v for k, v in pooled.items()}
    sums = {}
    for row in rows:
        for category, *values in row["panoptic"]:
            sums[category] = sums.get(category, np.zeros(4)) + values
    rows_pq = [[i / t if t else 0, 2 * t / (2 * t + p + m), 2 * i / (2 * t + p + m)]
               for i, t, p, m in sums.values() if t + p + m > 0]
    panoptic = dict(zip(["sq", "rq", "pq"], map(float, np.mean(rows_pq, 0)))) if rows_pq else None
    detections = []
    for k, iou_threshold in enumerate(THRESHOLDS):
        t, p, m = np.sum([row["thresholds"][k][1:] for row in rows], 0)
        detections.append({"f1": float(2 * t / (2 * t + p + m)) if t + p + m else None,
                           "ap_dsb": float(t / (t + p + m)) if t + p + m else None})
    by_class = {}
    for row in rows:
        for label, t, p, m in row["classes"]:
            by_class.setdefault(label, []).append((t / (t + p + m), 2 * t / (2 * t + p + m)))
    means = {label: [float(x) for x in np.mean(values, 0)] for label, values in sorted(by_class.items())}
    return {
        "pooled": pooled, "panoptic": panoptic, "detections": detections, "by_class": means,
        "class_first": float(np.mean([v[0] for v in means.values()])) if means else None,
        "macro": {name: macro([np.nan if r["scores"][name] is None else r["scores"][name] for r in rows],
                              direction, [r.get("weight", 1) for r in rows])
                  for name, direction in DIRECTIONS.items()},
    }


sets = []
for k in range(50):
    classes = int(rng.integers(2, 8))
    rows = [item(classes) for _ in range(int(rng.integers(1, 16)))]
    if k % 3 == 0:
        for row in rows:
            row["weight"] = float(rng.integers(1, 9)) / 4
    sets.append({"rows": rows, "expected": expected(rows, classes)})
json.dump(sets, sys.stdout, separators=(",", ":"))
