// `npm run package`: an unpacked, runnable build of the program in dist/. With `--test` the variant that the end-to-end suite drives.
import { spawnSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isStale } from './build.mjs';
import { findRuntime } from './electron-runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Not in package.json: its 300 packages are needed here only. */
const BUILDER = 'electron-builder@26.17.0';
/** The eighth fuse came with Electron 29; an older runtime can only be packed with the test configuration. */
const FIRST_WITH_ALL_FUSES = 29;

/** Folder of the packed program's binary; throws one sentence where it cannot be made. */
export async function packageProgram({ test = false, say = console.error } = {}) {
  const runtime = findRuntime({ say });
  if ('missing' in runtime) throw new Error(`nothing to pack with: ${runtime.missing}`);
  const old = Number.parseInt(runtime.version, 10) < FIRST_WITH_ALL_FUSES;
  if (old && !test) say(`Electron ${runtime.version} is too old for the release configuration: packing the test configuration instead.`);
  if (isStale()) await build();
  const config = test || old ? 'electron-builder.test.yml' : 'electron-builder.yml';
  const options = [
    '--dir',
    '--config',
    config,
    `-c.electronDist=${runtime.dist}`,
    `-c.electronVersion=${runtime.version}`,
    '--publish',
    'never',
  ];
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const done = spawnSync(
    npm[0],
    [...npm.slice(1), 'exec', '--yes', '--loglevel=error', `--package=${BUILDER}`, '--', 'electron-builder', ...options],
    {
      cwd: root,
      stdio: ['ignore', 'ignore', 'pipe'],
      encoding: 'utf8',
      shell: npm[0] === 'npm' && process.platform === 'win32',
    },
  );
  // Fuses are flipped last: after an error there may be a program that runs with all of them open.
  if (done.status !== 0) throw new Error(`${BUILDER} failed:\n${done.stderr}`);
  const folder = join(root, test || old ? 'out/package-test' : 'dist');
  // The runtime's default app only starts programs from a folder; a packed one has its own.
  for (const name of readdirSync(folder, { recursive: true })) if (name.endsWith('default_app.asar')) rmSync(join(folder, name));
  return folder;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log(await packageProgram({ test: process.argv.includes('--test') }));
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
