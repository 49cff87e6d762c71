// Prepares what the end-to-end tests run in, and says loudly what this machine lacks; with CI=true a lack is a failure.
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, isStale } from '../../scripts/build.mjs';
import { findRuntime, runtimeArguments } from '../../scripts/electron-runtime.mjs';
import { packageProgram } from '../../scripts/package.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const MAC_BROWSERS = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
const WINDOWS_BROWSERS = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)']].map(
  (folder) => `${folder}\\Google\\Chrome\\Application\\chrome.exe`,
);

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function onPath(names) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function findBrowser() {
  const given = process.env.STREAKLINE_CHROMIUM;
  if (given) return isExecutable(given) ? given : undefined;
  if (process.platform === 'darwin') return MAC_BROWSERS.find(isExecutable);
  if (process.platform === 'win32') return WINDOWS_BROWSERS.find(isExecutable);
  return onPath(['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']);
}

/** A screen of our own on a free number: tests do not steal the focus of whoever works here. */
async function startDisplay() {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp', '-noreset'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  process.once('exit', () => server.kill());
  const number = await new Promise((done, fail) => {
    server.on('error', fail);
    server.on('exit', (code) => fail(new Error(`Xvfb ended with code ${code}`)));
    server.stdio[3].once('data', (data) => done(data.toString().trim()));
  });
  return { name: `:${number}`, stop: () => server.kill() };
}

function report(lacks) {
  if (lacks.length === 0) return;
  const line = '!'.repeat(100);
  console.error([line, ...lacks.map(({ what, install }) => `NOT TESTED: ${what}. ${install}`), line].join('\n'));
  if (process.env.CI) throw new Error(`in CI nothing may be missing: ${lacks.map(({ what }) => what).join('; ')}`);
}

async function tryPackaging(lacks) {
  if (process.env.STREAKLINE_SKIP_PACKAGE) return undefined;
  try {
    const folder = await packageProgram({ test: true });
    return join(folder, 'linux-unpacked', 'streakline');
  } catch (error) {
    lacks.push({
      what: `the packed program (${error.message.trim()})`,
      install: 'npm needs to reach its registry once to fetch electron-builder',
    });
    return undefined;
  }
}

export default async function setup({ provide }) {
  if (isStale()) await build();
  const lacks = [];
  const screenshots = join(root, 'out', 'test', 'screenshots');
  mkdirSync(screenshots, { recursive: true });

  const chromium = findBrowser();
  if (!chromium)
    lacks.push({
      what: 'the page in a browser (no Chromium)',
      install: 'Install it: apt-get install chromium, or set STREAKLINE_CHROMIUM',
    });

  const runtime = findRuntime();
  if ('missing' in runtime) lacks.push({ what: `the desktop program (${runtime.missing})`, install: '' });
  const needsDisplay = process.platform === 'linux';
  const canShow = !needsDisplay || onPath(['Xvfb']) !== undefined;
  if (!canShow) lacks.push({ what: 'the desktop program (no Xvfb to show a window in)', install: 'Install it: apt-get install xvfb' });
  const electron = canShow && 'executable' in runtime ? runtime.executable : undefined;
  const packaged = electron && needsDisplay ? await tryPackaging(lacks) : undefined;
  report(lacks);

  const display = needsDisplay && electron ? await startDisplay() : undefined;
  provide('stage', { root, screenshots, chromium, electron, packaged, electronArguments: runtimeArguments(), display: display?.name });
  return () => display?.stop();
}
