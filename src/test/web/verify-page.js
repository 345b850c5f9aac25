// Checks bundles on the page, by all the ways in which a bundle can reach it, and says what the page
// said. Reads from standard input {url, saved, receipt, screenshots, cases: [{name, text, by, chain, hash}]}
// and answers with {cases: {name: {verdict, because, facts, steps}}, complaints, requests, axe}.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inBrowser, watched } from './browser.js';

const { url, saved, receipt, screenshots, cases } = JSON.parse(readFileSync(0, 'utf8'));
const axe = readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

const WAYS = {
  async file(page, text) {
    await page.setInputFiles('#file', { name: 'bundle.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  },
  async drop(page, text) {
    const dropped = await page.evaluateHandle((content) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([content], 'dropped.json', { type: 'application/json' }));
      return transfer;
    }, text);
    await page.dispatchEvent('#drop', 'drop', { dataTransfer: dropped });
  },
  async link(page, text) {
    await page.goto(`${page.url().split('#')[0]}#bundle=${Buffer.from(text).toString('base64url')}`);
  },
};

async function check(page, { text, by, chain, hash, earlier }) {
  await WAYS[by](page, text);
  return judged(page, { chain, hash, earlier });
}

/** What the page says of the bundle that it has. */
async function judged(page, { chain, hash, earlier = '' }) {
  await page.waitForFunction(() => !document.getElementById('bundle').textContent.startsWith('Choose it'));
  await page.fill('#chain', chain);
  await page.fill('#hash', hash);
  await page.fill('#earlier', earlier);
  await page.click('button[type=submit]');
  return page.evaluate(() => {
    const text = (id) => document.getElementById(id).innerText;
    return {
      bundle: text('bundle'),
      shown: !document.getElementById('result').hidden,
      verdict: text('verdict'),
      because: text('because'),
      facts: Object.fromEntries([...document.querySelectorAll('#facts tr')].map(({ cells }) => [...cells].map((cell) => cell.innerText))),
      lists: text('lists'),
      steps: [...document.querySelectorAll('#steps li')].map((step) => step.innerText),
      focus: document.activeElement.id,
      overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    };
  });
}

async function audited(browser, colorScheme) {
  const context = await browser.newContext({ colorScheme, bypassCSP: true });
  const page = await context.newPage();
  await page.goto(url);
  await check(page, cases[0]);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  await context.close();
  return violations.map(({ id, impact, nodes }) => `${colorScheme}: ${impact} ${id} ${nodes[0].html}`);
}

/** A receipt, unpacked to a folder: what it says, and what its link leads to. */
async function receiptOf(browser) {
  const context = await browser.newContext(LOOKS.light);
  const page = await context.newPage();
  await page.goto(new URL('receipt.html', receipt).href);
  await page.screenshot({ path: join(screenshots, 'receipt.png'), fullPage: true });
  const said = await page.evaluate(() => ({
    title: document.querySelector('h1').innerText,
    text: document.body.innerText,
    images: document.images.length,
  }));
  await page.click('a');
  await page.waitForURL(/verify\.html/);
  const checked = await judged(page, cases[0]);
  await context.close();
  return { ...said, checked };
}

const LOOKS = {
  light: { colorScheme: 'light', viewport: { width: 1000, height: 900 } },
  dark: { colorScheme: 'dark', viewport: { width: 1000, height: 900 } },
  phone: { colorScheme: 'light', viewport: { width: 360, height: 740 } },
};

const answer = await inBrowser(async (browser) => {
  const said = {};
  const complaints = [];
  const requests = [];
  const run = async (name, place, look, one) => {
    const context = await browser.newContext(look);
    const page = await context.newPage();
    const seen = watched(page);
    await page.goto(place);
    await context.setOffline(true);
    said[name] = await check(page, one);
    complaints.push(...seen.complaints);
    requests.push(...seen.requests);
    await page.screenshot({ path: join(screenshots, `verify-${name.replaceAll(' ', '-')}.png`), fullPage: true });
    await context.close();
  };
  for (const one of cases) {
    await run(one.name, url, LOOKS.light, one);
  }
  await run('dark', url, LOOKS.dark, cases[0]);
  await run('phone', url, LOOKS.phone, cases[0]);
  await run('saved copy', saved, LOOKS.light, cases[0]);
  return { said, complaints, requests, receipt: await receiptOf(browser), axe: [...(await audited(browser, 'light')), ...(await audited(browser, 'dark'))] };
});
process.stdout.write(JSON.stringify(answer));
