#!/usr/bin/env python3
"""Writes blocks.json: what SciPy, scikit-image and NumPy make of the operations in Imaging.

Needs Python 3 with numpy, scipy and scikit-image. Everything is seeded. Values are multiples of 1/256 where the operation is exact,
so that 32 and 64 bits agree.
"""
import json, os
import numpy as np
from scipy import ndimage
from skimage import filters, measure, morphology, segmentation
from skimage.morphology import disk

random = np.random.default_rng(18)
H, W = 31, 37
smooth = ndimage.gaussian_filter(random.random((H, W)), 1.2)
smooth = (smooth - smooth.min()) / np.ptp(smooth)
plane = np.round(smooth * 256) / 256
y, x = np.mgrid[:H, :W]
field = (x - 17.5) ** 2 + (y - 15) ** 2 < 15.5 ** 2
# Every value once, so that a flood has no ties.
distinct = (np.argsort(np.argsort((smooth + 1e-9 * random.random((H, W))).reshape(-1))).reshape(H, W)) / 2048
blobs = ndimage.gaussian_filter(random.random((H, W)), 1.0) > 0.505
specks = random.random((H, W)) < 0.45


def short(values):
    values = np.asarray(values, np.float64).reshape(-1)
    digits = 9 if np.array_equal(values * 4096, np.round(values * 4096)) else 7
    return [float(f"{value:.{digits}g}") for value in values]


def whole(values):
    return np.asarray(values).astype(int).reshape(-1).tolist()


def within(function, *values, outside):
    """A rank operation that sees `outside` beyond the field, where its result is 0."""
    return np.where(field, function(*[np.where(field, v, outside) for v in values]), 0)


def shapes(labels):
    return [{"area": int(r.area), "x": r.centroid[1], "y": r.centroid[0], "box": [r.bbox[1], r.bbox[3], r.bbox[0], r.bbox[2]],
             "perimeter": r.perimeter, "solidity": r.solidity} for r in measure.regionprops(labels)]


def statistics(labels):
    index = range(1, labels.max() + 1)
    means, deviations = ndimage.mean(plane, labels, index), ndimage.standard_deviation(plane, labels, index)
    return {"means": np.asarray(means).tolist(), "deviations": np.asarray(deviations).tolist()}


cross, square = ndimage.generate_binary_structure(2, 1), ndimage.generate_binary_structure(2, 2)
reconstruct = lambda marker, mask, shape, how="dilation": morphology.reconstruction(marker, mask, method=how, footprint=shape)
marker = np.maximum(plane - 0.25, 0) * (random.random((H, W)) < 0.1)
h = 16 / 256
filled = reconstruct(plane + h, plane, square, "erosion")


def extended(values, shape):
    minima = morphology.local_minima(values, footprint=shape)
    return whole(minima)


seeds = np.zeros((H, W), int)
for label, (r, c) in enumerate([(4, 5), (9, 30), (16, 15), (25, 8), (27, 31)], start=1):
    seeds[r, c] = label
labels8, labels4 = measure.label(blobs, connectivity=2), measure.label(blobs, connectivity=1)

windows = []
for side, levels in ((3, 8), (9, 32), (15, 20)):
    bins = np.minimum((plane * levels).astype(int), levels - 1)
    counts = np.stack([ndimage.uniform_filter(((bins == b) & field).astype(float), side, mode="constant") * side ** 2
                       for b in range(levels)]).round()
    shares = counts / np.maximum(counts.sum(0), 1)
    reference = random.random(levels)
    reference /= reference.sum()
    logarithms = np.log2(shares, out=np.zeros_like(shares), where=shares > 0)
    weights = random.random((H, W)) * field
    windows.append({
        "side": side, "levels": levels, "reference": short(reference), "weights": short(weights),
        "entropy": short(np.where(field, -(shares * logarithms).sum(0), 0)),
        "uniformity": short(np.where(field, (shares ** 2).sum(0), 0)),
        "distance": short(np.where(field, np.abs(np.cumsum(shares, 0) - np.cumsum(reference)[:, None, None]).sum(0) / levels, 0)),
        "mean": short((shares * weights).sum((1, 2)) / weights.sum()),
    })


