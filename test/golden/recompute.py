"""Computes the expected values of golden.json and emi.json again, from the masks beside them.

Usage: python3 test/golden/recompute.py        (numpy, scipy, scikit-learn, scikit-image, Pillow, mpmath; any recent versions)
Prints for each family how many values were compared and the largest difference, then every value that is off;
ends with 1 when one is. The functions that make each value are named under `calls` in golden.json.
"""
import json
import math
import pathlib
import sys

import mpmath
import numpy as np
from PIL import Image
from scipy import ndimage, optimize
from skimage import metrics as skimage_metrics
from sklearn import metrics as sklearn_metrics

HERE = pathlib.Path(__file__).parent
# scikit-image 0.19 answered 0/0 here; newer versions answer 1, and so do we.
MENDED = {("singletons_vs_constant", "adapted_rand_error_skimage_all")}
MEANS = ["min", "geometric", "arithmetic", "max"]


def read(name, encoding):
    if encoding == "npy":
        return np.load(HERE / name).astype(np.int64)
    # Pillow answers indices of a palette file, and samples of a 1-bit one as booleans.
    pixels = np.asarray(Image.open(HERE / name)).astype(np.int64)
    return pixels @ [1, 256, 65536] if encoding == "rgb" else pixels


def table_of(gt, pred):
    rows, cols = np.unique(gt, return_inverse=True)[1], np.unique(pred, return_inverse=True)[1]
    table = np.zeros((rows.max() + 1, cols.max() + 1), np.int64)
    np.add.at(table, (rows.ravel(), cols.ravel()), 1)
    return table


def entropy(counts):
    shares = counts[counts > 0] / counts.sum()
    return float(-math.fsum(shares * np.log(shares)))


def ratio(a, b):
    return float("nan") if b == 0 else a / b


def information(gt, pred, table):
    n, a, b = table.sum(), table.sum(1), table.sum(0)
    h_gt, h_pred, h_joint = entropy(a), entropy(b), entropy(table.ravel())
    mi = sklearn_metrics.mutual_info_score(gt, pred)
    split, merge = (float(x) for x in skimage_metrics.variation_of_information(gt - gt.min(), pred - pred.min()))
    homogeneity, completeness, v_measure = sklearn_metrics.homogeneity_completeness_v_measure(gt, pred)
    vi = (split + merge) * math.log(2)
    cells = np.count_nonzero(table)
    corrected = [h + (m - 1) / (2 * n) for h, m in ((h_gt, len(a)), (h_pred, len(b)), (h_joint, cells))]
    means = ["nmi", "ami"]
    scores = [sklearn_metrics.normalized_mutual_info_score, sklearn_metrics.adjusted_mutual_info_score]
    return {
        "n": n, "h_gt": h_gt, "h_pred": h_pred, "h_joint": h_joint, "mi": mi,
        "vi_split_bits": split, "vi_merge_bits": merge, "vi_bits": split + merge, "vi_nats": vi,
        "h_pred_given_gt_nats": split * math.log(2), "h_gt_given_pred_nats": merge * math.log(2),
        "nvi_joint": ratio(vi, h_joint) if h_joint > 0 else 0,
        "homogeneity": homogeneity, "completeness": completeness, "v_measure": v_measure,
        "v_measure_beta_0_5": sklearn_metrics.v_measure_score(gt, pred, beta=0.5),
        "v_measure_beta_2": sklearn_metrics.v_measure_score(gt, pred, beta=2),
        "h_gt_miller_madow": corrected[0], "h_pred_miller_madow": corrected[1], "h_joint_miller_madow": corrected[2],
        "mi_miller_madow": corrected[0] + corrected[1] - corrected[2],
        **{f"{name}_{mean}": score(gt, pred, average_method=mean)
           for name, score in zip(means, scores) for mean in MEANS},
    }  # fmt: skip


def pairs(gt, pred, table):
    n = int(table.sum())
    together, in_gt, in_pred = (sum(int(x) ** 2 for x in values) for values in (table.ravel(), table.sum(1), table.sum(0)))
    tp, fp, fn = together - n, in_pred - together, in_gt - together
    error, _, _ = skimage_metrics.adapted_rand_error(gt - gt.min() + 1, pred - pred.min() + 1, ignore_labels=())
    with_self = 1 - 2 * together / (in_gt + in_pred)
    vi_bits = sum(skimage_metrics.variation_of_information(gt - gt.min(), pred - pred.min()))
    return {
        "rand": sklearn_metrics.rand_score(gt, pred), "ari": sklearn_metrics.adjusted_rand_score(gt, pred),
        "fmi": sklearn_metrics.fowlkes_mallows_score(gt, pred), "adapted_rand_error_skimage_all": error,
        "pair_precision_tp_over_pred_pairs": ratio(tp, tp + fp), "pair_recall_tp_over_gt_pairs": ratio(tp, tp + fn),
        "are_with_self_pairs": with_self,
        "cremi_score_sqrt_vi_bits_times_are_with_self_pairs": math.sqrt(max(0, vi_bits * with_self)),
    }  # fmt: skip


