#!/usr/bin/env python3
"""Writes scores.json: what MONAI and scikit-learn make of the same masks.

usage: python3 make_scores.py            (needs monai, scikit-learn, scipy and numpy, all from PyPI)
"""
import json
import os
import warnings

import numpy as np
import torch
from monai.metrics import DiceMetric, compute_hausdorff_distance, compute_iou, compute_surface_dice
from scipy.ndimage import gaussian_filter
from sklearn.metrics import jaccard_score

warnings.simplefilter("ignore")
random = np.random.default_rng(2021)
HEIGHT, WIDTH = 40, 48


def number(value):
    value = float(value)
    return value if np.isfinite(value) else None


def blobs(sigma, share):
    field = gaussian_filter(random.standard_normal((HEIGHT, WIDTH)), sigma)
    return field > np.quantile(field, 1 - share)


def masks():
    empty = np.zeros((HEIGHT, WIDTH), bool)
    cases = [(blobs(s, p), blobs(s, q)) for s, p, q in [(2, 0.2, 0.3), (1, 0.1, 0.1), (4, 0.4, 0.2), (3, 0.05, 0.5)]]
    near = blobs(3, 0.3)
    cases += [(near, np.roll(near, 1, axis=1)), (near, near), (empty, near), (near, empty), (empty, empty)]
    for truth, prediction in cases:
        t, p = (torch.tensor(m[None, None].astype(np.float32)) for m in (truth, prediction))
        dice = DiceMetric(include_background=True, ignore_empty=True, get_not_nans=False, reduction="none")
        yield {
            "truth": truth.astype(int).ravel().tolist(), "prediction": prediction.astype(int).ravel().tolist(),
            "monai": {
                "dice": number(dice(p, t)[0, 0]), "iou": number(compute_iou(p, t, ignore_empty=True)[0, 0]),
                "hd95": number(compute_hausdorff_distance(p, t, include_background=True, percentile=95)[0, 0]),
                "surface-dice": number(compute_surface_dice(p, t, [2.0], include_background=True)[0, 0])},
            "jaccard": number(jaccard_score(truth.ravel(), prediction.ravel(), zero_division=1)),
        }


if __name__ == "__main__":
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "scores.json")
    with open(path, "w") as file:
        json.dump({"width": WIDTH, "height": HEIGHT, "masks": list(masks())}, file)
