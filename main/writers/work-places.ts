import { createHash, randomBytes } from 'node:crypto';
import { promises as fs } from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/*
 * Where outputs are written until they are whole: hidden, beside their target.
 *   .NAME.OWNER.part      given up when its process ends
 *   .NAME.IDENTITY.part   a folder that a later job of the same identity goes on with; .owner-OWNER in it while one works on it
 * OWNER is machine-process-random. A process that is killed leaves its place behind; the next job that completes the same target clears it.
 */
/** Of a target that stands in hidden names as it is. */
const MAX_NAME_BYTES = 200;
const MACHINE = hash(hostname(), 6);
const OWNER_FILE = '.owner-';
/** Whether a process of another machine has ended is not known: its work is left alone for so long. */
const FOREIGN_REST_MS = 24 * 60 * 60 * 1000;

export function passingPlace(target: string): string {
  return placeOf(target, newOwner());
}

export function lastingPlace(target: string, identity: string): string {
  return placeOf(target, hash(identity, 12));
}

/** Marks a lasting place as being worked on; call the answer when that ends. */
export async function occupy(place: string): Promise<() => Promise<void>> {
  const file = join(place, `${OWNER_FILE}${newOwner()}`);
  await fs.writeFile(file, '');
  return () => fs.rm(file, { force: true });
}

function placeOf(target: string, mark: string): string {
  return join(dirname(target), `${hiddenStart(target)}${mark}.part`);
}

/** The beginning of hidden names beside a target: file systems take names of 255 bytes, and long ones leave no room for more. */
export function hiddenStart(target: string): string {
  const name = basename(target);
  const isLong = Buffer.byteLength(name) > MAX_NAME_BYTES;
  return isLong ? `.${name.slice(0, MAX_NAME_BYTES / 4)}~${hash(name, 12)}.` : `.${name}.`;
}

function newOwner(): string {
  return `${MACHINE}-${process.pid}-${randomBytes(6).toString('hex')}`;
}

function hash(text: string, digits: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, digits);
}

/** Clears away what killed jobs of this target have left; what cannot be removed stays. */
export async function clearLeftovers(target: string): Promise<void> {
  const [folder, start] = [dirname(target), hiddenStart(target)];
  for (const name of await namesIn(folder)) {
    if (!name.startsWith(start) || !name.endsWith('.part')) continue;
    const path = join(folder, name);
    if (await isAbandoned(path, name.slice(start.length, -'.part'.length)))
      await fs.rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}

async function isAbandoned(path: string, mark: string): Promise<boolean> {
  if (!/^[0-9a-f]{12}$/.test(mark)) return hasEnded(mark, path);
  for (const name of await namesIn(path)) {
    if (name.startsWith(OWNER_FILE) && !(await hasEnded(name.slice(OWNER_FILE.length), join(path, name)))) return false;
  }
  return true;
}

/** False for what is no owner, and so none of ours. */
async function hasEnded(owner: string, path: string): Promise<boolean> {
  const [, machine, id] = /^([0-9a-f]{6})-(\d+)-[0-9a-f]{12}$/.exec(owner) ?? [];
  if (id === undefined) return false;
  if (machine === MACHINE) return !isRunning(Number(id));
  const stats = await fs.stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > FOREIGN_REST_MS;
}

function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return fs.readdir(folder).catch(() => []);
}