def regions(table):
    n, a, b = table.sum(), table.sum(1), table.sum(0)
    iou = table / (a[:, None] + b[None, :] - table)
    refine_gt, refine_pred = 1 - table / a[:, None], 1 - table / b[None, :]
    best = table[optimize.linear_sum_assignment(table, maximize=True)].sum()
    return {
        "covering_of_gt_by_pred": (a * iou.max(1)).sum() / n, "covering_of_pred_by_gt": (b * iou.max(0)).sum() / n,
        "best_one_to_one_pixels": best, "best_one_to_one_accuracy": best / n,
        "purity_many_to_one_pred_to_gt": table.max(0).sum() / n, "inverse_purity": table.max(1).sum() / n,
        "gce": min((table * refine_gt).sum(), (table * refine_pred).sum()) / n,
        "lce": (table * np.minimum(refine_gt, refine_pred)).sum() / n,
    }  # fmt: skip


def classes(gt, pred, expected):
    count, n = expected["num_classes"], len(gt)
    rows = []
    for label in range(count):
        t, p = gt == label, pred == label
        tp, fp, fn, tn = (int(x.sum()) for x in (t & p, ~t & p, t & ~p, ~t & ~p))
        rows.append({
            "tp": tp, "fp": fp, "fn": fn, "tn": tn, "iou": ratio(tp, tp + fp + fn), "dice": ratio(2 * tp, 2 * tp + fp + fn),
            "precision": ratio(tp, tp + fp), "recall": ratio(tp, tp + fn), "specificity": ratio(tn, tn + fp),
            "volumetric_similarity": 1 - ratio(abs(fn - fp), 2 * tp + fp + fn),
        })  # fmt: skip
    present = [row for row in rows if row["tp"] + row["fn"] > 0]
    either = [row for row in rows if row["tp"] + row["fp"] + row["fn"] > 0]
    mean = lambda values: ratio(math.fsum(values), len(values))  # noqa: E731
    result = {
        "pixel_accuracy": (gt == pred).mean(), "mean_accuracy_over_gt_present": mean([row["recall"] for row in present]),
        "miou_over_present_in_either": mean([row["iou"] for row in either]),
        "miou_over_gt_present": mean([row["iou"] for row in present]),
        "mdice_over_present_in_either": mean([row["dice"] for row in either]),
        "fwiou": math.fsum((row["tp"] + row["fn"]) / n * row["iou"] for row in present),
    }  # fmt: skip
    if pred.max() < count and pred.min() >= 0 and len(np.union1d(gt, pred)) > 1:
        result["kappa"] = sklearn_metrics.cohen_kappa_score(gt, pred)
        result["mcc_multiclass"] = sklearn_metrics.matthews_corrcoef(gt, pred)
    return result, rows


def instances(table, gt_labels, pred_labels, expected):
    background = expected["background"]
    areas_gt, areas_pred = table.sum(1), table.sum(0)
    inner = table[gt_labels != background][:, pred_labels != background]
    union = areas_gt[gt_labels != background][:, None] + areas_pred[pred_labels != background][None, :] - inner
    n_gt, n_pred = inner.shape
    found = {"n_gt": n_gt, "n_pred": n_pred}
    for threshold, sides in expected["thresholds"].items():
        # As exact integers: 100 I >= t U with t in hundredths.
        hundredths = round(100 * float(threshold))
        for side in sides:
            matches = 100 * inner >= hundredths * union if side == "ge" else 100 * inner > hundredths * union
            cost = -1.0 * matches - inner / np.maximum(union, 1) / (2 * max(1, min(n_gt, n_pred)))
            chosen = optimize.linear_sum_assignment(cost) if inner.size else ([], [])
            iou = [inner[i, j] / union[i, j] for i, j in zip(*chosen) if matches[i, j]]
            tp, fp, fn = len(iou), n_pred - len(iou), n_gt - len(iou)
            half = tp + fp / 2 + fn / 2
            found |= {f"{threshold} {side} {key}": value for key, value in {
                "tp": tp, "fp": fp, "fn": fn, "precision": ratio(tp, tp + fp), "recall": ratio(tp, tp + fn),
                "ap_tp_over_tp_fp_fn": ratio(tp, tp + fp + fn), "rq": ratio(tp, half), "pq": ratio(math.fsum(iou), half),
            }.items()}  # fmt: skip
    return found


def edge(mask):
    return mask & ~ndimage.binary_erosion(mask)


