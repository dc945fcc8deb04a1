"""Client of the maskscore service: exact scores of segmentation masks."""

from .client import Client
from .evaluation import Evaluation
from .pair_calls import Gradient
from .problem import Problem, Unreachable
from .report import Report

__all__ = ["Client", "Evaluation", "Gradient", "Problem", "Report", "Unreachable"]
__version__ = "0.1.0"
