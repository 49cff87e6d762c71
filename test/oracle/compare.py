"""Compares files and sets as lvpyio reads them: every line of standard input is a JSON array [original, written].

Identity excludes where a buffer was loaded from, the header's own facts and the version of who wrote it. Bytes of DaVis 5/6 files come back
as 16-bit numbers, the narrowest type that DaVis 7 has for images. A set with gaps is compared file by file; of a set in which lvpyio finds no buffers (streams whose
manifest it does not understand, sets in sets) nothing can be compared. Half an attribute, which lvpyio keeps of a file that is cut in it, is left out by us.
"""

import json
import os
import re
import sys

import lvpyio as lv
import numpy as np

LEFT_OUT = re.compile(r"Load(File|Set|SetIndex|SetType)$|_Header_|_StreaklineVersion$|_lvpyioVersion$|ExpPathValue_")
# Cut in its last attribute on purpose.
CUT = {"damaged_item.im7": {"Lost"}}
MEMBER = re.compile(r"b(\d+)\.(im7|vc7|imx|img|vec)$", re.I)


def kept(attributes):
    return {k: v for k, v in attributes.items() if not LEFT_OUT.match(k)}


def same_value(a, b):
    if isinstance(a, str) or isinstance(b, str):
        return type(a) is type(b) and a == b
    a, b = np.asarray(a), np.asarray(b)
    return a.dtype == b.dtype and a.shape == b.shape and np.array_equal(a, b, equal_nan=True)


def attribute_problems(where, one, other):
    cut = CUT.get(where, set())
    one, other = {k: v for k, v in kept(one).items() if k not in cut}, kept(other)
    for name in sorted({*one, *other}):
        if name not in one:
            yield f"{where}: attribute {name} was not there before"
        elif name not in other:
            yield f"{where}: attribute {name} is lost"
        elif not same_value(one[name], other[name]):
            yield f"{where}: attribute {name} was {one[name]!r}, is {other[name]!r}"


def close(a, b):
    """lvpyio keeps scales of DaVis 5/6 files as 32-bit numbers."""
    return a == b or abs(a - b) <= 1e-7 * max(abs(a), abs(b))


def scale_problems(where, one, other):
    same = close(one.slope, other.slope) and close(one.offset, other.offset)
    if not same or one.unit != other.unit or one.description != other.description:
        yield f"{where}: scale was {one}, is {other}"


def plane_problems(where, one, other):
    one, other = np.asarray(one), np.asarray(other)
    if one.dtype == np.uint8 and other.dtype == np.uint16:
        one = one.astype(np.uint16)
    if one.dtype != other.dtype or one.shape != other.shape:
        yield f"{where}: was {one.dtype} {one.shape}, is {other.dtype} {other.shape}"
    elif one.tobytes() != other.tobytes():
        yield f"{where}: {int((one != other).sum())} numbers differ"


def component_problems(where, one, other):
    names = list(one.components.keys()), list(other.components.keys())
    # A buffer without a mask may get one of ones, and the reverse.
    without = [[n for n in list_ if n != "MASK"] for list_ in names]
    if without[0] != without[1]:
        yield f"{where}: components were {names[0]}, are {names[1]}"
        return
    for name in without[0]:
        a, b = one.components[name], other.components[name]
        yield from scale_problems(f"{where} {name}", a.scale, b.scale)
        if len(a.planes) != len(b.planes):
            yield f"{where} {name}: had {len(a.planes)} planes, has {len(b.planes)}"
        for at, (p, q) in enumerate(zip(a.planes, b.planes)):
            yield from plane_problems(f"{where} {name} plane {at}", p, q)
    for at, (p, q) in enumerate(zip(one.masks, other.masks)):
        yield from plane_problems(f"{where} mask plane {at}", p, q)


def frame_problems(where, one, other):
    if type(one) is not type(other) or one.shape != other.shape or len(one) != len(other):
        yield f"{where}: was {one!r} {one.shape}, is {other!r} {other.shape}"
        return
    for axis in "xyzi":
        yield from scale_problems(f"{where} {axis}", getattr(one.scales, axis), getattr(other.scales, axis))
    if hasattr(one, "grid") and any(getattr(one.grid, axis) != getattr(other.grid, axis) for axis in "xyz"):
        yield f"{where}: grid was {one.grid}, is {other.grid}"
    yield from attribute_problems(where, one.attributes, other.attributes)
    yield from component_problems(where, one, other)


def buffer_problems(where, one, other):
    if len(one) != len(other):
        yield f"{where}: had {len(one)} frames, has {len(other)}"
        return
    yield from attribute_problems(where, one.attributes, other.attributes)
    for at, (a, b) in enumerate(zip(one, other)):
        yield from frame_problems(f"{where} frame {at}", a, b)


def members(path):
    """Buffer files by number, of equal numbers the one that lvpyio takes."""
    folder = path[:-4] if path.lower().endswith(".set") else path
    ranks = ["im7", "vc7", "imx", "img", "vec"]
    found = {}
    for name in os.listdir(folder):
        match = MEMBER.match(name)
        if match:
            found.setdefault(int(match[1]), []).append((ranks.index(match[2].lower()), name))
    return {number: os.path.join(folder, min(names)[1]) for number, names in sorted(found.items())}


def problems(original, written):
    if not written.lower().endswith(".set"):
        yield from buffer_problems(os.path.basename(original), lv.read_buffer(original), lv.read_buffer(written))
        return
    with lv.read_set(original) as one, lv.read_set(written) as other:
        if len(one) == 0:
            return
        if len(one) != len(other):
            yield f"{original}: had {len(one)} buffers, has {len(other)}"
        before, after = members(original), members(written)
        if list(before) != list(after):
            yield f"{original}: had the buffers {list(before)}, has {list(after)}"
        has_gaps = list(after) != list(range(1, len(after) + 1))
        for number in set(before) & set(after):
            where = f"{os.path.basename(original)} buffer {number}"
            if has_gaps:
                yield from buffer_problems(where, lv.read_buffer(before[number]), lv.read_buffer(after[number]))
            else:
                yield from buffer_problems(where, one[number - 1], other[number - 1])


def main():
    pairs = [json.loads(line) for line in sys.stdin if line.strip()]
    found = [problem for original, written in pairs for problem in problems(original, written)]
    print(*found, sep="\n")
    print(f"lvpyio {lv.__version__ if hasattr(lv, '__version__') else ''}: {len(pairs)} outputs compared, {len(found)} differences")
    return 1 if found or not pairs else 0


if __name__ == "__main__":
    sys.exit(main())