def surface(gt, pred, expected):
    t, p = gt == expected["label"], pred == expected["label"]
    if not t.any() or not p.any():
        return {"n_edge_gt": edge(t).sum(), "n_edge_pred": edge(p).sum()}
    spacing = expected["spacing_row_col"]
    to_pred = ndimage.distance_transform_edt(~edge(p), sampling=spacing)[edge(t)]
    to_gt = ndimage.distance_transform_edt(~edge(t), sampling=spacing)[edge(p)]
    result = {
        "n_edge_gt": len(to_pred), "n_edge_pred": len(to_gt),
        "hd": max(to_pred.max(), to_gt.max()), "hd_gt_to_pred": to_pred.max(), "hd_pred_to_gt": to_gt.max(),
        "hd95_max_of_directed_linear": max(np.percentile(to_pred, 95), np.percentile(to_gt, 95)),
        "asd_gt_to_pred": to_pred.mean(), "asd_pred_to_gt": to_gt.mean(),
        "assd_pooled": np.concatenate([to_pred, to_gt]).mean(),
        "hd_full_sets_unit_spacing_skimage": skimage_metrics.hausdorff_distance(t, p),
    }  # fmt: skip
    for tolerance in expected["tolerances"]:
        recall, precision = (to_pred <= tolerance).mean(), (to_gt <= tolerance).mean()
        near = (to_pred <= tolerance).sum() + (to_gt <= tolerance).sum()
        result |= {
            f"nsd_pixelcount_tol_{tolerance:g}": near / (len(to_pred) + len(to_gt)),
            f"boundary_precision_tol_{tolerance:g}": precision, f"boundary_recall_tol_{tolerance:g}": recall,
            f"boundary_f1_tol_{tolerance:g}": ratio(2 * precision * recall, precision + recall),
        }  # fmt: skip
    return result


def expected_information(n, rows, columns):
    """Vinh et al. 2010, to 40 digits; marginals as [value, how often]."""
    mpmath.mp.dps = 40
    factorial = lambda k: mpmath.loggamma(k + 1)  # noqa: E731
    total = mpmath.mpf(0)
    for a, times_a in rows:
        for b, times_b in columns:
            fixed = factorial(a) + factorial(b) + factorial(n - a) + factorial(n - b) - factorial(n)
            inner = mpmath.mpf(0)
            for k in range(max(1, a + b - n), min(a, b) + 1):
                weight = mpmath.exp(fixed - factorial(k) - factorial(a - k) - factorial(b - k) - factorial(n - a - b + k))
                inner += mpmath.mpf(k) / n * mpmath.log(mpmath.mpf(n) * k / (mpmath.mpf(a) * b)) * weight
            total += times_a * times_b * inner
    return total


class Comparison:
    def __init__(self):
        self.off, self.compared, self.largest = [], {}, {}

    def add(self, family, where, expected, found):
        for key, value in found.items():
            if key not in expected or (where, key) in MENDED:
                continue
            wanted = expected[key]
            wanted = float(wanted) if isinstance(wanted, str) else wanted
            # scikit-learn's own rounding, see `tolerances` in golden.json.
            tolerance = 1e-6 if key.startswith("ami_") else 1e-9
            same = (math.isnan(wanted) and math.isnan(value)) or math.isclose(value, wanted, rel_tol=tolerance, abs_tol=tolerance)
            self.compared[family] = self.compared.get(family, 0) + 1
            if same and math.isfinite(wanted):
                self.largest[family] = max(self.largest.get(family, 0), abs(value - wanted))
            if not same:
                self.off.append(f"{family} {where} {key}: {wanted} in the file, {value} now")


def main():
    comparison = Comparison()
    for case in json.loads((HERE / "golden.json").read_text())["cases"]:
        gt, pred = read(case["gt"], case["encoding"]["gt"]), read(case["pred"], case["encoding"]["pred"])
        keep = ~np.isin(gt, case["ignore_gt_labels"])
        expected, where = case["expected"], case["id"]
        g, p = gt[keep], pred[keep]
        comparison.add("counts", where, expected, {"counted_pixels": keep.sum()})
        if len(g) == 0:
            continue
        table = table_of(g, p)
        comparison.add("info", where, expected.get("info", {}), information(g, p, table))
        comparison.add("pairs", where, expected.get("pairs", {}), pairs(g, p, table))
        comparison.add("regions", where, expected.get("regions", {}), regions(table))
        if "classes" in expected:
            scores, rows = classes(g, p, expected["classes"])
            comparison.add("classes", where, expected["classes"], scores)
            for row in expected["classes"]["per_class"]:
                comparison.add("classes", f"{where} {row['label']}", row, rows[row["label"]])
        if "instances" in expected:
            flat = {f"{t} {side} {key}": value for t, sides in expected["instances"]["thresholds"].items()
                    for side, values in sides.items() for key, value in values.items()}  # fmt: skip
            found = instances(table, np.unique(g), np.unique(p), expected["instances"])
            comparison.add("instances", where, expected["instances"] | flat, found)
        for entry in expected.get("surface", []):
            comparison.add("surface", f"{where} {entry['label']}", entry, surface(gt, pred, entry))
    for case in json.loads((HERE / "emi.json").read_text())["cases"]:
        rows, columns = case["gt_marginal_value_multiplicity"], case["pred_marginal_value_multiplicity"]
        if sum(min(a, b) for a, _ in rows for b, _ in columns) > 100_000:
            continue  # minutes, in 40 digits
        wanted = {"emi": float(case["emi_nats_20_digits"])}
        comparison.add("emi", case["name"], wanted, {"emi": float(expected_information(case["n"], rows, columns))})
    for family, count in comparison.compared.items():
        print(f"{family:10} {count:6} values, largest difference {comparison.largest.get(family, 0):.2g}")
    print(*comparison.off, sep="\n")
    sys.exit(1 if comparison.off else 0)


main()
