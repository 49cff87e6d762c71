// Measures Streakline beside the reference tools on the same data and prints a table: `npm run bench [-- --turns N] [--only TEXT]`.
// Each turn runs our work and the reference's one after the other, in changing order; the ratio is the median of the turns' ratios.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildRows, out } from './build.mjs';
import { benchData } from './data.mjs';
import { measure, printTable, result } from './measure.mjs';
import { measureInBrowser, measureOnDesktop, measureSpace } from './measuring-page.mjs';
import { findPython, plotlyFile, startReference, trackMemoryOf } from './reference.mjs';

/** Rows of the page. The Python tools answer right after it, not between its turns. */
async function pageResults(place, times, data, reference) {
  if (!times) return [];
  const [bare, frame, next, prefetched] = [times.bare, times.frame, times.next, times.prefetched].map((list) =>
    list.map((ms) => ({ ms, cpu: 0 })),
  );
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

/** Facts of a program that is measured in a process of its own. */
function factsOf(program, ...args) {
  const done = spawnSync(process.execPath, [join(out, `${program}.mjs`), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (done.status === 0) return JSON.parse(done.stdout);
  console.error(`No rows of ${program}: exit code ${done.status}.`);
  return [];
}

/** Memory is measured once, in processes of their own, whose labels begin with one of these words. */
function memoryFacts(wanted, data, worker, python) {
  const facts = [];
  if (wanted('scrubbing')) facts.push(...factsOf('memory', data.images, worker));
  if (wanted('memory of all tracks'))
    facts.push(...factsOf('particle-memory', data.particles, String((python && trackMemoryOf(python, data.particles)) ?? '')));
  if (wanted('playing 500 steps')) facts.push(...factsOf('playing-memory', data.particles, worker));
  return facts;
}

async function main() {
  const { values } = parseArgs({ options: { turns: { type: 'string', default: '9' }, only: { type: 'string', default: '' } } });
  const turns = Math.max(1, Number(values.turns) || 9);
  const python = findPython();
  const data = benchData(python);
  if (!data) return void console.error('Without lvpyio the data cannot be written, and there is nothing to measure.');
  try {
    await run(data, python, turns, values.only);
  } finally {
    rmSync(data.scratch, { recursive: true, force: true });
  }
}

async function run(data, python, turns, only) {
  const { benchRows, startBenchServer } = await buildRows();
  const reference = python ? await startReference(python) : undefined;
  const versions = Object.entries(reference?.versions ?? {}).map(([name, version]) => `${name} ${version}`);
  const cores = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB`;
  console.log(
    `${new Date().toISOString().slice(0, 10)}, ${cores}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );
  console.log(`Node ${process.versions.node}${versions.length > 0 ? `, ${versions.join(', ')}` : ''}; medians of ${turns} turns\n`);
  const worker = join(out, 'dataset-worker.mjs');
  const { rows, close } = benchRows(data, worker);
  const wanted = (label) => label.includes(only);
  const results = [];
  for (const row of rows.filter((row) => wanted(row.label))) {
    process.stderr.write(`${row.label} ...\n`);
    results.push(await measure(row, reference, turns));
  }
  await close();
  results.push(...(await pages(wanted, data, worker, startBenchServer, reference, python)));
  reference?.close();
  printTable(results, memoryFacts(wanted, data, worker, python));
}

const IN_SPACE = 'points turned in Chromium';

/** Pictures of particles on one page; plotly draws no million of them. */
async function spaceResults(pageDir, python) {
  process.stderr.write(`${IN_SPACE} ...\n`);
  const times = await measureSpace({ pageDir, plotly: python && plotlyFile(python) }).catch(
    (error) => void console.error(`No rows of space in Chromium: ${error.message}`),
  );
  if (!times) return [];
  const spent = (list) => (list ?? []).map((ms) => ({ ms, cpu: 0 }));
  const row = (points, other, ratio, mine, theirs) =>
    result({ label: `${points} ${IN_SPACE} (reference: ${other})`, ratio }, spent(mine).slice(0, theirs?.length), spent(theirs));
  return [
    row('100,000', 'three.js, WebGL in software', undefined, times.ours, times.three),
    row('1,000,000', 'three.js, WebGL in software', 5, times.oursMany, times.threeMany),
    ...(times.plotly ? [row('100,000', 'plotly scatter3d', 50, times.ours, times.plotly)] : []),
  ];
}

async function pages(wanted, data, worker, startBenchServer, reference, python) {
  const pageDir = join(out, 'page');
  const places = {
    browser: () => measureInBrowser({ startBenchServer, pageDir, worker, data }),
    desktop: () => measureOnDesktop({ pageDir, data, out }),
  };
  const results = [];
  if (wanted(IN_SPACE)) results.push(...(await spaceResults(pageDir, reference && python)));
  for (const [place, times] of Object.entries(places)) {
    if (!wanted(place)) continue;
    process.stderr.write(`${place} ...\n`);
    // A browser that does not start costs its own rows only.
    const measured = await times().catch((error) => void console.error(`No rows of the ${place}: ${error.message}`));
    results.push(...(await pageResults(place, measured, data, reference)));
  }
  return results;
}

await main();
