#!/usr/bin/env python3
"""Writes the images beside it and fixtures.json: what Pillow, NumPy and SciPy make of them.

Needs Python 3 with numpy, scipy and pillow. Everything is seeded; running it again changes nothing but what newer
versions of those libraries compute or compress differently.
"""
import io, json, os, struct
import numpy as np
from PIL import Image
from scipy import ndimage

HERE = os.path.dirname(os.path.abspath(__file__))
IMAGES = os.path.join(HERE, "images")
os.makedirs(IMAGES, exist_ok=True)
random = np.random.default_rng(20210601)
W, H = 21, 13
images = {}


def short(values):
    """Nine digits: more than a 32-bit float holds."""
    return [float(f"{value:.9g}") for value in np.asarray(values, np.float64).reshape(-1)]


def note(name, samples, model, full_scale, alpha=False, palette=None, tolerance=0):
    samples = np.asarray(samples)
    images[name] = {
        "width": samples.shape[1], "height": samples.shape[0], "model": model, "fullScale": full_scale,
        "hasAlpha": alpha, "samples": samples.reshape(-1).tolist(), "tolerance": tolerance,
        "palette": palette or [],
    }


def path(name):
    return os.path.join(IMAGES, name)


# PNG, by Pillow
grey = random.integers(0, 256, (H, W), dtype=np.uint8)
rgb = random.integers(0, 256, (H, W, 3), dtype=np.uint8)
rgba = random.integers(0, 256, (H, W, 4), dtype=np.uint8)
grey16 = random.integers(0, 65536, (H, W), dtype=np.uint16)
classes = random.integers(0, 3, (H, W), dtype=np.uint8)
colours = [(0, 0, 0), (255, 255, 255), (200, 30, 90)]
Image.fromarray(grey).save(path("grey 8.png"))
note("grey 8.png", grey, "grey", 255)
Image.fromarray(grey16).save(path("grey16.png"))
note("grey16.png", grey16, "grey", 65535)
bits = (grey > 100).astype(np.uint8)
Image.fromarray(bits * 255).convert("1").save(path("bits.png"))
note("bits.png", bits, "grey", 1)
Image.fromarray(rgb).save(path("rgb.png"))
note("rgb.png", rgb, "colour", 255)
Image.fromarray(rgba, "RGBA").save(path("rgba.png"))
note("rgba.png", rgba, "colour", 255, alpha=True)
Image.fromarray(rgba[:, :, :2].copy(), "LA").save(path("grey-alpha.png"))
note("grey-alpha.png", rgba[:, :, :2], "grey", 255, alpha=True)


def palette_image(indices):
    image = Image.fromarray(indices, "P")
    image.putpalette([c for colour in colours for c in colour])
    return image


palette_image(classes).save(path("palette.png"), bits=2)
note("palette.png", classes, "palette", 3, palette=[c + (255,) for c in map(tuple, colours)])
many = palette_image(classes)
many.putpalette([c for colour in colours for c in colour] + [9] * 3 * 253)
many.save(path("palette-transparent.png"), transparency=bytes([0, 255, 128]))
note("palette-transparent.png", classes, "palette", 255, palette=[c + (a,) for c, a in zip(colours, (0, 255, 128))])

# JPEG, by Pillow: smooth content, decoded by Pillow's own libjpeg
y, x = np.mgrid[:H, :W]
smooth = (128 + 80 * np.sin(x / 4) * np.cos(y / 3)).astype(np.uint8)
colour = np.stack([smooth, 255 - smooth, np.roll(smooth, 5, 1)], -1)


def jpeg(name, array, tolerance, **options):
    Image.fromarray(array).save(path(name), quality=92, **options)
    note(name, np.array(Image.open(path(name))), "grey" if array.ndim == 2 else "colour", 255, tolerance=tolerance)


