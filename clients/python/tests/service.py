"""The service that the tests speak to, and the example masks."""

import os
from pathlib import Path

URL = os.environ["MASKSCORE_CLIENT_URL"]
EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
TRUTH = EXAMPLES / "pair" / "ground-truth.png"
PREDICTION = EXAMPLES / "pair" / "prediction.png"

try:
    import numpy
except ImportError:
    numpy = None

NO_NUMPY = "numpy is not installed for this Python"
