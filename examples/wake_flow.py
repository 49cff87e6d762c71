"""Two-dimensional flow past a circular cylinder, by the lattice Boltzmann method: one shedding period as periodic snapshots.

The result is scaled to metres and seconds by the caller. Only numpy is needed; the run takes a few minutes and can be kept
in a file (see `period`). Coordinates: x downstream, y up, origin in the centre of the cylinder, lengths in diameters,
velocities in units of the free stream, time in shedding periods.
"""
import os

import numpy as np

CELLS_PER_DIAMETER = 20
# Extent in diameters: upstream, downstream, and to each side.
UPSTREAM, DOWNSTREAM, SIDE = 4.5, 16.0, 6.0
FREE_STREAM = 0.1
REYNOLDS = 190
SNAPSHOTS = 40
WARM_UP_PERIODS = 13

# D2Q9 lattice: rest, the four axis directions, the four diagonals; OPPOSITE[i] is the direction that goes back.
CX = [0, 1, 0, -1, 0, 1, -1, -1, 1]
CY = [0, 0, 1, 0, -1, 1, 1, -1, -1]
WEIGHT = [4 / 9] + [1 / 9] * 4 + [1 / 36] * 4
OPPOSITE = [0, 3, 4, 1, 2, 7, 8, 5, 6]


def equilibrium(density, u, v):
    squared = 1.5 * (u * u + v * v)
    out = np.empty((9,) + density.shape, np.float32)
    for i in range(9):
        along = 3 * (CX[i] * u + CY[i] * v)
        out[i] = WEIGHT[i] * density * (1 + along + 0.5 * along * along - squared)
    return out


class Tunnel:
    """State of the simulation; `step` advances it by one lattice time unit."""

    def __init__(self):
        d = CELLS_PER_DIAMETER
        self.nx, self.ny = int((UPSTREAM + DOWNSTREAM) * d), int(2 * SIDE * d)
        self.x = (np.arange(self.nx) + 0.5) / d - UPSTREAM
        self.y = (np.arange(self.ny) + 0.5) / d - SIDE
        self.solid = self.x[None, :] ** 2 + self.y[:, None] ** 2 < 0.25
        viscosity = FREE_STREAM * d / REYNOLDS
        # A sponge of rising viscosity before the outlet lets the vortices leave without an echo.
        sponge = np.clip((self.x - (DOWNSTREAM - 2)) / 2, 0, 1) ** 2 * 0.15
        self.rate = (1 / (0.5 + 3 * (viscosity + sponge)))[None, :].astype(np.float32)
        u = np.full((self.ny, self.nx), FREE_STREAM, np.float32)
        # A small cross flow behind the cylinder starts the shedding; its form decides the phase, so it is part of the data.
        v = (0.02 * np.exp(-((self.x[None, :] - 2) ** 2 + self.y[:, None] ** 2))).astype(np.float32)
        self.f = equilibrium(np.ones_like(u), u, v)
        self.inlet = equilibrium(np.ones((self.ny, 1), np.float32), u[:, :1], np.zeros((self.ny, 1), np.float32))

    def step(self):
        f = self.f
        density, u, v = self.moments()
        back = f[:, self.solid]
        f += self.rate * (equilibrium(density, u, v) - f)
        f[:, self.solid] = back[OPPOSITE]
        for i in range(1, 9):
            f[i] = np.roll(f[i], (CY[i], CX[i]), axis=(0, 1))
        f[:, :, :1] = self.inlet
        f[:, :, -1] = f[:, :, -2]

    def moments(self):
        f = self.f
        density = f.sum(0)
        u = (f[1] + f[5] + f[8] - f[3] - f[6] - f[7]) / density
        v = (f[2] + f[5] + f[6] - f[4] - f[7] - f[8]) / density
        return density, u, v


def period(keep=None):
    """(x, y, u, v, strouhal): u and v as [snapshot, row, column] over one period. With `keep`, read from or kept in that .npz file."""
    if keep and os.path.exists(keep):
        with np.load(keep) as stored:
            return tuple(stored[name] for name in ("x", "y", "u", "v", "strouhal"))
    result = simulate()
    if keep:
        np.savez(keep, **dict(zip(("x", "y", "u", "v", "strouhal"), result)))
    return result


def simulate():
    tunnel = Tunnel()
    expected = CELLS_PER_DIAMETER / (0.195 * FREE_STREAM)
    probe = (tunnel.ny // 2, int((UPSTREAM + 3) * CELLS_PER_DIAMETER))
    crossings, before = [], 0.0
    for time in range(int(WARM_UP_PERIODS * expected)):
        tunnel.step()
        now = float(tunnel.moments()[2][probe]) if time % 8 == 0 else before
        if before < 0 <= now:
            crossings.append(time - 8 * now / (now - before))
        before = now
    length = float(np.mean(np.diff(crossings[-4:])))
    us, vs, done = [], [], 0
    for k in range(SNAPSHOTS):
        while done < round(k * length / SNAPSHOTS):
            tunnel.step()
            done += 1
        _, u, v = tunnel.moments()
        us.append(np.where(tunnel.solid, 0, u / FREE_STREAM).astype(np.float32))
        vs.append(np.where(tunnel.solid, 0, v / FREE_STREAM).astype(np.float32))
    return tunnel.x, tunnel.y, np.stack(us), np.stack(vs), np.float64(CELLS_PER_DIAMETER / (length * FREE_STREAM))


class Wake:
    """The periodic flow as functions of place (diameters) and time (periods)."""

    def __init__(self, keep=None):
        self.x, self.y, self.u, self.v, strouhal = period(keep)
        self.strouhal = float(strouhal)
        dx = float(self.x[1] - self.x[0])
        self.vorticity = (np.gradient(self.v, dx, axis=2) - np.gradient(self.u, dx, axis=1)).astype(np.float32)

    def at(self, field, x, y, t):
        """Linear in space and time; outside of the simulated region the value at its edge."""
        dx = self.x[1] - self.x[0]
        i = np.clip((x - self.x[0]) / dx, 0, len(self.x) - 1.001)
        j = np.clip((y - self.y[0]) / dx, 0, len(self.y) - 1.001)
        k = (t % 1) * len(field)
        k0 = int(k) % len(field)
        i0, j0 = i.astype(int), j.astype(int)
        fi, fj, fk = i - i0, j - j0, k - int(k)

        def plane(n):
            p = field[n]
            low = p[j0, i0] * (1 - fi) + p[j0, i0 + 1] * fi
            high = p[j0 + 1, i0] * (1 - fi) + p[j0 + 1, i0 + 1] * fi
            return low * (1 - fj) + high * fj

        return plane(k0) * (1 - fk) + plane((k0 + 1) % len(field)) * fk
