"""Times the reference tools (lvpyio, numpy, matplotlib) for bench/run.mjs.

Reads one JSON array a line on stdin, ["name", argument...], does it and answers {"ms": time, "cpu": processor time} or {"error": text} on
stdout. What a measurement needs beforehand (arrays, figures) is made before its clock starts and kept for the next time.
"""
import functools
import json
import sys

import lvpyio as lv
import matplotlib

matplotlib.use("Agg")
import files  # noqa: E402
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
import particles  # noqa: E402
from files import opened  # noqa: E402
from timing import timed  # noqa: E402


@functools.cache
def pixels(path):
    return opened(path)[0][0].components["PIXEL"].planes[0].copy()


@functools.cache
def image_figure(path, size):
    figure, axes = plt.subplots(figsize=(size / 100, size / 100), dpi=100)
    picture = axes.imshow(pixels(path), cmap="gray", interpolation="nearest")
    figure.canvas.draw()
    return figure, picture


@functools.cache
def arrows(grid, size):
    y, x = np.mgrid[0:grid, 0:grid].astype(np.float32)
    figure, axes = plt.subplots(figsize=(size / 100, size / 100), dpi=100)
    u, v = np.cos(y / grid * 9), np.sin(x / grid * 9)
    field = axes.quiver(x, y, u, v, np.hypot(u, v), angles="uv")
    return figure, field, u, v


def image(path, index):
    """A buffer of an opened set to its stored pixels."""
    data = opened(path)
    return timed(lambda: data[index][0].components["PIXEL"].planes[0])


def vectors(path, index):
    """A vector buffer to masked u, v, w and all of its scalars in units."""
    data = opened(path)

    def work():
        frame = data[index][0]
        frame.as_masked_array()
        for name, part in frame.components.items():
            if name.startswith("TS:"):
                part.planes[0] * part.scale.slope + part.scale.offset

    return timed(work)


def open_and_draw(path, size):
    """A set from nothing to a drawn first picture."""

    def work():
        figure, axes = plt.subplots(figsize=(size / 100, size / 100), dpi=100)
        axes.imshow(lv.read_set(path)[0][0].as_masked_array(), cmap="gray", interpolation="nearest")
        figure.canvas.draw()
        plt.close(figure)

    return timed(work)


def next_picture(path, index, size):
    """From one drawn buffer to the next drawn buffer, levels by percentiles."""
    data = opened(path)
    figure, picture = image_figure(path, size)

    def work():
        array = data[index][0].as_masked_array()
        picture.set_data(array)
        picture.set_clim(*np.percentile(array.data, (0.5, 99.5)))
        figure.canvas.draw()

    return timed(work)


def new_pixels(path, size):
    """Other pixels of the same size in a drawn picture."""
    figure, picture = image_figure(path, size)

    def work():
        picture.set_data(pixels(path))
        figure.canvas.draw()

    return timed(work)


def contrast(path, size, high):
    """Other limits of a drawn picture."""
    figure, picture = image_figure(path, size)

    def work():
        picture.set_clim(90, high)
        figure.canvas.draw()

    return timed(work)


def quiver(grid, size, turn):
    """grid x grid arrows drawn again with other directions."""
    figure, field, u, v = arrows(grid, size)

    def work():
        field.set_UVC(u * turn, v, np.hypot(u, v))
        figure.canvas.draw()

    return timed(work)


def percentiles(path):
    array = pixels(path)
    return timed(lambda: np.percentile(array, (0, 0.5, 1, 50, 99, 99.5, 100)))


def versions():
    own = {"lvpyio": lv.version() if callable(lv.version) else lv.__version__, "matplotlib": matplotlib.__version__}
    return {**own, **files.versions()}


OWN = (image, vectors, open_and_draw, next_picture, new_pixels, contrast, quiver, percentiles)
WORK = {work.__name__: work for work in (*OWN, *files.WORK, *particles.WORK)}


def main():
    print(json.dumps({"versions": versions()}), flush=True)
    for line in sys.stdin:
        name, *rest = json.loads(line)
        try:
            answer = WORK[name](*rest)
        except Exception as error:  # told to the runner, which names the row
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
