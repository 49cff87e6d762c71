"""Writes the example project cylinder-wake: a von Karman vortex street as camera images, vectors and their statistics.

    python make_cylinder_wake.py [TARGET] [--flow FILE.npz]

Needs numpy and lvpyio; the values are the same every time (lvpyio leaves some unused bytes of vector files undefined). The flow is
simulated (wake_flow.py, some minutes; --flow keeps the result). A cylinder of 10 mm stands in a stream of about 1.25 m/s; the light
sheet comes from above, so a shadow falls below the cylinder. One shedding period lasts 40 ms and is recorded as 40 pairs of images,
1 ms apart, 0.5 ms between the two images of a pair; the images of the first 15 pairs are kept.
"""
import argparse
import os
import shutil
import struct

import lvpyio as lv
import numpy as np

from wake_flow import REYNOLDS, SNAPSHOTS, Wake

DIAMETER_MM, RADIUS_MM = 10.0, 5.0
PERIOD_MS, PAIR_MS, DT_MS = 40.0, 1.0, 0.5
WIDTH, HEIGHT, MM_PER_PIXEL = 648, 448, 0.2
LEFT_MM, TOP_MM = -20.0, (HEIGHT - 1) / 2 * MM_PER_PIXEL
GRID = 8
IMAGE_BUFFERS, VECTOR_BUFFERS = 15, SNAPSHOTS
# Raw vectors are displacements in pixels; this makes them m/s.
VELOCITY_PER_PIXEL = MM_PER_PIXEL / DT_MS
LIGHT_MM = (16.0, 240.0)
SEED = 1912
START = "Thu Mar 12 10:41:07 2026"


class Flow:
    """The wake in mm, ms and m/s (mm/ms)."""

    def __init__(self, keep):
        self.wake = Wake(keep)
        self.stream = DIAMETER_MM / (self.wake.strouhal * PERIOD_MS)

    def velocity(self, x, y, t):
        """u, v, w. The span-wise w is a wave that travels with the vortices, stronger where they are."""
        a, b, phase = x / DIAMETER_MM, y / DIAMETER_MM, t / PERIOD_MS
        u, v = self.wake.at(self.wake.u, a, b, phase), self.wake.at(self.wake.v, a, b, phase)
        turn = np.tanh(self.wake.at(self.wake.vorticity, a, b, phase) / 3)
        inside = 1 / (1 + np.exp(-(a - 1.1) * 4)) * np.exp(-((b / (0.9 + 0.06 * np.maximum(a, 0))) ** 2))
        wave = np.sin(2 * np.pi * (a / 2.35 - 2 * phase) + 1.3 * b) + 0.4 * np.sin(2 * np.pi * (a / 1.1 - 4 * phase) - 2.1 * b)
        return u * self.stream, v * self.stream, self.stream * (0.12 * inside * wave + 0.1 * turn)

    def rotation(self, x, y, t):
        """Vorticity in 1/ms."""
        scale = self.stream / DIAMETER_MM
        return self.wake.at(self.wake.vorticity, x / DIAMETER_MM, y / DIAMETER_MM, t / PERIOD_MS) * scale


def lit(x, y, margin=0.0):
    """False in the cylinder and in its shadow, both grown by `margin` mm."""
    lx, ly = LIGHT_MM
    dx, dy = x - lx, y - ly
    length = np.hypot(dx, dy)
    beside = np.abs(lx * dy - ly * dx) / length
    behind = -(lx * dx + ly * dy) > lx * lx + ly * ly
    return (np.hypot(x, y) > RADIUS_MM + margin) & ~((beside < RADIUS_MM + margin) & behind)


def frame_attributes(frame, buffer, k, camera):
    at = round((buffer * PAIR_MS + k * DT_MS) * 1000)
    frame.attributes["AcqTimeSeries"] = f"{at} µs"
    frame.attributes["Acq.Time"] = np.array([[float(k * DT_MS * 1000)]])
    frame.attributes["FrameDt"] = f"{DT_MS * 1000:.0f} µs"
    frame.attributes["CameraName"] = camera
    frame.attributes["ExposureTime"] = "20 µs"


