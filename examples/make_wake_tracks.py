"""Writes the particle tracks of the example project cylinder-wake: Shake-the-Box results as they would be of the same flow.

    python make_wake_tracks.py [TARGET] [--flow FILE.npz]

Needs numpy and lvpyio; see make_cylinder_wake.py for the flow. The measured volume lies behind the cylinder, 90 x 60 x 24 mm. Particles come and
go at its ends; some are lost before.
"""
import os
import shutil

import lvpyio as lv
import numpy as np

from make_cylinder_wake import Flow, PERIOD_MS, arguments, describe

STEPS = 40
STEP_MS = PERIOD_MS / STEPS
LOW, HIGH = np.array([-12.0, -30.0, -12.0]), np.array([78.0, 30.0, 12.0])
MM_PER_VOXEL = 0.1
SEEDS = 900
# Chance in each step that a particle is lost.
LOST = 0.02
# Standard deviation of positions.
NOISE_MM = 0.012
RADIUS_MM = 5.0
SEED = 1912
# No track of a particle set is shorter.
SHORTEST = 2


def trajectories(flow, rng):
    """Lists of (first step, positions [points, 3] in mm) of particles that the flow carries through the volume."""
    # Seeds fill the volume and what the stream brings into it within the period.
    brought = flow.stream * PERIOD_MS
    number = int(SEEDS * (1 + brought / (HIGH - LOW)[0]))
    place = rng.uniform(LOW - [brought, 0, 0], HIGH, (number, 3))
    inside = [[] for _ in range(number)]
    for step in range(STEPS):
        seen = ((place >= LOW) & (place <= HIGH)).all(1) & (np.hypot(place[:, 0], place[:, 1]) > RADIUS_MM + 0.3)
        for i in np.flatnonzero(seen):
            inside[i].append((step, place[i] + rng.normal(0, NOISE_MM, 3)))
        place = moved(flow, place, step * STEP_MS)
    return [piece for points in inside for piece in pieces(points, rng)]


def moved(flow, place, time, parts=4):
    """Places after one step, by the midpoint rule."""
    dt = STEP_MS / parts
    for part in range(parts):
        t = time + part * dt
        first = velocity(flow, place, t)
        place = place + dt * velocity(flow, place + dt / 2 * first, t + dt / 2)
    return place


def velocity(flow, place, time):
    """The span-wise velocity is a wave along z, too, so that the flow is one of three dimensions."""
    u, v, w = flow.velocity(place[:, 0], place[:, 1], time)
    return np.stack([u, v, w * np.cos(2 * np.pi * place[:, 2] / 24)], 1)


def pieces(points, rng):
    """Runs of neighbouring steps, cut where a particle is lost."""
    run = []
    for step, place in points:
        if run and (step != run[-1][0] + 1 or rng.random() < LOST):
            yield from ended(run)
            run = []
        run.append((step, place))
    yield from ended(run)


def ended(run):
    if len(run) >= SHORTEST:
        yield run[0][0], np.array([place for _, place in run])


def particles(place, light, rng):
    """Stored numbers: voxels from the low corner, intensities in counts."""
    out = np.zeros(len(place), lv.particle_t)
    for axis, name in enumerate("xyz"):
        out[name] = (place[:, axis] - LOW[axis]) / MM_PER_VOXEL
    out["intensity"] = np.maximum(20, light * rng.normal(1, 0.08, len(place)))
    return out


def write(target, flow):
    rng = np.random.default_rng((SEED, 3))
    tracks = []
    for start, place in trajectories(flow, rng):
        light = rng.gamma(4, 120) + 80
        size = np.float32(1.6 + light / 900) + rng.normal(0, 0.05, len(place)).astype(np.float32)
        tracks.append(lv.Track(start=start, particles=particles(place, light, rng), scalars={"Diameter": size}))
    scale = lambda axis: lv.Scale(MM_PER_VOXEL, float(LOW[axis]), "mm", "xyz"[axis])  # noqa: E731
    lv.write_particles(
        {
            "times": np.arange(STEPS) * STEP_MS * 1e-3,
            "tracks": tracks,
            "scales": lv.Scales(scale(0), scale(1), scale(2), lv.Scale(1, 0, "counts", "intensity")),
            "scalar_scales": {"Diameter": lv.Scale(1, 0, "voxel", "Diameter")},
            "attributes": {
                "Test case": "Shake-the-Box, computed",
                "Stream velocity": f"{flow.stream:.3f} m/s",
                "Cylinder diameter": "10 mm",
                "_Comment": "Example of Streakline: computed data, no measurement",
            },
        },
        target,
    )
    return len(tracks)


def main():
    args = arguments(__doc__)
    target = os.path.join(args.target, "Tracks")
    shutil.rmtree(target, ignore_errors=True)
    if os.path.exists(target + ".set"):
        os.remove(target + ".set")
    print(write(target, Flow(args.flow)), "tracks")
    describe(target, 32768, 0, 'SetIdentifier = "ParticleField";')


if __name__ == "__main__":
    main()
