#!/usr/bin/env python3
"""Writes statistics.json: what scikit-learn and SciPy make of the same probabilities, pairs and values.

usage: python3 make_statistics.py            (needs scikit-learn, scipy and numpy, all from PyPI)
"""
import itertools
import json
import os
from fractions import Fraction

import numpy as np
from scipy.stats import PermutationMethod, bootstrap, norm, rankdata, wilcoxon
from sklearn.metrics import average_precision_score, roc_auc_score

random = np.random.default_rng(2021)


def curves():
    """Free probabilities, probabilities in coarse steps, such as are mostly 0 or 1, and one value alone."""
    for kind in ("free", "stepped", "saturated", "constant"):
        truth = random.random(3000) < 0.2
        score = np.clip(random.normal(0.35 + 0.2 * truth, 0.2), 0, 1)
        if kind == "stepped":
            score = np.floor(score * 7) / 7
        if kind == "saturated":
            score = np.clip((score - 0.4) * 30, 0, 1)
        if kind == "constant":
            score = np.full(3000, 0.5)
        score = score.astype(np.float32)
        yield {"kind": kind, "truth": truth.astype(int).tolist(), "score": [float(s) for s in score],
               "area": roc_auc_score(truth, score), "precision": average_precision_score(truth, score)}


def exact(differences):
    """All signs of the shared ranks, counted by their sum in whole numbers."""
    ranks = [int(2 * r) for r in rankdata(np.abs(differences))]
    ways = {0: 1}
    for rank in ranks:
        following = dict(ways)
        for total, count in ways.items():
            following[total + rank] = following.get(total + rank, 0) + count
        ways = following
    positive = sum(r for r, d in zip(ranks, differences) if d > 0)
    smaller = min(positive, sum(ranks) - positive)
    tail = sum(count for total, count in ways.items() if total <= smaller)
    return min(1.0, float(2 * Fraction(tail, 2 ** len(ranks))))


def pairs():
    def of(first, second):
        first, second = np.asarray(first, float), np.asarray(second, float)
        differences = np.round(first - second, 12)
        differences = differences[differences != 0]
        tied = len(np.unique(np.abs(differences))) < len(differences)
        if len(differences) > 200:
            found, source = wilcoxon(differences, method="approx"), "normal approximation"
        elif not tied and len(differences) <= 50:
            found, source = wilcoxon(differences, method="exact"), "exact"
        elif len(differences) <= 16:
            found, source = wilcoxon(differences, method=PermutationMethod(n_resamples=np.inf)), "permutations"
        else:
            found, source = wilcoxon(differences, method="approx"), "counted"
        probability = exact(differences) if source == "counted" else float(found.pvalue)
        return {"first": first.tolist(), "second": second.tolist(), "statistic": float(found.statistic),
                "probability": probability, "count": len(differences), "source": source}

    yield of([0.8, 0.7, 0.6, 0.5], [0.7, 0.6, 0.5, 0.4])
    yield of([5, 5, 6, 6, 6], [5, 5, 5, 5, 5])
    # Equal differences but for rounding, in both directions.
    yield of([0.8, 0.7, 0.3, 0.2, 0.9], [0.7, 0.6, 0.4, 0.3, 0.4])
    for count, digits, shift in [(6, 9, 0.3), (13, 9, 0.1), (13, 1, 0.1), (16, 1, 0.1), (25, 1, 0.1), (31, 9, 0.05),
                                 (50, 2, 0.05), (120, 2, 0.02), (20, 1, 0.0), (260, 2, 0.01)]:
        first = np.round(random.random(count), digits)
        yield of(first, np.round(first + random.normal(shift, 0.2, count), digits))


def mean(sums, counts):
    return lambda drawn, axis=-1: sums[drawn].sum(axis=axis) / counts[drawn].sum(axis=axis)


def bca(means, weights, sums, counts, level=0.95):
    """Efron's interval from all resamples' means with their probabilities."""
    n = len(sums)
    observed = sums.sum() / counts.sum()
    order = np.argsort(means, kind="stable")
    means, weights = means[order], weights[order] / weights.sum()
    below = weights[means < observed - 1e-12].sum() + 0.5 * weights[np.abs(means - observed) <= 1e-12].sum()
    bias = norm.ppf(below)
    without = np.array([(sums.sum() - sums[i]) / (counts.sum() - counts[i]) for i in range(n)])
    gaps = without.mean() - without
    acceleration = (gaps ** 3).sum() / (6 * (gaps ** 2).sum() ** 1.5)
    bounds = []
    for share in ((1 - level) / 2, (1 + level) / 2):
        z = bias + norm.ppf(share)
        adjusted = norm.cdf(bias + z / (1 - acceleration * z))
        bounds.append(float(means[np.searchsorted(np.cumsum(weights), adjusted - 1e-12)]))
    return bounds


def intervals():
    """By patients: alone, several images each, skewed; with few of them all n^n draws, else SciPy's BCa."""
    for n, images, skew in [(3, 1, 1), (4, 2, 1), (5, 1, 1), (6, 1, 4), (13, 1, 1), (13, 3, 1), (31, 1, 4), (60, 2, 1)]:
        counts = random.integers(1, images + 1, n) if images > 1 else np.ones(n, int)
        values = [np.round(random.random(c) ** skew, 6) for c in counts]
        sums = np.array([v.sum() for v in values])
        if n <= 6:
            drawn = np.array(list(itertools.product(range(n), repeat=n)))
            low, high = bca(mean(sums, counts)(drawn), np.ones(len(drawn)), sums, counts)
        else:
            found = bootstrap((np.arange(n),), mean(sums, counts), vectorized=True, method="BCa", n_resamples=400_000,
                              batch=20_000, random_state=np.random.default_rng(7)).confidence_interval
            low, high = float(found.low), float(found.high)
        yield {"values": [float(v) for own in values for v in own],
               "cases": [f"patient {i}" for i, own in enumerate(values) for _ in own],
               "low": low, "high": high, "isExact": n <= 6}


if __name__ == "__main__":
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statistics.json")
    with open(path, "w") as file:
        json.dump({"curves": list(curves()), "pairs": list(pairs()), "intervals": list(intervals()),
                   "quantiles": [[p, float(norm.ppf(p))] for p in (1e-9, 0.001, 0.025, 0.3, 0.5, 0.8, 0.975, 0.9999)]},
                  file)
        file.write("\n")
