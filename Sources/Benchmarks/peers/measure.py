"""Child processes that time rows, ours and peers, and runs that alternate between them."""
import json
import os
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))


class Side:
    """One program that answers `time ROW` and `inspect ROW FOLDER`, a line each."""

    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def ask(self, line):
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            answer = ""
        if not answer:
            words = self.process.stderr.read().strip()[-2000:]
            sys.exit(f"bench: {self.name} ended at `{line}`, status {self.process.wait()}\n{words}")
        answer = json.loads(answer)
        if "error" in answer:
            sys.exit(f"bench: {self.name} at `{line}`: {answer['error']}")
        return answer

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.stderr.close()
        self.process.kill() if self.process.poll() is None else None
        self.process.wait()


def ours(cnp, threads):
    return Side("cnp", [cnp, "bench", "--serve", "--threads", str(threads)])


def torch(variant, threads):
    return Side(f"PyTorch {variant}", [
        sys.executable, os.path.join(HERE, "torch_peer.py"), "--variant", variant, "--threads", str(threads)])


def runtime(name, module, model, threads):
    """ONNX Runtime or OpenVINO, by the name of its module."""
    return Side(name, [sys.executable, os.path.join(HERE, "runtime_peer.py"), model, "--runtime", module,
                       "--threads", str(threads)])


def pictures():
    return Side("SciPy and scikit-image", [sys.executable, os.path.join(HERE, "picture_peer.py")])


class Times:
    """What several repetitions of a row took on one side."""

    def __init__(self, answers):
        self.seconds = statistics.median(answer["seconds"] for answer in answers)
        self.cpu = statistics.median(answer["cpu"] for answer in answers)
        self.least = min(answer["seconds"] for answer in answers)
        self.most = max(answer["seconds"] for answer in answers)
        self.mib = max(answer["peak-mib"] for answer in answers)
        self.operations = answers[-1].get("operations")

    @property
    def spread(self):
        """From the fastest to the slowest repetition, as a part of the median."""
        return (self.most - self.least) / self.seconds

    @property
    def is_steady(self):
        return self.spread <= STEADY


# Of a side's repetitions; what wanders further is measured again, and marked where it still does.
STEADY = 0.2


def alternate(row, sides, repetitions, warm_ups=1):
    """Times of every side by turns; where one of them wanders, the calmer of two runs."""
    times = by_turns(row, sides, repetitions, warm_ups)
    worst = lambda times: max(side.spread for side in times.values())
    if repetitions > 1 and worst(times) > STEADY:
        times = min(times, by_turns(row, sides, repetitions, 0), key=worst)
    return times


def by_turns(row, sides, repetitions, warm_ups):
    """Times of every side, A B C A B C …; a pause lets the threads of the one before go to sleep."""
    answers = {side.name: [] for side in sides}
    for round_ in range(warm_ups + repetitions):
        for side in sides:
            time.sleep(0.05)
            answer = side.ask(f"time {row}")
            if round_ >= warm_ups:
                answers[side.name].append(answer)
    return {name: Times(list_) for name, list_ in answers.items()}


def start_up(command, feed="", repetitions=7):
    """Seconds from starting a program to its end, the median; it has nothing to do."""
    seconds = []
    for _ in range(repetitions + 1):
        start = time.perf_counter()
        subprocess.run(command, input=feed, text=True, check=True, capture_output=True)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds[1:])
