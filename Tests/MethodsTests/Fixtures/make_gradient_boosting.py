#!/usr/bin/env python3
"""Writes gradient_boosting.json: scikit-learn's HistGradientBoostingClassifier on few-valued and on many-valued features.

Needs Python 3 with numpy and scikit-learn. Everything is seeded. Features are whole multiples of 1/1024, so that they are the
same in 32 bits.
"""
import json, os
import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

random = np.random.default_rng(11)


def case(rows, few, weighted, **settings):
    x = random.standard_normal((rows, 5))
    x[:, 3] = np.exp(x[:, 3])
    x = np.round(x * (4 if few else 1024)) / (4 if few else 1024)
    score = x[:, 0] * x[:, 1] + np.sin(2 * x[:, 2]) + 0.4 * random.standard_normal(rows)
    y = score > 0.6
    weights = np.round((0.5 + random.random(rows)) * 64) / 64 if weighted else None
    model = HistGradientBoostingClassifier(early_stopping=False, **settings).fit(x, y, sample_weight=weights)
    trees = [stage[0].nodes for stage in model._predictors]
    return {
        "features": x.T.tolist(), "labels": y.tolist(), "weights": None if weights is None else weights.tolist(),
        "trees": settings["max_iter"], "leaves": settings["max_leaf_nodes"], "rate": settings["learning_rate"],
        "rowsInLeaf": settings["min_samples_leaf"], "l2": settings["l2_regularization"],
        "logOdds": model.decision_function(x).tolist(), "nodes": [len(t) for t in trees],
        "firstFeature": [int(t[0]["feature_idx"]) for t in trees],
        "firstThreshold": [float(t[0]["num_threshold"]) for t in trees],
    }


cases = [
    case(400, True, False, max_iter=20, max_leaf_nodes=8, learning_rate=0.1, min_samples_leaf=20, l2_regularization=0.0),
    case(700, False, False, max_iter=25, max_leaf_nodes=15, learning_rate=0.2, min_samples_leaf=10, l2_regularization=1.0),
    case(500, False, True, max_iter=15, max_leaf_nodes=31, learning_rate=0.1, min_samples_leaf=5, l2_regularization=0.5),
]
folder = os.path.dirname(os.path.abspath(__file__))
json.dump(cases, open(os.path.join(folder, "gradient_boosting.json"), "w"), separators=(",", ":"))
