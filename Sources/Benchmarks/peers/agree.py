"""That both sides compute the same mathematics: given the same weights and pixels, the same results."""
import os
import tempfile

import numpy as np
from safetensors.numpy import load_file

# One step of Adam moves a weight by up to the rate, 2e-4, whatever its gradient's size. Where a gradient is as small as
# the rounding errors of 32-bit sums its sign is chance, and the two sides may part by twice the rate: in a few weights,
# not in more. Biases before batch norm are such: their true gradient is zero.
RATE = 2e-4
# Relative, of the losses before any weight has moved: D's four and L_bce. The deepest maps of these small sizes have a
# handful of pixels, over which batch norm enlarges the rounding of all layers before.
LOSS_TOLERANCE = 2e-5
LATER_LOSS_TOLERANCE = 5e-5  # of G's two losses by D, which sees D's weights after their step
WEIGHT_TOLERANCE = 2e-6  # of a weight, absolute: 1 % of a step
WEIGHTS_THAT_MAY_PART = 0.01  # of all kernels, scales and offsets
STATISTICS_TOLERANCE = 1e-5  # of running means, absolute
PROBABILITY_TOLERANCE = 1e-5  # absolute


def inspected(row, mine, peer):
    with tempfile.TemporaryDirectory() as folder:
        mine.ask(f"inspect {row} {folder}")
        peer.ask(f"inspect {row} {folder}")
        return tuple(load_file(os.path.join(folder, f"{name}.safetensors")) for name in ("given", "ours", "peer"))


def check_step(row, mine, peer):
    """A sentence for the record; raises AssertionError where the two disagree."""
    _, ours, theirs = inspected(row, mine, peer)
    distances = np.abs(ours["losses"] - theirs["losses"]) / np.abs(theirs["losses"])
    losses, later = distances[:5].max(), distances[5:].max()
    assert losses < LOSS_TOLERANCE and later < LATER_LOSS_TOLERANCE, \
        f"{row}: losses {ours['losses']} and {theirs['losses']}"
    parted = total = 0
    for name in sorted(ours):
        # PyTorch keeps the unbiased variance as a running statistic, Keras and we the biased one.
        if name == "losses" or name.endswith("running-variance"):
            continue
        distance = np.abs(ours[name] - theirs[name])
        if name.endswith("running-mean"):
            assert distance.max() < STATISTICS_TOLERANCE, f"{row}: {name} differs by {distance.max()}"
            continue
        assert distance.max() <= 2.05 * RATE, f"{row}: {name} differs by {distance.max()}"
        if not (".convolution" in name and name.endswith(".bias")):
            parted += int((distance > WEIGHT_TOLERANCE).sum())
            total += distance.size
    assert parted <= WEIGHTS_THAT_MAY_PART * total, f"{row}: {parted} of {total} weights differ"
    return (f"losses agree to {losses:.1e}, those after D's step to {later:.1e}; {total - parted} of {total} updated weights agree to "
            f"{WEIGHT_TOLERANCE:g}, {parted} differ, as gradients near zero may")


def check_prediction(row, mine, peer):
    _, ours, theirs = inspected(row, mine, peer)
    distance = np.abs(ours["probability"] - theirs["probability"]).max()
    assert distance < PROBABILITY_TOLERANCE, f"{row}: probabilities differ by {distance}"
    return f"probabilities agree to {distance:.1e}"


