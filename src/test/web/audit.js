// What an auditor does: search, prove, export, follow; what the service's standing is; and the way out without it.

import { writeFileSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { play, assert, withWallet } from './scenario.js';

await play(async ({ ledger, ask, as, lookAt }) => {
  await ask('at', { time: '2017-05-07T00:00:00Z' });
  const shareClass = await ask('open-share-class', { as: 'issuer', company: '=<img src=x onerror=alert(1)>\u202eevil' });
  const round = await ask('open-round', { as: 'issuer', shareClass, terms: { opensAt: '2017-05-09T00:00:00Z', deadline: '2017-07-08T00:00:00Z' } });
  const identity = await ask('attest', { as: 'ann', category: 'retail' });
  const wallet = await ask('address', { as: 'ann' });
  await ask('at', { time: '2017-05-10T00:00:00Z' });
  await ask('mint', { as: 'ann', amount: '1000' });
  await ask('send', { as: 'ann', kind: 'commit', fields: { round, shares: '100', termsVersion: 1, consent: false } });

  const page = await as(null);
  const events = page.locator('.columns .panel').first().locator('.events > li');

  // Search, by every field
  await page.open('/audit');
  await events.first().waitFor();
  await page.getByLabel('Event', { exact: true }).selectOption('Committed');
  await page.waitForFunction(() => document.querySelectorAll('.columns .panel:first-child .events > li').length === 1);
  assert.match(await events.first().innerText(), /Committed/);
  await page.getByLabel('Event', { exact: true }).selectOption('CommitmentRefunded');
  await page.getByText('No event fits.').waitFor();
  await page.getByLabel('Event', { exact: true }).selectOption('');
  await page.getByLabel(/Person/).fill(wallet);
  await page.waitForFunction(() => document.querySelectorAll('.columns .panel:first-child .events > li').length > 2);
  const names = await events.locator('strong').allInnerTexts();
  assert.ok(names.includes('Investor attested') && names.includes('Committed') && !names.includes('Round opened'), names.join());
  await page.getByLabel(/Person/).fill('0x12');
  await page.getByText('Expected 0x and 40 or 64 hexadecimal digits.').waitFor();
  await page.getByLabel(/Person/).fill('');
  await page.getByLabel(/From/).fill('2017-05-09T00:00:00');
  await page.getByLabel('Order').selectOption('asc');
  await page.waitForFunction(() => /Committed|Limit consumed|Place reserved/.test(document.querySelector('.columns .events strong')?.textContent ?? ''));

  // What is written into the chain is text, and a link to the search keeps the search
  await page.open(`/audit?kind=CompanyRegistered`);
  await events.first().waitFor();
  assert.match(await events.first().innerText(), /<img src=x onerror=alert\(1\)>/);
  assert.equal(await page.locator('main img').count(), 0);

  // Exports
  const exported = async (button) => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
    return readFileSync(await download.path(), 'utf8');
  };
  const csv = await exported('All as CSV');
  assert.match(csv.split('\r\n')[0], /^block,blockHash,time/);
  assert.equal(csv.trim().split('\r\n').length, 2);
  const json = JSON.parse(await exported('All as JSON'));
  assert.equal(json[0].name, 'CompanyRegistered');
  await page.open('/audit');
  await events.first().waitFor();
  const all = JSON.parse(await exported('All as JSON'));
  const counted = await (await fetch(`${ledger.url}/v1/events?limit=200`)).json();
  assert.equal(all.length, counted.next === null ? counted.events.length : all.length);
  assert.ok(all.length > 60, `more than a page: ${all.length}`);

  // Live
  await ask('at', { time: '2017-05-11T00:00:00Z' });
  await ask('send', { as: 'ann', kind: 'cancel', fields: { round, shares: '40' } });
  await page.locator('.columns .panel').nth(1).getByText('Commitment cancelled').waitFor();

  // A proof of one event, and of a whole history, step by step
  const dialog = page.getByRole('dialog');
  await page.open(`/audit?contract=${round}&kind=CommitmentCancelled`);
  await events.first().getByRole('button', { name: /Verify/ }).click();
  await dialog.getByText('Proven, if the block’s hash is the right one. It says the same as this page.').waitFor();
  await page.open(`/audit/${round}`);
  await page.getByRole('button', { name: 'Verify: The complete history' }).click();
  await dialog.locator('.note.good').waitFor();
  assert.ok((await dialog.locator('.proof-steps li').count()) > 5);
  assert.match(await dialog.locator('.proof-steps').innerText(), /events fold, in their order, to the head that the chain has/);
  const [saved] = await Promise.all([page.waitForEvent('download'), dialog.getByRole('button', { name: 'Save the proof' }).click()]);
  assert.equal(JSON.parse(readFileSync(await saved.path(), 'utf8')).claim.kind, 'history');
  await dialog.getByRole('button', { name: 'Close' }).click();

  // A service that lies about an event is found out: the bundle is altered on its way
  const lied = await as(null);
  await lied.route('**/v1/proofs/history**', async (route) => {
    const answer = await route.fetch();
    const bundle = await answer.text();
    const at = bundle.lastIndexOf('"data":"0x') + 20;
    const digit = bundle[at] === '0' ? '1' : '0';
    await route.fulfill({ response: answer, body: bundle.slice(0, at) + digit + bundle.slice(at + 1) });
  });
  await lied.open(`/audit/${round}`);
  await lied.getByRole('button', { name: 'Verify: The complete history' }).click();
  await lied.getByRole('dialog').getByText('Rejected. Do not rely on what the page shows.').waitFor();
  assert.equal(await lied.getByRole('dialog').locator('.note.good').count(), 0);

  // A page that shows something else than what is proven is found out too
  const altered = await as(null);
  await altered.route('**/v1/events?**', async (route) => {
    const answer = await route.fetch();
    const body = (await answer.text()).replaceAll(/"transaction":"0x[0-9a-f]{4}/g, '"transaction":"0xdead');
    await route.fulfill({ response: answer, body });
  });
  await altered.open(`/audit?contract=${round}&kind=CommitmentCancelled`);
  await altered.locator('.events .verify').first().click();
  await altered.getByRole('dialog').getByText(/This page shows 0xdead.* but what is proven is 0x/).waitFor();

  // The standing of the service
  await page.open('/status');
  await page.getByText('follows the chain').waitFor();
  await page.getByText('US Regulation Crowdfunding').waitFor();
  await page.getByRole('button', { name: 'Verify: Directory' }).click();
  await dialog.locator('.note.good').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).click();
  // The chain's clock is in 2017, so what is a moment ago is one by it, not by this machine's.
  assert.match(await page.locator('.panel', { hasText: 'Chain id' }).innerText(), /this minute|minutes? ago|hours? ago|days? ago|yesterday/);
  await page.getByLabel('UTC').check();
  assert.match(await page.locator('.foot').innerText(), /2017.* UTC/);

  // Blocks that were replaced, as the service would tell of them
  const reorganised = await as(null);
  const isStatus = ({ pathname }) => pathname === '/v1/status';
  await reorganised.route(isStatus, async (route) => {
    const answer = await (await route.fetch()).json();
    const { head } = answer.chain;
    answer.index.lastReorganisation = { abandoned: { ...head, number: 12 }, kept: { ...head, number: 10 } };
    await route.fulfill({ json: answer });
  });
  await reorganised.open('/status');
  await reorganised.getByText('block 12; the chain went on from block 10, of').waitFor();
  await reorganised.screenshot({ path: `${ledger.screenshots}/page-status-reorganised.png`, fullPage: true });
  await reorganised.context().close();

  // A contract that there is not
  const lost = await as(null);
  await lost.open(`/audit/0x${'12'.repeat(20)}`);
  await lost.getByText('There is no contract').first().waitFor();
  await lost.getByText('No such contract on this ledger, or it has emitted nothing.').waitFor();
  assert.ok(lost.seen.complaints.every((one) => /status of 404/.test(one)), lost.seen.complaints.join());
  lost.seen.complaints.length = 0;
  await lost.context().close();

  // Told that it is too much at once, the page asks again when it may.
  const busy = await as(null);
  await busy.open('/');
  const tooMany = async (asked) => {
    for (;;) {
      const answers = await Promise.all(Array.from({ length: 50 }, () => fetch(asked)));
      const refusal = answers.find(({ status }) => status === 429);
      if (refusal) return { status: 429, headers: Object.fromEntries(refusal.headers), body: await refusal.text() };
    }
  };
  const isList = ({ pathname }) => pathname === '/v1/companies';
  await busy.route(isList, async (route) => route.fulfill(await tooMany(route.request().url())), { times: 1 });
  await busy.getByRole('link', { name: 'Companies' }).click();
  await busy.locator('.table a').first().waitFor();
  assert.deepEqual(busy.seen.complaints.map((one) => /status of \d+/.exec(one)?.[0]), ['status of 429']);
  busy.seen.complaints.length = 0;
  await busy.context().close();

  // A service that is away
  const away = await as(null);
  await away.open('/');
  await away.route('**/v1/**', (route) => route.abort());
  await away.getByRole('link', { name: 'Companies' }).click();
  await away.getByText('The service does not answer').first().waitFor();
  away.seen.complaints.length = 0;
  await away.context().close();

  // Out, without the service: the page is saved, and opened from the disk
  const exit = await (await fetch(`${ledger.url}/exit.html`)).text();
  const copy = join(mkdtempSync(join(tmpdir(), 'exit-')), 'exit.html');
  writeFileSync(copy, exit);
  await ask('send', { as: 'guardian', kind: 'cancel-round', fields: { round, reason: `0x${'11'.repeat(32)}` } });
  const out = await as(null);
  const own = await withWallet(out, ledger, 'ann');
  await out.goto(`file://${copy}#contract=${round}&wallet=${wallet}`);
  await out.getByRole('button', { name: 'Use the wallet in this browser' }).click();
  await out.getByText(/asks and signs/).waitFor();
  await out.getByRole('button', { name: 'See what can be got out' }).click();
  await out.getByRole('heading', { name: 'Refund of the commitment' }).waitFor();
  const refund = out.locator('article', { hasText: 'Refund of the commitment' });
  assert.match(await refund.innerText(), /120\.00 .*possible now/s);
  assert.match(await out.locator('article', { hasText: 'Take the commitment back' }).innerText(), /not now: \w+/);
  assert.equal(await out.locator('code', { hasText: identity }).count(), 1);
  await refund.getByRole('button', { name: 'Sign and send with the wallet' }).click();
  await out.getByText('Sent. Its hash is:').waitFor();
  assert.equal(own.asked.filter(({ method }) => method === 'eth_sendTransaction').length, 1);
  let state = '';
  for (let i = 0; i < 40 && state !== 'refunded'; i++) {
    state = (await (await fetch(`${ledger.url}/v1/rounds/${round}/commitments`)).json()).commitments[0].state;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.equal(state, 'refunded');
  await out.getByRole('button', { name: 'See what can be got out' }).click();
  await out.locator('article', { hasText: 'Refund of the commitment' }).getByText(/not now/).waitFor();
  await out.getByLabel(/Round, distribution or trust/).fill('0x12');
  await out.getByRole('button', { name: 'See what can be got out' }).click();
  await out.getByRole('alert').waitFor();
  out.seen.requests.length = 0;

  await lookAt('/audit', 'audit');
  await lookAt(`/audit/${round}`, 'history');
  await lookAt('/status', 'status');
});
