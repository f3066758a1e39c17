#!/usr/bin/env python3
"""Writes features.json: what SciPy and scikit-image make of the image operations behind the features.

Needs Python 3 with numpy, scipy and scikit-image. Everything is seeded. Inside the region alone: sums are taken of values
times a weight of 0 or 1 and divided by the sums of the weights; minima and maxima see infinities elsewhere.
"""
import json, os
import numpy as np
from scipy import ndimage
from skimage.morphology import disk

random = np.random.default_rng(4)
H, W = 29, 34
plane = ndimage.gaussian_filter(random.random((H, W)), 0.7)
plane = ((plane - plane.min()) / np.ptp(plane)).astype(np.float32).astype(np.float64)
y, x = np.mgrid[:H, :W]
region = (x - 16.5) ** 2 + (y - 13) ** 2 < 14.5 ** 2
weight = region.astype(np.float64)


def short(values):
    return [float(f"{value:.9g}") for value in np.asarray(values, np.float64).reshape(-1)]


def window_mean(values, side, weights):
    size = dict(size=side, mode="constant")
    total = ndimage.uniform_filter(values * weights, **size)
    return total / np.maximum(ndimage.uniform_filter(weights, **size), 1e-12)


def opened(values, radius, inside):
    footprint = disk(radius)
    eroded = ndimage.grey_erosion(np.where(inside, values, np.inf), footprint=footprint, mode="constant", cval=np.inf)
    return ndimage.grey_dilation(np.where(inside, eroded, -np.inf), footprint=footprint, mode="constant", cval=-np.inf)


def closed(values, radius, inside):
    return -opened(-values, radius, inside)


def percentile(side, rank):
    """By NumPy's sort, window by window; over whole windows it is checked here to be SciPy's percentile_filter."""
    result = np.zeros((H, W))
    r = side // 2
    for i, j in np.argwhere(region):
        box = np.s_[max(0, i - r):i + r + 1, max(0, j - r):j + r + 1]
        values = np.sort(plane[box][region[box]])
        result[i, j] = values[min(int(rank / 100 * values.size), values.size - 1)]
    whole = ndimage.uniform_filter(weight, side, mode="constant") > 1 - 1e-9
    reference = ndimage.percentile_filter(plane, rank, size=side)
    assert whole.any() and np.array_equal(result[whole], reference[whole])
    return result


def gradient(sigma):
    """Of the normalised convolution by central differences of its continuation: far from the rim it is SciPy's."""
    smooth = lambda values, order: ndimage.gaussian_filter(values, sigma, order=order, mode="constant")
    w = np.maximum(smooth(weight, 0), 1e-12)
    s = smooth(plane * weight, 0)
    parts = [(smooth(plane * weight, o) * w - s * smooth(weight, o)) / w ** 2 for o in ((0, 1), (1, 0))]
    return np.where(region, np.hypot(*parts), 0)


reach = {sigma: int(4 * sigma + 0.5) for sigma in (0.5, 1.0, 2.0)}
marks = random.random((H, W)) < 0.02
everywhere = np.ones((H, W), bool)
moments = [{"side": s, "deviation": short(np.where(region, np.sqrt(np.maximum(
    window_mean(plane ** 2, s, weight) - window_mean(plane, s, weight) ** 2, 0)), 0))} for s in (3, 9, 17)]
inside = lambda values: short(np.where(region, values, 0))
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "features.json"), "w") as file:
    json.dump({
        "width": W, "height": H, "pixels": short(plane), "region": region.astype(int).reshape(-1).tolist(),
        "deviations": moments,
        "gradients": [{
            "sigma": s, "normalised": short(gradient(s)),
            "whole": ndimage.binary_erosion(region, np.ones((2 * r + 1,) * 2)).astype(int).reshape(-1).tolist(),
            "scipy": short(ndimage.gaussian_gradient_magnitude(plane, s)),
            "smooth": short(np.where(region, ndimage.gaussian_filter(plane * weight, s, mode="constant")
                                     / np.maximum(ndimage.gaussian_filter(weight, s, mode="constant"), 1e-12), 0)),
        } for s, r in reach.items()],
        "discs": [{
            "radius": r, "opened": inside(opened(plane, r, region)), "closed": inside(closed(plane, r, region)),
            "openedEverywhere": short(opened(plane, r, everywhere)),
        } for r in (1, 2, 3, 5)],
        "percentiles": [{"side": s, "rank": p, "values": inside(percentile(s, p))}
                        for s, p in ((3, 50), (7, 10), (7, 90), (11, 0), (11, 100))],
        "marks": marks.astype(int).reshape(-1).tolist(),
        "distances": short(ndimage.distance_transform_edt(~marks)),
    }, file, separators=(",", ":"))
