import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface SourceFile {
  /** From the repository's root, with slashes. */
  readonly path: string;
  readonly text: string;
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const CODE = /\.(ts|tsx|mjs|cjs|js)$/;
const TEXT = /\.(ts|tsx|mjs|cjs|js|json|md|css|html|yml|yaml|py|sh|svg|txt)$|(^|\/)(run|\.npmrc|\.gitignore)$/;
const CODE_FOLDERS = /^(main|preload|renderer|shared|test|bench|scripts)\//;

let all: readonly string[] | undefined;

/** Files under version control, and new ones that will be. */
function repositoryFiles(): readonly string[] {
  all ??= execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter(Boolean);
  return all;
}

function read(paths: readonly string[]): readonly SourceFile[] {
  return paths.flatMap((path) => {
    try {
      return [{ path, text: readFileSync(join(root, path), 'utf8') }];
    } catch {
      // Deleted, but still in the index.
      return [];
    }
  });
}

export function sourceFiles(): readonly SourceFile[] {
  return read(repositoryFiles().filter((path) => CODE.test(path) && CODE_FOLDERS.test(path)));
}

/** Everything that people read, fixtures aside: those hold what other programs wrote. */
export function textFiles(): readonly SourceFile[] {
  return read(repositoryFiles().filter((path) => TEXT.test(path) && !path.startsWith('fixtures/') && !path.startsWith('examples/')));
}

/** Comments and texts blanked, so that a word there is not taken for code. */
export function codeOnly(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|[^:])\/\/.*$/gm, '$1');
}

/** Names in import and export statements, type imports, import() and new URL(..., import.meta.url). */
export function importsOf(file: SourceFile): readonly string[] {
  const code = codeOnly(file.text);
  const patterns = [
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/g,
    /(?:^|\n)\s*import\s*['"]([^'"]+)['"]/g,
    /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
    /new URL\(\s*['"]([^'"]+)['"]\s*,\s*import\.meta\.url/g,
  ];
  return patterns.flatMap((pattern) => [...code.matchAll(pattern)].map((match) => match[1] ?? ''));
}
