#!/usr/bin/env python3
"""PyTorch's side of the benchmark: answers the same lines on standard input as `cnp bench --serve`.

usage: torch_peer.py [--variant nchw|channels-last|bf16|fp64] [--threads N]

    time ROW             one repetition: {"row", "seconds", "cpu", "peak-mib"}
    inspect ROW FOLDER   reads FOLDER/given.safetensors, computes, writes FOLDER/peer.safetensors

torch.compile is not used. Tried once, with g++ there, on the prediction of a 512×512 image at width 16 on two busy cores:
30 s to compile, then 0.25 to 0.28 s against 0.28 to 0.38 s without it. The training step was not tried.
"""
import argparse
import gc
import math
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file, save_file

import networks
import serving


class GANStep:
    """The step of AdversarialStep.swift: D's step on Eq. 2, then G's on Eq. 1, G run forward once."""
    RATE, BETA1, BETA2, EPSILON, ALPHA = 2e-4, 0.9, 0.999, 1e-7, 10

    def __init__(self, variant, size, width, batch, depth=None):
        self.variant, depth = variant, depth or min(7, int(math.log2(size)))
        self.generator = variant.placed(networks.UNet(width))
        self.discriminator = variant.placed(networks.PixelDiscriminator(width, depth))
        self.image = variant.placed(torch.rand(batch, 1, size, size))
        self.truth = variant.placed(full(torch.rand(batch, 1, size, size) > 0.8))
        self.steps = 0
        self.optimisers = [self._adam(self.generator), self._adam(self.discriminator)]
        self.norms = [m for m in self.discriminator.modules() if isinstance(m, torch.nn.BatchNorm2d)]

    def _adam(self, network):
        return torch.optim.Adam(network.parameters(), self.RATE, (self.BETA1, self.BETA2), fused=True)

    def _descend(self, optimiser):
        # Keras adds ε before the correction of √v for its start at 0, PyTorch after it.
        optimiser.param_groups[0]["eps"] = self.EPSILON / math.sqrt(1 - self.BETA2 ** self.steps)
        optimiser.step()
        optimiser.zero_grad(set_to_none=True)

    def _judge(self, label_map):
        with self.variant.casting():
            verdict, pixels = self.discriminator(self.image, label_map)
        return full(verdict), full(pixels)

    def run(self):
        self.steps += 1
        generator, discriminator = self.optimisers
        with self.variant.casting():
            generated = self.generator(self.image)
        generated = full(generated)

        # The real and the generated map go through D one after the other; their gradients add up.
        verdict, pixels = self._judge(self.truth)
        losses = [F.mse_loss(verdict, torch.ones_like(verdict)), F.mse_loss(pixels, torch.ones_like(pixels))]
        sum(losses).backward()
        shown = generated.detach()
        target = full((shown >= 0.5) == (self.truth >= 0.5))
        verdict, pixels = self._judge(shown)
        losses += [F.mse_loss(verdict, torch.zeros_like(verdict)), F.mse_loss(pixels, target)]
        sum(losses[2:]).backward()
        self._descend(discriminator)

        # D's weights have no gradient in G's step, and its running statistics stand still.
        self.discriminator.requires_grad_(False)
        for norm in self.norms:
            norm.momentum = 0.0
        verdict, pixels = self._judge(generated)
        losses += [F.binary_cross_entropy(generated.clamp(1e-7, 1 - 1e-7), self.truth),
                   F.mse_loss(verdict, torch.ones_like(verdict)), F.mse_loss(pixels, torch.ones_like(pixels))]
        (self.ALPHA * losses[4] + losses[5] + losses[6]).backward()
        self._descend(generator)
        self.discriminator.requires_grad_(True)
        for norm in self.norms:
            norm.momentum = 1 - networks.MOMENTUM
        return torch.stack([loss.detach() for loss in losses])

    def inspect(self, given):
        networks.load(self.generator, "generator", given)
        networks.load(self.discriminator, "discriminator", given)
        self.image.copy_(nchw(given["image"]))
        self.truth.copy_(nchw(given["truth"]))
        result = {"losses": self.run()}
        for role, network in (("generator", self.generator), ("discriminator", self.discriminator)):
            result.update({name: networks.ours(tensor) for name, tensor in networks.parameters(network, role)})
        return result


