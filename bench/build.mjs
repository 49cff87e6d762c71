// Node cannot load our TypeScript, and the measuring page is a page: both are bundled first.
import { mkdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
export const out = join(root, 'out', 'bench');

/** Builds rows, programs and page into `out`; the module with the rows. */
export async function buildRows() {
  const vite = await import('vite');
  mkdirSync(out, { recursive: true });
  const inputs = ['rows', 'memory', 'particle-memory', 'playing-memory'].map((name) => [name, join(root, 'bench', `${name}.ts`)]);
  await vite.build({
    configFile: false,
    root,
    logLevel: 'warn',
    mode: 'production',
    publicDir: false,
    ssr: { noExternal: true },
    build: {
      ssr: true,
      target: 'node20',
      minify: false,
      emptyOutDir: true,
      outDir: out,
      reportCompressedSize: false,
      rolldownOptions: {
        input: { ...Object.fromEntries(inputs), 'dataset-worker': join(root, 'main', 'host', 'dataset-worker.ts') },
        external: [...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
        output: { format: 'es', entryFileNames: '[name].mjs', chunkFileNames: '[name]-[hash].mjs' },
      },
    },
  });
  await vite.build({
    configFile: false,
    root: join(root, 'bench', 'page'),
    base: './',
    logLevel: 'warn',
    mode: 'production',
    publicDir: false,
    build: {
      target: 'chrome108',
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      emptyOutDir: true,
      outDir: join(out, 'page'),
      reportCompressedSize: false,
      // three.js alone is larger than the usual limit.
      chunkSizeWarningLimit: 2000,
      rolldownOptions: { input: ['index', 'space'].map((name) => join(root, 'bench', 'page', `${name}.html`)) },
    },
  });
  return import(pathToFileURL(join(out, 'rows.mjs')).href);
}
