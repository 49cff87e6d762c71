import { jsonFile } from './json-file.ts';
import type { JsonFile } from './json-file.ts';

export type Settings = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function settingsFile(path: string): JsonFile<Settings> {
  return jsonFile(path, (found) => (isRecord(found) ? found : {}));
}
