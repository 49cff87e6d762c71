// `npm run test:oracle`: every DaVis fixture, particle sets and a row of arrays are converted by the built command line and read back with lvpyio, LaVision's reader. It is
// installed in a private virtual environment in the user's cache folder; STREAKLINE_ORACLE_PYTHON names a ready interpreter instead.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const PACKAGES = ['lvpyio==1.5.0', 'numpy'];
const FILES = /\.(set|im7|vc7|imx|img|vec)$/i;

function run(program, args, options = {}) {
  return spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28, ...options });
}

/** An interpreter with the packages, or a sentence why there is none. */
function findPython() {
  const given = process.env.STREAKLINE_ORACLE_PYTHON;
  if (given) return { python: given };
  const base = ['python3', 'python'].find(
    (name) => run(name, ['-c', 'import sys; sys.exit(not (3, 9) <= sys.version_info[:2] <= (3, 13))']).status === 0,
  );
  if (!base) return { missing: 'there is no Python 3.9 to 3.13' };
  const cache =
    process.env.XDG_CACHE_HOME || (process.platform === 'win32' ? process.env.LOCALAPPDATA : undefined) || join(homedir(), '.cache');
  const folder = join(cache, 'streakline', 'oracle');
  const python = process.platform === 'win32' ? join(folder, 'Scripts', 'python.exe') : join(folder, 'bin', 'python');
  if (existsSync(python) && run(python, ['-c', 'import lvpyio, numpy']).status === 0) return { python };
  console.log(`Installing ${PACKAGES.join(' and ')} in ${folder} ...`);
  mkdirSync(dirname(folder), { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  if (run(base, ['-m', 'venv', folder], { stdio: 'inherit' }).status !== 0) return { missing: 'no virtual environment could be made' };
  const install = run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...PACKAGES], { stdio: 'inherit' });
  return install.status === 0 ? { python } : { missing: `${PACKAGES[0]} could not be installed` };
}

/** Runs commands in one process of the command line; those that failed are told. */
function convertAll(commands) {
  const batch = run(process.execPath, [join(root, 'out', 'main', 'cli.mjs'), 'batch'], {
    input: commands.map((command) => JSON.stringify(command)).join('\n'),
  });
  const answers = batch.stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return commands.map((command, at) => ({
    command,
    answer: answers[at] ?? { ok: false, error: { code: 'internal', message: batch.stderr } },
  }));
}

/** Fixtures that are not to be opened, or hold nothing, fail as they should. */
const EXPECTED_FAILURES = ['malformed', 'truncated', 'unsupported', 'missing-companion', 'unknown-format', 'not-found', 'access-denied'];

function compareFixtures(python, folder, options) {
  const source = join(root, 'fixtures', 'davis');
  const names = readdirSync(source).filter((name) => FILES.test(name));
  const convert = (name, extension) => [
    'convert',
    join(source, name),
    join(folder, `${name.replace(/\.set$/i, '')}${extension}`),
    ...options,
  ];
  const sets = convertAll(names.filter((name) => /\.set$/i.test(name)).map((name) => convert(name, '.set')));
  const images = convertAll(names.filter((name) => !/\.set$/i.test(name)).map((name) => convert(name, '.im7')));
  // What holds vectors is refused under the name of images.
  const vectors = convertAll(
    images
      .filter(({ answer }) => answer.error?.code === 'invalid-option')
      .map(({ command }) => command.map((word) => word.replace(/\.im7$/, '.vc7')).map((word, at) => (at === 1 ? command[1] : word))),
  );
  const all = [...sets, ...images.filter(({ answer }) => answer.error?.code !== 'invalid-option'), ...vectors];
  const strange = all.filter(({ answer }) => !answer.ok && !EXPECTED_FAILURES.includes(answer.error.code));
  for (const { command, answer } of strange) console.log(`${command[1]}: ${answer.error.message}`);
  const pairs = all.filter(({ answer }) => answer.ok).map(({ command, answer }) => JSON.stringify([command[1], answer.result.target]));
  const compared = run(python, ['-W', 'ignore', join(root, 'test', 'oracle', 'compare.py')], { input: pairs.join('\n') });
  console.log(`${compared.stdout.trim()}${compared.status === 0 ? '' : `\n${compared.stderr.trim()}`}`);
  return strange.length === 0 && compared.status === 0;
}

