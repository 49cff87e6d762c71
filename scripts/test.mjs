// `npm test`: types, build, all suites. Words after `--` are handed to vitest (paths, -t NAME). The last line says what came out.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const results = join(root, 'out', 'test');
const filters = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };

function runNode(script, args) {
  return spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' }).status ?? 1;
}

/** One step that passes or fails as a whole. */
function step(name, script, ...args) {
  console.log(`\n== ${name}`);
  const passed = runNode(script, args) === 0;
  total[passed ? 'passed' : 'failed'] += 1;
  return passed;
}

function suite(project) {
  console.log(`\n== ${project} tests`);
  const file = join(results, `${project}.json`);
  rmSync(file, { force: true });
  const options = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const code = runNode('node_modules/vitest/vitest.mjs', [...options, ...filters]);
  const found = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const failed = found?.numFailedTests ?? 0;
  total.passed += found?.numPassedTests ?? 0;
  total.skipped += (found?.numPendingTests ?? 0) + (found?.numTodoTests ?? 0);
  // A file that cannot be loaded, or a set-up that refuses, fails without a failed test.
  total.failed += failed > 0 || code === 0 ? failed : 1;
}

mkdirSync(results, { recursive: true });
step('types', 'node_modules/typescript/bin/tsc', '-p', '.');
if (step('build', 'scripts/build.mjs', '--if-stale')) for (const project of ['unit', 'e2e']) suite(project);
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed > 0 ? 1 : 0;
