// Makes the page: types from the API's description, type check, then the bundle with its files named by their
// content, index.html that names them, and a list of all of them.
// Beside it exit.html, one file that holds all of it and needs no service.
// usage: node build.js BINDINGS CODES.json FOLDER, where BINDINGS has functions.json and errors.json

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { toFunctionSelector } from 'viem';

const [bindings, codes, folder] = process.argv.slice(2);
if (folder === undefined) {
  console.error('usage: node build.js BINDINGS CODES.json FOLDER');
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));
const description = resolve(here, '../../openapi/openapi.yaml');
const schema = join(here, 'src', 'schema.d.ts');
// What a browser gets before it shows the first page, compressed.
const MOST_AT_FIRST = 300_000;

const run = (tool, ...args) =>
  execFileSync(process.execPath, [join(here, 'node_modules', tool), ...args], { cwd: here, stdio: ['ignore', 'ignore', 'inherit'] });

if (!existsSync(schema) || statSync(schema).mtimeMs < statSync(description).mtimeMs) {
  run('openapi-typescript/bin/cli.js', description, '-o', schema);
}
/** The functions that somebody signs a call of, without what other contracts alone call. */
function calls() {
  const abstract = /^(I[A-Z]|Companies$|CompanyShares$|Conversion$|Documents$|Orders$|Platform$|RecordDates$|Round(Commitments|Settlement)$|Share(Acts|Orders|Register)$|Succession$|TransferRules$|Trust(Offices|Settlement)$|TrusteeSeats$)/;
  const declared = JSON.parse(readFileSync(join(bindings, 'functions.json'), 'utf8'));
  // Parts of a contract that live at an address of their own describe its functions best.
  const parts = {
    FundingRound: ['RoundCommitments', 'RoundSettlement'],
    ShareToken: ['ShareActs', 'ShareOrders'],
    CustodyTrust: ['TrustOffices', 'TrustSettlement'],
  };
  const kept = {};
  for (const [contract, own] of Object.entries(declared)) {
    if (abstract.test(contract)) continue;
    const bySignature = new Map();
    for (const part of [contract, ...(parts[contract] ?? [])]) {
      for (const one of declared[part] ?? []) {
        if (one.name !== 'open') bySignature.set(one.signature, { name: one.name, signature: one.signature, notice: one.notice, inputs: one.inputs });
      }
    }
    if (bySignature.size > 0) kept[contract] = [...bySignature.values()];
  }
  return kept;
}

/** Names a function by the selector that a refusal gives. */
function selectors(kept) {
  return Object.fromEntries(Object.values(kept).flat().map(({ name, signature }) => [toFunctionSelector(`function ${signature}`), name]));
}

function generate(file, value) {
  const path = join(here, 'src', 'signing', file);
  const text = JSON.stringify(value);
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) writeFileSync(path, text);
}
const callable = calls();
generate('calls.json', callable);
generate('selectors.json', selectors(callable));

