"""AP and AR by pycocotools itself; prints JSON.

usage: coco_original.py GROUND_TRUTH RESULTS
"""

import contextlib
import json
import resource
import sys
import time

from pycocotools.coco import COCO
from pycocotools.cocoeval import COCOeval

names = "ap ap50 ap75 ap_small ap_medium ap_large ar_1 ar_10 ar_100 ar_small ar_medium ar_large".split()
seconds = {}
clock = time.process_time()


def done(stage):
    global clock
    seconds[stage] = time.process_time() - clock
    clock = time.process_time()


with contextlib.redirect_stdout(sys.stderr):
    truth = COCO(sys.argv[1])
    results = truth.loadRes(sys.argv[2])
    done("read")
    evaluation = COCOeval(truth, results, "segm")
    evaluation.evaluate()
    done("IoU and match")
    evaluation.accumulate()
    evaluation.summarize()
    done("accumulate")
scores = dict(zip(names, map(float, evaluation.stats)))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1.024 / 1000
print(json.dumps({"scores": scores, "seconds": seconds, "peak_mb": peak}))
