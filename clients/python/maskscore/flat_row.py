"""The row of an item as tables take it."""

from __future__ import annotations

from typing import Any, Dict


def flat_row(row: Dict[str, Any]) -> Dict[str, Any]:
    """Scores stand at the top, other objects under `name.key`; warnings become their codes; other lists are left out."""
    others = {name: value for name, value in row.items() if name not in ("scores", "warnings")}
    flat = _flat(others, "")
    flat.update(row.get("scores", {}))
    flat["warnings"] = ", ".join(str(one["code"] if isinstance(one, dict) else one) for one in row.get("warnings", []))
    return flat


def _flat(members: Dict[str, Any], prefix: str) -> Dict[str, Any]:
    flat: Dict[str, Any] = {}
    for name, value in members.items():
        if isinstance(value, dict):
            flat.update(_flat(value, prefix + name + "."))
        elif not isinstance(value, list):
            flat[prefix + name] = value
    return flat
