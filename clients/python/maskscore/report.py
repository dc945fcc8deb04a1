"""The report of one pair, as a mapping that shows itself in notebooks."""

from __future__ import annotations

import base64
import html
from collections.abc import Mapping
from typing import Any, Callable, Dict, Iterator, List, Optional

from .html_view import figure, notes_list, scores_table
from .problem import Problem

_HEADLINES = ("mi_loss", "mi_loss_split", "mi_loss_merge")


class Report(Mapping):
    """
    What POST /v1/score answers. `report["overlap"]["mean_iou"]` and `report.mi_loss` read its members.

    An undefined value is None; `reasons` says why, by JSON pointer. Nothing the service warned of is left out.
    """

    def __init__(self, members: Dict[str, Any], overlay: Optional[Callable[[], bytes]] = None) -> None:
        self._members = members
        self._overlay = overlay
        self._png: Optional[bytes] = None

    @property
    def warnings(self) -> List[Dict[str, Any]]:
        """`{"code": ..., "message": ...}` each."""
        return list(self._members.get("warnings", []))

    @property
    def reasons(self) -> Dict[str, str]:
        """Why a value is None, by its JSON pointer: `{"/mi_loss": "no_pixels"}`."""
        return dict(self._members.get("reasons", {}))

    @property
    def per_class(self) -> List[Dict[str, Any]]:
        """Rows of the overlap scores, as `pandas.DataFrame` takes them; none without the family `overlap`."""
        return list((self._members.get("overlap") or {}).get("per_class", []))

    def get_pointer(self, pointer: str) -> Any:
        """The value at a JSON pointer, as "/overlap/mean_iou". Raises KeyError where there is none."""
        value: Any = self._members
        for step in pointer.split("/")[1:]:
            key = step.replace("~1", "/").replace("~0", "~")
            try:
                value = value[int(key)] if isinstance(value, list) else value[key]
            except (KeyError, IndexError, ValueError, TypeError):
                raise KeyError(pointer) from None
        return value

    def overlay(self) -> bytes:
        """
        The PNG of where the two masks differ; asked for once.

        Raises Problem as the service refuses, and ValueError when the masks are not known (a report that was copied or
        pickled) or have changed since they were scored.
        """
        if self._png is None:
            if self._overlay is None:
                raise ValueError("The masks of this report are not known: ask Client.overlay.")
            self._png = self._overlay()
        return self._png

    def __reduce__(self) -> Any:
        # The overlay is asked for by a connection of this process.
        return (_report_with_picture, (self._members, self._png))

    def to_dict(self) -> Dict[str, Any]:
        return self._members

    def __getitem__(self, key: str) -> Any:
        return self._members[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._members)

    def __len__(self) -> int:
        return len(self._members)

    def __getattr__(self, name: str) -> Any:
        # Underscored names are asked for by copy and pickle before there are members.
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._members[name]
        except KeyError:
            raise AttributeError("The report has no %r; it has %s." % (name, ", ".join(self._members))) from None

    def __repr__(self) -> str:
        lines = ["%s %s" % (name, figure(value)) for name, value in self._headlines()]
        lines += ["null %s: %s" % item for item in self.reasons.items()]
        lines += ["warning %s: %s" % (warning["code"], warning["message"]) for warning in self.warnings]
        return "<maskscore.Report\n  %s>" % "\n  ".join(lines)

    def _headlines(self) -> List[Any]:
        overlap = self._members.get("overlap") or {}
        rows = [(name, self._members.get(name)) for name in _HEADLINES if name in self._members]
        return rows + [(name, overlap[name]) for name in ("mean_iou", "mean_dice", "pixel_accuracy") if name in overlap]

    def _repr_html_(self) -> str:
        """Headline scores, every warning and reason, and the overlay, for a notebook. Names are text."""
        notes = notes_list(self.warnings, self.reasons)
        return (
            "<div style='display:flex;gap:1.5em;flex-wrap:wrap;align-items:flex-start'>"
            "<div>%s%s</div>%s</div>" % (scores_table(self._headlines()), notes, self._picture())
        )

    def _picture(self) -> str:
        if self._overlay is None and self._png is None:
            return ""
        try:
            source = base64.b64encode(self.overlay()).decode()
        except (Problem, OSError, ValueError) as error:
            return "<p>No overlay: %s</p>" % html.escape(str(error))
        style = "max-width:32em;width:100%;image-rendering:pixelated;background:#1b2027"
        return "<img alt='Where the masks differ' style='%s' src='data:image/png;base64,%s'>" % (style, source)


def _report_with_picture(members: Dict[str, Any], png: Optional[bytes]) -> Report:
    report = Report(members)
    report._png = png
    return report
