#!/usr/bin/env python3
"""The side of ONNX Runtime or of OpenVINO in the benchmark: inference rows only, on a model exported from the PyTorch U-Net.

usage: runtime_peer.py MODEL.onnx --runtime onnxruntime|openvino [--threads N]          answers as torch_peer.py

The export is its own process, `runtime_peer.py --export ROW WEIGHTS.safetensors MODEL.onnx`, so that PyTorch's memory is
not counted as a runtime's.
"""
import argparse
import time

import serving


def export(row, weights, path):
    import torch
    from safetensors.numpy import load_file
    import networks
    _, size, width, batch = row.split("-")
    network = networks.UNet(int(width)).eval()
    networks.load(network, "generator", load_file(weights))
    image = torch.rand(int(batch), 1, int(size), int(size))
    torch.onnx.export(network, (image,), path, input_names=["image"], output_names=["probability"], dynamo=False)


class ONNXRuntime:
    def __init__(self, path, threads):
        import onnxruntime
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
        self.session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
        self.shape = self.session.get_inputs()[0].shape

    def run(self, image):
        return self.session.run(None, {"image": image})[0]


class OpenVINO:
    def __init__(self, path, threads):
        import openvino
        # In 32 bits, as all others: it would take bf16 by itself where the processor has it.
        settings = {"PERFORMANCE_HINT": "LATENCY", "INFERENCE_NUM_THREADS": threads, "INFERENCE_PRECISION_HINT": "f32"}
        self.model = openvino.Core().compile_model(path, "CPU", settings)
        self.shape = list(self.model.input(0).shape)
        self.request = self.model.create_infer_request()

    def run(self, image):
        return self.request.infer({0: image})[self.model.output(0)]


RUNTIMES = {"onnxruntime": ONNXRuntime, "openvino": OpenVINO}


class Server:
    def __init__(self, runtime, path, threads):
        import numpy as np
        self.runtime = RUNTIMES[runtime](path, threads)
        self.image = np.random.default_rng(1).random(self.runtime.shape, dtype=np.float32)

    def time(self, row):
        cpu, start = time.process_time(), time.perf_counter()
        self.runtime.run(self.image)
        seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
        return {"row": row, "seconds": seconds, "cpu": cpu, "peak-mib": serving.peak_mib()}

    def inspect(self, row, folder):
        import numpy as np
        from safetensors.numpy import load_file, save_file
        image = load_file(f"{folder}/given.safetensors")["image"].transpose(0, 3, 1, 2)
        result = self.runtime.run(np.ascontiguousarray(image))
        save_file({"probability": np.ascontiguousarray(result.transpose(0, 2, 3, 1))}, f"{folder}/peer.safetensors")
        return {"row": row, "folder": folder}

    def serve(self):
        serving.serve({"time": self.time, "inspect": self.inspect})


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--export", action="store_true")
    parser.add_argument("--runtime", choices=sorted(RUNTIMES), default="onnxruntime")
    parser.add_argument("--threads", type=int, default=0)
    options = parser.parse_args()
    if options.export:
        export(*options.files)
    else:
        Server(options.runtime, options.files[0], options.threads).serve()
