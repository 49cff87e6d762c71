// `npm start [-- PATH...]`: opens the desktop program on paths or on the example; where that is impossible, the same in the browser.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isStale } from './build.mjs';
import { findRuntime, runtimeArguments } from './electron-runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const EXAMPLE = join(root, 'examples', 'cylinder-wake');
/** A program that ends with an error this soon could not start at all (a library is missing, the display refused it). */
const START_FAILED_MS = 3000;

function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function passSignals(child) {
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
}

/** Undefined when it ran, otherwise why it could not. */
async function runDesktop(paths) {
  if (!hasDisplay()) return 'There is no display for a window';
  const runtime = findRuntime();
  if ('missing' in runtime) return `There is no Electron to open a window with (${runtime.missing})`;
  const { ELECTRON_RUN_AS_NODE: _unwanted, ...env } = process.env;
  const began = Date.now();
  const child = spawn(runtime.executable, [...runtimeArguments(), root, ...paths], { stdio: 'inherit', env });
  passSignals(child);
  const code = await new Promise((done) => {
    child.on('error', () => done(1));
    child.on('exit', (status) => done(status ?? 1));
  });
  if (code !== 0 && Date.now() - began < START_FAILED_MS) return `Electron ended at once with code ${code} (${runtime.executable})`;
  process.exitCode = code;
  return undefined;
}

function openInBrowser(url) {
  if (!hasDisplay()) return;
  const [command, ...args] = { darwin: ['open', url], win32: ['cmd', '/c', 'start', '""', url] }[process.platform] ?? ['xdg-open', url];
  const browser = spawn(command, args, { stdio: 'ignore', detached: true });
  browser.on('error', () => {});
  browser.unref();
}

async function serve(paths) {
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'cli.mjs'), 'serve', ...paths], {
    stdio: ['inherit', 'pipe', 'inherit'],
  });
  let opened = false;
  child.stdout.on('data', (chunk) => {
    process.stdout.write(chunk);
    const url = opened ? undefined : /https?:\/\/\S+/.exec(chunk.toString())?.[0];
    if (!url) return;
    opened = true;
    openInBrowser(url);
  });
  passSignals(child);
  process.exitCode = await new Promise((done) => child.on('exit', (code, signal) => done(signal ? 0 : (code ?? 1))));
}

const given = process.argv.slice(2).map((path) => resolve(path));
const paths = given.length > 0 || !existsSync(EXAMPLE) ? given : [EXAMPLE];
if (isStale()) {
  console.error('Building ...');
  await build();
}
const reason = await runDesktop(paths);
if (reason) {
  console.error(`${reason}: serving to the browser instead.`);
  await serve(paths);
}
