#!/usr/bin/env python3
"""Writes the values that NetworksTests compare against, computed by PyTorch in 64-bit floats.

usage: python3 make_fixtures.py            (needs torch, numpy and safetensors, all from PyPI)

Inputs and weights are not stored: both sides compute them from their names by `hashed`. Stored are the results, as
32-bit floats in NHWC, kernels as [height, width, input channels, output channels]. Conventions are Keras's: batch norm
with epsilon 1e-3, Adam with epsilon outside the bias correction, mean reductions, cross-entropy clipped at 1e-7.
"""
import contextlib
import os

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import save_file

torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Fixtures")
EPSILON, SLOPE = 1e-3, 0.2


# Numbers both languages can make -------------------------------------------------------------------------------------

def hashed(name, shape, low=-1.0, high=1.0):
    """Uniform-looking numbers from a name, the same bits in Swift: a 32-bit mix of FNV-1a(name) and the index."""
    salt = 2166136261
    for byte in name.encode():
        salt = ((salt ^ byte) * 16777619) & 0xFFFFFFFF
    x = (np.arange(int(np.prod(shape)), dtype=np.uint64) * 2654435761 + salt) & 0xFFFFFFFF
    x ^= x >> np.uint64(15)
    x = (x * 2246822519) & 0xFFFFFFFF
    x ^= x >> np.uint64(13)
    x = (x * 3266489917) & 0xFFFFFFFF
    x ^= x >> np.uint64(16)
    unit = (x >> np.uint64(8)).astype(np.float32) / np.float32(1 << 24)
    values = np.float32(low) + np.float32(high - low) * unit
    return torch.tensor(values.astype(np.float32).reshape(shape).astype(np.float64))


def labels(name, shape):
    """A label map of zeros and ones."""
    return (hashed(name, shape) > 0.2).to(torch.float64)


def nchw(x):
    return x.permute(0, 3, 1, 2)


def nhwc(x):
    return x.permute(0, 2, 3, 1)


def write(file, tensors):
    os.makedirs(HERE, exist_ok=True)
    arrays = {k: np.ascontiguousarray(v.detach().numpy().astype(np.float32)) for k, v in tensors.items()}
    path = os.path.join(HERE, file + ".safetensors")
    save_file(arrays, path)
    os.chmod(path, 0o644)


# Operations, NHWC outside --------------------------------------------------------------------------------------------

def convolution(x, kernel, bias, stride=1, dilation=1):
    """Zero padding of dilation · (size - 1) / 2 on every side."""
    weight = kernel.permute(3, 2, 0, 1).contiguous()
    padding = dilation * (kernel.shape[0] - 1) // 2
    return nhwc(F.conv2d(nchw(x).contiguous(), weight, bias, stride=stride, padding=padding, dilation=dilation))


def transposed_convolution(x, kernel, bias):
    """Kernel and stride 2: no overlap, so no padding. Kernel [height, width, input channels, output channels]."""
    return nhwc(F.conv_transpose2d(nchw(x), kernel.permute(2, 3, 0, 1), bias, stride=2))


def batch_norm(x, gamma, beta):
    """The normalised map, and what the moving statistics move towards: the mean and the unbiased variance."""
    mean = x.mean((0, 1, 2))
    variance = ((x - mean) ** 2).mean((0, 1, 2))
    count = x.shape[0] * x.shape[1] * x.shape[2]
    unbiased = variance * count / (count - 1) if count > 1 else variance
    return (x - mean) / torch.sqrt(variance + EPSILON) * gamma + beta, mean, unbiased


def batch_norm_inference(x, gamma, beta, mean, variance):
    return (x - mean) / torch.sqrt(variance + EPSILON) * gamma + beta


def max_pool(x):
    return nhwc(F.max_pool2d(nchw(x), 2))


def upsample(x, mode):
    if mode == "nearest":
        return nhwc(F.interpolate(nchw(x), scale_factor=2, mode="nearest"))
    return nhwc(F.interpolate(nchw(x), scale_factor=2, mode="bilinear", align_corners=False))


# Layers --------------------------------------------------------------------------------------------------------------

