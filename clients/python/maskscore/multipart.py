"""multipart/form-data whose files are read while they are sent, as often as a request is repeated."""

from __future__ import annotations

import json
import os
import uuid
from pathlib import Path
from typing import Any, Iterator, List, Optional, Tuple, Union

from .masks import MaskFile
from .plain import plain

_CHUNK = 1 << 18


class UnreadableFile(Exception):
    """A file that is sent cannot be read: `error` says why. It is not the connection that failed."""

    def __init__(self, error: OSError) -> None:
        super().__init__(str(error))
        self.error = error


class Form:
    """
    Parts in the order in which they are added. Iterating yields the body; `len` is its bytes.

    Iterating raises UnreadableFile.
    """

    def __init__(self) -> None:
        self._boundary = uuid.uuid4().hex
        self._parts: List[Tuple[bytes, Union[bytes, Path], int]] = []

    @property
    def content_type(self) -> str:
        return "multipart/form-data; boundary=%s" % self._boundary

    def add_file(self, part: str, file: MaskFile) -> None:
        size = len(file.content) if isinstance(file.content, bytes) else os.path.getsize(file.content)
        self._add(part, '; filename="%s"' % _quoted(file.name), "application/octet-stream", file.content, size)

    def add_json(self, part: str, value: Any) -> None:
        """Nothing is added for None."""
        if value is None:
            return
        content = json.dumps(plain(value)).encode()
        self._add(part, "", "application/json", content, len(content))

    def add_text(self, part: str, value: Optional[str]) -> None:
        """Nothing is added for None."""
        if value is None:
            return
        content = value.encode()
        self._add(part, "", "text/plain; charset=utf-8", content, len(content))

    def _add(self, part: str, name: str, media_type: str, content: Union[bytes, Path], size: int) -> None:
        head = '--%s\r\nContent-Disposition: form-data; name="%s"%s\r\nContent-Type: %s\r\n\r\n' % (
            self._boundary,
            part,
            name,
            media_type,
        )
        self._parts.append((head.encode(), content, size))

    def __len__(self) -> int:
        return sum(len(head) + size + 2 for head, _, size in self._parts) + len(self._boundary) + 6

    def __iter__(self) -> Iterator[bytes]:
        for head, content, size in self._parts:
            yield head
            if isinstance(content, bytes):
                yield content
            else:
                try:
                    yield from _file_chunks(content, size)
                except OSError as error:
                    raise UnreadableFile(error) from error
            yield b"\r\n"
        yield b"--%s--\r\n" % self._boundary.encode()


def _file_chunks(path: Path, size: int) -> Iterator[bytes]:
    """Exactly `size` bytes, as was promised in Content-Length. Raises OSError when the file changed meanwhile."""
    left = size
    with open(path, "rb") as file:
        while left > 0:
            chunk = file.read(min(_CHUNK, left))
            if not chunk:
                raise OSError("%s became shorter while it was sent." % path)
            left -= len(chunk)
            yield chunk


def _quoted(name: str) -> str:
    """As curl writes file names, so that quotes and backslashes arrive; line ends as browsers write them."""
    escaped = name.replace("\\", "\\\\").replace('"', '\\"').replace("\r", "%0D").replace("\n", "%0A")
    # Names of files that are no text keep what can be read of them.
    return escaped.encode("utf-8", "replace").decode()