def homomorphic(values, low, high, cutoff):
    """By dense sums: the Gaussian's kernel is the inverse transform of exp(-D^2 / D0^2), written out."""
    logs = np.log(np.maximum(values, 1 / 255))
    centre = logs[field].mean()
    rows, columns = np.any(field, 1).nonzero()[0], np.any(field, 0).nonzero()[0]
    length = max(np.ptp(rows), np.ptp(columns)) + 1
    sigma = length / (np.sqrt(2) * np.pi * cutoff)
    far = np.subtract.outer
    gx, gy = (np.exp(-far(np.arange(n), np.arange(n)) ** 2 / (2 * sigma ** 2)) for n in (W, H))
    blur = (gy @ ((logs - centre) * field) @ gx) / (gy @ field.astype(float) @ gx)
    return np.where(field, np.exp(high * (logs - centre) - (high - low) * blur + centre), 0)


def jets(sigma):
    """Derivatives of the normalised convolution, and plain ones where the Gaussian lies inside the field."""
    g = lambda values, order: ndimage.gaussian_filter(values, sigma, order=order, mode="constant")
    weight = field.astype(float)
    v = {order: g((plane - plane[field].mean()) * weight, order) for order in ((0, 0), (0, 1), (1, 0), (0, 2), (1, 1), (2, 0))}
    w = {order: g(weight, order) for order in v}
    total = np.where(field, w[0, 0], 1)
    s = v[0, 0] / total
    first = {order: (v[order] - s * w[order]) / total for order in ((0, 1), (1, 0))}
    sx, sy, wx, wy = first[0, 1], first[1, 0], w[0, 1], w[1, 0]
    second = {
        (0, 2): (v[0, 2] - 2 * sx * wx - s * w[0, 2]) / total, (2, 0): (v[2, 0] - 2 * sy * wy - s * w[2, 0]) / total,
        (1, 1): (v[1, 1] - sx * wy - sy * wx - s * w[1, 1]) / total}
    return first, second


def eigen(xx, xy, yy):
    matrices = np.moveaxis(np.array([[xx, xy], [xy, yy]]), (0, 1), (2, 3))
    values = np.linalg.eigvalsh(matrices)
    return {"larger": short(np.where(field, values[..., 1], 0)), "smaller": short(np.where(field, values[..., 0], 0)),
            "angle": short(np.where(field, 0.5 * np.arctan2(2 * xy, xx - yy), 0))}


def smoothed(values, rho):
    weight = ndimage.gaussian_filter(field.astype(float), rho, mode="constant")
    return np.where(field, ndimage.gaussian_filter(np.where(field, values, 0), rho, mode="constant") / np.maximum(weight, 1e-12), 0)


tensors = []
for sigma, rho in ((1.0, 2.0), (1.7, 3.0)):
    first, second = jets(sigma)
    reach = int(4 * sigma + 0.5)
    sx, sy = first[0, 1], first[1, 0]
    tensors.append({
        "sigma": sigma, "rho": rho, "hessian": eigen(second[0, 2], second[1, 1], second[2, 0]),
        "structure": eigen(smoothed(sx * sx, rho), smoothed(sx * sy, rho), smoothed(sy * sy, rho)),
        "whole": whole(ndimage.binary_erosion(field, np.ones((2 * reach + 1,) * 2))),
        "scipy": short(ndimage.gaussian_filter(plane, sigma, order=(0, 2)) + ndimage.gaussian_filter(plane, sigma, order=(2, 0))),
    })

noisy = np.round((plane + 0.1 * random.standard_normal((H, W))) * 4096) / 4096
from skimage.restoration import denoise_tv_chambolle
denoised = [{"theta": t, "everywhere": short(denoise_tv_chambolle(noisy, weight=t, eps=1e-14, max_num_iter=40000))} for t in (0.05, 0.3)]


