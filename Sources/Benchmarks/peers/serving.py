"""What every peer's server does: a line in, a line out, and its own account of its memory."""
import json
import sys


def peak_mib():
    """Linux's own account of this program: ru_maxrss starts from the memory of the process that started it."""
    with open("/proc/self/status") as file:
        return next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM:"))


def serve(commands):
    """Answers lines on standard input by the command that each begins with."""
    for line in sys.stdin:
        command, *rest = line.split()
        try:
            answer = commands[command](*rest)
        except Exception as error:  # the other side wants one line, whatever happened
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)