def buffer_attributes(buf, n, flow, what):
    """Readings of the rig at buffer n: slow drifts, so that a plot over the buffers shows something."""
    rng = np.random.default_rng((SEED, 7, n))
    buf.attributes["Pump frequency"] = f"{12.4 + 0.05 * np.sin(n / 40 * 2 * np.pi) + 0.01 * rng.standard_normal():.2f} Hz"
    buf.attributes["Fluid temperature"] = f"{20.31 + 0.004 * n + 0.01 * rng.standard_normal():.2f} °C"
    buf.attributes["Laser energy"] = f"{24.8 + 0.3 * np.cos(n / 11) + 0.15 * rng.standard_normal():.1f} mJ"
    buf.attributes["Stream velocity"] = f"{flow.stream:.3f} m/s"
    buf.attributes["Cylinder diameter"] = f"{DIAMETER_MM:.0f} mm"
    buf.attributes["Fluid"] = f"glycerine and water, kinematic viscosity {flow.stream * DIAMETER_MM / REYNOLDS * 1000:.1f} mm²/s"
    buf.attributes["Test case"] = what
    buf.attributes["_Comment"] = "Example of Streakline: computed data, no measurement"
    buf.attributes["_Date"], buf.attributes["_Time"] = "12.03.2026", "10:41:07"
    for name in ("LoadFile", "_Header_PackType"):
        buf.attributes.pop(name, None)


# Camera images


class Particles:
    """Seeding that is carried by the flow; what leaves downstream enters again upstream at another height."""

    NUMBER, MARGIN_MM, DEPTH_MM = 5200, 5.0, 1.1

    def __init__(self, flow):
        self.flow, self.rng, self.time = flow, np.random.default_rng(SEED), 0.0
        n, self.low = self.NUMBER, LEFT_MM - self.MARGIN_MM
        self.high = LEFT_MM + WIDTH * MM_PER_PIXEL + self.MARGIN_MM
        self.half = TOP_MM + self.MARGIN_MM
        self.x = self.rng.uniform(self.low, self.high, n)
        self.y = self.rng.uniform(-self.half, self.half, n)
        self.z = self.rng.uniform(-self.DEPTH_MM, self.DEPTH_MM, n)
        self.light = self.rng.gamma(2.2, 150, n) + 50
        self.width = self.rng.uniform(0.6, 0.85, n)

    def move(self, step=DT_MS / 2):
        u, v, _ = self.flow.velocity(self.x, self.y, self.time)
        u, v, w = self.flow.velocity(self.x + u * step / 2, self.y + v * step / 2, self.time + step / 2)
        self.x, self.y, self.z, self.time = self.x + u * step, self.y + v * step, self.z + w * step, self.time + step
        self.z = (self.z + self.DEPTH_MM) % (2 * self.DEPTH_MM) - self.DEPTH_MM
        self.y = (self.y + self.half) % (2 * self.half) - self.half
        gone = self.x > self.high
        self.x[gone] -= self.high - self.low
        self.y[gone] = self.rng.uniform(-self.half, self.half, gone.sum())

    def to(self, time):
        while self.time < time - 1e-9:
            self.move()


def pixel_positions():
    return np.meshgrid(LEFT_MM + np.arange(WIDTH) * MM_PER_PIXEL, TOP_MM - np.arange(HEIGHT) * MM_PER_PIXEL)


def still_light(k):
    """What does not move: the rim and glare of the cylinder, the faint glow of the sheet. Frame 1 is a little darker (second laser)."""
    x, y = pixel_positions()
    r, power = np.hypot(x, y), 1.0 - 0.12 * k
    toward = (x * LIGHT_MM[0] + y * LIGHT_MM[1]) / (np.maximum(r, 0.1) * np.hypot(*LIGHT_MM))
    rim = 3300 * np.exp(-(((r - RADIUS_MM) / 0.28) ** 2)) * np.clip(toward, 0, 1) ** 5
    halo = 70 * np.exp(-np.abs(r - RADIUS_MM) / 1.6) * np.clip(toward + 0.2, 0, 1) ** 2 * (r > RADIUS_MM - 0.5)
    back = 190 * np.exp(-(((r - RADIUS_MM + 0.5) / 0.4) ** 2)) * np.clip(-toward, 0, 1) ** 3
    flare = 26 * np.exp(-(((x - y * LIGHT_MM[0] / LIGHT_MM[1]) / 0.9) ** 2)) * np.exp(-np.maximum(y - 4, 0) / 14) * (y > 4)
    glow = 0.55 * np.exp(-(((x - 45) / 70) ** 2)) * lit(x, y)
    return power * (rim + halo + back + flare + glow)


