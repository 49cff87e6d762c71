// Draws the picture of the example on the welcome page with the built program itself: `node scripts/make-welcome-picture.mjs CHROMIUM`.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const EXAMPLE = join(root, 'examples', 'cylinder-wake', 'PIV 32x32, 75 %.set');
const TARGET = join(root, 'renderer', 'views', 'welcome', 'example.png');
/** The card's proportions, and what of the view's lower edge is covered by scale bar and reference arrow. */
const PROPORTIONS = 434 / 224;
const LEGEND_PIXELS = 44;

const server = spawn(process.execPath, [join(root, 'out', 'main', 'cli.mjs'), 'serve', EXAMPLE, '--quiet'], {
  stdio: ['ignore', 'pipe', 'inherit'],
});
const browser = await chromium.launch({ executablePath: process.argv[2], args: ['--no-sandbox', '--disable-gpu'] });
try {
  const url = await new Promise((found) => server.stdout.on('data', (chunk) => found(String(chunk).trim())));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, colorScheme: 'dark' });
  await page.goto(url);
  const picture = page.locator('[data-panel=centre] [role=img]').first();
  await picture.waitFor();
  await page.waitForTimeout(2000);
  const box = await picture.boundingBox();
  const height = Math.min(box.width / PROPORTIONS, box.height - 2 * LEGEND_PIXELS);
  const width = height * PROPORTIONS;
  await page.mouse.move(0, 0);
  await page.screenshot({
    path: TARGET,
    clip: {
      x: Math.round(box.x + (box.width - width) / 4),
      y: Math.round(box.y + (box.height - height) / 2),
      width: Math.round(width),
      height: Math.round(height),
    },
  });
} finally {
  await browser.close();
  server.kill();
}
