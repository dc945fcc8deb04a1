"""AP and AR by the algorithm of pycocotools' COCOeval, in numpy; prints JSON.

usage: coco_numpy.py GROUND_TRUTH RESULTS (COCO files with compressed run lengths)

As there: run lengths are compared where boxes meet, each image and category is matched in a loop over size ranges,
thresholds and detections, and what was matched is put together category by category.
"""

import json
import resource
import sys
import time
from collections import defaultdict

import numpy as np

thresholds = np.linspace(0.5, 0.95, 10)
recalls = np.linspace(0, 1, 101)
ranges = {"all": (0, 1e10), "small": (0, 32**2), "medium": (32**2, 96**2), "large": (96**2, 1e10)}
limits = (1, 10, 100)


class Mask:
    """Where the runs of 1 start and end, down the columns."""

    def __init__(self, segmentation):
        height, _ = segmentation["size"]
        ends = np.cumsum(counts_of(segmentation["counts"]))
        self.starts, self.ends = ends[0:-1:2], ends[1::2]
        self.area = int((self.ends - self.starts).sum())
        # How many pixels of the mask lie before a position.
        self.edges = np.stack([self.starts, self.ends], 1).ravel()
        self.before = np.concatenate(([0], np.cumsum(self.ends - self.starts))).repeat(2)[1:-1]
        left, right = self.starts[0] // height, (self.ends[-1] - 1) // height
        rows, lasts = self.starts % height, (self.ends - 1) % height
        top, bottom = (0, height - 1) if (rows > lasts).any() else (rows.min(), lasts.max())
        self.box = (left, top, right + 1, bottom + 1)


def counts_of(text):
    """The counts of COCO's text: groups of five bits, differences to the count two before."""
    groups = np.frombuffer(text.encode(), np.uint8).astype(np.int64) - 48
    is_last = (groups & 32) == 0
    first = np.concatenate(([0], np.flatnonzero(is_last)[:-1] + 1))
    place = np.arange(groups.size) - np.repeat(first, np.diff(np.append(first, groups.size)))
    counts = np.add.reduceat((groups & 31) << (5 * place), first)
    last = np.flatnonzero(is_last)
    counts -= np.where(groups[last] & 16, 1 << (5 * (place[last] + 1)), 0)
    counts[1::2] = np.cumsum(counts[1::2])
    counts[2::2] = np.cumsum(counts[2::2])
    return counts


def ious_of(detections, truths):
    """IoU of every detection with every ground truth; with a crowd the share of the detection."""
    ious = np.zeros((len(detections), len(truths)))
    boxes = np.array([detection["mask"].box for detection in detections])
    for column, truth in enumerate(truths):
        mask = truth["mask"]
        left, top, right, bottom = mask.box
        meets = (boxes[:, 0] < right) & (left < boxes[:, 2]) & (boxes[:, 1] < bottom) & (top < boxes[:, 3])
        near = np.flatnonzero(meets)
        if near.size == 0:
            continue
        masks = [detections[row]["mask"] for row in near]
        starts = np.concatenate([other.starts for other in masks])
        ends = np.concatenate([other.ends for other in masks])
        first = np.cumsum([0] + [other.starts.size for other in masks[:-1]])
        both = np.interp(ends, mask.edges, mask.before) - np.interp(starts, mask.edges, mask.before)
        shared = np.add.reduceat(both, first)
        areas = np.array([other.area for other in masks])
        ious[near, column] = shared / (areas if truth["iscrowd"] else areas + mask.area - shared)
    return ious


def match(detections, truths, ious, size):
    """What one image says of a category in one range of sizes."""
    low, high = size
    ignored = np.array([truth["iscrowd"] or not low <= truth["area"] <= high for truth in truths], bool)
    order = np.argsort(ignored, kind="mergesort")
    truths = [truths[k] for k in order]
    ignored = ignored[order]
    ious = ious[:, order]
    taken = np.zeros((thresholds.size, len(truths)), bool)
    matched = np.zeros((thresholds.size, len(detections)), bool)
    left_out = np.zeros((thresholds.size, len(detections)), bool)
    if len(truths) > 0:
        for t, threshold in enumerate(thresholds):
            for d in range(len(detections)):
                best, found = min(threshold, 1 - 1e-10), -1
                for g in range(len(truths)):
                    if taken[t, g] and not truths[g]["iscrowd"]:
                        continue
                    if found > -1 and not ignored[found] and ignored[g]:
                        break
                    if ious[d, g] < best:
                        continue
                    best, found = ious[d, g], g
                if found == -1:
                    continue
                left_out[t, d] = ignored[found]
                matched[t, d] = True
                taken[t, found] = True
    outside = np.array([not low <= detection["mask"].area <= high for detection in detections], bool)
    left_out |= ~matched & outside
    scores = np.array([detection["score"] for detection in detections])
    return scores, matched, left_out, int((~ignored).sum())


