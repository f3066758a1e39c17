#!/usr/bin/env python3
"""Measures cnp beside PyTorch, ONNX Runtime, OpenVINO, SciPy and scikit-image, in one run, by turns. `make bench` calls it.

usage: bench.py CNP [--quick] [--threads N] [--json FILE] [--markdown FILE]

First both sides compute the same small training step and prediction from the same weights, and the script ends with
status 1 where they disagree. Then every row is warmed up and timed A B A B …; medians count. A child process runs the
rows of one group only, so its peak memory is that of the row.
"""
import argparse
import datetime
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import agree
import measure

LAYERS = ["64-64-512", "128-128-256", "256-256-128", "512-512-64", "1-64-512"]
DIRECTIONS = ["forward", "input-gradient", "weight-gradient"]
HAS_BF16 = any(word in open("/proc/cpuinfo").read() for word in ("avx512_bf16", "amx_bf16")) \
    if os.path.exists("/proc/cpuinfo") else True


def step_bars(row):
    """The least ratios asked for: against the best fp32, against bf16, and of memory."""
    return {"gan-step-512-64-2": (6, 2, 3), "gan-step-256-16-2": (4, None, None),
            "gan-step-128-16-2": (4, None, None)}.get(row, (None, None, None))


# The least ratio asked for against the best of PyTorch's two layouts, ONNX Runtime and OpenVINO.
PREDICTION_BARS = {"predict-512-64-1": 3.2, "predict-512-16-1": 2.5, "predict-256-16-1": 2}
# A matrix product's speed as a part of the peak; a large layer's by the direct count, as a part of four times the peak: what
# Winograd's F(4×4, 3×3) does without.
PRODUCT_BAR, LAYER_BAR = 0.9, 0.8
# How much faster two threads are than one.
SCALING_BAR = 1.85