def layer_fixtures():
    out = {"hash-check": hashed("hash-check", (64,))}

    def record(name, function, inputs):
        for tensor in inputs.values():
            tensor.requires_grad_(True)
        result = function(**inputs)
        extra = {}
        if isinstance(result, tuple):
            result, extra = result
        out[f"{name}/output"] = result
        for key, value in extra.items():
            out[f"{name}/{key}"] = value
        gradients = torch.autograd.grad((result * hashed(f"{name}/upstream", result.shape)).sum(), inputs.values())
        for key, gradient in zip(inputs, gradients):
            out[f"{name}/gradient of {key}"] = gradient

    def convolution_case(name, shape, size, filters, **options):
        record(name, lambda x, kernel, bias: convolution(x, kernel, bias, **options), {
            "x": hashed(f"{name}/x", shape), "kernel": hashed(f"{name}/kernel", (size, size, shape[3], filters)),
            "bias": hashed(f"{name}/bias", (filters,))})

    convolution_case("convolution 3x3", (2, 6, 7, 5), 3, 4)
    convolution_case("convolution 3x3 of one channel", (1, 9, 5, 1), 3, 6)
    convolution_case("convolution 1x1", (2, 5, 4, 7), 1, 3)
    convolution_case("convolution 3x3 strided", (2, 8, 6, 3), 3, 5, stride=2)
    convolution_case("convolution 3x3 strided, odd", (1, 7, 9, 3), 3, 5, stride=2)
    convolution_case("convolution 3x3 dilated", (2, 9, 8, 3), 3, 4, dilation=2)
    record("transposed convolution", lambda x, kernel, bias: transposed_convolution(x, kernel, bias), {
        "x": hashed("transposed convolution/x", (2, 4, 3, 5)),
        "kernel": hashed("transposed convolution/kernel", (2, 2, 5, 3)),
        "bias": hashed("transposed convolution/bias", (3,))})

    def norm_inputs(name, shape):
        return {"x": hashed(f"{name}/x", shape), "gamma": hashed(f"{name}/gamma", shape[-1:], 0.5, 1.5),
                "beta": hashed(f"{name}/beta", shape[-1:])}

    def norm_training(x, gamma, beta):
        y, mean, variance = batch_norm(x, gamma, beta)
        return y, {"running mean": 0.01 * mean, "running variance": 0.99 + 0.01 * variance}

    record("batch norm in training", norm_training, norm_inputs("batch norm in training", (2, 5, 6, 4)))
    name = "batch norm in inference"
    mean, variance = hashed(f"{name}/mean", (4,)), hashed(f"{name}/variance", (4,), 0.5, 2.0)
    record(name, lambda x, gamma, beta: batch_norm_inference(x, gamma, beta, mean, variance),
           norm_inputs(name, (2, 5, 6, 4)))

    shape = (2, 6, 4, 3)
    for name, function in {
        "relu": torch.relu, "leaky relu": lambda x: F.leaky_relu(x, SLOPE), "sigmoid": torch.sigmoid,
        "max pool": max_pool, "upsample nearest": lambda x: upsample(x, "nearest"),
        "upsample bilinear": lambda x: upsample(x, "bilinear"),
        "global average pool": lambda x: x.mean((1, 2), keepdim=True),
    }.items():
        record(name, lambda x, function=function: function(x), {"x": hashed(f"{name}/x", shape, -4, 4)})
    name = "max pool, odd"
    record(name, lambda x: max_pool(x), {"x": hashed(f"{name}/x", (1, 5, 7, 2))})
    record("concatenate", lambda a, b: torch.cat([a, b], 3), {
        "a": hashed("concatenate/a", (2, 3, 4, 3)), "b": hashed("concatenate/b", (2, 3, 4, 2))})
    record("add", lambda a, b: a + b, {"a": hashed("add/a", (2, 3, 4, 3)), "b": hashed("add/b", (2, 3, 4, 3))})
    write("layers", out)


# Networks ------------------------------------------------------------------------------------------------------------

@contextlib.contextmanager
def staying_from_kinks(distance):
    """Refuses networks with a number nearer to a ReLU's kink."""
    relu = torch.relu

    def checked(x):
        assert x.abs().min() > distance, f"a number lies {x.abs().min().item():.1e} from a kink"
        return relu(x)

    torch.relu = checked
    try:
        yield
    finally:
        torch.relu = relu


