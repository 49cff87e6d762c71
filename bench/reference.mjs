// The reference tools in a Python process of their own: found, made once, asked line by line.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from '../scripts/electron-runtime.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const PACKAGES = ['lvpyio==1.5.0', 'numpy', 'matplotlib', 'h5py', 'tifffile'];

function works(python) {
  return spawnSync(python, ['-c', 'import lvpyio, numpy, matplotlib, h5py, tifffile'], { stdio: 'ignore' }).status === 0;
}

/** STREAKLINE_PYTHON, or an environment in the user's cache folder, made on the first run. Undefined with a sentence on stderr. */
export function findPython() {
  const given = process.env.STREAKLINE_PYTHON;
  if (given) {
    if (works(given)) return given;
    console.error(`STREAKLINE_PYTHON (${given}) cannot import lvpyio, numpy, matplotlib, h5py and tifffile: our times alone.`);
    return undefined;
  }
  const folder = join(cacheFolder(), 'bench', 'python');
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  if (existsSync(python) && works(python)) return python;
  console.error(`Making a Python environment with ${PACKAGES.join(', ')} in the cache folder (once) ...`);
  rmSync(folder, { recursive: true, force: true });
  const made =
    spawnSync(process.platform === 'win32' ? 'python' : 'python3', ['-m', 'venv', folder], { stdio: 'ignore' }).status === 0 &&
    spawnSync(python, ['-m', 'pip', 'install', '--quiet', ...PACKAGES], { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0;
  if (made && works(python)) return python;
  console.error('No Python 3.9 to 3.13 with lvpyio here (set STREAKLINE_PYTHON): our times alone.');
  return undefined;
}

/** `ask(command)` gives wall and processor time in milliseconds; commands are answered one at a time. */
export async function startReference(python) {
  const child = spawn(python, [join(here, 'reference')], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error('the reference process ended');
    return JSON.parse(value);
  };
  const { versions } = await next();
  return {
    versions,
    ask: async (command) => {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      const answer = await next();
      if (answer.error) throw new Error(`${command[0]}: ${answer.error}`);
      return answer;
    },
    close: () => child.stdin.end(),
  };
}

/** Peak resident memory in MB of a Python process that reads all tracks of a particle set. */
export function trackMemoryOf(python, path) {
  const done = spawnSync(python, [join(here, 'reference', 'track_memory.py'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  return done.status === 0 ? Number(done.stdout) : undefined;
}

const PLOTLY_FILE = 'import os, plotly; print(os.path.join(os.path.dirname(plotly.__file__), "package_data", "plotly.min.js"))';

/** The file of plotly that comes with its Python package, which is added to our own environment where it lacks. */
export function plotlyFile(python) {
  const find = () => {
    const found = spawnSync(python, ['-c', PLOTLY_FILE], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
    return found.status === 0 && existsSync(found.stdout.trim()) ? found.stdout.trim() : undefined;
  };
  const file = find();
  if (file || process.env.STREAKLINE_PYTHON) return file;
  spawnSync(python, ['-m', 'pip', 'install', '--quiet', 'plotly'], { stdio: 'ignore' });
  return find();
}
