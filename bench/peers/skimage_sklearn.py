"""scikit-image and scikit-learn called as their documentation shows: the service people write first."""

import io

from skimage.io import imread
from skimage.metrics import variation_of_information
from sklearn.metrics import normalized_mutual_info_score

from app import make_app


def score(ground_truth: bytes, prediction: bytes) -> dict[str, float]:
    gt, pred = imread(io.BytesIO(ground_truth)), imread(io.BytesIO(prediction))
    split, merge = variation_of_information(gt, pred)
    return {"vi": float(split + merge), "nmi": float(normalized_mutual_info_score(gt.ravel(), pred.ravel()))}


app = make_app(score)