class Weights(dict):
    """Parameters by name, made by `hashed` on first use with Glorot's bound, biases and betas not at zero."""

    def __init__(self, prefix):
        super().__init__()
        self.prefix = prefix
        self.moving = {}

    def kernel(self, name, size, inputs, filters):
        if name not in self:
            bound = float(np.float32(np.sqrt(6 / (size * size * (inputs + filters)))))
            self[name] = hashed(f"{self.prefix}/{name}", (size, size, inputs, filters), -bound, bound)
            self[name].requires_grad_(True)
        return self[name]

    def vector(self, name, count, low, high):
        if name not in self:
            self[name] = hashed(f"{self.prefix}/{name}", (count,), low, high).requires_grad_(True)
        return self[name]

    def convolved(self, x, name, filters, size=3, stride=1, dilation=1):
        return convolution(x, self.kernel(f"{name}.weights", size, x.shape[3], filters),
                           self.vector(f"{name}.bias", filters, -0.1, 0.1), stride, dilation)

    def layer(self, x, name, filters, size=3, stride=1, dilation=1, norm=True, slope=0.0):
        x = self.convolved(x, f"{name}.convolution", filters, size, stride, dilation)
        return F.leaky_relu(self.normalized(x, f"{name}.norm") if norm else x, slope)

    def normalized(self, x, name):
        gamma = self.vector(f"{name}.scale", x.shape[3], 0.5, 1.5)
        beta = self.vector(f"{name}.offset", x.shape[3], -0.2, 0.2)
        y, mean, variance = batch_norm(x, gamma, beta)
        self.moving[f"{name}.running-mean"] = mean
        self.moving[f"{name}.running-variance"] = variance
        return y


def unet(weights, image, width, depth, norm="layer", upsampling="nearest", pyramid=False):
    def block(x, channels, name):
        for index in (1, 2):
            x = weights.convolved(x, f"{name}.convolution{index}", channels)
            if norm == "layer":
                x = weights.normalized(x, f"{name}.norm{index}")
            x = torch.relu(x)
        return weights.normalized(x, f"{name}.norm") if norm == "block" else x

    x, skips = image, []
    for level in range(depth):
        x = block(x, width << level, f"encoder{level + 1}")
        skips.append(x)
        x = max_pool(x)
    x = block(x, width << depth, "bottom")
    if pyramid:
        x = atrous_pyramid(weights, x, width << depth)
    for level in reversed(range(depth)):
        name, channels = f"decoder{level + 1}", width << level
        if upsampling == "transposed":
            x = transposed_convolution(x, weights.kernel(f"{name}.upsample.weights", 2, x.shape[3], channels),
                                       weights.vector(f"{name}.upsample.bias", channels, -0.1, 0.1))
        else:
            x = upsample(x, upsampling)
        x = block(torch.cat([x, skips[level]], 3), channels, name)
    return torch.sigmoid(weights.convolved(x, "head", 1, size=1))


