"""Peak resident memory in MB after reading all tracks of a particle set."""
import resource
import sys

import lvpyio as lv

tracks = lv.read_particles(sys.argv[1]).tracks()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