function compareArrays(python, folder) {
  const script = join(root, 'test', 'oracle', 'arrays.py');
  const made = run(python, [script, 'make', folder]);
  const commands = made.stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [name, ...options] = line.split(' ');
      return ['convert', join(folder, `${name}.npy`), join(folder, `${name}.set`), ...options.flatMap((option) => ['-w', option])];
    });
  for (const { command, answer } of convertAll(commands)) if (!answer.ok) console.log(`${command[1]}: ${answer.error.message}`);
  const checked = run(python, [script, 'check', folder]);
  console.log(`${checked.stdout.trim()}${checked.status === 0 ? '' : `\n${checked.stderr.trim()}`}`);
  return made.status === 0 && checked.status === 0;
}

/** Sets that lvpyio itself reads otherwise: it shows zeros for what is missing. */
const DAMAGED = ['bad_track', 'cut', 'no_scalar', 'no_extras'];
/** Tables that every particle set goes through on its way to another set. */
const TABLES = ['.csv', '.npz', '.parquet', '.h5'];

/** Particle sets are written as sets, and as tables that become sets again; tables become the sets that lvpyio makes of the same numbers. */
function compareParticles(python, folder) {
  const script = join(root, 'test', 'oracle', 'particles.py');
  const source = join(root, 'fixtures', 'davis-particles');
  const names = readdirSync(source).filter((name) => FILES.test(name) && !DAMAGED.includes(name.replace(/\.set$/, '')));
  const ways = names.flatMap((name) => ['', ...TABLES].map((table) => ({ name, table })));
  const place = ({ name, table }) => join(folder, `${name.replace(/\.set$/, '')}${table.replace('.', '_')}`);
  const tables = ways.filter(({ table }) => table !== '');
  const written = convertAll(tables.map((way) => ['convert', join(source, way.name), `${place(way)}${way.table}`]));
  const sets = convertAll(
    ways.map((way) => ['convert', way.table === '' ? join(source, way.name) : `${place(way)}${way.table}`, `${place(way)}.set`]),
  );
  const made = run(python, ['-W', 'ignore', script, 'make', folder]);
  const examples = made.stdout
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const imported = convertAll(examples.map(([, table, target]) => ['convert', table, target, '--to', 'davis-particles']));
  const strange = [...written, ...sets, ...imported].filter(
    ({ answer }) => !answer.ok && ![...EXPECTED_FAILURES, 'not-found'].includes(answer.error.code),
  );
  for (const { command, answer } of strange) console.log(`${command[1]}: ${answer.error.message}`);
  const pairs = [
    ...sets.map(({ answer }, at) => [join(source, ways[at].name), answer.ok && answer.result.target]),
    ...imported.map(({ answer }, at) => [examples[at][0], answer.ok && answer.result.target]),
  ].filter(([, target]) => target);
  const compared = run(python, ['-W', 'ignore', script], { input: pairs.map((pair) => JSON.stringify(pair)).join('\n') });
  console.log(`${compared.stdout.trim()}${compared.status === 0 ? '' : `\n${compared.stderr.trim()}`}`);
  return made.status === 0 && strange.length === 0 && imported.every(({ answer }) => answer.ok) && compared.status === 0;
}

const { python, missing } = findPython();
if (!python) {
  console.log(`\n!! NOT COMPARED with the reference reader: ${missing}.\n`);
} else if (run(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-stale'], { stdio: 'inherit' }).status !== 0) {
  process.exitCode = 1;
} else {
  const folder = mkdtempSync(join(tmpdir(), 'streakline-oracle-'));
  try {
    const results = [
      ['zlib', ['-w', 'pack=zlib']],
      ['raw', ['-w', 'pack=raw']],
    ].map(([name, options]) => {
      console.log(`\n== fixtures, ${name}`);
      mkdirSync(join(folder, name));
      return compareFixtures(python, join(folder, name), options);
    });
    console.log('\n== arrays');
    results.push(compareArrays(python, folder));
    console.log('\n== particle sets');
    mkdirSync(join(folder, 'particles'));
    results.push(compareParticles(python, join(folder, 'particles')));
    process.exitCode = results.every(Boolean) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
