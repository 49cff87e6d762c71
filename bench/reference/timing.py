"""What the measured works share."""
import time


def timed(work):
    """Wall time and processor time of all threads of this process, in milliseconds."""
    cpu, start = time.process_time(), time.perf_counter()
    work()
    return {"ms": (time.perf_counter() - start) * 1e3, "cpu": (time.process_time() - cpu) * 1e3}
