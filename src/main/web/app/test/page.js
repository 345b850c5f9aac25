// The page's own modules, for tests in Node: bundled, with what a browser has and Node has not.

import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const SOURCES = join(dirname(fileURLToPath(import.meta.url)), '..', 'src');

const browser = {
  localStorage: { getItem: () => null, setItem: () => undefined },
  navigator: { languages: ['zh-Hans-CN'] },
  document: { documentElement: {} },
};
for (const [name, value] of Object.entries(browser)) Object.defineProperty(globalThis, name, { value, configurable: true });

/** The selectors are made when the page is built; here one stands for them. */
const selectors = {
  name: 'selectors',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /selectors\.json$/ }, ({ path }) => ({ path, namespace: 'selectors' }));
    onLoad({ filter: /.*/, namespace: 'selectors' }, () => ({ contents: '{"0x00c0ffee":"pauseCommits"}', loader: 'json' }));
  },
};

/** What the given modules of src export, all of them together, so that they share what they keep. */
export async function load(...modules) {
  const outfile = join(mkdtempSync(join(tmpdir(), 'page-')), 'page.mjs');
  await build({
    stdin: { contents: modules.map((module) => `export * from './${module}';`).join('\n'), resolveDir: SOURCES },
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [selectors],
    outfile,
    logLevel: 'warning',
  });
  return import(pathToFileURL(outfile).href);
}
