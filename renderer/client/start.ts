import { desktop } from './desktop.ts';
import { serverAddress } from './server-address.ts';

/** What a server was started with. */
interface StartFacts {
  readonly paths: readonly string[];
  readonly example?: string;
}

let asked: Promise<StartFacts> | undefined;

/** Asked once; a server that cannot tell was started with nothing. */
function startFacts(): Promise<StartFacts> {
  asked ??= askServer();
  return asked;
}

async function askServer(): Promise<StartFacts> {
  const { base, token } = serverAddress();
  const reply = await fetch(`${base}/start`, { headers: { authorization: `Bearer ${token}` } }).catch(() => undefined);
  if (!reply?.ok) return { paths: [] };
  return (await reply.json()) as StartFacts;
}

/** Folder of the example project; undefined where it is not installed. */
export async function examplePath(): Promise<string | undefined> {
  return desktop ? desktop.examplePath() : (await startFacts()).example;
}

/** Calls back with the paths that the program was started with, and on the desktop with those that come later. */
export function onOpenPaths(listener: (paths: readonly string[]) => void): void {
  if (desktop) desktop.onOpenPaths(listener);
  else void startFacts().then(({ paths }) => listener(paths));
}
