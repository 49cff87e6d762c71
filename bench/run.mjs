// Measures Streakline beside the reference tools on the same data and prints a table: `npm run bench [-- --turns N] [--only TEXT]`.
// Each turn runs our work and the reference's one after the other, in changing order; the ratio is the median of the turns' ratios.
import { mkdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { benchData, findPython, startReference } from './reference.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'out', 'bench');

/** Node cannot load our TypeScript, so the rows are bundled first. */
async function buildRows() {
  const vite = await import('vite');
  mkdirSync(out, { recursive: true });
  await vite.build({
    configFile: false, root, logLevel: 'warn', mode: 'production', publicDir: false, ssr: { noExternal: true },
    build: {
      ssr: true, target: 'node20', minify: false, emptyOutDir: true, outDir: out, reportCompressedSize: false,
      rolldownOptions: {
        input: { rows: join(root, 'bench', 'rows.ts') },
        external: [...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  return import(pathToFileURL(join(out, 'rows.mjs')).href);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** One turn more than asked: the first of each warms up and is dropped. */
async function measure(row, reference, turns) {
  const ours = [];
  const theirs = [];
  for (let turn = 0; turn <= turns; turn++) {
    const them = row.reference && reference ? () => reference.ask(row.reference(turn)) : undefined;
    const first = turn % 2 === 0 ? undefined : await them?.();
    const mine = await row.run(turn);
    const other = turn % 2 === 0 ? await them?.() : first;
    if (turn === 0) continue;
    ours.push(mine);
    if (other !== undefined) theirs.push(other);
  }
  const ratio = theirs.length > 0 ? median(theirs.map((time, i) => time / ours[i])) : undefined;
  return { label: row.label, ours: median(ours), theirs: theirs.length > 0 ? median(theirs) : undefined, ratio, row };
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
    ...results.map((r) => [r.label, number(r.ours), number(r.theirs), r.ratio === undefined ? '' : `${number(r.ratio)}x`, goalText(r.row), verdict(r)]),
    ...facts.map((f) => [f.label, f.value, '', '', f.goal, f.met ? 'met' : 'missed']),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells) console.log(`| ${row.map((text, i) => (i === 0 || i > 3 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join(' | ')} |`);
}

async function main() {
  const { values } = parseArgs({ options: { turns: { type: 'string', default: '9' }, only: { type: 'string', default: '' } } });
  const turns = Math.max(1, Number.parseInt(values.turns, 10) || 9);
  const python = findPython();
  const folder = benchData(python);
  if (!folder) return void console.error('Without lvpyio the data cannot be written, and there is nothing to measure.');
  const { benchRows, benchFacts } = await buildRows();
  const reference = python ? await startReference(python) : undefined;
  const data = { images: join(folder, 'images.set'), raw: join(folder, 'raw.set'), vectors: join(folder, 'vectors.set') };
  const versions = Object.entries(reference?.versions ?? {}).map(([name, version]) => `${name} ${version}`);
  console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GB`);
  console.log(`Node ${process.versions.node}${versions.length > 0 ? `, ${versions.join(', ')}` : ''}; medians of ${turns} turns\n`);
  const { rows, close } = await benchRows(data);
  const wanted = (label) => label.includes(values.only);
  const results = [];
  for (const row of rows.filter((row) => wanted(row.label))) {
    process.stderr.write(`${row.label} ...\n`);
    results.push(await measure(row, reference, turns));
  }
  const facts = await benchFacts(data, wanted);
  await close();
  reference?.close();
  printTable(results, facts);
}

await main();
