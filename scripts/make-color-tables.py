#!/usr/bin/env python3
"""Writes shared/colors/tables.ts: 256 colours of every built-in map. Run from the root of the repository; needs matplotlib.

Tables taken over: viridis, inferno, magma, plasma (Stefan van der Walt, Nathaniel Smith, Eric Firing; CC0), cividis (Nunez,
Anderton, Renslow; CC0), twilight (Bastian Bechtold; CC0), turbo (Anton Mikhailov, Google; Apache 2.0), as matplotlib ships them.
Jet and grey are formulas. The two maps with a centre are made here: control points in OKLab (Bjoern Ottosson, public domain),
joined by monotone cubics, so that lightness runs evenly from the centre to both ends.
"""
import base64
import pathlib

import matplotlib
import numpy as np

TAKEN = ["viridis", "cividis", "inferno", "magma", "plasma", "twilight", "turbo"]

# Half maps from the centre outwards: (position, OKLab lightness, chroma, hue in degrees).
DARK_LOW = [(0, 0.165, 0.0, 250), (0.3, 0.37, 0.085, 256), (0.65, 0.62, 0.135, 253), (1, 0.90, 0.055, 245)]
DARK_HIGH = [(0, 0.165, 0.0, 40), (0.3, 0.37, 0.085, 38), (0.65, 0.62, 0.15, 42), (1, 0.90, 0.065, 62)]
LIGHT_LOW = [(0, 0.97, 0.0, 250), (0.3, 0.82, 0.07, 245), (0.65, 0.60, 0.13, 252), (1, 0.33, 0.11, 262)]
LIGHT_HIGH = [(0, 0.97, 0.0, 40), (0.3, 0.82, 0.075, 50), (0.65, 0.60, 0.165, 38), (1, 0.33, 0.115, 24)]


def monotone_cubic(x, y, at):
    """Fritsch-Carlson interpolation: no overshoot, so lightness never turns back."""
    step = np.diff(x)
    slope = np.diff(y) / step
    tangent = np.concatenate([[slope[0]], np.where(slope[:-1] * slope[1:] <= 0, 0, (slope[:-1] + slope[1:]) / 2), [slope[-1]]])
    for i, rise in enumerate(slope):
        if rise == 0:
            tangent[i] = tangent[i + 1] = 0
            continue
        a, b = tangent[i] / rise, tangent[i + 1] / rise
        length = np.hypot(a, b)
        if length > 3:
            tangent[i], tangent[i + 1] = 3 * rise * a / length, 3 * rise * b / length
    k = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(step) - 1)
    t = (at - x[k]) / step[k]
    return ((1 + 2 * t) * (1 - t) ** 2 * y[k] + t * (1 - t) ** 2 * step[k] * tangent[k]
            + t**2 * (3 - 2 * t) * y[k + 1] + t**2 * (t - 1) * step[k] * tangent[k + 1])


def oklab_to_srgb(lightness, a, b):
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = np.stack([4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                       -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                       -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s], axis=-1)
    if linear.min() < -0.004 or linear.max() > 1.004:
        print("outside of sRGB by", linear.min(), linear.max() - 1)
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def half(points, at):
    x, lightness, chroma, hue = np.array(points, float).T
    angle = np.radians(monotone_cubic(x, hue, at))
    size = monotone_cubic(x, chroma, at)
    return oklab_to_srgb(monotone_cubic(x, lightness, at), size * np.cos(angle), size * np.sin(angle))


def centred(low, high):
    at = (np.arange(128) + 0.5) / 127.5
    return np.concatenate([half(low, at)[::-1], half(high, at)])


def jet():
    at = np.arange(256) / 255
    return np.clip(np.stack([1.5 - abs(4 * at - 3), 1.5 - abs(4 * at - 2), 1.5 - abs(4 * at - 1)], axis=-1), 0, 1)


def text(colors):
    data = np.round(np.clip(colors, 0, 1) * 255).astype(np.uint8).tobytes()
    encoded = base64.b64encode(data).decode()
    return "\n".join(f"    '{encoded[i:i + 128]}'{' +' if i + 128 < len(encoded) else ','}" for i in range(0, len(encoded), 128))


tables = {"gray": np.repeat(np.arange(256)[:, None] / 255, 3, axis=1)}
tables |= {name: matplotlib.colormaps[name].resampled(256)(np.arange(256))[:, :3] for name in TAKEN}
tables |= {"dark-centre": centred(DARK_LOW, DARK_HIGH), "light-centre": centred(LIGHT_LOW, LIGHT_HIGH), "jet": jet()}

lines = [
    "import type { ColorMapName } from './color-map.ts';",
    "",
    "// Made by scripts/make-color-tables.py, which names the sources and licences (CC0, Apache 2.0 for turbo, own).",
    "",
    "/** 256 colours a map, as base64 of red, green, blue bytes from low to high. */",
    "export const COLOR_TABLES: Readonly<Record<ColorMapName, string>> = {",
]
for name, colors in tables.items():
    key = f"'{name}'" if "-" in name else name
    lines += [f"  {key}:", text(colors)]
lines += ["};", ""]
pathlib.Path("shared/colors/tables.ts").write_text("\n".join(lines), encoding="utf-8")
