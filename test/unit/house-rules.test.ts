import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { codeOnly, sourceFiles, textFiles } from '../support/source-files.ts';
import type { SourceFile } from '../support/source-files.ts';

const MAX_LINES = 400;

/** Tables are data in the shape of code. */
const TABLES = ['shared/colors/tables.ts'];

/** Present nowhere in the oldest browser or Node that must work; the compiler's library setting lets these pass. */
const TOO_NEW =
  /\bAbortSignal\.any\b|\bPromise\.withResolvers\b|\bObject\.groupBy\b|\bArray\.fromAsync\b|\.toSorted\(|\.toSpliced\(|\.toReversed\(|\baccessor\s+\w+\s*[;=:]/;

/** Node 16 has none of these as a global. Type positions such as `Blob` stay possible. */
const NOT_IN_NODE_16 = /\bstructuredClone\(|\bimport\.meta\b/;

function matches(
  files: readonly SourceFile[],
  pattern: RegExp,
  text: (file: SourceFile) => string = ({ text }) => codeOnly(text),
): readonly string[] {
  return files.flatMap((file) =>
    text(file)
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${file.path}: ${line.trim().slice(0, 120)}`),
  );
}

const code = sourceFiles();
const program = code.filter(({ path }) => /^(main|preload|renderer|shared)\//.test(path));

describe('house rules', () => {
  it('no source file is longer than 400 lines', () => {
    const long = code.filter(({ path, text }) => !TABLES.includes(path) && text.split('\n').length > MAX_LINES + 1).map(({ path }) => path);
    expect(long).toEqual([]);
  });

  it('nothing is used that the oldest Electron lacks', () => {
    expect(matches(program, TOO_NEW)).toEqual([]);
    expect(
      matches(
        program.filter(({ path }) => /^(shared|main\/(app|host|formats|codecs|sources))\//.test(path)),
        NOT_IN_NODE_16,
      ),
    ).toEqual([]);
  });

  it('no type check is switched off', () => {
    const off = new RegExp(['@ts-', '(ignore|nocheck|expect-error)'].join(''));
    expect(matches(code, off, ({ text }) => text)).toEqual([]);
    expect(matches(program, /:\s*any\s*([;,)=|[\]>]|$)|\bas any\b|<any>/)).toEqual([]);
  });

  it('no test is skipped or run alone', () => {
    const tests = code.filter(({ path }) => path.startsWith('test/'));
    expect(matches(tests, /\b(it|test|describe)\.(skip|only|todo|fails)\b/)).toEqual([]);
  });

  it('no path of one machine and no host of a package index', () => {
    const machine = new RegExp(['(^|[\\s\'"`(=])/(work|tmp/j|home/\\w+|root)/', '[A-Z]:\\\\\\\\Users\\\\\\\\\\w'].join('|'), 'm');
    const index = new RegExp(['registry', '\\.npmjs\\.org|', 'pypi', '\\.org|', 'files\\.pythonhosted', '\\.org'].join(''));
    const files = textFiles();
    expect(files.length).toBeGreaterThan(50);
    expect(matches(files, machine, ({ text }) => text)).toEqual([]);
    expect(matches(files, index, ({ text }) => text)).toEqual([]);
  });
});

interface Lock {
  readonly packages: Readonly<
    Record<
      string,
      { readonly version?: string; readonly optionalDependencies?: Readonly<Record<string, string>>; readonly resolved?: string }
    >
  >;
}

describe('package-lock.json', () => {
  const lock = JSON.parse(readFileSync(new URL('../../package-lock.json', import.meta.url), 'utf8')) as Lock;

  it('has every optional dependency, without which npm ci fails on other machines', () => {
    const missing = Object.entries(lock.packages).flatMap(([owner, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !lock.packages[`${owner}/node_modules/${name}`] && !lock.packages[`node_modules/${name}`])
        .map((name) => `${owner}: ${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('names exact versions and no registry', () => {
    const declared = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
      devDependencies: Record<string, string>;
    };
    expect(Object.entries(declared.devDependencies).filter(([, version]) => !/^(npm:[^@]+@)?\d+\.\d+\.\d+$/.test(version))).toEqual([]);
    expect(Object.values(lock.packages).filter(({ resolved }) => resolved !== undefined)).toEqual([]);
  });
});
