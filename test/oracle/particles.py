"""Compares particle sets as lvpyio reads them: every line of standard input is a JSON array [original, written].

`make FOLDER` writes tables and, with lvpyio, the sets that they stand for (the examples of its manual); the pairs are told on standard output.
Identity excludes where a set was loaded from and the version of who wrote it.
"""

import json
import os
import sys

import lvpyio as lv
import numpy as np

LEFT_OUT = {"LoadSet", "LoadSetIndex", "LoadSetType", "_StreaklineVersion", "_lvpyioVersion"}


def same_attributes(where, one, other):
    one, other = ({k: v for k, v in a.items() if k not in LEFT_OUT} for a in (one, other))
    for name in sorted({*one, *other}):
        a, b = one.get(name), other.get(name)
        if type(a) is not type(b):
            yield f"{where}: attribute {name} was {a!r}, is {b!r}"
        elif isinstance(a, str):
            if a != b:
                yield f"{where}: attribute {name} was {a!r}, is {b!r}"
        elif a.dtype != b.dtype or not np.array_equal(a, b, equal_nan=a.dtype.kind == "f"):
            yield f"{where}: attribute {name} was {a!r}, is {b!r}"


def close(one, other):
    """lvpyio writes scales with 13 digits."""
    return all(abs(getattr(one, k) - getattr(other, k)) <= 1e-12 * abs(getattr(one, k)) for k in ("slope", "offset")) and (
        one.unit == other.unit and one.description == other.description
    )


def problems(original, written):
    name = os.path.basename(original)
    one, other = lv.read_particles(original), lv.read_particles(written)
    if repr(one) != repr(other):
        yield f"{name}: was {one!r}, is {other!r}"
        return
    # lvpyio cuts times to picoseconds when it writes them, Streakline rounds.
    if not np.allclose(one.times(), other.times(), rtol=0, atol=1.5e-12):
        yield f"{name}: times were {one.times()}, are {other.times()}"
    for axis in "xyzi":
        if not close(getattr(one.scales, axis), getattr(other.scales, axis)):
            yield f"{name}: scale {axis} was {getattr(one.scales, axis)}, is {getattr(other.scales, axis)}"
    if list(one.scalar_scales) != list(other.scalar_scales) or not all(close(a, other.scalar_scales[k]) for k, a in one.scalar_scales.items()):
        yield f"{name}: scalars were {one.scalar_scales}, are {other.scalar_scales}"
        return
    if not np.array_equal(one.bounds, other.bounds):
        yield f"{name}: bounds were {one.bounds}, are {other.bounds}"
    yield from same_attributes(name, one.attributes, other.attributes)
    pulses = one.type_id.value
    for step in range(len(one)):
        yield from same_attributes(f"{name} step {step}", one[step].attributes, other[step].attributes)
        for pulse in range(pulses):
            a, b = (s[step] if pulses == 1 else s[step][pulse] for s in (one, other))
            if a.particles.dtype != b.particles.dtype or a.particles.tobytes() != b.particles.tobytes():
                yield f"{name} step {step} pulse {pulse}: particles differ"
            for scalar in one.scalar_scales:
                if a.scalars[scalar].tobytes() != b.scalars[scalar].tobytes():
                    yield f"{name} step {step} pulse {pulse}: scalar {scalar} differs"
    for at, (a, b) in enumerate(zip(one.tracks(), other.tracks())):
        if a.start != b.start or a.particles.tobytes() != b.particles.tobytes():
            yield f"{name} track {at}: was {a!r}, is {b!r}"


def track(start, points, scalars=None):
    points = np.array(points, dtype=lv.particle_t)
    return lv.Track(start, points) if scalars is None else lv.Track(start, points, {"Particle diameter": np.array(scalars)})


def write_table(path, header, rows, description):
    with open(f"{path}.csv", "w", encoding="utf-8") as file:
        print(*header, sep=",", file=file)
        for row in rows:
            print(*row, sep=",", file=file)
    with open(f"{path}.json", "w", encoding="utf-8") as file:
        json.dump(description, file)


