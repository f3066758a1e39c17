#!/usr/bin/env python3
"""Writes agreement.json: what SciPy, scikit-learn, statsmodels, pingouin and SimpleITK make of the same gradings, areas and
probabilities.

usage: python3 make_agreement.py     (needs numpy, scipy, scikit-learn, statsmodels, pingouin, pandas and SimpleITK, all from PyPI)
"""
import json
import os
import warnings

import numpy as np
import pandas
import pingouin
import SimpleITK as sitk
from scipy import optimize, special, stats
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import cohen_kappa_score
from statsmodels.stats.inter_rater import cohens_kappa

warnings.simplefilter("ignore")
random = np.random.default_rng(1969)


def distributions():
    """Quantiles of F, Student's t and the noncentral t."""
    f = [(p, a, b) for p in (0.001, 0.025, 0.5, 0.975, 0.999) for a, b in ((1, 1), (2, 7.3), (49, 1.4), (12, 12), (999, 61.25), (3, 20000))]
    nct = [(p, n - 1, 1.96 * n ** 0.5) for p in (0.025, 0.5, 0.975) for n in (2, 3, 5, 13, 50, 400)]
    beta = [(a, b, x) for a in (0.5, 3, 40.5, 5000) for b in (0.5, 2, 77, 9000) for x in (1e-6, 0.02, 0.3571, 0.5, 0.9)]
    return {
        "f": [[p, a, b, float(stats.f.ppf(p, a, b))] for p, a, b in f],
        "t": [[p, v, float(stats.t.ppf(p, v))] for p in (0.6, 0.975, 0.9995) for v in (1, 2.5, 12, 400)],
        "nct": [[p, v, d, float(optimize.brentq(lambda t: stats.nct.cdf(t, v, d) - p, *bracket(p, v, d), xtol=1e-12, rtol=1e-13))] for p, v, d in nct],
        "beta": [[a, b, x, float(special.betainc(a, b, x))] for a, b, x in beta],
    }


def bracket(p, v, d):
    guess = stats.nct.ppf(p, v, d)
    return guess * 0.9, guess * 1.1


def kappas():
    for kind, categories, size, agreeing in (("binary", 2, 400, 0.7), ("rare", 2, 5000, 0.97), ("grades", 5, 300, 0.4), ("opposed", 2, 90, 0.1)):
        first = random.choice(categories, size, p=None if kind != "rare" else [0.95, 0.05])
        second = np.where(random.random(size) < agreeing, first, random.integers(0, categories, size))
        if kind == "opposed":
            second = np.where(random.random(size) < 0.8, 1 - first, first)
        counts = np.zeros((categories, categories), int)
        np.add.at(counts, (first, second), 1)
        for weights in ("none", "linear", "quadratic"):
            name = None if weights == "none" else weights
            # statsmodels weighs distances: `fc` is quadratic there.
            found = cohens_kappa(counts, wt={"none": None, "linear": "linear", "quadratic": "quadratic"}[weights])
            value = cohen_kappa_score(first, second, weights=name)
            assert abs(value - found.kappa) < 1e-12, (kind, weights)
            yield {"kind": kind, "counts": counts.tolist(), "weights": weights, "value": float(value),
                   "error": float(found.std_kappa), "low": float(found.kappa_low), "high": float(found.kappa_upp)}


def areas(subjects, raters, between, offset, noise):
    truth = random.gamma(2, between, (subjects, 1))
    return truth + offset * np.arange(raters) + random.normal(0, noise, (subjects, raters))


def correlations():
    """pingouin's own formulas, its rounded interval replaced by the exact one."""
    for table in (areas(13, 2, 8, 0.5, 2), areas(31, 3, 5, 2, 1), areas(6, 4, 3, 0, 5), areas(3, 2, 8, 0.5, 0.3), areas(50, 2, 20, -4, 6)):
        n, k = table.shape
        frame = pandas.DataFrame([{"image": i, "grader": j, "area": table[i, j]} for i in range(n) for j in range(k)])
        theirs = pingouin.intraclass_corr(frame, "image", "grader", "area").set_index("Type")
        row = theirs.loc["ICC2" if "ICC2" in theirs.index else "ICC(A,1)"]
        rounded = row["CI95%" if "CI95%" in row.index else "CI95"]
        value, low, high = mcgraw_wong(table)
        assert abs(value - row["ICC"]) < 1e-10, (value, row)
        assert np.allclose([low, high], rounded, atol=0.0051), (low, high, rounded)
        yield {"table": table.tolist(), "value": float(value), "low": float(low), "high": float(high)}


def mcgraw_wong(table):
    n, k = table.shape
    mean = table.mean()
    rows = k * ((table.mean(1) - mean) ** 2).sum() / (n - 1)
    columns = n * ((table.mean(0) - mean) ** 2).sum() / (k - 1)
    rest = ((table - table.mean(1, keepdims=True) - table.mean(0) + mean) ** 2).sum() / ((n - 1) * (k - 1))
    value = (rows - rest) / (rows + (k - 1) * rest + k * (columns - rest) / n)
    a = k * value / (n * (1 - value))
    b = 1 + k * value * (n - 1) / (n * (1 - value))
    v = (a * columns + b * rest) ** 2 / ((a * columns) ** 2 / (k - 1) + (b * rest) ** 2 / ((n - 1) * (k - 1)))
    below, above = stats.f.ppf(0.975, n - 1, v), stats.f.ppf(0.975, v, n - 1)
    noise = k * columns + (k * n - k - n) * rest
    return value, n * (rows - below * rest) / (below * noise + n * rows), n * (above * rows - rest) / (noise + n * above * rows)