jpeg("grey.jpg", smooth, 0)
jpeg("grey-as-rgb.jpg", np.stack([smooth] * 3, -1), 0)
jpeg("colour.jpg", colour, 3)
jpeg("progressive.jpg", colour, 3, progressive=True)
Image.fromarray(colour).convert("CMYK").save(path("cmyk.jpg"))

# TIFF: compressed by Pillow (libtiff), tiled and planar by hand
for name, array, compression in [
    ("grey.tif", grey, None), ("grey-lzw.tif", grey, "tiff_lzw"), ("grey16-deflate.tif", grey16, "tiff_adobe_deflate"),
    ("rgb-packbits.tif", rgb, "packbits"), ("rgba.tif", rgba, "tiff_lzw"),
]:
    Image.fromarray(array).save(path(name), compression=compression)
    model = "grey" if array.ndim == 2 else "colour"
    note(name, array, model, 65535 if array.dtype == np.uint16 else 255, alpha=array.ndim == 3 and array.shape[2] == 4)
palette_image(classes).save(path("palette.tif"))
note("palette.tif", classes, "palette", 255, palette=[c + (255,) for c in map(tuple, colours)])
Image.fromarray(bits * 255).convert("1").save(path("bits.tif"), compression="group4")
note("bits.tif", bits, "grey", 1)


def tiff(name, blocks, entries, big_endian=False):
    """A TIFF of uncompressed blocks; `entries` are (tag, type, values) beside offsets and byte counts."""
    end = ">" if big_endian else "<"
    tiled = any(tag == 322 for tag, _, _ in entries)
    data, offsets = b"", []
    for block in blocks:
        offsets.append(8 + len(data))
        data += block
    entries = entries + [(324 if tiled else 273, 4, offsets), (325 if tiled else 279, 4, [len(b) for b in blocks])]
    directory, extra = b"", b""
    start = 8 + len(data)
    behind = start + 2 + 12 * len(entries) + 4
    for tag, kind, values in sorted(entries):
        code = {3: "H", 4: "I"}[kind]
        packed = struct.pack(end + code * len(values), *values)
        if len(packed) > 4:
            field = struct.pack(end + "I", behind + len(extra))
            extra += packed
        else:
            field = packed.ljust(4, b"\0")
        directory += struct.pack(end + "HHI", tag, kind, len(values)) + field
    head = (b"MM\0*" if big_endian else b"II*\0") + struct.pack(end + "I", start)
    with open(path(name), "wb") as file:
        file.write(head + data + struct.pack(end + "H", len(entries)) + directory + b"\0" * 4 + extra)


