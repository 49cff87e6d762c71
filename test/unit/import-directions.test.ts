import { describe, expect, it } from 'vitest';
import { importsOf, sourceFiles, type SourceFile } from '../support/source-files.ts';

/** What a folder may import beside itself. A longer name wins over a shorter one. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  'main/codecs': ['shared'],
  'main/sources': ['shared'],
  'main/formats': ['main/codecs', 'main/sources', 'shared'],
  'main/writers': ['main/codecs', 'main/sources', 'main/formats/davis/layout.ts', 'shared'],
  'main/host': ['main/formats', 'main/writers', 'main/codecs', 'main/sources', 'shared'],
  'main/server': ['main/host', 'shared'],
  // Reading values and writing files is a command's own work; `serve` starts the server.
  'main/cli': ['main/host', 'main/server', 'main/formats', 'main/codecs', 'main/writers', 'main/sources', 'shared'],
  // The page's headers are the server's, and the packed program runs the commands itself; the preload's types are its page's interface.
  'main/app': ['main/host', 'main/server/page-headers.ts', 'main/cli', 'preload/api.ts', 'preload/channels.ts', 'shared'],
  preload: ['shared'],
  renderer: ['shared', 'preload/api.ts'],
};

/** A writer shares the layout tables of its format with the reader. */
const LAYOUT_TABLES = /^main\/formats\/[\w-]+\/layout\.ts$/;

/** Folders that could move into a browser worker. */
const PORTABLE = ['shared/', 'main/formats/', 'main/codecs/'];

const areas = Object.keys(MAY_IMPORT).sort((a, b) => b.length - a.length);

function areaOf(path: string): string | undefined {
  return areas.find((area) => path.startsWith(`${area}/`));
}

/** The files of the project that a file imports. */
function targetsOf(file: SourceFile): readonly string[] {
  return importsOf(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => new URL(name, `file:///${file.path}`).pathname.slice(1));
}

function isAllowed(from: string, to: string): boolean {
  if (from === 'main/writers' && LAYOUT_TABLES.test(to)) return true;
  return to.startsWith(`${from}/`) || (MAY_IMPORT[from] ?? []).some((allowed) => to === allowed || to.startsWith(`${allowed}/`));
}

describe('imports', () => {
  const files = sourceFiles().filter(({ path }) => areaOf(path) !== undefined);

  it('go one way', () => {
    const wrong = files.flatMap((file) => {
      const from = areaOf(file.path) ?? '';
      return targetsOf(file)
        .filter((to) => areaOf(to) !== undefined && !isAllowed(from, to))
        .map((to) => `${file.path} -> ${to}`);
    });
    expect(wrong).toEqual([]);
  });

  it('form no circles', () => {
    const left = new Map(files.map((file) => [file.path, targetsOf(file)]));
    // What imports nothing that is left, or is imported by nothing that is left, lies in no circle.
    for (let before = Number.POSITIVE_INFINITY; left.size < before; ) {
      before = left.size;
      const imported = new Set([...left.values()].flat());
      for (const [path, targets] of left) if (!imported.has(path) || !targets.some((to) => left.has(to))) left.delete(path);
    }
    expect([...left.keys()]).toEqual([]);
  });

  it('name the file with its extension', () => {
    const wrong = files.flatMap((file) =>
      importsOf(file)
        .filter((name) => /^\.{1,2}\//.test(name) && !/\.\w+(\?\w+)?$/.test(name))
        .map((name) => `${file.path}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('of shared, formats and codecs need no Node', () => {
    const portable = files.filter(({ path }) => PORTABLE.some((folder) => path.startsWith(folder)));
    expect(portable.length).toBeGreaterThan(10);
    const wrong = portable.flatMap((file) =>
      importsOf(file)
        .filter((name) => name.startsWith('node:'))
        .map((name) => `${file.path}: ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('of Electron stay in the desktop program', () => {
    const wrong = files
      .filter((file) => !/^(main\/app|preload)\//.test(file.path) && importsOf(file).includes('electron'))
      .map(({ path }) => path);
    expect(wrong).toEqual([]);
  });
});
