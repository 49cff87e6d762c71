// Builds out/main, out/preload and out/renderer. `--if-stale` does nothing where the last build was made from the same sources.
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const out = join(root, 'out');
const stamp = join(out, 'build-stamp');

/** What goes into the build: a change in any of these makes it stale. */
const SOURCES = ['main', 'preload', 'renderer', 'shared', 'scripts/build.mjs', 'package.json', 'package-lock.json', 'tsconfig.json'];

/** Hash over names and contents; modification times say nothing after a clone or a change of branch. */
export function sourceHash() {
  const hash = createHash('sha256');
  const add = (path) => hash.update(relative(root, path)).update('\0').update(readFileSync(path)).update('\0');
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (!entry.name.endsWith('.test.ts')) add(path);
    }
  };
  for (const source of SOURCES) source.includes('.') ? add(join(root, source)) : walk(join(root, source));
  return hash.digest('hex');
}

export function isStale() {
  return !existsSync(stamp) || readFileSync(stamp, 'utf8') !== sourceHash();
}

const quiet = { configFile: false, root, logLevel: 'warn', mode: 'production' };

/** Node 16 is the Node inside the oldest Electron that must work; packages are bundled, so the packed app has no node_modules. */
async function buildNodeSide(vite, entries, format, extension, outDir) {
  const input = Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, join(root, path)]));
  await vite.build({
    ...quiet,
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node16',
      minify: false,
      sourcemap: true,
      emptyOutDir: false,
      outDir,
      reportCompressedSize: false,
      rolldownOptions: {
        input,
        checks: { pluginTimings: false },
        // The HDF5 library (5 MB) and the decoder of WebP run in workers and the command line only, which are ES modules.
        external: [
          ...builtinModules,
          ...builtinModules.map((name) => `node:${name}`),
          'electron',
          ...(format === 'cjs' ? ['h5wasm/node', '@jsquash/webp/codec/dec/webp_dec.js'] : []),
        ],
        output: { format, entryFileNames: `[name].${extension}`, chunkFileNames: `chunks/[name]-[hash].${extension}` },
      },
    },
  });
}

async function buildRenderer(vite, outDir) {
  await vite.build({
    ...quiet,
    root: join(root, 'renderer'),
    base: './',
    define: { global: 'globalThis' },
    worker: { format: 'es' },
    build: {
      // Nothing is inlined: the content security policy allows scripts and styles from files of the page's own origin only.
      target: 'chrome108',
      cssTarget: 'chrome108',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      sourcemap: true,
      emptyOutDir: false,
      outDir,
      reportCompressedSize: false,
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { checks: { pluginTimings: false } },
    },
  });
}

/** Each part is built beside the old one and swapped when it is whole: a failed or interrupted build leaves the old part. */
async function replace(part, fill) {
  const fresh = join(out, `build-${process.pid}`);
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(join(fresh, part), { recursive: true });
  try {
    await fill(join(fresh, part));
    if (existsSync(join(out, part))) renameSync(join(out, part), join(fresh, 'old'));
    renameSync(join(fresh, part), join(out, part));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

export async function build() {
  process.env.NODE_ENV = 'production';
  const vite = await import('vite');
  const made = sourceHash();
  await replace('main', async (outDir) => {
    await buildNodeSide(vite, { index: 'main/app/index.ts', host: 'main/host/utility.ts' }, 'cjs', 'cjs', outDir);
    await buildNodeSide(
      vite,
      { 'dataset-worker': 'main/host/dataset-worker.ts', cli: 'main/cli/index.ts', 'command-thread': 'main/app/command-thread.ts' },
      'es',
      'mjs',
      outDir,
    );
    // The HDF5 library opens its filters by their paths.
    cpSync(join(root, 'node_modules/h5wasm-plugins/plugins'), join(outDir, 'plugins'), { recursive: true });
  });
  await replace('preload', (outDir) => buildNodeSide(vite, { preload: 'preload/preload.ts' }, 'cjs', 'cjs', outDir));
  await replace('renderer', (outDir) => buildRenderer(vite, outDir));
  writeFileSync(stamp, made);
}

if (process.argv[1] === fileURLToPath(import.meta.url) && (!process.argv.includes('--if-stale') || isStale())) {
  const began = Date.now();
  try {
    await build();
    console.error(`built in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
