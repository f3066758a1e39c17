#!/usr/bin/env python3
"""Writes boosting.json: AdaC2 over decision stumps by NumPy, and scikit-learn's AdaBoost where all costs are 1.

Needs Python 3 with numpy and scikit-learn. Everything is seeded. Features are multiples of 1/64, so that thresholds are exact.
"""
import json, os
import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.ensemble import AdaBoostClassifier

random = np.random.default_rng(7)
N, F, ROUNDS = 80, 4, 25
x = np.round(random.standard_normal((N, F)) * 64) / 64
y = np.where(x[:, 0] + 0.8 * x[:, 1] * x[:, 1] + 0.5 * random.standard_normal(N) > 0.6, 1, -1)
costs = np.where(y > 0, 3.5, 1.0) * (0.5 + random.random(N))


def stump(weights):
    """Every feature, threshold and side, looked at one by one."""
    best = (np.inf, None)
    for feature in range(F):
        values = np.unique(x[:, feature])
        for threshold in [values[0] - 1, *((values[1:] + values[:-1]) / 2)]:
            for polarity in (1, -1):
                said = np.where(x[:, feature] > threshold, polarity, -polarity)
                wrong = weights[said != y].sum()
                if wrong < best[0] - 1e-12 * weights.sum():
                    best = (wrong, (feature, float(threshold), polarity))
    return best[1]


def adac2(cost):
    d = np.full(N, 1 / N)
    members = []
    for _ in range(ROUNDS):
        feature, threshold, polarity = stump(cost * d)
        said = np.where(x[:, feature] > threshold, polarity, -polarity)
        alpha = 0.5 * np.log((cost * d)[said == y].sum() / (cost * d)[said != y].sum())
        d = cost * d * np.exp(-alpha * y * said)
        d /= d.sum()
        members.append({"feature": feature, "threshold": threshold, "polarity": polarity, "vote": float(alpha)})
    return members


class LeastError(ClassifierMixin, BaseEstimator):
    """The stump of least weighted error, for scikit-learn to boost: its own trees split by impurity."""

    def fit(self, _, labels, sample_weight):
        self.classes_, self.rule = np.unique(labels), stump(sample_weight)
        return self

    def predict(self, examples):
        feature, threshold, polarity = self.rule
        return np.where(examples[:, feature] > threshold, polarity, -polarity)


def scikit():
    """SAMME's weights of estimators are twice ours, its decisions the sum of both classes'."""
    model = AdaBoostClassifier(LeastError(), n_estimators=ROUNDS).fit(x, y)
    return {"votes": (model.estimator_weights_ / 2).tolist(), "margins": (model.decision_function(x) / 2).tolist()}


def margins(members):
    said = sum(m["vote"] * np.where(x[:, m["feature"]] > m["threshold"], m["polarity"], -m["polarity"]) for m in members)
    return (said / sum(m["vote"] for m in members)).tolist()


plain, charged = adac2(np.ones(N)), adac2(costs)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "boosting.json"), "w") as file:
    json.dump({"examples": x.tolist(), "labels": (y > 0).tolist(), "costs": costs.tolist(), "rounds": ROUNDS,
               "plain": plain, "charged": charged, "plainMargins": margins(plain), "chargedMargins": margins(charged),
               "scikit": scikit()}, file, separators=(",", ":"))