class Prediction:
    def __init__(self, variant, size, width, batch):
        self.variant = variant
        self.network = variant.placed(networks.UNet(width)).eval()
        self.image = variant.placed(torch.rand(batch, 1, size, size))

    def run(self):
        with torch.inference_mode(), self.variant.casting():
            return self.network(self.image)

    def inspect(self, given):
        networks.load(self.network, "generator", given)
        self.image.copy_(nchw(given["image"]))
        return {"probability": full(self.run()).permute(0, 2, 3, 1)}


class Convolution:
    """One 3×3 convolution or one of its gradients alone."""

    def __init__(self, variant, inputs, outputs, size, direction):
        self.direction = direction
        self.input = variant.placed(torch.randn(1, inputs, size, size))
        self.weights = variant.placed(torch.randn(outputs, inputs, 3, 3))
        self.upstream = variant.placed(torch.randn(1, outputs, size, size))

    def run(self):
        with torch.inference_mode():
            if self.direction == "forward":
                return F.conv2d(self.input, self.weights, padding=1)
            wanted = [self.direction == "input-gradient", self.direction == "weight-gradient", False]
            return torch.ops.aten.convolution_backward(
                self.upstream, self.input, self.weights, None, [1, 1], [1, 1], [1, 1], False, [0, 0], 1, wanted)

    def inspect(self, given):
        self.input.copy_(nchw(given["input"]))
        self.weights.copy_(torch.from_numpy(given["weights"]).permute(3, 2, 0, 1))
        self.upstream.copy_(nchw(given["output-gradient"]))
        result = self.run()
        if self.direction == "forward":
            return {"result": result.permute(0, 2, 3, 1)}
        if self.direction == "input-gradient":
            return {"result": result[0].permute(0, 2, 3, 1)}
        return {"result": result[1].permute(2, 3, 1, 0)}


class Multiplication:
    def __init__(self, variant, size):
        self.left, self.right = torch.randn(size, size), torch.randn(size, size)

    def run(self):
        return self.left @ self.right

    def inspect(self, given):
        left, right = (torch.from_numpy(given[name].reshape(self.left.shape)) for name in ("input", "weights"))
        return {"result": left @ right}


def full(tensor):
    """In the numbers of the weights: not the halves of bf16, not truth values."""
    return tensor.to(torch.get_default_dtype())


class Variant:
    """How PyTorch is told to compute; fp64 is for comparisons, not for times."""

    def __init__(self, name):
        self.format = torch.contiguous_format if name in ("nchw", "fp64") else torch.channels_last
        self.is_bf16 = name == "bf16"

    def placed(self, thing):
        return thing.to(memory_format=self.format)

    def casting(self):
        return torch.autocast("cpu", torch.bfloat16, enabled=self.is_bf16)


def nchw(array):
    return torch.from_numpy(array).permute(0, 3, 1, 2)


def workload(row, variant):
    kind, *rest = row.replace("gan-step", "gan_step").split("-", 1)
    parts = rest[0].split("-", 3) if rest else []
    if kind == "convolution":
        return Convolution(variant, *(int(part) for part in parts[:3]), parts[3])
    sizes = [int(part) for part in parts]
    return {"gan_step": GANStep, "predict": Prediction, "gemm": Multiplication}[kind](variant, *sizes)


class Server:
    """Keeps the workload of the last row only."""

    def __init__(self, make):
        self.make, self.row, self.workload = make, None, None

    def prepared(self, row):
        if row != self.row:
            self.workload, self.row = None, None
            gc.collect()
            self.workload, self.row = self.make(row), row
        return self.workload

    def time(self, row):
        work = self.prepared(row)
        cpu, start = time.process_time(), time.perf_counter()
        work.run()
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        return {"row": row, "seconds": seconds, "cpu": cpu, "peak-mib": serving.peak_mib()}

    def inspect(self, row, folder):
        result = self.prepared(row).inspect(load_file(f"{folder}/given.safetensors"))
        arrays = {name: np.ascontiguousarray(torch.as_tensor(value).numpy()) for name, value in result.items()}
        save_file(arrays, f"{folder}/peer.safetensors")
        return {"row": row, "folder": folder}

    def serve(self):
        serving.serve({"time": self.time, "inspect": self.inspect})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--variant", choices=["nchw", "channels-last", "bf16", "fp64"], default="nchw")
    parser.add_argument("--threads", type=int)
    options = parser.parse_args()
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(1)
    if options.variant == "fp64":
        torch.set_default_dtype(torch.float64)
    variant = Variant(options.variant)
    Server(lambda row: workload(row, variant)).serve()


if __name__ == "__main__":
    main()
