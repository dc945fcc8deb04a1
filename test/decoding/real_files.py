"""Writes real-files.json: how many pixels of each label real mask files hold, as Pillow and numpy count them.

Usage: /usr/bin/python3 test/decoding/real_files.py ../shared/samples
The files belong to their projects and are no part of this one; what is written down are counts.
"""
import json
import pathlib
import sys

import numpy as np
from PIL import Image

# The colours that the CamVid files hold, numbered as they come.
CAMVID = ["#008040", "#0080c0", "#408040", "#804080", "#808000", "#808080", "#c00080", "#c08040"]


def stored(image):
    return np.asarray(image).astype(np.int64)


def rgb24(image):
    red, green, blue = np.moveaxis(stored(image)[..., :3], -1, 0)
    return red + 256 * green + 65536 * blue


def colours(table):
    """table: (r, g, b) -> label"""

    def read(image):
        pixels = stored(image)
        return np.array([[table[tuple(pixel)] for pixel in row] for row in pixels])

    return read


def voc(image):
    def colour(index):
        channels = [0, 0, 0]
        for shift in range(7, -1, -1):
            for channel in range(3):
                channels[channel] |= ((index >> channel) & 1) << shift
            index >>= 3
        return tuple(channels)

    return colours({colour(i): i for i in range(256)})(image)


def ade20k(image):
    red, green, _ = np.moveaxis(stored(image), -1, 0)
    return red // 10 * 256 + green


def thousands(image):
    values = stored(image)
    return np.where(values < 1000, values, values // 1000)


def high_byte(image):
    return stored(image) >> 8


camvid = {colour: i + 1 for i, colour in enumerate(CAMVID)}
camvid_table = {tuple(bytes.fromhex(colour[1:])): label for colour, label in camvid.items()}
preset = lambda name: {"preset": name}

# What is in the name of a file: the ways in which it is read.
WAYS = [
    ("cityscapes/*instanceIds", [(preset("cityscapes"), stored), (preset("cityscapes_classes"), thousands)]),
    ("cityscapes/*labelTrainIds", [(preset("cityscapes_train_ids"), stored)]),
    ("voc/*", [(preset("voc"), voc), ({"color": "rgb24"}, rgb24)]),
    ("kitti/*", [(preset("kitti"), stored), (preset("kitti_classes"), high_byte)]),
    ("coco-panoptic/*", [(preset("coco_panoptic"), rgb24)]),
    ("mapillary/*panoptic*", [(preset("coco_panoptic"), rgb24)]),
    ("mapillary/*instances*", [(preset("mapillary"), stored), (preset("mapillary_classes"), high_byte)]),
    ("mapillary/*labels*", [(preset("mapillary"), stored)]),
    ("ade20k/*", [(preset("ade20k"), ade20k), (preset("ade20k_instances"), rgb24)]),
    ("segments-ai/*", [(preset("segments_ai"), rgb24)]),
    ("camvid/*", [({"color": camvid}, colours(camvid_table))]),
    ("v7-darwin/*", [({}, stored)]),
]

root = pathlib.Path(sys.argv[1])
lines = []
for pattern, ways in WAYS:
    for path in sorted(root.glob(f"{pattern}.png")):
        for options, read in ways:
            image = Image.open(path)
            labels, counts = np.unique(read(image), return_counts=True)
            entry = {
                "file": str(path.relative_to(root)),
                "options": options,
                "size": list(image.size),
                "histogram": [[int(label), int(n)] for label, n in zip(labels, counts)],
            }
            lines.append("  " + json.dumps(entry))
target = pathlib.Path(__file__).with_name("real-files.json")
target.write_text("[\n" + ",\n".join(lines) + "\n]\n")
