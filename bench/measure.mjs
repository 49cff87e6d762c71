// Turns of our work and the reference's, and what comes out of them.

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Work is repeated in each turn, and the median taken: a single run after a pause measures caches and clocks that fell asleep. */
const REPEATS = 3;

async function repeated(work, turn, repeats) {
  const spent = [];
  for (let i = 0; i < repeats; i++) spent.push(await work(turn * repeats + i));
  return { ms: median(spent.map(({ ms }) => ms)), cpu: median(spent.map(({ cpu }) => cpu)) };
}

/** One turn more than asked: the first of each warms up and is dropped. */
export async function measure(row, reference, asked) {
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

/** Medians of the turns; pages tell no processor time, which is spread over several programs. */
export function result(row, ours, theirs) {
  const ratioOf = (part) =>
    theirs.length > 0 && ours.every((one) => one[part] > 0) ? median(theirs.map((time, i) => time[part] / ours[i][part])) : undefined;
  return {
    row,
    ours: median(ours.map(({ ms }) => ms)),
    theirs: theirs.length > 0 ? median(theirs.map(({ ms }) => ms)) : undefined,
    ratio: ratioOf('ms'),
    cpuRatio: ratioOf('cpu'),
  };
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
const times = (value) => (value === undefined ? '' : `${number(value)}x`);

export function printTable(results, facts) {
  const cells = [
    ['path', 'ours, ms', 'reference, ms', 'ratio', 'of processor time', 'goal', ''],
    ['---', '---:', '---:', '---:', '---:', '---', '---'],
    ...results.map((r) => [r.row.label, number(r.ours), number(r.theirs), times(r.ratio), times(r.cpuRatio), goalText(r.row), verdict(r)]),
    ...facts.map((f) => [f.label, f.value, f.reference ?? '', '', '', f.goal, f.met === undefined ? '?' : f.met ? 'met' : 'missed']),
  ];
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells)
    console.log(`| ${row.map((text, i) => (i === 0 || i > 4 ? text.padEnd(widths[i]) : text.padStart(widths[i]))).join(' | ')} |`);
}
