"""Particle sets with lvpyio."""
import csv
import functools

import lvpyio as lv
from timing import timed


@functools.cache
def opened(path):
    return lv.read_particles(path)


def open_particles(path):
    return timed(lambda: lv.read_particles(path).track_count)


def step(path, index):
    field = opened(path)
    return timed(lambda: field[index].particles)


def all_steps(path):
    """Every particle once; a field of its own, so that nothing is known beforehand."""
    field = lv.read_particles(path)

    def work():
        for one in field:
            one.particles

    return timed(work)


def all_tracks(path):
    """Every particle of every track is looked at."""
    field = lv.read_particles(path)

    def work():
        total = 0
        for track in field.tracks():
            total += len(track.particles)

    return timed(work)


def one_track(path, number):
    field = opened(path)
    return timed(lambda: field.single_track(number).particles)


def particles_to_csv(path, target):
    """A row a particle: position, intensity, track, step, scalars."""

    def work():
        field = lv.read_particles(path)
        with open(target, "w", newline="") as file:
            out = csv.writer(file)
            out.writerow(["x", "y", "z", "intensity", "track", "step", *field[0].scalars])
            for number, one in enumerate(field):
                tracks, points = one.particles["track_id"], one.particles["particle"]
                columns = [points[name].tolist() for name in ("x", "y", "z", "intensity")]
                scalars = [values["scalar"].tolist() for values in one.scalars.values()]
                out.writerows(zip(*columns, tracks.tolist(), [number] * len(tracks), *scalars))

    return timed(work)


WORK = (open_particles, step, all_steps, all_tracks, one_track, particles_to_csv)
