import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const CLI = join(root, 'out', 'main', 'cli.mjs');

export const FIXTURES = join(root, 'fixtures');

export interface CliResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts the built command line as a process of its own; `npm test` builds it first. */
export function startCli(args: readonly string[], cwd = root): ChildProcessWithoutNullStreams {
  if (!existsSync(CLI)) throw new Error(`${CLI} is not built: run node scripts/build.mjs`);
  return spawn(process.execPath, [CLI, ...args], { cwd });
}

export async function cli(args: readonly string[], input = ''): Promise<CliResult> {
  const child = startCli(args);
  const ended = endOf(child);
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return ended;
}

export function endOf(child: ChildProcessWithoutNullStreams): Promise<CliResult> {
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, stdout, stderr }));
  });
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'streakline-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
