"""Writes the data of the benchmarks with lvpyio.

    python make_data.py TARGET

images     2048 x 2048 u16, zlib, 1,000 buffers: DISTINCT files, the others are links to them.
raw        the same pixels, not compressed (lvpyio reads this form, but does not write it).
vectors    256 x 256 vectors of three components with mask, disabled vectors and six scalars, VECTORS buffers.
"""
import os
import struct
import sys

import lvpyio as lv
import numpy as np

SIZE, DISTINCT, MANY = 2048, 8, 1000
GRID, VECTORS = 256, 8
PARTICLES = 40000
SPOT = np.arange(-3, 4)


def flow(x, y, n):
    """Displacement of a vortex that drifts with the buffer number; x and y from -1 to 1."""
    cx, cy = 0.3 * np.cos(0.2 * n), 0.3 * np.sin(0.2 * n)
    core = np.exp(-4 * ((x - cx) ** 2 + (y - cy) ** 2))
    return 2 - 9 * (y - cy) * core, 9 * (x - cx) * core, 1.5 * core * np.sin(9 * x)


def particle_image(n):
    rng = np.random.default_rng((1, n))
    image = rng.normal(96, 5, (SIZE, SIZE)).astype(np.float32)
    x, y = rng.uniform(4, SIZE - 5, (2, PARTICLES))
    peak, width = rng.gamma(2, 400, PARTICLES) + 60, rng.uniform(0.45, 0.85, PARTICLES)
    column, row = np.rint(x).astype(int), np.rint(y).astype(int)
    for j in SPOT:
        for i in SPOT:
            fall = np.exp(-((column + i - x) ** 2 + (row + j - y) ** 2) / (2 * width**2))
            np.add.at(image, (row + j, column + i), (peak * fall).astype(np.float32))
    return np.clip(np.rint(image), 0, 65535).astype(np.uint16)


def describe(frame, unit):
    frame.scales.x = lv.Scale(0.025, -25.6, "mm", "x")
    frame.scales.y = lv.Scale(-0.025, 25.6, "mm", "y")
    frame.scales.i = unit
    frame.attributes["FrameDt"] = "500 µs"


def write_images(target):
    for n in range(DISTINCT):
        buf = lv.arrays_to_buffer([particle_image(n)])
        describe(buf[0], lv.Scale(1, 0, "counts", "intensity"))
        lv.append_to_set(buf, target) if n else lv.write_set([buf], target)
    for n in range(DISTINCT, MANY):
        os.link(f"{target}/B{n % DISTINCT + 1:05d}.im7", f"{target}/B{n + 1:05d}.im7")


def write_raw(source, target):
    os.makedirs(target)
    for n, buf in zip(range(DISTINCT), lv.read_set(source)):
        header = bytearray(256)
        struct.pack_into("<hhh", header, 0, 0, 0, -4)
        struct.pack_into("<iiii", header, 8, SIZE, SIZE, 1, 1)
        with open(f"{target}/B{n + 1:05d}.im7", "wb") as file:
            file.write(bytes(header) + buf[0].components["PIXEL"].planes[0].astype("<u2").tobytes() + bytes(8))
    with open(source + ".set") as given, open(target + ".set", "w") as file:
        file.write(given.read().replace(source, target))


def vector_buffer(n):
    rng = np.random.default_rng((2, n))
    y, x = np.mgrid[-1:1:GRID * 1j, -1:1:GRID * 1j]
    array = np.ma.zeros((GRID, GRID), dtype=lv.vec3c)
    outside = np.hypot(x, y) > 1.3
    for name, part in zip("uvw", flow(x, y, n)):
        array[name] = (part + rng.normal(0, 0.06, x.shape)).astype(np.float32)
    array.mask = np.stack([outside] * 3, -1).view([(name, bool) for name in "uvw"])[..., 0]
    buf = lv.arrays_to_buffer([array])
    frame = buf[0]
    describe(frame, lv.Scale(0.05, 0, "m/s", "velocity"))
    frame.grid = lv.Grid(8, 8, 1)
    frame.components["ENABLED"].planes[0][rng.random(x.shape) < 0.02] = 0
    for name in ("Uncertainty V", "Uncertainty Vx", "Uncertainty Vy", "Uncertainty Vz", "Correlation value", "Peak ratio"):
        values = rng.gamma(3, 0.02, x.shape).astype(np.float32)
        frame.components["TS:" + name] = lv.Component(scale=lv.Scale(0.05, 0, "m/s", name), planes=[values])
    return buf


def write_vectors(target):
    for n in range(VECTORS):
        lv.append_to_set(vector_buffer(n), target) if n else lv.write_set([vector_buffer(n)], target)


def main():
    target = sys.argv[1]
    os.makedirs(target, exist_ok=True)
    write_images(f"{target}/images")
    write_raw(f"{target}/images", f"{target}/raw")
    write_vectors(f"{target}/vectors")


if __name__ == "__main__":
    main()
