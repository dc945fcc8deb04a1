"""The sides of a dataset as callers have them -> one file each."""

from __future__ import annotations

import io
import json
import os
import tarfile
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Mapping, Sequence, Tuple, Union

from .masks import Mask, MaskFile, mask_file
from .plain import plain

#: An archive or document (path, bytes, or a file opened with "rb"), a folder (path), or masks by key.
Source = Union[str, "os.PathLike[str]", bytes, Mapping[str, Mask], Any]

#: A CSV, TSV or NDJSON file (path, bytes, or a file opened with "rb"), or its rows.
Manifest = Union[str, "os.PathLike[str]", bytes, Sequence[Mapping[str, Any]], Any]


def manifest_file(manifest: Manifest) -> MaskFile:
    """A manifest as a file; rows become NDJSON."""
    if not isinstance(manifest, (list, tuple)):
        return mask_file(manifest, "manifest")
    return MaskFile("manifest.ndjson", "".join(json.dumps(plain(row)) + "\n" for row in manifest).encode())


@contextmanager
def source_file(source: Source, side: str) -> Iterator[MaskFile]:
    """
    One side as a file: an archive or document as it is; a folder, or a mapping of keys to masks, as a tar that is
    written to a temporary file and removed afterwards.

    Raises FileNotFoundError for a path or the end of a link that is not there, ValueError for links in a circle, TypeError
    for anything else.
    """
    if isinstance(source, Mapping):
        with _tar(side, lambda tar: _add_masks(tar, source)) as file:
            yield file
        return
    if isinstance(source, (bytes, bytearray, memoryview)) or hasattr(source, "read"):
        yield mask_file(source, side)
        return
    if not isinstance(source, (str, os.PathLike)):
        raise TypeError(
            "%s is a %s: give a path, an archive's bytes, or a dict of masks by key." % (side, type(source).__name__)
        )
    path = Path(source)
    if path.is_dir():
        with _tar(side, lambda tar: _add_folder(tar, path)) as file:
            yield file
        return
    if not path.is_file():
        raise FileNotFoundError("%s is not there." % path)
    yield MaskFile(path.name, path)


@contextmanager
def _tar(side: str, fill: Any) -> Iterator[MaskFile]:
    handle, name = tempfile.mkstemp(prefix="maskscore-", suffix=".tar")
    try:
        with os.fdopen(handle, "wb") as target, tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as tar:
            fill(tar)
        yield MaskFile(side + ".tar", Path(name))
    finally:
        os.unlink(name)


def _add_folder(tar: tarfile.TarFile, folder: Path) -> None:
    for path in sorted(_files_below(folder, ())):
        # The file that a link leads to, since archives with links are refused.
        info = tar.gettarinfo(str(path.resolve()), arcname=path.relative_to(folder).as_posix())
        with open(path, "rb") as file:
            tar.addfile(_plain(info), file)


def _files_below(folder: Path, above: Tuple[Path, ...]) -> Iterator[Path]:
    """Every file, also behind links. Raises FileNotFoundError for a link to nothing, ValueError for links in a circle."""
    place = folder.resolve()
    if place in above:
        raise ValueError("%s is a link to a folder that it lies in." % folder)
    for path in folder.iterdir():
        if path.is_dir():
            yield from _files_below(path, above + (place,))
        elif path.is_file():
            yield path
        elif path.is_symlink():
            raise FileNotFoundError("%s is a link to nothing." % path)


def _add_masks(tar: tarfile.TarFile, masks: Mapping[str, Mask]) -> None:
    names = set()
    for key, mask in masks.items():
        if not str(key) or str(key) in names:
            raise ValueError("The key %r is empty, or is there twice as text." % key)
        names.add(str(key))
        file = mask_file(mask, "mask")
        content = file.content if isinstance(file.content, bytes) else file.content.read_bytes()
        info = tarfile.TarInfo(str(key) + _ending_of(file, content))
        info.size = len(content)
        tar.addfile(_plain(info), io.BytesIO(content))


def _ending_of(file: MaskFile, content: bytes) -> str:
    """Never empty, or what follows a dot in the key would be taken for an ending."""
    suffix = Path(file.name).suffix
    return suffix or (".json" if content[:1] in (b"{", b"[") else ".mask")


def _plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
    """Nothing of this machine goes along: no owner, no time; so the same masks are the same bytes."""
    info.type = tarfile.REGTYPE
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    info.mtime = 0
    info.mode = 0o644
    return info
