// Measures Streakline beside the reference tools on the same data and prints a table: `npm run bench [-- --turns N] [--only TEXT]`.
// Each turn runs our work and the reference's one after the other, in changing order; the ratio is the median of the turns' ratios.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { measureInBrowser, measureOnDesktop } from './measuring-page.mjs';
import { benchData, findPython, startReference } from './reference.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'out', 'bench');

/** Node cannot load our TypeScript, so the rows are bundled first. */
async function buildRows() {
  const vite = await import('vite');
  mkdirSync(out, { recursive: true });
  await vite.build({
    configFile: false,
    root,
    logLevel: 'warn',
    mode: 'production',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      emptyOutDir: true,
      outDir: out,
      reportCompressedSize: false,
      rolldownOptions: {
        input: {
          rows: join(root, 'bench', 'rows.ts'),
          memory: join(root, 'bench', 'memory.ts'),
          'dataset-worker': join(root, 'main', 'host', 'dataset-worker.ts'),
        },
        external: [...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  await vite.build({
    configFile: false,
    root: join(root, 'bench', 'page'),
    base: './',
    logLevel: 'warn',
    mode: 'production',
    publicDir: false,
    build: {
      target: 'chrome108',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      emptyOutDir: true,
      outDir: join(out, 'page'),
      reportCompressedSize: false,
    },
  });
  return import(pathToFileURL(join(out, 'rows.mjs')).href);
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Work is repeated in each turn, and the median taken: a single run after a pause measures caches and clocks that fell asleep. */
const REPEATS = 3;

async function repeated(work, turn, repeats) {
  const times = [];
  for (let i = 0; i < repeats; i++) times.push(await work(turn * repeats + i));
  return median(times);
}

/** One turn more than asked: the first of each warms up and is dropped. */
async function measure(row, reference, asked) {
  const turns = Math.min(asked, row.turns ?? asked);
  const repeats = row.turns === undefined ? REPEATS : 1;
  const ours = [];
  const theirs = [];
  const ask = row.reference && reference ? (turn) => reference.ask(row.reference(turn)) : undefined;
  for (let turn = 0; turn <= turns; turn++) {
    const before = ask && turn % 2 === 1 ? await repeated(ask, turn, repeats) : undefined;
    const mine = await repeated(row.run, turn, repeats);
    const other = ask && turn % 2 === 0 ? await repeated(ask, turn, repeats) : before;
    if (turn === 0) continue;
    ours.push(mine);
    if (other !== undefined) theirs.push(other);
  }
  return result(row, ours, theirs);
}

function result(row, ours, theirs) {
  const ratio = theirs.length > 0 ? median(theirs.map((time, i) => time / ours[i])) : undefined;
  return { label: row.label, ours: median(ours), theirs: theirs.length > 0 ? median(theirs) : undefined, ratio, row };
}

/** Rows of the page. The Python tools answer right after it, not between its turns. */
async function pageResults(place, times, data, reference) {
  if (!times) return [];
  const { bare, frame, next, prefetched } = times;
  const theirs = [];
  for (let turn = 0; reference && turn < next.length; turn++) theirs.push(await reference.ask(['next_picture', data.images, turn, 1000]));
  const isServed = place === 'browser';
  return [
    isServed
      ? result({ label: 'browser: image of 8 MB from host to page (reference: bare fetch)', ratio: 0.77 }, frame, bare)
      : result({ label: `${place}: image of 8 MB from host to page` }, frame, []),
    result({ label: `${place}: next buffer, disk to canvas`, ratio: 5 }, next, theirs),
    result({ label: `${place}: next buffer when prefetched, to canvas`, ratio: 5, limitMs: 16 }, prefetched, theirs),
  ];
}

/** Measured in a process of its own. */
function memoryFacts(data, worker) {
  process.stderr.write('scrubbing ...\n');
  const done = spawnSync(process.execPath, [join(out, 'memory.mjs'), data.images, worker], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (done.status === 0) return JSON.parse(done.stdout);
  console.error(`No rows of the memory: exit code ${done.status}.`);
  return [];
}

function goalText({ ratio, limitMs }) {
  return [ratio === undefined ? '' : `>= ${ratio}x`, limitMs === undefined ? '' : `<= ${limitMs} ms`].filter(Boolean).join(', ');
}

function verdict({ ours, ratio, row }) {
  if (row.ratio === undefined && row.limitMs === undefined) return '';
  if (row.ratio !== undefined && ratio === undefined) return '?';
  return (row.ratio === undefined || ratio >= row.ratio) && (row.limitMs === undefined || ours <= row.limitMs) ? 'met' : 'missed';
}

const number = (value) => (value === undefined ? '' : value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2));

function printTable(results, facts) {
  const cells = [
    ['path', 'ours, ms', 'reference, ms', 'ratio', 'goal', ''],
    ['---', '---:', '---:', '---:', '---', '---'],
    ...results.map((r) => [
      r.label,
      number(r.ours),
      number(r.theirs),
      r.ratio === undefined ? '' : `${number(r.ratio)}x`,
      goalText(r.row),
      verdict(r),
    ]),
    ...facts.map((f) => [f.label, f.value, '', '', f.goal, f.met ? 'met' : 'missed']),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells)
    console.log(`| ${row.map((text, i) => (i === 0 || i > 3 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join(' | ')} |`);
}

async function main() {
  const { values } = parseArgs({ options: { turns: { type: 'string', default: '9' }, only: { type: 'string', default: '' } } });
  const turns = Math.max(1, Number.parseInt(values.turns, 10) || 9);
  const python = findPython();
  const folder = benchData(python);
  if (!folder) return void console.error('Without lvpyio the data cannot be written, and there is nothing to measure.');
  const { benchRows, startBenchServer } = await buildRows();
  const reference = python ? await startReference(python) : undefined;
  const data = { images: join(folder, 'images.set'), raw: join(folder, 'raw.set'), vectors: join(folder, 'vectors.set') };
  const versions = Object.entries(reference?.versions ?? {}).map(([name, version]) => `${name} ${version}`);
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB`,
  );
  console.log(`Node ${process.versions.node}${versions.length > 0 ? `, ${versions.join(', ')}` : ''}; medians of ${turns} turns\n`);
  const worker = join(out, 'dataset-worker.mjs');
  const { rows, close } = await benchRows(data, worker);
  const wanted = (label) => label.includes(values.only);
  const results = [];
  for (const row of rows.filter((row) => wanted(row.label))) {
    process.stderr.write(`${row.label} ...\n`);
    results.push(await measure(row, reference, turns));
  }
  await close();
  const pageDir = join(out, 'page');
  const places = {
    browser: () => measureInBrowser({ startBenchServer, pageDir, worker, data }),
    desktop: () => measureOnDesktop({ pageDir, data, out }),
  };
  for (const [place, times] of Object.entries(places)) {
    if (!wanted(place)) continue;
    process.stderr.write(`${place} ...\n`);
    // A browser that does not start costs its own rows only.
    const measured = await times().catch((error) => void console.error(`No rows of the ${place}: ${error.message}`));
    results.push(...(await pageResults(place, measured, data, reference)));
  }
  const facts = wanted('scrubbing') ? memoryFacts(data, worker) : [];
  reference?.close();
  printTable(results, facts);
}

await main();
