"""Peak resident memory in MB after reading all tracks of a particle set."""
import os
import re
import resource
import sys

import lvpyio as lv

STATUS = "/proc/self/status"


def peak():
    """In kB. On Linux getrusage counts what the parent had when it started this process."""
    known = re.search(r"^VmHWM:\s+(\d+) kB", open(STATUS).read(), re.M) if os.path.exists(STATUS) else None
    return int(known[1]) if known else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


tracks = lv.read_particles(sys.argv[1]).tracks()
print(peak() / 1024)
