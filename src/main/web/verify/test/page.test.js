import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { bytesOf } from './fixtures.js';

const BUILD = fileURLToPath(new URL('../build.js', import.meta.url));
const hash = (text, encoding) => createHash('sha256').update(text).digest(encoding);

function built() {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'));
  try {
    writeFileSync(join(folder, 'codes.json'), gunzipSync(bytesOf('codes.json.gz')));
    execFileSync(process.execPath, [BUILD, join(folder, 'codes.json'), folder, join(folder, 'published'), '--publish']);
    return ['verify.html', 'verify.html.sha256'].map((name) => readFileSync(join(folder, name), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const [page, published] = built();
const only = (pattern) => {
  const found = [...page.matchAll(pattern)];
  assert.equal(found.length, 1, `${pattern} is there ${found.length} times`);
  return found[0][1];
};

test('publishes the hash of the page', () => {
  assert.equal(published, `${hash(page, 'hex')}  verify.html\n`);
});

test('is the same when it is built again', () => {
  assert.equal(built()[0], page);
});

test('is not made unless its hash is the published one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'verify-'));
  try {
    writeFileSync(join(folder, 'codes.json'), gunzipSync(bytesOf('codes.json.gz')));
    const build = () =>
      execFileSync(process.execPath, [BUILD, join(folder, 'codes.json'), folder, join(folder, 'published')], { stdio: 'pipe' });
    writeFileSync(join(folder, 'published'), published);
    build();
    writeFileSync(join(folder, 'published'), published.replace(/^./, (digit) => (digit === '0' ? '1' : '0')));
    assert.throws(build, ({ status, stderr }) => status === 1 && /--publish/.test(stderr));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('allows its own script and style, and nothing else', () => {
  const script = only(/<script[^>]*>([\s\S]*?)<\/script>/g);
  const style = only(/<style[^>]*>([\s\S]*?)<\/style>/g);
  const policy = only(/http-equiv="Content-Security-Policy" content="([^"]*)"/g);
  assert.equal(
    policy,
    `default-src 'none'; script-src 'sha256-${hash(script, 'base64')}'; ` +
      `style-src 'sha256-${hash(style, 'base64')}'; base-uri 'none'; form-action 'none'; ` +
      "require-trusted-types-for 'script'; trusted-types 'none'",
  );
});

test('names nothing outside of itself, and sets nothing as markup', () => {
  const markup = page.replace(/<script[\s\S]*<\/script>/, '');
  assert.doesNotMatch(markup, /\b(?:src|href|action|style|on[a-z]+)=/);
  assert.doesNotMatch(
    page,
    /\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|import\(|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function/,
  );
});
