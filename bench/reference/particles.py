"""Particle sets with lvpyio."""
import csv
import functools

import lvpyio as lv
import matplotlib.pyplot as plt
import numpy as np
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


@functools.cache
def cloud(points, size):
    """A drawn picture in space, points of 3 pixels in colours."""
    rng = np.random.default_rng(5)
    figure = plt.figure(figsize=(size / 100, size / 100), dpi=100)
    axes = figure.add_subplot(projection="3d")
    axes.scatter(*(rng.random((points, 3)) * (1000, 800, 400)).T, c=rng.random(points), s=4.67, linewidths=0)
    figure.canvas.draw()
    return figure, axes


def scatter3d(points, size, turn):
    """Seen from another side."""
    figure, axes = cloud(points, size)

    def work():
        axes.view_init(24, 6 * turn)
        figure.canvas.draw()

    return timed(work)


def first_scatter3d(path, size):
    """A set from nothing to the drawn first step, coloured by the intensity."""

    def work():
        field = lv.read_particles(path)
        points = field[0].particles["particle"]
        figure = plt.figure(figsize=(size / 100, size / 100), dpi=100)
        axes = figure.add_subplot(projection="3d")
        axes.scatter(points["x"], points["y"], points["z"], c=points["intensity"], s=4.67, linewidths=0)
        figure.canvas.draw()
        plt.close(figure)

    return timed(work)


WORK = (scatter3d, first_scatter3d, open_particles, step, all_steps, all_tracks, one_track, particles_to_csv)
