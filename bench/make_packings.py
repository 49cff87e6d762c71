"""Writes sets of the common packings: DISTINCT files each, the other names are links to them.

    python make_packings.py IMAGES.set VECTORS.set TARGET

bits12, bytes          2048 x 2048, as cameras pack them (lvpyio reads these, but does not write them).
floats, doubles        1024 x 1024, zlib.
plain2c, plain3c       256 x 256 vectors of one choice, zlib.
choices                256 x 256 vectors of three components with four choices and header plane, zlib.
small                  64 x 64 vectors of two components, MANY of them.
"""
import os
import struct
import sys
import zlib

import lvpyio as lv
import numpy as np

DISTINCT, MANY = 4, 64
ZLIB, BITS12, RAW = 2, 3, 0
WORDS, BYTES, CHOICES_3C = -4, -2, 6
SET = '#GROUP Sets\nSetType = %d;\nSetTitle = "";\n'
IMAGE_SET, VECTOR_SET = 256, 512


def buffer_file(data, size, form, pack, grid=1):
    header = bytearray(256)
    struct.pack_into("<hhh", header, 0, 0, pack, form)
    struct.pack_into("<iiii", header, 8, size, size, 1, 1)
    struct.pack_into("<h", header, 26, grid)
    length = struct.pack("<i", len(data)) if pack == ZLIB else b""
    return bytes(header) + length + data + bytes(8)


def crafted(target, files, extension, kind):
    os.makedirs(target)
    for n, data in enumerate(files):
        with open(f"{target}/B{n + 1:05d}.{extension}", "wb") as file:
            file.write(data)
    with open(target + ".set", "w") as file:
        file.write(SET % kind)
    link(target, extension)


def written(target, buffers, extension):
    for n, buf in enumerate(buffers):
        lv.append_to_set(buf, target) if n else lv.write_set([buf], target)
    link(target, extension)


def link(target, extension):
    for n in range(DISTINCT, MANY):
        os.link(f"{target}/B{n % DISTINCT + 1:05d}.{extension}", f"{target}/B{n + 1:05d}.{extension}")


def bits12(pixels):
    a, b, c, d = np.minimum(pixels, 4095).astype(np.uint32).reshape(-1, 4).T
    return np.stack([a | (b & 15) << 12, b >> 4 | (c & 255) << 8, c >> 8 | d << 4], 1).astype("<u2").tobytes()


def choices(masked, rng):
    """Header plane, then u, v, w of four choices that differ by noise."""
    shape = masked.shape
    planes = [rng.integers(0, 5, shape).astype("<f4")]
    for choice in range(4):
        planes += [(masked.data[name] + choice * rng.normal(0, 0.2, shape)).astype("<f4") for name in "uvw"]
    return zlib.compress(np.stack(planes).tobytes(), 6)


def main():
    image_set, vector_set, target = sys.argv[1:]
    os.makedirs(target)
    rng = np.random.default_rng(3)
    images = [buf[0].components["PIXEL"].planes[0].copy() for buf, _ in zip(lv.read_set(image_set), range(DISTINCT))]
    fields = [buf[0].as_masked_array() for buf, _ in zip(lv.read_set(vector_set), range(DISTINCT))]
    crafted(f"{target}/bits12", [buffer_file(bits12(i), 2048, WORDS, BITS12) for i in images], "im7", IMAGE_SET)
    crafted(f"{target}/bytes", [buffer_file(np.minimum(i >> 1, 255).astype(np.uint8).tobytes(), 2048, BYTES, RAW) for i in images], "im7", IMAGE_SET)
    for name, dtype in (("floats", np.float32), ("doubles", np.float64)):
        parts = [(i[:1024, :1024] * 0.37).astype(dtype) for i in images]
        written(f"{target}/{name}", [lv.arrays_to_buffer([part]) for part in parts], "im7")
    for name, dtype, letters in (("plain2c", lv.vec2c, "uv"), ("plain3c", lv.vec3c, "uvw")):
        written(f"{target}/{name}", [vectors(field, dtype, letters) for field in fields], "vc7")
    crafted(f"{target}/choices", [buffer_file(choices(f, rng), 256, CHOICES_3C, ZLIB, 8) for f in fields], "vc7", VECTOR_SET)
    written(f"{target}/small", [vectors(field[:64, :64], lv.vec2c, "uv") for field in fields], "vc7")


def vectors(field, dtype, letters):
    array = np.ma.zeros(field.shape, dtype=dtype)
    for name in letters:
        array[name] = field.data[name]
    buf = lv.arrays_to_buffer([array])
    buf[0].grid = lv.Grid(8, 8, 1)
    return buf


if __name__ == "__main__":
    main()
