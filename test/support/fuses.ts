import { readFile } from 'node:fs/promises';

/** In front of the fuses in Electron's binary (Electron documentation, "Electron Fuses"). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

const NAMES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;

export type Fuses = Partial<Record<(typeof NAMES)[number], boolean>>;

/** The fuses as they are in a binary: after the sentinel a version, their number, then one character each ('1' on, '0' off, 'r' removed). */
export async function readFuses(binary: string): Promise<Fuses> {
  const bytes = await readFile(binary);
  const at = bytes.indexOf(SENTINEL);
  if (at < 0) throw new Error(`${binary} has no fuses`);
  const count = bytes[at + SENTINEL.length + 1] ?? 0;
  const wire = bytes.toString('latin1', at + SENTINEL.length + 2, at + SENTINEL.length + 2 + count);
  return Object.fromEntries(NAMES.slice(0, count).map((name, index) => [name, wire[index] === '1']));
}
