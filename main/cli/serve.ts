import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { DataError } from '../../shared/model/data-error.ts';
import { locatePath } from '../host/locate.ts';
import { createSession } from '../host/session.ts';
import { startWorkerAt } from '../host/worker-thread.ts';
import { startServer } from '../server/server.ts';
import { isInside } from '../sources/disk-folder.ts';
import { toJson, type CommandAnswer, type CommandCall, type CommandSpec } from './command.ts';
import { flag, textOption } from './given-options.ts';
import { addOutputOptions } from './reader-options.ts';

const TOKEN_BYTES = 24;
const MAX_PORT = 65_535;
const EXAMPLE = join('examples', 'cylinder-wake');

/** `programFolder` holds the built program: the dataset worker is in it, the page and the example are found from it. */
export function serveCommand(programFolder: string | undefined): CommandSpec {
  return {
    name: 'serve',
    configure: (command) => {
      addOutputOptions(command.description('Serve the app to a browser on this machine and print its address; Ctrl-C ends it.'))
        .argument('[path...]', 'files and folders to open in the page')
        .option('--port <N>', 'port of the server (default: any free one)')
        .option('--root <folder>', 'folder that is never left (default: the working folder, or the folder of paths outside of it)')
        .option('--open', 'open the address in the browser');
    },
    run: (call) => runServe(call, programFolder),
  };
}

async function runServe(call: CommandCall, programFolder: string | undefined): Promise<CommandAnswer> {
  if (!programFolder) throw new DataError('unsupported', 'This build of the program does not contain the page to serve.');
  const paths = call.args.map((path) => resolve(path));
  const root = resolve(textOption(call, 'root') ?? defaultRoot(paths));
  for (const path of [root, ...paths]) await locatePath(path, root);
  const session = createSession({
    root,
    startWorker: startWorkerAt(join(programFolder, 'dataset-worker.mjs').replace('app.asar', 'app.asar.unpacked')),
  });
  try {
    const server = await startServer({
      session,
      token: randomBytes(TOKEN_BYTES).toString('base64url'),
      port: portOption(call),
      rendererDir: join(programFolder, '..', 'renderer'),
      start: { paths, ...exampleInside(programFolder, root) },
    });
    try {
      await call.io.out(flag(call, 'json') ? `${toJson({ url: server.url, root })}\n` : `${server.url}\n`);
      if (!flag(call, 'quiet')) call.io.err(`Serving ${root}; Ctrl-C ends it.\n`);
      if (flag(call, 'open')) openBrowser(server.url);
      await untilAborted(call.io.signal);
    } finally {
      await server.close();
    }
  } finally {
    await session.close();
  }
  return { result: undefined, text: () => '' };
}

function portOption(call: CommandCall): number {
  const text = textOption(call, 'port') ?? '0';
  if (!/^\d{1,5}$/.test(text) || Number(text) > MAX_PORT)
    throw new DataError('invalid-option', `--port must be a number from 0 to ${MAX_PORT}, got '${text}'.`, { field: 'port' });
  return Number(text);
}

/** The working folder where it holds all paths, otherwise the folder that is common to the paths. */
function defaultRoot(paths: readonly string[]): string {
  const here = process.cwd();
  const [first, ...others] = paths;
  if (first === undefined || paths.every((path) => isInside(path, here))) return here;
  let common = dirname(first);
  for (const path of others) while (!isInside(path, common)) common = dirname(common);
  return common;
}

/** The bundled example, where the root lets it be opened. */
function exampleInside(programFolder: string, root: string): { readonly example?: string } {
  const example = join(programFolder, '..', '..', EXAMPLE).replace(`app.asar${sep}`, '');
  return existsSync(example) && isInside(example, root) ? { example } : {};
}

function openBrowser(url: string): void {
  const [command, args] =
    process.platform === 'darwin'
      ? (['open', [url]] as const)
      : process.platform === 'win32'
        ? (['cmd', ['/c', 'start', '""', url]] as const)
        : (['xdg-open', [url]] as const);
  const browser = spawn(command, args, { stdio: 'ignore', detached: true });
  // No browser: the address was printed.
  browser.on('error', () => {});
  browser.unref();
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) done();
    else signal.addEventListener('abort', () => done(), { once: true });
  });
}