def medians(side):
    result, r = np.zeros((H, W)), side // 2
    for i, j in np.argwhere(field):
        box = np.s_[max(0, i - r):i + r + 1, max(0, j - r):j + r + 1]
        values = np.sort(plane[box][field[box]])
        result[i, j] = values[values.size // 2]
    return result


with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "blocks.json"), "w") as file:
    json.dump({
        "width": W, "height": H, "plane": short(plane), "field": whole(field), "distinct": short(distinct),
        "blobs": whole(blobs), "specks": whole(specks), "marker": short(marker), "noisy": short(noisy), "h": h,
        "discs": [{
            "radius": r, "eroded": short(within(lambda v: ndimage.grey_erosion(v, footprint=disk(r), mode="constant", cval=np.inf), plane, outside=np.inf)),
            "dilated": short(within(lambda v: ndimage.grey_dilation(v, footprint=disk(r), mode="constant", cval=-np.inf), plane, outside=-np.inf)),
            "white": short(plane - ndimage.grey_dilation(ndimage.grey_erosion(plane, footprint=disk(r), mode="constant", cval=np.inf), footprint=disk(r), mode="constant", cval=-np.inf)),
            "black": short(ndimage.grey_erosion(ndimage.grey_dilation(plane, footprint=disk(r), mode="constant", cval=-np.inf), footprint=disk(r), mode="constant", cval=np.inf) - plane),
        } for r in (1, 4, 7)],
        "reconstructed": [{
            "eight": shape is square, "under": short(reconstruct(np.minimum(marker, plane), plane, shape)),
            "over": short(reconstruct(np.maximum(1 - marker, plane), plane, shape, "erosion")),
            "inField": short(within(lambda m, p: reconstruct(m, p, shape), np.minimum(marker, plane), plane, outside=-1)),
        } for shape in (cross, square)],
        "filled": short(filled), "lowered": short(reconstruct(plane - h, plane, square)),
        "minima": extended(plane, square), "minima4": extended(plane, cross), "deepMinima": extended(filled, square),
        "areaOpened": [{"area": a, "eight": c == 2, "values": short(morphology.area_opening(plane, a, connectivity=c)),
                        "closed": short(morphology.area_closing(plane, a, connectivity=c))}
                       for a, c in ((2, 1), (12, 1), (12, 2), (60, 2))],
        "labels8": whole(labels8), "labels4": whole(labels4), "speckLabels8": whole(measure.label(specks, connectivity=2)),
        "speckLabels4": whole(measure.label(specks, connectivity=1)), "shapes": shapes(labels8), "speckShapes": shapes(measure.label(specks, connectivity=1)),
        "statistics": statistics(labels8), "holesFilled": whole(ndimage.binary_fill_holes(specks)),
        "withoutIslands": whole(morphology.remove_small_objects(specks, max_size=5, connectivity=1)),
        "largest": whole(labels8 == 1 + np.argmax(np.bincount(labels8.reshape(-1))[1:])),
        "grown": [{"radius": r, "dilated": whole(ndimage.distance_transform_edt(~specks) <= r),
                   "eroded": whole(ndimage.distance_transform_edt(specks) > r)} for r in (1, 1.5, 2, 3)],
        "seeds": whole(seeds), "basins": [{
            "eight": c == 2, "everywhere": whole(segmentation.watershed(distinct, seeds, connectivity=c)),
            "inField": whole(segmentation.watershed(distinct, seeds * field, connectivity=c, mask=field))} for c in (1, 2)],
        "windows": windows, "percentiles": [{"rank": p, "value": float(np.percentile(plane[field], p))} for p in (0, 1, 37.5, 50, 99, 100)],
        "histogram": whole(np.histogram(plane, 16, (0, 0.75))[0]), "otsu": float(filters.threshold_otsu(plane[field])),
        "medians": [{"side": s, "values": short(medians(s))} for s in (3, 21, 81)],
        "homomorphic": [{"low": a, "high": b, "cutoff": c, "values": short(homomorphic(plane, a, b, c))}
                        for a, b, c in ((0.5, 2, 3), (0.2, 1.3, 2))],
        "tensors": tensors, "denoised": denoised,
    }, file, separators=(",", ":"))
