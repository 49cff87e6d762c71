// The data of the benchmarks in the user's cache folder, each kind written on the first run.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../scripts/electron-runtime.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(cacheFolder(), 'bench');
const PACKINGS = ['bits12', 'bytes', 'floats', 'doubles', 'plain2c', 'plain3c', 'choices', 'small'];

/** A folder that appears when it is whole; `commands` write into the one they are given. */
function made(name, size, commands) {
  const target = join(folder, name);
  if (existsSync(target)) return target;
  console.error(`Writing data of the benchmarks (${size}, once) ...`);
  const fresh = `${target}-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  for (const [program, ...args] of commands(fresh)) {
    if (spawnSync(program, args, { stdio: ['ignore', 'inherit', 'inherit'] }).status === 0) continue;
    rmSync(fresh, { recursive: true, force: true });
    throw new Error('the data could not be written');
  }
  renameSync(fresh, target);
  return target;
}

/** Paths as bench/row.ts names them; undefined where images and vectors are not there and no Python can write them. */
export function benchData(python) {
  if (!python && !(existsSync(join(folder, 'data-1')) && existsSync(join(folder, 'packings-1')))) return undefined;
  const plain = made('data-1', '120 MB', (fresh) => [[python, join(here, 'make_data.py'), fresh]]);
  const [images, vectors] = [join(plain, 'images.set'), join(plain, 'vectors.set')];
  const packings = made('packings-1', '70 MB', (fresh) => [[python, join(here, 'make_packings.py'), images, vectors, fresh]]);
  const particleSet = (target, steps, particles) => [
    process.execPath,
    join(here, 'make_particles.mjs'),
    target,
    `${steps}`,
    `${particles}`,
  ];
  const particles = made('particles-1', '200 MB', (fresh) => [50, 5].map((steps) => particleSet(join(fresh, `steps${steps}`), steps, 1e5)));
  const million = made('particles-million-1', '80 MB', (fresh) => [particleSet(join(fresh, 'million'), 2, 1e6)]);
  const scratch = join(folder, `scratch-${process.pid}`);
  mkdirSync(scratch, { recursive: true });
  return {
    images,
    raw: join(plain, 'raw.set'),
    vectors,
    packings: Object.fromEntries(PACKINGS.map((name) => [name, join(packings, `${name}.set`)])),
    particles: join(particles, 'steps50.set'),
    fewParticles: join(particles, 'steps5.set'),
    millionParticles: join(million, 'million.set'),
    scratch,
  };
}