def atrous_pyramid(weights, x, channels):
    """DeepLabv3's: 1x1, 3x3 at three rates, the image's mean (without batch norm), fused by 1x1."""
    branches = [weights.layer(x, "pyramid.point", channels // 4, size=1)]
    for rate in (6, 12, 18):
        branches.append(weights.layer(x, f"pyramid.rate{rate}", channels // 4, dilation=rate))
    mean = weights.layer(x.mean((1, 2), keepdim=True), "pyramid.image", channels // 4, size=1, norm=False)
    branches.append(mean.expand(-1, x.shape[1], x.shape[2], -1))
    return weights.layer(torch.cat(branches, 3), "pyramid.fusion", channels, size=1)


def fcn8(weights, image, width):
    def enlarged(x, factor):
        return nhwc(F.interpolate(nchw(x), scale_factor=factor, mode="bilinear", align_corners=False))

    x, pooled = image, []
    for level, (count, channels) in enumerate([(2, 1), (2, 2), (3, 4), (3, 8), (3, 8)]):
        for index in range(count):
            x = weights.layer(x, f"block{level + 1}.{index + 1}", channels * width)
        x = max_pool(x)
        pooled.append(x)
    x = weights.layer(x, "dense6", 64 * width, size=7)
    x = weights.layer(x, "dense7", 64 * width, size=1)
    x = weights.convolved(x, "score5", 1, size=1)
    for level in (4, 3):
        x = enlarged(x, 2) + weights.convolved(pooled[level - 1], f"score{level}", 1, size=1)
    return torch.sigmoid(enlarged(x, 8))


def patch_discriminator(weights, image, label_map, width, layers):
    x = torch.cat([image, label_map], 3)
    for level in range(layers + 1):
        x = weights.layer(x, f"encoder{level + 1}", width * min(1 << level, 8), size=4,
                          stride=2 if level < layers else 1, norm=level > 0, slope=SLOPE)
    return torch.sigmoid(weights.convolved(x, "De", 1, size=4))


def pointwise_discriminator(weights, image, label_map, width):
    x = torch.cat([image, label_map], 3)
    x = weights.layer(x, "encoder1", width, size=1, norm=False, slope=SLOPE)
    x = weights.layer(x, "encoder2", 2 * width, size=1, slope=SLOPE)
    return torch.sigmoid(weights.convolved(x, "Dd", 1, size=1))


def spectral(kernel, u):
    """One power iteration from u, then the kernel divided by its singular value; u and v are constants to gradients."""
    matrix = kernel.reshape(-1, kernel.shape[3])
    with torch.no_grad():
        v = F.normalize(matrix @ u, dim=0)
        u = F.normalize(matrix.T @ v, dim=0)
    return kernel / (v @ matrix @ u), u


def discriminator(weights, image, label_map, width, depth, skips=True, norm="batch", output="sigmoid", answers="both"):
    def convolved(x, name, channels):
        if norm == "spectral":
            kernel = weights.kernel(f"{name}.weights", 3, x.shape[3], channels)
            start = F.normalize(hashed(f"{weights.prefix}/{name}.singular-vector", (channels,)), dim=0)
            kernel, weights.moving[f"{name}.singular-vector"] = spectral(kernel, start)
            return convolution(x, kernel, weights.vector(f"{name}.bias", channels, -0.1, 0.1))
        return weights.convolved(x, name, channels)

    def layer(x, channels, name):
        x = convolved(x, f"{name}.convolution", channels)
        if norm == "batch":
            x = weights.normalized(x, f"{name}.norm")
        return F.leaky_relu(x, SLOPE)

    def ended(x):
        return torch.sigmoid(x) if output == "sigmoid" else x

    widths = [width * min(1 << level, 8) for level in range(depth)]
    x = label_map if image is None else torch.cat([image, label_map], 3)
    encoded = []
    for level in range(depth):
        x = layer(x, widths[level], f"encoder{level + 1}")
        encoded.append(x)
        x = max_pool(x)
    verdict = ended(convolved(x, "De", 1))
    if answers == "map":
        return verdict
    start = min(5, depth)
    x = encoded[start - 1]
    for level in reversed(range(start - 1)):
        x = upsample(x, "nearest")
        if skips:
            x = torch.cat([x, encoded[level]], 3)
        x = layer(x, widths[level], f"decoder{level + 1}")
    return verdict, ended(convolved(x, "Dd", 1))


def with_gradients(name, outputs, weights, inputs, keep_parameters=True):
    """Outputs, gradients of Σ output · upstream with respect to inputs and parameters, and batch statistics."""
    result, total = {}, 0
    for key, value in outputs.items():
        result[f"{name}/{key}"] = value
        total = total + (value * hashed(f"{name}/upstream {key}", value.shape)).sum()
    wanted = {**inputs, **(weights if keep_parameters else {})}
    for key, gradient in zip(wanted, torch.autograd.grad(total, wanted.values())):
        result[f"{name}/gradient of {key}"] = gradient
    if keep_parameters:
        result.update({f"{name}/batch {key}": value for key, value in weights.moving.items()})
    return result


def network_fixtures():
    # Of images 2 to 39 the one whose numbers before a ReLU stay farthest from 0: nearer than a rounding, its side is chance,
    # and with it the gradient.
    image = hashed("unet/image 29", (2, 32, 32, 1), 0, 1).requires_grad_(True)
    weights = Weights("unet")
    with staying_from_kinks(2e-5):
        probability = unet(weights, image, 4, 4)
    write("unet", with_gradients("unet", {"probability": probability}, weights, {"image": image}))

    image = hashed("discriminator/image", (1, 128, 128, 1), 0, 1)
    label_map = hashed("discriminator/map", (1, 128, 128, 1), 0, 1).requires_grad_(True)
    weights = Weights("discriminator")
    verdict, pixels = discriminator(weights, image, label_map, 4, 7)
    write("discriminator", with_gradients(
        "discriminator", {"De": verdict, "Dd": pixels}, weights, {"map": label_map}))

    variants = {}
    for norm, upsampling in [("block", "nearest"), ("none", "nearest"), ("layer", "bilinear"), ("layer", "transposed")]:
        name = f"unet {norm} {upsampling}"
        image = hashed(f"{name}/image", (2, 8, 12, 2), 0, 1).requires_grad_(True)
        weights = Weights(name)
        variants.update(with_gradients(
            name, {"probability": unet(weights, image, 4, 2, norm, upsampling)}, weights, {"image": image}, False))
    for skips, condition, norm, output in [(False, True, "batch", "sigmoid"), (True, False, "none", "linear"),
                                           (True, True, "spectral", "sigmoid")]:
        name = f"discriminator {skips} {condition} {norm} {output}".lower()
        image = hashed(f"{name}/image", (2, 16, 12, 1), 0, 1) if condition else None
        label_map = hashed(f"{name}/map", (2, 16, 12, 1), 0, 1).requires_grad_(True)
        weights = Weights(name)
        verdict, pixels = discriminator(weights, image, label_map, 4, 3, skips, norm, output)
        variants.update(with_gradients(
            name, {"De": verdict, "Dd": pixels}, weights, {"map": label_map}, keep_parameters=norm == "spectral"))
    write("variants", variants)


def system_fixtures():
    out = {}

    def generator_case(name, function, shape, keep):
        image, weights = hashed(f"{name}/image", shape, 0, 1).requires_grad_(True), Weights(name)
        out.update(with_gradients(name, {"probability": function(weights, image)}, weights, {"image": image}, keep))

    def discriminator_case(name, output, function, shape):
        image = hashed(f"{name}/image", shape, 0, 1)
        label_map, weights = hashed(f"{name}/map", shape, 0, 1).requires_grad_(True), Weights(name)
        out.update(with_gradients(name, {output: function(weights, image, label_map)}, weights, {"map": label_map}))

    generator_case("fcn8", lambda weights, image: fcn8(weights, image, 4), (2, 64, 96, 1), False)
    generator_case("unet aspp", lambda weights, image: unet(weights, image, 4, 2, pyramid=True), (2, 32, 36, 1), True)
    discriminator_case("patch", "De", lambda *given: patch_discriminator(*given, 4, 3), (2, 37, 40, 1))
    discriminator_case("pointwise", "Dd", lambda *given: pointwise_discriminator(*given, 4), (2, 9, 7, 1))
    discriminator_case("map only", "De", lambda *given: discriminator(*given, 4, 3, answers="map"), (2, 16, 12, 1))
    discriminator_case(
        "pixels only", "Dd", lambda weights, *given: pixels_only(weights, *given), (2, 32, 48, 1))
    write("systems", out)


def pixels_only(weights, image, label_map):
    """Dd of a discriminator of five convolutions; without De, nothing of it lies below the decoder's start."""
    pixels = discriminator(weights, image, label_map, 4, 5)[1]
    for name in [name for name in weights if name.startswith("De")]:
        del weights[name]
    return pixels


# Losses and Adam -----------------------------------------------------------------------------------------------------

def cross_entropy(prediction, truth):
    clipped = prediction.clamp(1e-7, 1 - 1e-7)
    return -(truth * torch.log(clipped) + (1 - truth) * torch.log(1 - clipped)).mean()


def dice(prediction, truth):
    """1 minus the soft DSC, an image at a time, with a pixel's worth of agreement added."""
    shared, total = (prediction * truth).sum((1, 2, 3)), prediction.sum((1, 2, 3)) + truth.sum((1, 2, 3))
    return (1 - (2 * shared + 1) / (total + 1)).mean()


def squared_error(prediction, target):
    return ((target - prediction) ** 2).mean()


def pixel_target(generated, truth, rule):
    if rule == "soft":
        return 1 - (generated - truth).abs()
    agrees = ((generated >= 0.5) == (truth >= 0.5)).to(torch.float64)
    return agrees if rule == "agreement" else 1 - agrees


def loss_fixtures():
    shape, out = (2, 6, 5, 1), {}
    prediction = hashed("losses/prediction", shape, 0.01, 0.99).requires_grad_(True)
    truth = labels("losses/truth", shape)
    pixels = shape[1] * shape[2]
    for name, loss in {
        "cross-entropy mean": cross_entropy(prediction, truth),
        "cross-entropy sum": cross_entropy(prediction, truth) * pixels,
        "squared error to 1": squared_error(prediction, torch.ones(shape)),
        "squared error to truth": squared_error(prediction, truth),
        "cross-entropy to 0": cross_entropy(prediction, torch.zeros(shape)),
        "dice": dice(prediction, truth), "dice of nothing": dice(prediction, torch.zeros(shape)),
    }.items():
        out[name] = loss.reshape(1)
        out[f"{name}/gradient"] = torch.autograd.grad(loss, prediction, retain_graph=True)[0]
    for rule in ("agreement", "xor", "soft"):
        out[f"pixel target {rule}"] = pixel_target(prediction, truth, rule)

    parameter, state = hashed("adam/parameter", (40,)), {}
    for step in range(1, 5):
        parameter = adam(parameter, hashed(f"adam/gradient {step}", (40,), -0.01, 0.01), state, step, 1e-3)
        out[f"adam/after {step}"] = parameter
    write("losses", out)


def adam(parameter, gradient, state, step, rate=2e-4, beta1=0.9, beta2=0.999, epsilon=1e-7):
    """Keras's: epsilon is added to the square root before it is corrected for its start at 0."""
    state["mean"] = beta1 * state.get("mean", 0) + (1 - beta1) * gradient
    state["square"] = beta2 * state.get("square", 0) + (1 - beta2) * gradient ** 2
    corrected = rate * np.sqrt(1 - beta2 ** step) / (1 - beta1 ** step)
    return parameter - corrected * state["mean"] / (torch.sqrt(state["square"]) + epsilon)


# One step of the whole method ----------------------------------------------------------------------------------------

def gan_step_fixture():
    shape = (2, 16, 16, 1)
    image, truth = hashed("gan/image", shape, 0, 1), labels("gan/truth", shape)
    g, d = Weights("gan/generator"), Weights("gan/discriminator")
    generated = unet(g, image, 4, 2)
    moving = dict(g.moving)
    judge = lambda weights, label_map: discriminator(weights, image, label_map, 4, 3)
    out = {}

    ones = torch.ones(shape)
    verdict_real, pixels_real = judge(d, truth)
    d_moving = [dict(d.moving)]
    shown = generated.detach()
    verdict_fake, pixels_fake = judge(d, shown)
    d_moving.append(dict(d.moving))
    target = pixel_target(shown, truth, "agreement")
    terms = [squared_error(verdict_real, torch.ones_like(verdict_real)), squared_error(pixels_real, ones),
             squared_error(verdict_fake, torch.zeros_like(verdict_fake)), squared_error(pixels_fake, target)]
    out["discriminator losses"] = torch.stack(terms)
    gradients = torch.autograd.grad(sum(terms), d.values())
    updated = Weights("gan/discriminator")
    for (name, value), gradient in zip(d.items(), gradients):
        out[f"gradient of discriminator/{name}"] = gradient
        updated[name] = adam(value.detach(), gradient, {}, 1)
        out[f"discriminator/{name}"] = updated[name]
    for name in d_moving[0]:
        start = 1.0 if name.endswith("variance") else 0.0
        for batch in d_moving:
            start = 0.99 * start + 0.01 * batch[name].detach()
        out[f"discriminator/{name}"] = start

    verdict, pixels = judge(updated, generated)
    terms = [cross_entropy(generated, truth), squared_error(verdict, torch.ones_like(verdict)),
             squared_error(pixels, ones)]
    total = 10 * terms[0] + terms[1] + terms[2]
    out["generator losses"] = torch.stack(terms + [total])
    for (name, value), gradient in zip(g.items(), torch.autograd.grad(total, g.values())):
        out[f"gradient of generator/{name}"] = gradient
        out[f"generator/{name}"] = adam(value.detach(), gradient, {}, 1)
    for name, value in moving.items():
        out[f"generator/{name}"] = 0.99 * (1.0 if name.endswith("variance") else 0.0) + 0.01 * value
    write("gan-step", out)


if __name__ == "__main__":
    layer_fixtures()
    network_fixtures()
    system_fixtures()
    loss_fixtures()
    gan_step_fixture()