def limits():
    for count in (2, 3, 13, 50):
        table = areas(count, 2, 8, 0.7, 2)
        difference = table[:, 0] - table[:, 1]
        bias, spread = difference.mean(), difference.std(ddof=1)
        error = spread / count ** 0.5
        reach = stats.t.ppf(0.975, count - 1) * error
        near, far = [float(optimize.brentq(lambda t: stats.nct.cdf(t, count - 1, 1.96 * count ** 0.5) - p, *bracket(p, count - 1, 1.96 * count ** 0.5), xtol=1e-12, rtol=1e-13)) * error
                     for p in (0.025, 0.975)]
        yield {"first": table[:, 0].tolist(), "second": table[:, 1].tolist(), "bias": bias, "deviation": spread,
               "lower": bias - 1.96 * spread, "upper": bias + 1.96 * spread, "biasLow": bias - reach, "biasHigh": bias + reach,
               "upperLow": bias + near, "upperHigh": bias + far}


def consensus():
    """ITK's filter, whose estimate is run until nothing changes."""
    side = 40
    y, x = np.mgrid[:side, :side]
    truth = (x - 17) ** 2 + (y - 22) ** 2 < 90
    rates = ((0.9, 0.97), (0.75, 0.99), (0.6, 0.9), (0.95, 0.8), (0.85, 0.95))
    for raters in (3, 5):
        masks = [np.where(truth, random.random(truth.shape) < s, random.random(truth.shape) >= p).astype(np.uint8) for s, p in rates[:raters]]
        found = sitk.STAPLEImageFilter()
        found.SetForegroundValue(1)
        found.SetMaximumIterations(100000)
        result = sitk.GetArrayFromImage(found.Execute([sitk.GetImageFromArray(mask) for mask in masks]))
        yield {"side": side, "masks": [mask.reshape(-1).tolist() for mask in masks], "truth": truth.astype(int).reshape(-1).tolist(),
               "sensitivities": list(found.GetSensitivity()), "specificities": list(found.GetSpecificity()),
               "consensus": [float(f"{p:.9g}") for p in result.reshape(-1)]}


def bins(p, y, count, kind):
    """Mean probability, share that is true and number of pixels of each bin."""
    if kind == "width":
        place = np.minimum((p * count).astype(int), count - 1)
    else:
        # A bin ends with the value that brings the pixels up to its part of all.
        values, inverse, numbers = np.unique(p, return_inverse=True, return_counts=True)
        taken = np.cumsum(numbers)
        full = taken * count // len(p)
        steps = np.concatenate([[0], full[:-1]])
        place = np.unique(steps, return_inverse=True)[1][inverse]
    return [(p[place == b].mean(), y[place == b].mean(), int((place == b).sum())) for b in np.unique(place)]


def calibrations():
    for kind, size in (("smooth", 6000), ("coarse", 4000), ("sure", 6000)):
        logit = random.normal(-1, 2, size)
        y = (random.random(size) < special.expit(logit)).astype(int)
        p = special.expit(logit * {"smooth": 1.7, "coarse": 0.6, "sure": 4}[kind] + 0.4)
        p = (np.round(p * 255) / 255 if kind == "coarse" else p).astype(np.float32)
        exact = p.astype(np.float64)
        entry = {"kind": kind, "probabilities": [float(str(v)) for v in p], "truth": y.tolist(), "brier": float(((exact - y) ** 2).mean()), "errors": []}
        for binning in ("width", "count"):
            for count in (10, 15):
                found = bins(exact, y, count, binning)
                gaps = [(abs(a - b), n) for a, b, n in found]
                entry["errors"].append({"binning": binning, "bins": count, "expected": float(sum(g * n for g, n in gaps) / size),
                                        "maximum": float(max(g for g, _ in gaps)), "sizes": [n for _, _, n in found]})
        z = special.logit(np.clip(exact, 2.0 ** -24, 1 - 2.0 ** -24))
        loss = lambda t: np.logaddexp(0, z / t).sum() - (y * z / t).sum()
        entry["temperature"] = float(optimize.minimize_scalar(loss, bounds=(0.01, 100), method="bounded", options={"xatol": 1e-12}).x)
        iso = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(exact, y)
        grid = np.linspace(0, 1, 401).astype(np.float32).astype(np.float64)
        entry["isotonicOfPixels"] = [float(f"{v:.7g}") for v in iso.predict(exact[:2000])]
        entry["isotonicOfGrid"] = [float(f"{v:.7g}") for v in iso.predict(grid)]
        yield entry


document = {"distributions": distributions(), "kappas": list(kappas()), "correlations": list(correlations()), "limits": list(limits()),
            "consensus": list(consensus()), "calibrations": list(calibrations())}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "agreement.json"), "w") as file:
    json.dump(document, file, separators=(",", ":"))
    file.write("\n")
