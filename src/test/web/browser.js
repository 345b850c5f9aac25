// A real browser, as an npm package brings it: nothing of the machine's own is needed.

import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

// The package's own arguments turn web security off, which is what these tests are about.
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic'];

/** Runs a scenario in a browser that is closed behind it. */
export async function inBrowser(scenario) {
  const browser = await playwright.launch({
    executablePath: await chromium.executablePath(),
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
  const seen = { complaints: [], requests: [] };
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) {
      seen.complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  page.on('request', (request) => seen.requests.push(request.url()));
  return seen;
}