def tiles(array, side=16):
    padded = np.zeros((-(-H // side) * side, -(-W // side) * side) + array.shape[2:], array.dtype)
    padded[:H, :W] = array
    for top in range(0, padded.shape[0], side):
        for left in range(0, padded.shape[1], side):
            yield padded[top:top + side, left:left + side].tobytes()


def plain(bits, photometric, channels=1):
    return [(256, 3, [W]), (257, 3, [H]), (258, 3, [bits] * channels), (259, 3, [1]), (262, 3, [photometric]),
            (277, 3, [channels])]


tiff("tiled.tif", list(tiles(grey)), plain(8, 1) + [(322, 3, [16]), (323, 3, [16])])
note("tiled.tif", grey, "grey", 255)
tiff("tiled-rgb.tif", list(tiles(rgb)), plain(8, 2, 3) + [(322, 3, [16]), (323, 3, [16])])
note("tiled-rgb.tif", rgb, "colour", 255)
rgb16 = random.integers(0, 65536, (H, W, 3), dtype=np.uint16)
strips = [rgb16[top:top + 5, :, c].astype(">u2").tobytes() for c in range(3) for top in range(0, H, 5)]
tiff("planar16-big-endian.tif", strips, plain(16, 2, 3) + [(278, 3, [5]), (284, 3, [2])], big_endian=True)
note("planar16-big-endian.tif", rgb16, "colour", 65535)
tiff("white-is-zero.tif", [(255 - grey).tobytes()], plain(8, 0) + [(278, 3, [H])])
note("white-is-zero.tif", grey, "grey", 255)

# Resizing, by Pillow
plane = random.random((17, 23)).astype(np.float32)
resized = []
for width, height in [(10, 8), (40, 31), (23, 5), (7, 33), (1, 1), (23, 34)]:
    bilinear = np.array(Image.fromarray(plane, "F").resize((width, height), Image.BILINEAR))
    nearest = np.array(Image.fromarray((plane > 0.5).astype(np.uint8)).resize((width, height), Image.NEAREST))
    resized.append({"width": width, "height": height, "bilinear": short(bilinear),
                    "nearest": nearest.reshape(-1).tolist()})

# Flip, then turn, then shift, by SciPy in 64 bits; the weights' footprint (`inside`) is told by a plane of ones
square = random.random((24, 24)).astype(np.float32)
moved = []
for flip, degrees, right, down in [(False, 11.0, 0.05, -0.075), (True, -14.5, -0.1, 0.025), (True, 0.0, 0.125, 0.0),
                                   (False, 90.0, 0.0, 0.0)]:
    angle = np.deg2rad(degrees)
    # Output (row, column) around the centre → source; rows grow downward, so clockwise turns x towards y.
    back = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    if flip:
        back = np.diag([1, -1]) @ back
    centre = np.array([11.5, 11.5])
    offset = centre - back @ (centre + np.array([down, right]) * 24)
    one = dict(matrix=back, offset=offset, order=1, mode="constant", cval=0.0)
    image = ndimage.affine_transform(square.astype(np.float64), **one)
    inside = ndimage.affine_transform(np.ones((24, 24)), **one) > 1 - 1e-9
    moved.append({"isFlipped": flip, "rotation": degrees, "shiftX": right, "shiftY": down,
                  "image": short(image), "inside": inside.astype(int).reshape(-1).tolist()})

# Means over windows, by SciPy
region = random.random((17, 23)) > 0.4
windows = []
for side in (3, 7, 81):
    weight = region.astype(np.float64)
    total = ndimage.convolve(plane.astype(np.float64) * weight, np.ones((side, side)), mode="constant")
    count = ndimage.convolve(weight, np.ones((side, side)), mode="constant")
    windows.append({"side": side, "means": short(np.where(count > 0, total / np.maximum(count, 1), 0))})

# Measures of the 2021 paper (Eq. 8–11), by NumPy's plain formulas
pairs = []
for density, agreement in [(0.3, 0.8), (0.05, 0.9), (0.9, 0.6), (0.0, 1.0), (0.0, 0.9), (1.0, 1.0)]:
    truth = random.random((9, 11)) < density
    prediction = np.where(random.random((9, 11)) < agreement, truth, ~truth)
    field = random.random((9, 11)) < 0.8
    p, t = prediction[field], truth[field]
    both = (p & t).sum()
    pairs.append({
        "truth": truth.astype(int).reshape(-1).tolist(), "prediction": prediction.astype(int).reshape(-1).tolist(),
        "field": field.astype(int).reshape(-1).tolist(),
        "dsc": 1.0 if p.sum() + t.sum() == 0 else 2 * both / (p.sum() + t.sum()),
        "sen": both / t.sum() if t.any() else None,
        "spe": (~p & ~t).sum() / (~t).sum() if (~t).any() else None,
        "acc": (p == t).mean(),
    })
summary = {}
for measure in ("dsc", "sen", "spe", "acc"):
    values = [pair[measure] for pair in pairs if pair[measure] is not None]
    summary[measure] = {"mean": np.mean(values), "sd": np.std(values), "n": len(values)}

with open(os.path.join(HERE, "fixtures.json"), "w") as file:
    json.dump({
        "images": images,
        "plane": {"width": 23, "height": 17, "pixels": short(plane),
                  "region": region.astype(int).reshape(-1).tolist()},
        "resized": resized, "square": short(square), "moved": moved, "windows": windows,
        "pairs": pairs, "summary": summary,
    }, file, separators=(",", ":"))