def make(folder):
    """Tables beside sets that lvpyio has written from the same numbers."""
    made = []

    def add(name, header, rows, description, field):
        path = os.path.join(folder, name)
        write_table(path, header, rows, description)
        lv.write_particles(field, f"{path}_lvpyio")
        made.append([f"{path}_lvpyio.set", f"{path}.csv", f"{path}_streakline"])

    times = [0.0, 0.1, 0.2, 0.3, 0.4]
    tracks = [
        (3, [(0, 1, 2, 3), (4, 5, 6, 0)]),
        (2, [(2, 3, 4, 5), (6, 0, 1, 2), (3, 4, 5, 6)]),
        (1, [(6, 0, 1, 2), (3, 4, 5, 6), (0, 1, 2, 3), (4, 5, 6, 0)]),
        (0, [(2, 3, 4, 5), (6, 0, 1, 2), (3, 4, 5, 6), (0, 1, 2, 3)]),
    ]
    rows = [(*point, i, start + k) for i, (start, points) in enumerate(tracks) for k, point in enumerate(points)]
    field = dict(times=np.array(times), tracks=[track(*one) for one in tracks])
    add("tracks_tr", ["x", "y", "z", "intensity", "track", "step"], rows, dict(times=times), field)

    times = [(0.0, 0.1), (0.2, 0.3), (0.4, 0.5)]
    blocks = [([(1, 2, 3, 1), (2, 3, 1, 2)], [(3, 1, 2, 3)]), ([], [(4, 5, 1, 2), (3, 4, 5, 1)]), ([(-1, -2, -3, 1)], [(4, 5, 1, 2)])]
    rows = [(*point, s, p) for s, block in enumerate(blocks) for p, points in enumerate(block) for point in points]
    particles = [tuple(np.array(points, dtype=lv.particle_t) for points in block) for block in blocks]
    add("ipr_2p", ["x", "y", "z", "intensity", "step", "pulse"], rows, dict(times=times), dict(times=np.array(times), particles=particles))

    times = [(0.0, 0.1, 0.2, 0.3), (1.0, 1.1, 1.2, 1.3)]
    tracks = [
        ((0, 0), [(2, 1, 2, 1), (1, 1, 1, 1), (4, 3, 2, 1), (0, 1, 0, 1)], [1, 2, 3, 2]),
        ((0, 1), [(0, 0, 0, 1), (0, 1, 1, 1), (1, 0, 1, 1)], [3, 2, 1]),
        ((1, 0), [(0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 8, 7), (6, 5, 4, 3)], [2, 1, 2, 3]),
    ]
    rows = [(*point, i, s, p + k, c[k]) for i, ((s, p), points, c) in enumerate(tracks) for k, point in enumerate(points)]
    scales = dict(x=(0.1, 1, "mm", "X"), y=(-0.1, 2, "mm", "Y"), z=(0.2, 3, "mm", "Z"), i=(2, 1, "counts", ""))
    keys = ("slope", "offset", "unit", "description")
    attributes = {"Comment": "µm, zwei\nZeilen", "Values": np.array([[1, 2, 3]], dtype=np.float32)}
    description = dict(
        times=times,
        scales={k: dict(zip(keys, v)) for k, v in scales.items()},
        scalar_scales={"Particle diameter": dict(zip(keys, (1, 0, "mm", "")))},
        attributes={"Comment": "µm, zwei\nZeilen", "Values": dict(dtype="f4", shape=[1, 3], values=[1, 2, 3])},
        bounds=[[0.5, 0, 0], [10, 10, 10]],
    )
    field = dict(
        times=np.array(times), tracks=[track(*one) for one in tracks], attributes=attributes, bounds=((0.5, 0, 0), (10, 10, 10)),
        scales=lv.Scales(*(lv.Scale(*scales[k]) for k in "xyzi")), scalar_scales={"Particle diameter": lv.Scale(1, 0, "mm", "")},
    )
    add("tracks_4p", ["x", "y", "z", "intensity", "track", "step", "pulse", "Particle diameter"], rows, description, field)
    print(*(json.dumps(one) for one in made), sep="\n")


def main():
    if sys.argv[1:2] == ["make"]:
        make(sys.argv[2])
        return 0
    pairs = [json.loads(line) for line in sys.stdin if line.strip()]
    found = [problem for original, written in pairs for problem in problems(original, written)]
    print(*found, sep="\n")
    print(f"lvpyio {getattr(lv, '__version__', '')}: {len(pairs)} particle sets compared, {len(found)} differences")
    return 1 if found or not pairs else 0


if __name__ == "__main__":
    sys.exit(main())
