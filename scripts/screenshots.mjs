// Makes the pictures of README and docs from the real program in a system Chromium: `npm run screenshots` (after `npm run build`).
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const images = join(root, 'docs', 'images');
const wake = join('examples', 'cylinder-wake');
const vectors = join(wake, 'PIV 32x32, 75 %.set');
const recording = join(wake, 'Recording.set');
const tracks = join(wake, 'Tracks.set');
const SETTLE_MS = 1500;

/** name, theme, paths to open, what to do before the picture is taken */
const PICTURES = [
  ['welcome', 'dark', [], async () => {}],
  ['vectors-dark', 'dark', [wake, vectors], async (page) => openNext(page, 12)],
  ['tracks-dark', 'dark', [wake, tracks], async (page) => openNext(page, 20)],
  ['recording-light', 'light', [wake, recording], async (page) => openNext(page, 3)],
];

async function openNext(page, count) {
  await page.getByRole('img').first().focus();
  for (let i = 0; i < count; i++) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(80);
  }
  const box = await page.locator('canvas').first().boundingBox();
  if (box) await page.mouse.move(box.x + box.width * 0.45, box.y + box.height * 0.42);
}

/** A server of its own, so that every picture starts from the same state. */
async function serve(paths) {
  const server = spawn(process.execPath, [join(root, 'out', 'main', 'cli.mjs'), 'serve', ...paths], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((found, failed) => {
    let said = '';
    server.stdout.on('data', (bytes) => {
      said += bytes;
      const match = /http:\/\/\S+/.exec(said);
      if (match) found(match[0]);
    });
    server.on('exit', (code) => failed(new Error(`serve ended with ${code}`)));
  });
  return { url, close: () => server.kill('SIGINT') };
}

const only = process.argv.slice(2);
mkdirSync(images, { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.STREAKLINE_CHROMIUM ?? '/usr/bin/chromium',
  args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-gpu', '--disable-background-networking'],
});
for (const [name, colorScheme, paths, prepare] of PICTURES) {
  if (only.length > 0 && !only.includes(name)) continue;
  const server = await serve(paths);
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme });
  await page.goto(server.url);
  await page.waitForTimeout(SETTLE_MS);
  await prepare(page);
  await page.waitForTimeout(SETTLE_MS);
  await page.screenshot({ path: join(images, `${name}.png`) });
  await page.close();
  server.close();
  console.log(`docs/images/${name}.png`);
}
await browser.close();
