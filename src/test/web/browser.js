// A real browser, as an npm package brings it: nothing of the machine's own is needed.

import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

// The package's own arguments turn web security off, which is what these tests are about.
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic'];

/**
 * Unpacked for one test run's JVM alone: the package takes a file that another is still writing for
 * the whole browser.
 */
async function unpacked() {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = join(tmpdir(), `fundtrail-browser-${process.env.TEST_FORK ?? 'jvm-1'}`);
  mkdirSync(process.env.TMPDIR, { recursive: true });
  try {
    return await chromium.executablePath();
  } finally {
    if (before === undefined) {
      delete process.env.TMPDIR;
    } else {
      process.env.TMPDIR = before;
    }
  }
}

/** Runs a scenario in a browser that is closed behind it. */
export async function inBrowser(scenario) {
  const browser = await playwright.launch({
    executablePath: await unpacked(),
    args: ARGUMENTS,
  });
  try {
    return await scenario(browser);
  } finally {
    await browser.close();
  }
}

/** What a page says that it should not, and whom it asks for something. */
export function watched(page) {
  const seen = { complaints: [], requests: [], refusals: 0 };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      seen.complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  page.on('request', (request) => seen.requests.push(request.url()));
  return seen;
}