def accumulate(images, limit):
    """Precision and recall of a category over its images."""
    counted = sum(image[3] for image in images)
    if counted == 0:
        return None
    scores = np.concatenate([image[0][:limit] for image in images])
    order = np.argsort(-scores, kind="mergesort")
    matched = np.concatenate([image[1][:, :limit] for image in images], axis=1)[:, order]
    left_out = np.concatenate([image[2][:, :limit] for image in images], axis=1)[:, order]
    tps = np.cumsum(matched & ~left_out, axis=1).astype(float)
    fps = np.cumsum(~matched & ~left_out, axis=1).astype(float)
    precision = np.zeros((thresholds.size, recalls.size))
    recall = np.zeros(thresholds.size)
    for t, (tp, fp) in enumerate(zip(tps, fps)):
        if tp.size == 0:
            continue
        reached = tp / counted
        recall[t] = reached[-1]
        envelope = np.maximum.accumulate((tp / (fp + tp + np.spacing(1)))[::-1])[::-1]
        places = np.searchsorted(reached, recalls, side="left")
        there = places < tp.size
        precision[t, there] = envelope[places[there]]
    return precision, recall


def read(truth_file, results_file):
    with open(truth_file) as file:
        dataset = json.load(file)
    with open(results_file) as file:
        results = json.load(file)
    truths, detections = defaultdict(list), defaultdict(list)
    for annotation in dataset["annotations"]:
        annotation["mask"] = Mask(annotation["segmentation"])
        truths[annotation["image_id"], annotation["category_id"]].append(annotation)
    for result in results:
        result["mask"] = Mask(result["segmentation"])
        detections[result["image_id"], result["category_id"]].append(result)
    for pair in detections:
        detections[pair].sort(key=lambda result: -result["score"])
        del detections[pair][limits[-1]:]
    images = sorted(image["id"] for image in dataset["images"])
    return images, sorted(category["id"] for category in dataset["categories"]), truths, detections


def mean_of(values):
    return float(np.mean(values)) if values else -1.0


def main():
    seconds = {}
    clock = time.process_time()

    def done(stage):
        nonlocal clock
        seconds[stage] = time.process_time() - clock
        clock = time.process_time()

    images, categories, truths, detections = read(*sys.argv[1:3])
    done("read")
    pairs = truths.keys() | detections.keys()
    ious = {pair: ious_of(detections[pair], truths[pair]) for pair in pairs if detections[pair]}
    done("IoU")
    matches = {}
    for name, size in ranges.items():
        for category in categories:
            found = []
            for image in images:
                pair = image, category
                if pair not in pairs:
                    continue
                known = ious.get(pair, np.zeros((0, len(truths[pair]))))
                found.append(match(detections[pair], truths[pair], known, size))
            matches[category, name] = found
    done("match")
    scores = {}
    precisions, recalls_reached = {}, {}
    for name in ranges:
        for limit in limits if name == "all" else limits[-1:]:
            values = [accumulate(matches[category, name], limit) for category in categories]
            values = [value for value in values if value is not None]
            precisions[name, limit] = [value[0] for value in values]
            recalls_reached[name, limit] = [value[1] for value in values]
    whole = precisions["all", limits[-1]]
    scores["ap"] = mean_of(whole)
    scores["ap50"] = mean_of([precision[0] for precision in whole])
    scores["ap75"] = mean_of([precision[5] for precision in whole])
    for limit in limits:
        scores[f"ar_{limit}"] = mean_of(recalls_reached["all", limit])
    for name in list(ranges)[1:]:
        scores[f"ap_{name}"] = mean_of(precisions[name, limits[-1]])
        scores[f"ar_{name}"] = mean_of(recalls_reached[name, limits[-1]])
    done("accumulate")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1.024 / 1000
    print(json.dumps({"scores": scores, "seconds": seconds, "peak_mb": peak}))


main()
