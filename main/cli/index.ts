#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DataError } from '../../shared/model/data-error.ts';
import { runCommand } from './run-command.ts';

// Entry of the command line on Node: out/main/cli.mjs.
const programFolder = dirname(fileURLToPath(import.meta.url));

/** The desktop app is started as `npm start` starts it, which knows where a runtime is and what to do without one. */
function openApp(paths: readonly string[]): Promise<number> {
  const script = join(programFolder, '..', '..', 'scripts', 'start.mjs');
  if (!existsSync(script)) {
    throw new DataError('unsupported', 'The desktop app is not part of this installation.', {
      hint: 'Use streakline serve for the browser.',
    });
  }
  const child = spawn(process.execPath, [script, ...paths.map((path) => resolve(path))], { stdio: 'inherit' });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('exit', (code, signal) => done(signal ? 130 : (code ?? 1)));
  });
}

process.exitCode = await runCommand(process.argv.slice(2), { programFolder, openApp });
