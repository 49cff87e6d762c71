"""Arrays that were converted to DaVis sets, read back with lvpyio: `make FOLDER` writes them, `check FOLDER` compares FOLDER/NAME.set with them."""

import os
import sys

import numpy as np

# Name, options of the conversion, and how buffer b, frame f, plane z lie in the array.
CASES = {
    "words": ([], "<u2", (3, 4, 5), lambda a, b, f, z: a[b]),
    "longs": ([], "<i4", (3, 4, 5), lambda a, b, f, z: a[b]),
    "floats": (["pack=raw"], "<f4", (3, 4, 5), lambda a, b, f, z: a[b]),
    "doubles": (["level=9"], ">f8", (3, 4, 5), lambda a, b, f, z: a[b]),
    "bytes": ([], "|u1", (3, 4, 5), lambda a, b, f, z: a[b]),
    "volumes": (["layout=bzhw"], "<u2", (2, 3, 4, 5), lambda a, b, f, z: a[b, z]),
    "frames": (["layout=bfhw"], "<f4", (2, 3, 4, 5), lambda a, b, f, z: a[b, f]),
    "all": (["layout=bfzhw"], "<u2", (2, 3, 2, 4, 5), lambda a, b, f, z: a[b, f, z]),
    "vec2c": ([], [("u", "<f4"), ("v", "<f4")], (2, 4, 5), lambda a, b, f, z: a[b]),
    "vec3c": (["layout=bzhw"], [("u", "<f4"), ("v", "<f4"), ("w", "<f4")], (2, 3, 4, 5), lambda a, b, f, z: a[b, z]),
}


def array(dtype, shape):
    dtype = np.dtype(dtype)
    rng = np.random.default_rng(7)
    if not dtype.names:
        return rng.integers(0, 256, shape).astype(dtype)
    out = np.zeros(shape, dtype)
    for name in dtype.names:
        out[name] = rng.normal(size=shape)
    return out


def make(folder):
    """Prints a line a case: name, then the options."""
    for name, (options, dtype, shape, _) in CASES.items():
        np.save(os.path.join(folder, f"{name}.npy"), array(dtype, shape))
        print(name, *options)


def check(folder):
    import lvpyio as lv

    wrong = []
    for name, (_, dtype, shape, at) in CASES.items():
        a = array(dtype, shape)
        with lv.read_set(os.path.join(folder, f"{name}.set")) as s:
            for b, buffer in enumerate(s):
                for f, frame in enumerate(buffer):
                    for z in range(len(frame)):
                        wanted, got = at(a, b, f, z), frame.as_masked_array(z)
                        same = got.shape == wanted.shape and bool(frame.masks[z].all())
                        fields = got.dtype.names or [None]
                        same = same and all(np.array_equal(got.data if n is None else got.data[n], wanted if n is None else wanted[n]) for n in fields)
                        if not same:
                            wrong.append(f"{name}: buffer {b} frame {f} plane {z} differs")
            if len(s) * len(s[0]) * len(s[0][0]) * shape[-1] * shape[-2] != a.size:
                wrong.append(f"{name}: {len(s)} buffers of {len(s[0])} frames of {len(s[0][0])} planes instead of {shape}")
    print(*wrong, sep="\n")
    print(f"{len(CASES)} arrays compared, {len(wrong)} differences")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(make(sys.argv[2]) if sys.argv[1] == "make" else check(sys.argv[2]))