def convolution_errors(row, mine, peer):
    """Largest error of ours and of the peer against 64-bit sums at places drawn at random, over the largest value
    there."""
    given, ours, theirs = inspected(row, mine, peer)
    x, w, g = (given[name][0].astype(np.float64) if name != "weights" else given[name].astype(np.float64)
               for name in ("input", "weights", "output-gradient"))
    direction = row.split("-", 4)[4]
    size, random = x.shape[0], np.random.default_rng(7)

    def patches(image, rows, columns):
        padded = np.pad(image, ((1, 1), (1, 1), (0, 0)))
        return np.stack([padded[i:i + 3, j:j + 3] for i, j in zip(rows, columns)])

    if direction == "weight-gradient":
        ins = random.choice(x.shape[2], min(4, x.shape[2]), replace=False)
        outs = random.choice(g.shape[2], 8, replace=False)
        padded = np.pad(x[:, :, ins], ((1, 1), (1, 1), (0, 0)))
        flat = g[:, :, outs].reshape(-1, len(outs))
        truth = np.stack([[padded[k:k + size, l:l + size].reshape(-1, len(ins)).T @ flat for l in range(3)]
                          for k in range(3)])
        found = [side["result"][:, :, ins][:, :, :, outs] for side in (ours, theirs)]
    else:
        # Corners and edges, where a path may go wrong, and places anywhere.
        rows = np.concatenate([[0, 0, size - 1, size - 1, 0, size // 2], random.integers(0, size, 200)])
        columns = np.concatenate([[0, size - 1, 0, size - 1, size // 2, 0], random.integers(0, size, 200)])
        if direction == "forward":
            truth = np.einsum("pklc,klco->po", patches(x, rows, columns), w, optimize=True)
        else:
            truth = np.einsum("pklo,klco->pc", patches(g, rows, columns), w[::-1, ::-1], optimize=True)
        found = [side["result"][0][rows, columns] for side in (ours, theirs)]
    return tuple(float(np.abs(value - truth).max() / np.abs(truth).max()) for value in found)


# The classical methods, each a row of its own without a peer.
METHODS = ["regions", "homomorphic", "valleys", "variational", "texture-ensemble"]

# How far values of a picture may be apart, and where they are compared: all over, in the field of view, or where no window
# reaches over the rim, which the two sides treat alike only in the middle. Medians: a step of 8 bits, which are what the peer
# sorts. Denoised after 100 steps, which is not the limit: what both have come to.
PICTURES = {
    "gaussian-mean": (2e-5, "field"), "median-background": (2.5 / 255, "field"), "homomorphic": (1e-4, "field"),
    "top-hat": (0, "all"), "reconstruction": (1e-7, "all"), "deep-minima": (0, "all"), "area-opening": (0, "all"),
    "fill-holes": (0, "all"), "islands": (0, "all"), "distances": (1e-4, "all"), "components": (0, "all"),
    "region-table": (1e-2, "all"), "watershed": (0, "all"), "boundaries": (0, "all"), "window-mean": (1e-5, "field"),
    "window-deviation": (1e-4, "field"), "entropy": (1e-4, "all"), "uniformity": (1e-4, "all"), "otsu": (1e-5, "all"),
    "percentiles": (1e-6, "all"), "hessian": (1e-4, "middle"), "structure": (1e-5, "middle"), "denoise-dual": (2e-2, "all"),
    "denoise-split-bregman": (2e-2, "all"),
}
PIXELS_THAT_MAY_PART = 1e-3  # where values tie in one of two precisions: a minimum, a basin's rim


def check_picture(row, mine, peer):
    """A sentence for the record."""
    given, ours, theirs = inspected(row, mine, peer)
    tolerance, where = PICTURES[row.split("-", 2)[2]]
    apart = np.abs(ours["result"].astype(np.float64) - theirs["result"])
    assert ours["result"].shape == theirs["result"].shape, f"{row}: {ours['result'].shape}, {theirs['result'].shape}"
    if where == "field":
        apart = apart[given["field"].reshape(-1) > 0]
    if where == "middle":
        apart = apart.reshape(given["image"].shape)[20:-20, 20:-20].reshape(-1)
    parted = int((apart > tolerance).sum())
    assert parted <= PIXELS_THAT_MAY_PART * apart.size, f"{row}: {parted} of {apart.size} values differ, by {apart.max()}"
    return f"agrees to {apart.max():.1e}" if parted == 0 else f"{apart.size - parted} of {apart.size} values agree to {tolerance:g}"
