// Makes verify.html, one file that holds all of it, and verify.html.sha256 with its hash. The hash has to
// be the published one, so that whoever has this source knows the page that is made of it.
// usage: node build.js CODES.json FOLDER PUBLISHED.sha256 [--publish]

import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, transform } from 'esbuild';

const [codes, folder, published, publish] = process.argv.slice(2);
if (published === undefined || ![undefined, '--publish'].includes(publish)) {
  console.error('usage: node build.js CODES.json FOLDER PUBLISHED.sha256 [--publish]');
  process.exit(2);
}
const here = dirname(fileURLToPath(import.meta.url));

const sha256 = (text, encoding) => createHash('sha256').update(text).digest(encoding);

const bundled = await build({
  entryPoints: [join(here, 'page.js')],
  bundle: true,
  write: false,
  minify: true,
  format: 'esm',
  target: ['es2023'],
  charset: 'ascii',
  legalComments: 'inline',
  alias: { 'codes.json': resolve(codes) },
  loader: { '.json': 'json' },
  banner: { js: '/* Contains @noble/hashes (MIT) and @ethereumjs/rlp (MPL-2.0), from npm as package-lock.json names them. */' },
  logLevel: 'warning',
});
const script = bundled.outputFiles[0].text.trim();
const style = (await transform(readFileSync(join(here, 'page.css'), 'utf8'), { loader: 'css', minify: true })).code.trim();
if (/<\/(script|style)/i.test(script + style) || /<!--/.test(script)) {
  throw new Error('the script or the style would end its element');
}

const source = (text) => `'sha256-${sha256(text, 'base64')}'`;
const policy = [
  "default-src 'none'",
  `script-src ${source(script)}`,
  `style-src ${source(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const parts = { CSP: policy, STYLE: style, SCRIPT: script };
const page = readFileSync(join(here, 'page.html'), 'utf8')
  .replace(/%(CSP|STYLE|SCRIPT)%/g, (_, name) => parts[name]);

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'verify.html'), page);
const line = `${sha256(page, 'hex')}  verify.html\n`;
writeFileSync(join(folder, 'verify.html.sha256'), line);
if (publish) {
  writeFileSync(published, line);
} else if (readFileSync(published, 'utf8') !== line) {
  console.error(`verify.html is not the one whose hash is published. If it was meant to change, publish the new one:
  cd src/main/web/verify && node build.js ${codes} ${folder} ${published} --publish`);
  process.exit(1);
}
