"""What notebooks show of reports and evaluations. Names and messages are text, whatever they hold."""

from __future__ import annotations

import html
from typing import Any, Iterable, List, Mapping, Tuple


def figure(value: Any) -> str:
    return "undefined" if value is None else "%.4f" % value


def scores_table(rows: Iterable[Tuple[str, Any]]) -> str:
    """A row for each score, rounded; the whole number stands in its title."""
    cells = "".join(
        "<tr><th style='text-align:left'>%s</th><td style='text-align:right' title='%s'>%s</td></tr>"
        % (html.escape(name), html.escape(repr(value)), figure(value))
        for name, value in rows
    )
    return "<table>%s</table>" % cells


def notes_list(
    warnings: Iterable[Mapping[str, Any]], reasons: Mapping[str, Any], others: Iterable[Tuple[str, str]] = ()
) -> str:
    """Every other note, warning and reason; nothing where there are none."""
    notes: List[str] = ["<li><b>%s</b> %s</li>" % (html.escape(name), html.escape(text)) for name, text in others]
    notes += [
        "<li><b>%s</b> %s</li>" % (html.escape(str(one["code"])), html.escape(str(one.get("message", ""))))
        for one in warnings
    ]
    notes += [
        "<li><code>%s</code> is undefined: %s</li>" % (html.escape(pointer), html.escape(str(reason)))
        for pointer, reason in reasons.items()
    ]
    return "<ul>%s</ul>" % "".join(notes) if notes else ""