try {
  execFileSync(process.execPath, [join(here, 'node_modules/typescript/bin/tsc'), '--noEmit'], { cwd: here, stdio: 'inherit' });
} catch {
  console.error('the page does not fit its types or the description of the API');
  process.exit(1);
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const result = await build({
  absWorkingDir: here,
  entryPoints: { app: 'src/main.tsx' },
  outdir: folder,
  bundle: true,
  splitting: true,
  minify: true,
  metafile: true,
  format: 'esm',
  target: ['es2023'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  charset: 'utf8',
  legalComments: 'none',
  alias: { 'codes.json': resolve(codes) },
  loader: { '.json': 'json', '.svg': 'file' },
  entryNames: '[name]-[hash]',
  chunkNames: '[name]-[hash]',
  assetNames: '[name]-[hash]',
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});

// The style of the service's other pages has a name that does not change: they are not made here.
await build({ absWorkingDir: here, entryPoints: ['styles/docs.css'], outfile: join(folder, 'fundtrail.css'), bundle: true, minify: true, logLevel: 'warning' });

const outputs = Object.entries(result.metafile.outputs);
const made = (entry) => outputs.find(([, output]) => output.entryPoint === entry);
const name = (path) => basename(path);
const [script, scriptOutput] = made('src/main.tsx');
const style = scriptOutput.cssBundle;

/** A file and what it imports at once. */
function firstFiles(path, seen = new Set()) {
  if (seen.has(path)) return seen;
  seen.add(path);
  for (const { path: imported, kind } of result.metafile.outputs[path].imports) {
    if (kind === 'import-statement') firstFiles(imported, seen);
  }
  return seen;
}
const first = [...firstFiles(script)];
const compressed = [...first, style].reduce((sum, path) => sum + gzipSync(readFileSync(resolve(here, path))).length, 0);
if (compressed > MOST_AT_FIRST) {
  console.error(`the page begins with ${compressed} compressed bytes, more than ${MOST_AT_FIRST}`);
  process.exit(1);
}

const icon = readFileSync(join(here, 'fundtrail.svg'));
writeFileSync(join(folder, 'fundtrail.svg'), icon);
const page = readFileSync(join(here, 'index.html'), 'utf8')
  .replace('%STYLE%', name(style))
  .replace('%SCRIPT%', name(script))
  .replace('%PRELOADS%', first.slice(1).map((path) => `<link rel="modulepreload" href="/assets/${name(path)}">`).join('\n'));
writeFileSync(join(folder, 'index.html'), page);
writeFileSync(join(folder, 'files.json'), JSON.stringify([...outputs.map(([path]) => name(path)), 'fundtrail.css', 'fundtrail.svg'].sort()));
const whole = outputs.reduce((sum, [path]) => sum + gzipSync(readFileSync(resolve(here, path))).length, 0);
console.log(`the page: ${Math.ceil(compressed / 1000)} kB compressed at first, ${Math.ceil(whole / 1000)} kB in all`);

/** The custom errors of the contracts, as an ABI. */
function errors() {
  const declared = JSON.parse(readFileSync(join(bindings, 'errors.json'), 'utf8'));
  return Object.values(declared)
    .filter(({ inputs }) => inputs.every(({ type }) => !type.startsWith('(')))
    .map(({ name, inputs }) => ({ type: 'error', name, inputs }));
}

const exitErrors = join(folder, 'errors.json');
writeFileSync(exitErrors, JSON.stringify(errors()));
const exit = await build({
  absWorkingDir: here,
  entryPoints: ['exit/exit.tsx'],
  bundle: true,
  write: false,
  minify: true,
  format: 'esm',
  target: ['es2023'],
  jsx: 'automatic',
  jsxImportSource: 'preact',
  charset: 'utf8',
  legalComments: 'none',
  alias: { 'errors.json': exitErrors },
  define: { 'process.env.NODE_ENV': '"production"' },
  logLevel: 'warning',
});
rmSync(exitErrors);
const exitScript = exit.outputFiles[0].text.trim();
const exitStyle = (await build({ absWorkingDir: here, entryPoints: ['exit/exit.css'], bundle: true, write: false, minify: true, logLevel: 'warning' })).outputFiles[0].text.trim();
if (/<\/(script|style)/i.test(exitScript + exitStyle) || /<!--/.test(exitScript)) {
  throw new Error('the script or the style would end its element');
}
const source = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
const parts = {
  // It may ask any node, which is what it is for, and load nothing else.
  CSP: `default-src 'none'; script-src ${source(exitScript)}; style-src ${source(exitStyle)}; connect-src http: https:; base-uri 'none'; form-action 'none'`,
  STYLE: exitStyle,
  SCRIPT: exitScript,
};
writeFileSync(join(folder, 'exit.html'), readFileSync(join(here, 'exit', 'exit.html'), 'utf8').replace(/%(CSP|STYLE|SCRIPT)%/g, (_, part) => parts[part]));
