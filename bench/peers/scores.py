"""Scores of two label images from how often their labels meet. Entropies in bits."""

import numpy as np


def entropy(counts: np.ndarray, total: float) -> float:
    shares = counts[counts > 0] / total
    return float(-(shares * np.log2(shares)).sum())


def scores(rows: np.ndarray, columns: np.ndarray, counts: np.ndarray) -> dict[str, float]:
    """`counts[k]` pixels have ground-truth index `rows[k]` and predicted index `columns[k]`; both start at 0."""
    total = float(counts.sum())
    row_sums = np.bincount(rows, weights=counts)
    column_sums = np.bincount(columns, weights=counts)
    h_rows, h_columns = entropy(row_sums, total), entropy(column_sums, total)
    h_joint = entropy(counts, total)
    mi = h_rows + h_columns - h_joint
    pairs, row_pairs, column_pairs = (float((n * (n - 1) / 2).sum()) for n in (counts, row_sums, column_sums))
    expected = row_pairs * column_pairs / (total * (total - 1) / 2)
    mean = (row_pairs + column_pairs) / 2
    return {
        "mi": mi,
        "vi": 2 * h_joint - h_rows - h_columns,
        "nmi": mi / ((h_rows + h_columns) / 2) if h_rows + h_columns > 0 else 1.0,
        "ari": (pairs - expected) / (mean - expected) if mean != expected else 1.0,
    }
