// Runs the measuring page in Chromium through the server of `streakline serve`, and in the desktop program over its ports. No debugger is attached:
// it would slow the transport. The page puts its times into its title, which the browser's own list of pages tells.
import { spawn } from 'node:child_process';
import { cpSync, createReadStream, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isStale } from '../scripts/build.mjs';
import { findRuntime, runtimeArguments } from '../scripts/electron-runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const LIMIT_MS = 240_000;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript' };
const RAW_IMAGE_BYTES = 2048 * 2048 * 2;

function onPath(names) {
  return names
    .flatMap((name) => (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Times by row name, each a list of milliseconds; undefined with a sentence on stderr where there is no browser. */
export async function measureInBrowser({ startBenchServer, pageDir, worker, data }) {
  const browser = process.env.STREAKLINE_CHROMIUM ?? onPath(BROWSERS);
  if (!browser) return void console.error('No Chromium on the path (set STREAKLINE_CHROMIUM): the rows of the browser are left out.');
  writeFileSync(join(pageDir, 'bare.bin'), new Uint8Array(RAW_IMAGE_BYTES));
  const server = await startBenchServer(worker, pageDir);
  const url = `${server.url}&raw=${encodeURIComponent(data.raw)}&images=${encodeURIComponent(data.images)}`;
  try {
    return await timesOf(browser, ['--headless', '--disable-gpu'], [url]);
  } finally {
    await server.close();
  }
}

/** Particles in space beside three.js and, where `plotly` is its file, plotly. WebGL runs in software: what is compared is drawing without a graphics card. */
export async function measureSpace({ pageDir, plotly }) {
  const browser = process.env.STREAKLINE_CHROMIUM ?? onPath(BROWSERS);
  if (!browser)
    return void console.error('No Chromium on the path (set STREAKLINE_CHROMIUM): the rows of space in the browser are left out.');
  if (plotly) cpSync(plotly, join(pageDir, 'plotly.min.js'));
  const server = createServer((request, response) => {
    const file = join(pageDir, decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    if (!existsSync(file)) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const switches = ['--headless', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'];
  try {
    return await timesOf(browser, switches, [`http://127.0.0.1:${server.address().port}/space.html`]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** The first page in the built desktop program, whose page is replaced by the measuring one. */
export async function measureOnDesktop({ pageDir, data, out }) {
  const runtime = findRuntime({ fetch: false });
  if ('missing' in runtime) return void console.error(`No desktop rows: ${runtime.missing}.`);
  const display = process.platform === 'linux' ? await ownDisplay() : undefined;
  if (process.platform === 'linux' && !display) return void console.error('No desktop rows: there is no Xvfb.');
  if (isStale()) await build();
  const program = join(out, 'desktop');
  rmSync(program, { recursive: true, force: true });
  mkdirSync(program, { recursive: true });
  for (const part of ['main', 'preload']) cpSync(join(root, 'out', part), join(program, part), { recursive: true });
  cpSync(pageDir, join(program, 'renderer'), { recursive: true });
  writeFileSync(join(program, 'package.json'), JSON.stringify({ name: 'streakline-bench', version: '0.0.0', main: 'main/index.cjs' }));
  try {
    return await timesOf(runtime.executable, ['--disable-gpu'], [program, data.raw, data.images], display && { DISPLAY: display.name });
  } finally {
    display?.stop();
  }
}

async function ownDisplay() {
  if (!onPath(['Xvfb'])) return undefined;
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const number = await new Promise((done, fail) => {
    server.on('error', fail);
    server.stdio[3].once('data', (data) => done(data.toString().trim()));
  });
  return { name: `:${number}`, stop: () => server.kill() };
}

async function timesOf(command, switches, rest, env = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'streakline-bench-'));
  const args = [...switches, ...runtimeArguments(), '--remote-debugging-port=0', `--user-data-dir=${profile}`, ...rest];
  const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env } });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    return await waitForTitle(child);
  } finally {
    child.kill();
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

async function waitForTitle(child) {
  let port;
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said = (said + text).slice(-2000);
    port ??= /DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
  });
  for (const end = Date.now() + LIMIT_MS; Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    if (child.exitCode !== null) throw new Error(`the browser ended with exit code ${child.exitCode}: ${said.trim().split('\n').at(-1)}`);
    if (!port) continue;
    const pages = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
    const title = pages.find(({ type }) => type === 'page')?.title ?? '';
    if (title.startsWith('done:')) return JSON.parse(decodeURIComponent(title.slice('done:'.length)));
    if (title.startsWith('failed:')) throw new Error(decodeURIComponent(title.slice('failed:'.length)));
  }
  throw new Error(`the page gave no times within ${LIMIT_MS / 1000} s`);
}