def draw_particles(image, x, y, peak, width):
    """Adds Gaussian spots, 5 x 5 pixels each."""
    column, row = np.rint(x).astype(int), np.rint(y).astype(int)
    inside = (column > 2) & (row > 2) & (column < WIDTH - 3) & (row < HEIGHT - 3) & (peak > 5)
    x, y, peak, width, column, row = (a[inside] for a in (x, y, peak, width, column, row))
    for j in range(-2, 3):
        for i in range(-2, 3):
            fall = np.exp(-((column + i - x) ** 2 + (row + j - y) ** 2) / (2 * width**2))
            np.add.at(image, (row + j, column + i), peak * fall)


def camera_image(particles, buffer, k):
    rng = np.random.default_rng((SEED, 1, buffer, k))
    image = still_light(k)
    p = particles
    sheet = np.exp(-0.5 * (p.z / 0.62) ** 2) * (0.55 + 0.45 * np.exp(-(((p.x - 45) / 60) ** 2)))
    peak = p.light * sheet * np.where(lit(p.x, p.y), 1.0, 0.02) * (np.hypot(p.x, p.y) > RADIUS_MM) * (1 - 0.12 * k)
    draw_particles(image, (p.x - LEFT_MM) / MM_PER_PIXEL, (TOP_MM - p.y) / MM_PER_PIXEL, peak, p.width)
    # The camera's dark level is taken off and cut at zero, as cameras do: most of the dark is zero, and the files stay small.
    noisy = image + rng.normal(-0.15, 0.5, image.shape) + np.sqrt(image) * 0.4 * rng.standard_normal(image.shape) * (image > 12)
    return np.clip(np.rint(noisy), 0, 4095).astype(np.uint16)


def write_images(target, flow):
    x, y = pixel_positions()
    hidden = ~lit(x, y)
    particles = Particles(flow)
    for n in range(IMAGE_BUFFERS):
        pair = []
        for k in range(2):
            particles.to(n * PAIR_MS + k * DT_MS)
            pair.append(np.ma.masked_array(camera_image(particles, n, k), mask=hidden))
        buf = lv.arrays_to_buffer(pair)
        for k in range(2):
            frame = buf[k]
            frame.scales.x = lv.Scale(MM_PER_PIXEL, LEFT_MM, "mm", "x")
            frame.scales.y = lv.Scale(-MM_PER_PIXEL, TOP_MM, "mm", "y")
            frame.scales.i = lv.Scale(1, 0, "counts", "intensity")
            frame_attributes(frame, n, k, "1: high-speed camera (computed)")
        buffer_attributes(buf, n, flow, "double-frame recording, 2 kHz frames")
        add_buffer(buf, target, n)


# Vectors


