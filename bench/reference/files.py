"""Reading in order and at random, writing, and converting whole sets: lvpyio with h5py and tifffile."""
import functools
import shutil

import h5py
import lvpyio as lv
import numpy as np
import tifffile
from timing import timed


@functools.cache
def opened(path):
    return lv.read_set(path)


@functools.cache
def loaded(path, count):
    """Buffers in memory, all of their samples decoded."""
    data = opened(path)
    buffers = [data[n] for n in range(count)]
    for buf in buffers:
        for frame in buf:
            for part in frame.components.values():
                part.planes[0]
    return buffers


def samples(frame):
    """Stored pixels, or masked vectors in units."""
    parts = frame.components
    return parts["PIXEL"].planes[0] if "PIXEL" in parts else frame.as_masked_array()


def one_buffer(path, index):
    data = opened(path)
    return timed(lambda: samples(data[index][0]))


def in_order(path, count):
    data = opened(path)

    def work():
        for index in range(count):
            samples(data[index][0])

    return timed(work)


def write_buffers(path, count, target):
    buffers = loaded(path, count)
    shutil.rmtree(target, ignore_errors=True)
    return timed(lambda: lv.write_set(buffers, target))


def planes_of(frame):
    """All components as they are stored, and of vectors what is in effect, as ours are written, too."""
    yield from ((name, part.planes[0]) for name, part in frame.components.items())
    if "U0" in frame.components:
        masked = frame.as_masked_array()
        for name in masked.dtype.names:
            yield name, np.ma.filled(masked[name].astype(np.float64), np.nan)
        yield "valid", ~masked.mask[masked.dtype.names[0]]


def to_hdf5(path, count, target):
    """Arrays of chunks of a plane, shuffled and packed with the quickest level of gzip."""
    packing = {"compression": "gzip", "compression_opts": 1, "shuffle": True}

    def work():
        data = lv.read_set(path)
        with h5py.File(target, "w") as file:
            arrays = {}
            for index in range(count):
                for name, plane in planes_of(data[index][0]):
                    if name not in arrays:
                        arrays[name] = file.create_dataset(name, (count, *plane.shape), plane.dtype, chunks=(1, *plane.shape), **packing)
                    arrays[name][index] = plane

    return timed(work)


def to_tiff(path, count, target):
    """A page for each buffer, not compressed."""

    def work():
        data = lv.read_set(path)
        with tifffile.TiffWriter(target) as file:
            for index in range(count):
                file.write(data[index][0].components["PIXEL"].planes[0], contiguous=False)

    return timed(work)


def versions():
    return {"h5py": h5py.__version__, "tifffile": tifffile.__version__, "numpy": np.__version__}


WORK = (one_buffer, in_order, write_buffers, to_hdf5, to_tiff)
