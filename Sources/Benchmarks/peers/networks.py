"""Our two networks in PyTorch: the U-Net G with batch norm after every convolution, and the pixel discriminator D.

Modules are named as the parameters in our files, so that weights are handed over by name. Activations work in place:
batch norm's gradient reads its input and never its output, so nothing is lost, and PyTorch's memory is fair.
"""
import torch
import torch.nn.functional as F
from torch import nn

EPSILON, MOMENTUM, SLOPE = 1e-3, 0.99, 0.2  # Keras's batch norm; leaky ReLU of the method


class Normalized(nn.Module):
    """3×3 convolution, batch norm; the caller adds the activation."""

    def __init__(self, inputs, outputs):
        super().__init__()
        self.convolution = nn.Conv2d(inputs, outputs, 3, padding=1)
        self.norm = nn.BatchNorm2d(outputs, eps=EPSILON, momentum=1 - MOMENTUM)

    def forward(self, x):
        return self.norm(self.convolution(x))


def doubled(x):
    return F.interpolate(x, scale_factor=2, mode="nearest")


class UNet(nn.Module):
    def __init__(self, width, depth=4):
        super().__init__()
        self.depth = depth
        widths = [width << level for level in range(depth + 1)]
        self.blocks = nn.ModuleDict()
        inputs = 1
        for level in range(depth + 1):
            self._block("bottom" if level == depth else f"encoder{level + 1}", inputs, widths[level])
            inputs = widths[level]
        for level in reversed(range(depth)):
            self._block(f"decoder{level + 1}", widths[level + 1] + widths[level], widths[level])
        self.head = nn.Conv2d(width, 1, 1)

    def _block(self, name, inputs, outputs):
        self.blocks[name] = nn.ModuleList([Normalized(inputs, outputs), Normalized(outputs, outputs)])

    def _through(self, name, x):
        for layer in self.blocks[name]:
            x = F.relu(layer(x), inplace=True)
        return x

    def forward(self, x):
        skips = []
        for level in range(self.depth):
            x = self._through(f"encoder{level + 1}", x)
            skips.append(x)
            x = F.max_pool2d(x, 2)
        x = self._through("bottom", x)
        for level in reversed(range(self.depth)):
            x = self._through(f"decoder{level + 1}", torch.cat([doubled(x), skips.pop()], 1))
        return torch.sigmoid(self.head(x))

    def named(self):
        """Our name of every layer that has parameters, with its module."""
        for name, block in self.blocks.items():
            for index, layer in enumerate(block, 1):
                yield f"{name}.convolution{index}", layer.convolution
                yield f"{name}.norm{index}", layer.norm
        yield "head", self.head


class PixelDiscriminator(nn.Module):
    def __init__(self, width, depth=7):
        super().__init__()
        self.depth, self.start = depth, min(5, depth)
        widths = [width * min(1 << level, 8) for level in range(depth)]
        self.layers = nn.ModuleDict()
        inputs = 2  # image and label map
        for level in range(depth):
            self.layers[f"encoder{level + 1}"] = Normalized(inputs, widths[level])
            inputs = widths[level]
        self.De = nn.Conv2d(inputs, 1, 3, padding=1)
        inputs = widths[self.start - 1]
        for level in reversed(range(self.start - 1)):
            self.layers[f"decoder{level + 1}"] = Normalized(inputs + widths[level], widths[level])
            inputs = widths[level]
        self.Dd = nn.Conv2d(inputs, 1, 3, padding=1)

    def _through(self, name, x):
        return F.leaky_relu(self.layers[name](x), SLOPE, inplace=True)

    def forward(self, image, label_map):
        x = torch.cat([image, label_map], 1)
        encoded = []
        for level in range(self.depth):
            x = self._through(f"encoder{level + 1}", x)
            encoded.append(x)
            x = F.max_pool2d(x, 2)
        verdict = torch.sigmoid(self.De(x))
        x = encoded[self.start - 1]
        for level in reversed(range(self.start - 1)):
            x = self._through(f"decoder{level + 1}", torch.cat([doubled(x), encoded[level]], 1))
        return verdict, torch.sigmoid(self.Dd(x))

    def named(self):
        for name, layer in self.layers.items():
            yield f"{name}.convolution", layer.convolution
            yield f"{name}.norm", layer.norm
        yield "De", self.De
        yield "Dd", self.Dd


def parameters(network, role):
    """Every parameter and running statistic under its name in our files, as the tensor PyTorch uses."""
    for name, module in network.named():
        if isinstance(module, nn.Conv2d):
            yield f"{role}/{name}.weights", module.weight
            yield f"{role}/{name}.bias", module.bias
        else:
            yield f"{role}/{name}.scale", module.weight
            yield f"{role}/{name}.offset", module.bias
            yield f"{role}/{name}.running-mean", module.running_mean
            yield f"{role}/{name}.running-variance", module.running_var


def ours(tensor):
    """A parameter in our layout: kernels are [height, width, input channels, output channels]."""
    tensor = tensor.detach()
    return tensor.permute(2, 3, 1, 0).contiguous() if tensor.dim() == 4 else tensor


@torch.no_grad()
def load(network, role, file):
    """Takes the weights of a file of ours."""
    for name, tensor in parameters(network, role):
        given = torch.from_numpy(file[name])
        tensor.copy_(given.permute(3, 2, 0, 1) if tensor.dim() == 4 else given)