class Bench:
    def __init__(self, options):
        self.options = options
        self.rows = []  # of the table
        self.record = {}  # of the JSON file
        self.notes = []
        self.peaks = []  # GFLOP/s of multiply-adds in registers, each time they were measured

    def note(self, text):
        self.notes.append(text)
        print(text, flush=True)

    def add(self, name, mine, peer, peer_name, bar=None, remark="", has_memory=True):
        """One ratio: peer's seconds over ours. Memory is told where the children ran nothing else."""
        ratio = peer.seconds / mine.seconds
        wanders = "" if mine.is_steady and peer.is_steady else ", unsteady"
        self.rows.append([
            name, peer_name, f"{mine.seconds:.4g} s", f"{peer.seconds:.4g} s", f"{ratio:.2f}×",
            f"{peer.cpu / mine.cpu:.2f}×" if mine.cpu > 0 else "", f"{mine.mib:.0f} / {peer.mib:.0f}" if has_memory else "",
            f"± {50 * mine.spread:.0f} / {50 * peer.spread:.0f} %{wanders}", bar if callable(bar) else verdict(ratio, bar),
            remark])
        self.record[name if peer_name.startswith("PyTorch fp32") else f"{name}-{slug(peer_name)}"] = {
            "ours": mine.seconds, "peer": peer.seconds, "ratio": ratio, "peer-name": peer_name,
            "ours_mib": round(mine.mib, 1) if has_memory else None,
            "peer_mib": round(peer.mib, 1) if has_memory else None, "ours_cpu": mine.cpu, "peer_cpu": peer.cpu,
            "ours_spread": mine.spread, "peer_spread": peer.spread}
        print("  ".join(self.told(cell) for cell in self.rows[-1]), flush=True)

    def told(self, remark):
        """A cell's words; one that holds the peak is written with the best peak so far."""
        return remark(max(self.peaks)) if callable(remark) else remark

    def ours(self):
        return measure.ours(self.options.cnp, self.options.threads)

    def torch(self, variant):
        return measure.torch(variant, self.options.threads)

    def check(self):
        """The same mathematics, before anything is timed: in 64 bits on the other side, since of two sides in 32 bits each may
        round a number to its own side of a ReLU's kink, and which of them was right nobody could say."""
        with self.ours() as mine, self.torch("fp64") as peer:
            for row in ("gan-step-64-8-2", "gan-step-128-4-1"):
                self.note(f"checked {row}: {agree.check_step(row, mine, peer)}")
            self.note(f"checked predict-64-8-1: {agree.check_prediction('predict-64-8-1', mine, peer)}")

    def step(self, row, repetitions, bf16):
        """fp32 in both layouts, the faster of which counts, and bf16 by autocast."""
        with self.ours() as mine, self.torch("nchw") as plain, self.torch("channels-last") as last:
            times = measure.alternate(row, [mine, plain, last], repetitions)
            best = min((plain.name, last.name), key=lambda name: times[name].seconds)
            bars = step_bars(row)
            self.add(row, times[mine.name], times[best], f"PyTorch fp32 {best.split()[1]}", bars[0])
            ratio = times[best].mib / times[mine.name].mib
            self.rows.append([f"{row}, peak memory", self.rows[-1][1], f"{times[mine.name].mib:.0f} MiB",
                              f"{times[best].mib:.0f} MiB", f"{ratio:.2f}×", "", "", "", verdict(ratio, bars[2]), ""])
        if bf16:
            # Ours again, so that both are timed by turns.
            with self.ours() as mine, self.torch("bf16") as peer:
                times = measure.alternate(row, [mine, peer], max(1, repetitions // 2))
                self.add(row, times[mine.name], times[peer.name], "PyTorch bf16", bars[1])

    def runtimes(self, model):
        threads = self.options.threads
        return (measure.runtime("ONNX Runtime", "onnxruntime", model, threads),
                measure.runtime("OpenVINO", "openvino", model, threads))

    def predict(self, row, repetitions, model):
        """Beside every peer; the bar is against the fastest of them."""
        agreement = {}
        for runtime in self.runtimes(model):
            with self.ours() as mine, runtime as peer:
                agreement[peer.name] = agree.check_prediction(row, mine, peer)
        onnx, openvino = self.runtimes(model)
        with self.ours() as mine, self.torch("nchw") as plain, self.torch("channels-last") as last, onnx, openvino:
            times = measure.alternate(row, [mine, plain, last, onnx, openvino], repetitions)
            torch = min((plain.name, last.name), key=lambda name: times[name].seconds)
            peers = [torch, onnx.name, openvino.name]
            fastest = min(peers, key=lambda name: times[name].seconds)
            for name in peers:
                shown = f"PyTorch fp32 {name.split()[1]}" if name == torch else name
                bar = PREDICTION_BARS.get(row) if name == fastest else None
                self.add(row, times[mine.name], times[name], shown, bar, agreement.get(name, ""))

    def exported(self, row, folder):
        """The U-Net with our weights as an ONNX file."""
        with self.ours() as mine:
            mine.ask(f"inspect {row} {folder}")
        path = os.path.join(folder, f"{row}.onnx")
        script = os.path.join(measure.HERE, "runtime_peer.py")
        subprocess.run([sys.executable, "-W", "ignore", script, "--export", row,
                        os.path.join(folder, "given.safetensors"), path], check=True)
        return path

    def convolutions(self, layers, repetitions):
        with self.ours() as mine, self.torch("nchw") as plain, self.torch("channels-last") as last:
            for layer in layers:
                for direction in DIRECTIONS:
                    row = f"convolution-{layer}-{direction}"
                    errors = agree.convolution_errors(row, mine, plain)
                    times = measure.alternate(row, [mine, plain, last], repetitions)
                    best = min((plain.name, last.name), key=lambda name: times[name].seconds)
                    own, peer = times[mine.name], times[best]
                    speed, theirs = (own.operations / side.seconds / 1e9 for side in (own, peer))
                    # What has one channel is bound by memory, and gradients have a layer's work twice.
                    is_bound = direction != "forward" or layer.startswith("1-")
                    bar = None if is_bound else part_of_peak(speed / 4, LAYER_BAR)
                    self.add(row, own, peer, f"PyTorch fp32 {best.split()[1]}", bar,
                             f"{speed:.0f} / {theirs:.0f} GFLOP/s by the direct count; "
                             f"error {errors[0]:.1e} / {errors[1]:.1e}", has_memory=False)
                    self.record[row].update(gflops=speed, peer_gflops=theirs, error=errors[0], peer_error=errors[1])

    def pictures(self, rows, repetitions):
        """Operations on a picture, on one core each, after both sides have made the same of it."""
        for row in rows:
            with measure.ours(self.options.cnp, 1) as mine, measure.pictures() as peer:
                agreement = agree.check_picture(row, mine, peer)
                times = measure.alternate(row, [mine, peer], repetitions)
                self.add(row, times[mine.name], times[peer.name], peer.name, 2, agreement, has_memory=False)

    def methods(self, rows, repetitions):
        """The classical methods on one angiogram, on one core: no peer has them, the bar is in seconds."""
        for row in rows:
            with measure.ours(self.options.cnp, 1) as mine:
                own = measure.alternate(row, [mine], repetitions)[mine.name]
            self.rows.append([row, "none", f"{own.seconds:.4g} s", "", "", "", "", f"± {50 * own.spread:.0f} %",
                              "met" if own.seconds <= 2 else "missed: 2 s", ""])
            self.record[row] = {"ours": own.seconds, "ours_cpu": own.cpu, "ours_spread": own.spread}
            print("  ".join(self.rows[-1]), flush=True)

    def look_for_peak(self):
        """GFLOP/s of multiply-adds in registers, a ceiling: the best of all times it was looked for counts.

        A neighbour on the same processor may slow all of one look, so the run looks again between its rows.
        """
        with self.ours() as mine:
            answers = [mine.ask("time peak") for _ in range(8)]
        self.peaks.append(max(answer["operations"] / answer["seconds"] for answer in answers) / 1e9)

    def matrix_product(self, row, repetitions):
        with self.ours() as mine, self.torch("nchw") as peer:
            times = measure.alternate(row, [mine, peer], repetitions)
            own, theirs = times[mine.name], times[peer.name]
            # Its multiplications are all done, while Winograd's convolutions do without most of theirs: no part of a peak.
            speeds = [own.operations / side.seconds / 1e9 for side in (own, theirs)]
            self.add(row, own, theirs, "PyTorch fp32", part_of_peak(speeds[0], PRODUCT_BAR), of_peak(*speeds),
                     has_memory=False)

    def scaling(self, row, repetitions):
        """One thread beside two."""
        with measure.ours(self.options.cnp, 2) as two, measure.ours(self.options.cnp, 1) as one:
            two.name, one.name = "two threads", "one thread"
            times = measure.alternate(row, [two, one], repetitions)
            self.add(f"{row}, threads 1 → 2", times[two.name], times[one.name], "cnp on one thread", SCALING_BAR,
                     has_memory=False)

    def start_up(self):
        own = measure.start_up([self.options.cnp])
        peer = measure.start_up([sys.executable, "-c", "import torch"], repetitions=1 if self.options.quick else 3)
        self.rows.append(["start to prompt", "import torch", f"{1000 * own:.1f} ms", f"{1000 * peer:.0f} ms",
                          f"{peer / own:.0f}×", "", "", "", "met" if own < 0.020 else "missed: 20 ms", ""])
        self.record["start-up"] = {"ours": own, "peer": peer, "ratio": peer / own, "peer-name": "import torch"}

    def replay(self):
        """The quickstart from its cache, beside the replay that has filled it: in seconds for five runs, the median."""
        with tempfile.TemporaryDirectory() as folder:
            book = shutil.copy(os.path.join(measure.HERE, "../../../notebooks/quickstart.cnpbook"), folder)
            command = [self.options.cnp, "run", "--quiet", book]

            def seconds():
                start = time.monotonic()
                subprocess.run(command, check=True)
                return time.monotonic() - start

            first = seconds()
            time.sleep(3)  # files younger than two seconds are read again, whatever their times say
            seconds()
            own = statistics.median(seconds() for _ in range(5))
        self.rows.append(["replay of an unchanged book", "its first replay", f"{1000 * own:.0f} ms", f"{first:.1f} s",
                          f"{first / own:.0f}×", "", "", "", "met" if own < 0.2 else "missed: 200 ms", ""])
        self.record["replay"] = {"ours": own, "peer": first, "ratio": first / own, "peer-name": "its first replay"}

    def wants(self, row):
        return not self.options.rows or any(row.startswith(prefix) for prefix in self.options.rows)

    def run(self):
        quick = self.options.quick
        self.load_before = os.getloadavg()[0]
        self.check()
        self.look_for_peak()
        for row, repetitions in [("gemm-1024", 9), ("gemm-2048", 3 if quick else 5)]:
            if self.wants(row):
                self.matrix_product(row, repetitions)
                self.look_for_peak()
        if self.wants("start"):
            self.start_up()
        if self.wants("replay") and not (quick and not self.options.rows):
            self.replay()
        self.pictures([row for row in map("picture-512-{}".format, agree.PICTURES) if self.wants(row)], 3 if quick else 7)
        self.methods([row for row in map("method-512-{}".format, agree.METHODS) if self.wants(row)], 3 if quick else 7)
        for row, slow, fast in [("gan-step-128-16-2", 9, 5), ("gan-step-256-16-2", 7, 3)]:
            if self.wants(row):
                self.step(row, fast if quick else slow, bf16=not quick and (HAS_BF16 or row == "gan-step-128-16-2"))
                self.look_for_peak()
        if self.wants("scaling") and os.cpu_count() > 1:
            self.scaling("gan-step-256-16-2", 3 if quick else 5)
        layers = ["64-64-512", "256-256-128"] if quick else LAYERS
        self.convolutions(
            [layer for layer in layers if self.wants(f"convolution-{layer}")], 3 if quick else 5)
        self.look_for_peak()
        with tempfile.TemporaryDirectory() as folder:
            for row, repetitions in [("predict-256-16-1", 5 if quick else 15), ("predict-512-16-1", 5 if quick else 9),
                                     ("predict-512-64-1", 0 if quick else 5)]:
                if repetitions and self.wants(row):
                    self.predict(row, repetitions, self.exported(row, folder))
                    self.look_for_peak()
        if not quick and self.wants("gan-step-512-64-2"):
            self.step("gan-step-512-64-2", 2, bf16=HAS_BF16)
            self.look_for_peak()
        self.note(f"Multiply-adds in registers, the peak: {max(self.peaks):.1f} GFLOP/s on {self.options.threads} threads, "
                  f"the best of {len(self.peaks)} looks between the rows, the worst of which saw {min(self.peaks):.1f}.")
        self.record["peak"] = {"gflops": max(self.peaks), "looks": self.peaks}
        self.note(f"Programs that wanted a core, on average over a minute: {self.load_before:.2f} before the run, "
                  f"{os.getloadavg()[0]:.2f} after it{frequency()}.")
        if not HAS_BF16:
            self.note("This processor has no bf16 instructions, PyTorch emulates them: bf16 is timed on the smallest step "
                      "only" + (", and left out with QUICK=1." if quick else "."))

    def write(self):
        machine = {"processor": processor(), "cores": os.cpu_count(), "threads": self.options.threads,
                   "system": platform.platform(), "python": platform.python_version()}
        for package in ("torch", "onnxruntime", "openvino"):
            machine[package] = subprocess.run(
                [sys.executable, "-c", f"import {package}; print({package}.__version__)"], capture_output=True,
                text=True).stdout.strip()
        self.record.update(machine=machine, revision=revision(), date=datetime.date.today().isoformat())
        with open(self.options.json, "w") as file:
            json.dump(self.record, file, indent=2, sort_keys=True)
        heads = ["row", "peer", "cnp", "peer's", "faster", "by CPU time", "peak MiB", "spread", "bar", "more"]
        lines = [f"Measured {self.record['date']} at revision {self.record['revision']} by `make bench"
                 f"{' QUICK=1' if self.options.quick else ''}` on {machine['processor']}, {machine['threads']} threads, "
                 f"PyTorch {machine['torch']}, ONNX Runtime {machine['onnxruntime']}, OpenVINO {machine['openvino']}. Medians; *faster* is the peer's "
                 f"time over ours; of two values the first is ours; an error is the largest against 64-bit sums, over "
                 f"the largest value.", ""]
        lines += markdown(heads, [[self.told(cell) for cell in row] for row in self.rows]) + [""] + [f"- {note}" for note in self.notes]
        text = "\n".join(lines) + "\n"
        with open(self.options.markdown, "w") as file:
            file.write(text)
        print("\n" + text)


def markdown(heads, rows):
    widths = [max(len(row[column]) for row in [heads] + rows) for column in range(len(heads))]
    line = lambda row: "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |"
    return [line(heads), "|" + "|".join("-" * (width + 2) for width in widths) + "|"] + [line(row) for row in rows]


def verdict(ratio, bar):
    return "" if bar is None else f"{'met' if ratio >= bar else 'missed'}: {bar}×"


def part_of_peak(speed, bar):
    """The verdict on a part of the peak, for when the peak is known."""
    return lambda peak: f"{'met' if speed >= bar * peak else 'missed'}: {100 * bar:.0f} % of peak"


def of_peak(speed, theirs):
    """Both sides' GFLOP/s and what part of the peak ours is, for when the peak is known."""
    return lambda peak: f"{speed:.0f} / {theirs:.0f} GFLOP/s, {100 * speed / peak:.0f} % of peak"


def slug(name):
    return name.lower().replace(" ", "-")


def processor():
    for line in open("/proc/cpuinfo") if os.path.exists("/proc/cpuinfo") else []:
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


def frequency():
    """What the system says of the processor's clock; nothing where it doesn't."""
    if not os.path.exists("/proc/cpuinfo"):
        return ""
    clocks = [float(line.split(":", 1)[1]) for line in open("/proc/cpuinfo") if line.startswith("cpu MHz")]
    return f"; the fastest core at {max(clocks):.0f} MHz" if clocks else ""


def revision():
    """The commit, with a + where files differ from it."""
    asked = lambda *words: subprocess.run(["git", *words], capture_output=True, text=True).stdout.strip()
    return asked("rev-parse", "--short", "HEAD") + ("+" if asked("status", "--porcelain", "--untracked-files=no") else "")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("cnp")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--rows", nargs="*", default=[], help="beginnings of the names of the rows to run; all by default")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--json", default=".build/bench.json")
    parser.add_argument("--markdown", default=".build/bench.md")
    options = parser.parse_args()
    bench = Bench(options)
    try:
        bench.run()
    except AssertionError as error:
        sys.exit(f"bench: the two sides disagree. {error}")
    bench.write()


if __name__ == "__main__":
    main()
