"""Writes nifti/*.nii(.gz) and nifti.json: small files as nibabel writes them, and the labels and distances that it reads back.

    python3 test/golden/volumes/nifti.py        # needs nibabel and NumPy

The stored values are of nibabel 5.4.2. Tests need no Python.
"""

import gzip
import hashlib
import json
from pathlib import Path

import nibabel as nib
import numpy as np
from nibabel.orientations import aff2axcodes

folder = Path(__file__).parent
random = np.random.default_rng(3)
shape = (5, 4, 3)
x, y, z = np.indices(shape)
# A body that no turn maps onto itself.
body = ((x > 0) & (y < 3) & (x + y + 2 * z < 8)).astype(int) + ((x == 3) & (y > 0)).astype(int)
affine = np.array([[-0.6, 0, 0, 12.5], [0, 0.7, 0, -30], [0, 0, 2.5, 7], [0, 0, 0, 1]])
angle = 0.3
turn = np.array([[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0, 0, 1]])
oblique = affine.copy()
oblique[:3, :3] = turn @ affine[:3, :3]
sheared = affine.copy()
sheared[0, 1] = 0.3

cases = []


def add(name, image, packed=False, options=None, loaded=None):
    path = folder / "nifti" / (name + (".nii.gz" if packed else ".nii"))
    data = image.to_bytes()
    path.write_bytes(gzip.compress(data, mtime=0) if packed else data)
    read = nib.load(path)
    values = np.asanyarray(read.dataobj) if loaded is None else loaded(read)
    # Columns are the fastest axis, as in the file.
    labels = [int(v) for v in np.asarray(values).ravel(order="F")]
    code, form = (read.header["sform_code"] > 0, read.header["qform_code"] > 0), None
    form = "sform" if code[0] else "qform" if code[1] else "pixdim"
    cases.append(
        {
            "file": path.name,
            "options": options or {},
            "sides": [int(v) for v in values.shape],
            "labels": labels,
            "source": form,
            "spacing": [float(v) for v in (nib.affines.voxel_sizes(read.affine) if form != "pixdim" else read.header.get_zooms()[:3])],
            "orientation": "".join(aff2axcodes(read.affine)) if form != "pixdim" else None,
        }
    )


for kind in (nib.Nifti1Image, nib.Nifti2Image):
    version = "1" if kind is nib.Nifti1Image else "2"
    for type in ("uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float32", "float64"):
        for order in "<>":
            header = kind.header_class(endianness=order)
            image = kind(body.astype(type), affine, header)
            image.header.set_data_dtype(np.dtype(type).newbyteorder(order))
            add(f"v{version}-{type}-{'little' if order == '<' else 'big'}", image, packed=order == ">")

plain = body.astype(np.uint8)
only_qform = nib.Nifti1Image(plain, None)
only_qform.set_qform(oblique, code=1)
only_qform.set_sform(None, code=0)
add("qform-oblique", only_qform)
mirrored = nib.Nifti1Image(plain, None)
mirrored.set_qform(np.diag([0.6, 0.7, -2.5, 1]), code=1)
mirrored.set_sform(None, code=0)
add("qform-mirrored", mirrored)
half_turn = nib.Nifti1Image(plain, None)
half_turn.set_qform(np.diag([-0.6, -0.7, 2.5, 1]), code=1)
half_turn.set_sform(None, code=0)
add("qform-half-turn", half_turn)
add("sform-oblique", nib.Nifti1Image(plain, oblique))
add("sform-sheared", nib.Nifti1Image(plain, sheared))
no_form = nib.Nifti1Image(plain, None)
no_form.header.set_zooms((0.6, 0.7, 2.5))
add("no-form", no_form)
extended = nib.Nifti1Image(plain, affine)
extended.header.extensions.append(nib.nifti1.Nifti1Extension("comment", b"an extension of some length"))
add("extension", extended, packed=True)
four = np.stack([body, 2 * body, 3 * body], axis=-1).astype(np.int16)
add("frames", nib.Nifti1Image(four, affine), packed=True, options={"frame": 1}, loaded=lambda read: np.asanyarray(read.dataobj)[..., 1])
scaled = nib.Nifti1Image(body.astype(np.int16), affine)
scaled.header.set_slope_inter(2, 3)
scaled_bytes = bytearray(scaled.to_bytes())
# nibabel writes data as the scale undone, or drops the scale: set the two fields by hand.
scaled_bytes[112:120] = np.array([2, 3], "<f4").tobytes()
path = folder / "nifti" / "scaled.nii"
path.write_bytes(bytes(scaled_bytes))
add_image = nib.load(path)
cases.append(
    {
        "file": "scaled.nii",
        "options": {},
        "sides": list(shape),
        "labels": [int(v) for v in np.asanyarray(add_image.dataobj).ravel(order="F")],
        "source": "sform",
        "spacing": [float(v) for v in nib.affines.voxel_sizes(add_image.affine)],
        "orientation": "LAS",
    }
)
# Labels that nibabel scales by itself, because floats meet a header of integers.
for type in ("int16", "uint8"):
    floats = (7 * body if type == "uint8" else body).astype(np.float64)
    image = nib.Nifti1Image(floats, affine)
    image.header.set_data_dtype(type)
    add(f"floats-as-{type}", image, options={"scaling": "round"}, loaded=lambda read: np.rint(read.get_fdata()))
    cases[-1]["isScaled"] = True

(folder / "nifti.json").write_text(json.dumps(cases, separators=(",", ":")) + "\n")
print(len(cases), sum(path.stat().st_size for path in (folder / "nifti").iterdir()))