def vector_positions():
    half = (GRID - 1) / 2 * MM_PER_PIXEL
    x = LEFT_MM + half + np.arange(WIDTH // GRID) * GRID * MM_PER_PIXEL
    y = TOP_MM - half - np.arange(HEIGHT // GRID) * GRID * MM_PER_PIXEL
    return np.meshgrid(x, y)


def template(path):
    """An empty vector buffer with four choices: a form that lvpyio keeps, but makes only from files."""
    nx, ny = WIDTH // GRID, HEIGHT // GRID
    header = bytearray(256)
    struct.pack_into("<hhh", header, 0, 0, 0, 6)
    struct.pack_into("<iiii", header, 8, nx, ny, 1, 1)
    struct.pack_into("<h", header, 26, GRID)
    with open(path, "wb") as file:
        file.write(bytes(header) + bytes(nx * ny * 13 * 4) + bytes(8))
    return lv.read_buffer(path)


def smooth(a):
    """3 x 3 binomial mean with repeated edges: neighbouring windows share pixels, so their errors go together."""
    for axis in (0, 1):
        p = np.pad(a, [(1, 1) if i == axis else (0, 0) for i in range(2)], mode="edge")
        n = a.shape[axis]
        a = sum(w * np.take(p, np.arange(i, i + n), axis) for i, w in enumerate((0.25, 0.5, 0.25)))
    return a


def short(a, bits):
    """Rounds the significand to `bits` bits; the zeros that remain compress well."""
    significand, exponent = np.frexp(np.asarray(a, np.float64))
    return np.ldexp(np.rint(np.ldexp(significand, bits)), exponent - bits).astype(np.float32)


class Measured:
    """What a correlation of the pair n would give: the mean motion in each window with errors that grow with the shear."""

    def __init__(self, flow, n):
        self.rng, t = np.random.default_rng((SEED, 2, n)), n * PAIR_MS + DT_MS / 2
        x, y = self.x, self.y = vector_positions()
        self.valid = lit(x, y, 0.35)
        reach = 1.5
        around = [flow.velocity(x + i * reach, y + j * reach, t) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        weight = [a * b for a in (0.25, 0.5, 0.25) for b in (0.25, 0.5, 0.25)]
        true = [sum(w * a[c] for w, a in zip(weight, around)) / VELOCITY_PER_PIXEL for c in range(3)]
        shear = sum(np.std([a[c] for a in around], axis=0) for c in range(2)) / VELOCITY_PER_PIXEL
        edge = np.exp(-np.maximum(np.hypot(x, y) - RADIUS_MM, 0) / 1.8) + 0.45 * smooth(smooth(1.0 * ~lit(x, y, 1.2)))
        base = 0.022 + 0.05 * smooth(shear) + 0.06 * edge
        self.sigma = [base * grow * (0.85 + 0.3 * smooth(self.rng.random(x.shape))) for grow in (1.0, 0.92, 1.9)]
        self.raw = [a + s * 1.4 * smooth(self.rng.standard_normal(x.shape)) for a, s in zip(true, self.sigma)]
        self.raw[1] = -self.raw[1]
        dim = base / base.max()
        self.correlation = np.clip(0.93 - 0.45 * dim + 0.03 * smooth(self.rng.standard_normal(x.shape)), 0.08, 0.99)
        self.ratio = 1.4 + (7 - 4.5 * dim) * self.rng.gamma(5, 0.2, x.shape)
        self.doubt(dim)

    def doubt(self, dim):
        """Wrong vectors: switched off, taken from the second peak, smoothed (4) or filled in from the neighbours (5)."""
        shape = dim.shape
        wrong = (self.rng.random(shape) < 0.017 + 0.05 * dim**2) & self.valid
        cure = self.rng.random(shape)
        self.enabled = ~(wrong & (cure < 0.55))
        self.choice = np.select([~wrong | (cure < 0.55), cure < 0.82, cure < 0.9], [0, 1, 4], 5)
        stray = [self.rng.uniform(-4, 5, shape), self.rng.uniform(-4, 4, shape), self.rng.uniform(-2, 2, shape)]
        zero = np.zeros(shape)
        self.first = [np.where(wrong, s, r) for s, r in zip(stray, self.raw)]
        self.second = [np.where(self.choice == 1, r, zero) for r in self.raw]
        self.last = [np.where(self.choice >= 4, smooth(r), zero) for r in self.raw]
        self.correlation = np.where(wrong, self.correlation * 0.35, self.correlation)
        self.ratio = np.where(wrong, 1 + 0.25 * self.rng.random(shape), self.ratio)

    def best(self):
        """u, v, w in m/s, v up."""
        u, v, w = (np.where(self.choice >= 4, filled, r) * VELOCITY_PER_PIXEL for r, filled in zip(self.raw, self.last))
        return u, -v, w

    def vorticity(self):
        u, v, _ = self.best()
        step = GRID * MM_PER_PIXEL * 1e-3
        return np.where(self.valid, np.gradient(v, step, axis=1) + np.gradient(u, step, axis=0), 0)


def set_plane(frame, name, values):
    frame.components[name].planes[0][...] = values


def add_scalar(frame, name, values, bits, scale):
    frame.components["TS:" + name] = lv.Component(scale=scale, planes=[short(values, bits)])


def vector_frame(buf, valid):
    frame = buf[0]
    x, y = vector_positions()
    frame.scales.x = lv.Scale(MM_PER_PIXEL, float(x[0, 0]), "mm", "x")
    frame.scales.y = lv.Scale(-MM_PER_PIXEL, float(y[0, 0]), "mm", "y")
    frame.scales.z = lv.Scale(MM_PER_PIXEL, 0, "mm", "z")
    frame.scales.i = lv.Scale(VELOCITY_PER_PIXEL, 0, "m/s", "velocity")
    frame.components["MASK"] = lv.Component(scale=lv.Scale(1, 0, "Valid", "Mask"), planes=[valid.astype(np.uint8)])
    set_plane(frame, "ENABLED", 1)
    return frame


def write_vectors(target, flow, empty):
    best = []
    for n in range(VECTOR_BUFFERS):
        m = Measured(flow, n)
        buf = template(empty)
        frame = vector_frame(buf, m.valid)
        for choice, values in ((0, m.first), (1, m.second), (3, m.last)):
            for name, value in zip("UVW", values):
                set_plane(frame, f"{name}{choice}", short(np.where(m.valid, value, 0), 13))
        set_plane(frame, "ENABLED", m.enabled)
        set_plane(frame, "ACTIVE_CHOICE", m.choice)
        total = np.sqrt(sum(s * s for s in m.sigma))
        for name, sigma in zip(("V", "Vx", "Vy", "Vz"), [total] + m.sigma):
            velocity = lv.Scale(VELOCITY_PER_PIXEL, 0, "m/s", f"Uncertainty {name}")
            add_scalar(frame, f"Uncertainty {name}", np.where(m.valid, sigma, 0), 7, velocity)
        add_scalar(frame, "Correlation value", np.where(m.valid, m.correlation, 0), 8, lv.Scale(1, 0, "", "Correlation value"))
        add_scalar(frame, "Peak ratio", np.where(m.valid, m.ratio, 0), 7, lv.Scale(1, 0, "", "Peak ratio"))
        add_scalar(frame, "Vorticity w_z", m.vorticity(), 10, lv.Scale(1, 0, "1/s", "Vorticity w_z"))
        frame_attributes(frame, n, 0, "1: high-speed camera (computed)")
        buffer_attributes(buf, n, flow, "stereo PIV, windows 32 x 32, overlap 75 %")
        add_buffer(buf, target, n)
        best.append((m.best(), m.enabled & m.valid))
    return best


def write_statistics(target, flow, empty, best):
    """Two buffers: mean and standard deviation over the enabled vectors, with stresses and the number of samples."""
    values = np.array([b[0] for b in best])
    use = np.array([b[1] for b in best])[:, None]
    count = use.sum(0)[0]
    valid = count > 0
    n = np.maximum(count, 1)
    mean = (values * use).sum(0) / n
    apart = (values - mean) * use
    rms = np.sqrt((apart**2).sum(0) / n)
    stress = (apart[:, 0] * apart[:, 1]).sum(0) / n
    for k, (title, field) in enumerate((("Mean", mean), ("RMS", rms))):
        buf = template(empty)
        frame = vector_frame(buf, valid)
        for name, value, sign in zip("UVW", field, (1, -1, 1)):
            set_plane(frame, f"{name}0", short(sign * value / VELOCITY_PER_PIXEL, 15))
        energy = lv.Scale(1, 0, "m²/s²", "Turbulent kinetic energy")
        add_scalar(frame, "Turbulent kinetic energy", 0.5 * (rms**2).sum(0), 13, energy)
        add_scalar(frame, "Reynolds stress Rxy", stress, 13, lv.Scale(1, 0, "m²/s²", "Reynolds stress Rxy"))
        add_scalar(frame, "Number of vectors", count, 16, lv.Scale(1, 0, "", "Number of vectors"))
        buffer_attributes(buf, 0, flow, f"{title} of {len(best)} fields")
        add_buffer(buf, target, k)


# Sets


def add_buffer(buf, target, n):
    if n == 0:
        lv.write_set([buf], target)
    else:
        lv.append_to_set(buf, target)


def describe(target, kind, end, *more):
    """The set file in full: the one by lvpyio names the folder and the hour of its making."""
    lines = [
        "// Example of Streakline",
        "#GROUP Sets",
        f"SetType = {kind};",
        'SetGroups = "";',
        f'SetTime = "{START}";',
        'SetComments = "Flow behind a cylinder, computed";',
        "SetStart = 1;",
        "SetInc = 1;",
        f"SetEnd = {end};",
        'SetSourceSet = "";',
        'SetTitle = "";',
        'SetViewCallback = "";',
        'SetLoadCallback = "";',
        *more,
    ]
    with open(target + ".set", "w", encoding="utf-8", newline="\n") as file:
        file.write("\n".join(lines) + "\n")


def arguments(description):
    """Of a script of the example: where to write, and where the flow is kept."""
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("target", nargs="?", default=os.path.join(here, "cylinder-wake"))
    parser.add_argument("--flow", help="keep the simulated flow in this .npz file, or read it from there")
    return parser.parse_args()


def main():
    args = arguments(__doc__)
    flow = Flow(args.flow)
    names = [os.path.join(args.target, name) for name in ("Recording", "PIV 32x32, 75 %", "Statistics")]
    for name in names:
        shutil.rmtree(name, ignore_errors=True)
        if os.path.exists(name + ".set"):
            os.remove(name + ".set")
    os.makedirs(args.target, exist_ok=True)
    empty = os.path.join(args.target, "empty.vc7")
    recording, vectors, statistics = names
    write_images(recording, flow)
    write_statistics(statistics, flow, empty, write_vectors(vectors, flow, empty))
    os.remove(empty)
    for name, kind in ((recording, 4352), (vectors, 512), (statistics, 512)):
        describe(name, kind, len(os.listdir(name)))


if __name__ == "__main__":
    main()
