// What every scenario of the page needs: a ledger behind it, people who act, and a reader who looks closely.

import { strict as assert } from 'node:assert';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { privateKeyToAccount } from '../../main/web/app/node_modules/viem/_esm/accounts/index.js';
import { keccak256 } from '../../main/web/app/node_modules/viem/_esm/index.js';
import { inBrowser, watched } from './browser.js';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const line = async () => JSON.parse((await lines.next()).value);

/** Has something done beside the page, such as ask('at', { time }); PageScenario.java has the list. */
export async function ask(what, values = {}) {
  process.stdout.write(`${JSON.stringify({ do: what, ...values })}\n`);
  const { answer, failure } = await line();
  if (failure !== undefined) throw new Error(`${what} ${JSON.stringify(values)}: ${failure}`);
  return answer;
}

/** The hash by which the ledger knows a document; of a name, the identity that `attest` gives its person. */
export const hashOf = (text) => keccak256(new TextEncoder().encode(text));

export const file = (text, name = 'document.txt') => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

export const button = (within, name) => within.getByRole('button', { name, exact: true });

/** The part of a page in which something is done, unfolded. */
export async function doing(page, name) {
  const part = page.locator('details.doing', { has: page.locator(':scope > summary', { hasText: name }) }).first();
  await part.waitFor();
  if (!(await part.evaluate((details) => details.open))) await part.locator('> summary').click();
  return part;
}

/** Shows what a page has folded up. */
export const unfold = (page, name) => page.locator('summary', { hasText: name }).first().click();

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const LAST_ANSWERS = 40;

let front = null;

/** Has a page seen, and no other, as a person has one in front: what nobody looks at asks for nothing. */
export async function turnTo(page) {
  if (page === front) return;
  if (front !== null && !front.isClosed()) await setVisibility(front, 'hidden');
  front = page;
  await setVisibility(page, 'visible');
}

const setVisibility = (page, state) =>
  page.evaluate((visibilityState) => {
    Object.defineProperty(document, 'visibilityState', { value: visibilityState, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);

const LOOKS = [
  { look: 'light', colorScheme: 'light', width: 1280, height: 900 },
  { look: 'dark', colorScheme: 'dark', width: 1280, height: 900 },
  { look: 'phone', colorScheme: 'light', width: 360, height: 780 },
];

/**
 * Plays a scenario. It gets the ledger's addresses, what is done beside the page, and `as(name)`, which opens the page for
 * the development account of that name, connected; without a name nobody is. What the browser complains of fails it.
 */
export async function play(scenario) {
  const ledger = await line();
  await inBrowser(async (browser) => {
    const all = [];
    const as = async (name, { language = 'en' } = {}) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        locale: language === 'zh' ? 'zh-CN' : 'en-US',
        timezoneId: 'UTC',
      });
      await context.addInitScript(([chosen, account]) => {
        localStorage.setItem('fundtrail.language', chosen);
        if (account !== null) sessionStorage.setItem('fundtrail.demo', account);
      }, [language, name]);
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const seen = watched(page);
      all.push({ name: `${name} ${language}`, seen, page, answers: answersTo(page, ledger) });
      page.open = async (path) => {
        await turnTo(page);
        await page.goto(ledger.url + path);
        await page.locator('main h1').waitFor();
      };
      page.seen = seen;
      return page;
    };
    const tools = { ledger, as, ask, ...beside(ledger), lookAt: (path, name, account) => lookAt(as, ledger, path, name, account) };
    try {
      await scenario(tools);
    } catch (failure) {
      console.error(failure);
      for (const { name, seen, page, answers } of all.filter(({ page }) => !page.isClosed())) {
        console.error(`as ${name} at ${page.url()}: ${seen.complaints.join('; ')}`);
        console.error(answers.slice(-LAST_ANSWERS).join('\n'));
        await page.screenshot({ path: `${ledger.screenshots}/failed-${all.findIndex((one) => one.page === page)}.png` });
      }
      throw failure;
    }
    for (const { name, seen } of all) {
      // A browser complains of any answer that is a refusal; so many were wanted.
      const refusals = seen.complaints.filter((one) => /status of 422/.test(one));
      assert.equal(refusals.length, seen.refusals, `refusals for ${name}`);
      // Of a dozen people behind one address some are told to ask again, and do (audit.js).
      const others = seen.complaints.filter((one) => !/status of (422|429)/.test(one));
      assert.deepEqual(others, [], `the browser complains for ${name}`);
      for (const request of seen.requests) {
        assert.ok(request.startsWith(ledger.url) || request.startsWith('blob:') || request.startsWith('data:'), `asks elsewhere: ${request}`);
      }
    }
  });
  process.stdin.destroy();
}

/** What happens beside the page, and is read beside it. */
function beside(ledger) {
  const address = (name) => ask('address', { as: name });
  const call = (who, contract, name, values) => ask('call', { as: who, contract, function: name, arguments: values });
  const word = (hex) => hex.padStart(64, '0');
  return {
    api: async (path) => (await fetch(ledger.url + path)).json(),
    address,
    call,
    /** A plain transfer, of which the contract that gets it hears nothing. */
    sendDollars: (as, to, units) => ask('send-elsewhere', { as, to: ledger.dollar, data: `0xa9059cbb${word(to.slice(2))}${word(units.toString(16))}` }),
    /** Announces and confirms that the wallet "... with a new key" takes the place of somebody's. */
    announceSuccessor: async (name) => {
      const [identity, documentHash] = [hashOf(name), hashOf('proof of loss')];
      await call('registrar', ledger.recovery, 'announceWallet', { kind: '1', identity, newWallet: await address(`${name} with a new key`), documentHash });
      await call('recovery', ledger.recovery, 'confirm', { subject: identity, documentHash });
    },
    /** The issuer of company 1 opens a vote of a class's holders at its first record date. */
    openVote: async (shareClass, opensAt, closesAt) => {
      const [resolution, none] = [hashOf('The resolution.'), `0x${'0'.repeat(40)}`];
      const terms = { electorates: [{ shareClass, recordDate: '1' }], round: none, target: none, subject: resolution, documentHash: resolution, quorumBps: '5000', majorityBps: '5000', opensAt, closesAt };
      await call('issuer', ledger.directory, 'openVote', { companyId: '1', terms });
      return ask('newest', { event: 'VoteOpened' });
    },
    /** Fourteen days later. */
    executeRecovery: (name) => call('anyone', ledger.recovery, 'execute', { subject: hashOf(name) }),
  };
}

/** What a page was answered by the API and when, for whoever looks for what went wrong. */
function answersTo(page, ledger) {
  const answers = [];
  const note = (request, end) => {
    if (request.url().startsWith(`${ledger.url}/v1/`)) answers.push(`${new Date().toISOString().slice(14, 23)} ${request.method()} ${request.url().slice(ledger.url.length)} ${end}`);
  };
  page.on('request', (request) => note(request, 'asked'));
  page.on('response', (response) => note(response.request(), response.status()));
  page.on('requestfailed', (request) => note(request, request.failure().errorText));
  return answers;
}

/**
 * Gives a page a wallet of its browser (EIP-1193, EIP-6963) with the account of a name, which signs by the scenario. What it
 * was asked is in the list that comes back; `wallet.declines`, `wallet.chain` and whether it signs typed data are the
 * scenario's to set.
 */
export async function withWallet(page, ledger, name) {
  const address = await ask('address', { as: name });
  const wallet = { asked: [], declines: false, chain: '0x7a69', signsTypedData: true };
  const account = privateKeyToAccount(hashOf(`fundtrail development account: ${name}`));
  const front = async (method, params) => {
    const answer = await fetch(`${ledger.url}/rpc`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }) });
    const { result, error } = await answer.json();
    if (error) throw new Error(JSON.stringify(error));
    return result;
  };
  await page.exposeFunction('walletRequest', async (method, params) => {
    wallet.asked.push({ method, params });
    if (wallet.declines && /^eth_(requestAccounts|sendTransaction|signTypedData)/.test(method)) return { code: 4001, message: 'declined' };
    switch (method) {
      case 'eth_requestAccounts':
      case 'eth_accounts':
        return { result: [address] };
      case 'eth_chainId':
        return { result: wallet.chain };
      case 'wallet_switchEthereumChain':
        return wallet.chain === params[0].chainId ? { result: null } : { code: 4902, message: 'unknown chain' };
      case 'wallet_addEthereumChain':
        wallet.chain = params[0].chainId;
        return { result: null };
      case 'eth_signTypedData_v4':
        return wallet.signsTypedData ? { result: await account.signTypedData(JSON.parse(params[1])) } : { code: 4200, message: 'unsupported method' };
      case 'eth_sendTransaction':
        return { result: await front('eth_sendRawTransaction', [await ask('sign', { as: name, to: params[0].to, data: params[0].data })]) };
      default:
        return { result: await front(method, params) };
    }
  });
  await page.addInitScript(() => {
    const request = async ({ method, params }) => {
      const { result, code, message } = await window.walletRequest(method, params ?? []);
      if (code !== undefined) throw Object.assign(new Error(message), { code });
      return result;
    };
    const detail = Object.freeze({ info: { uuid: '1', name: 'Test wallet', icon: '', rdns: 'test.wallet' }, provider: { request } });
    const announce = () => dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
    addEventListener('eip6963:requestProvider', announce);
    announce();
  });
  return wallet;
}

/** Why an act was refused; what an earlier press was told goes once its button is pressed again. */
const refusalAt = (button) => button.locator(`xpath=ancestor::*[contains(concat(' ', @class, ' '), ' act ')]`).locator('.note.bad');

/** Presses a button that acts, reads what is to be signed, signs, and waits for the end. Gives what was told. */
export async function sign(page, button) {
  await turnTo(page);
  // What is sent through the page takes the chain a second ahead of its clock each time, and it waits a few seconds ahead.
  await ask('keep-up');
  const refusal = refusalAt(button);
  await button.click();
  const dialog = page.getByRole('dialog');
  await dialog.locator('.sentence').or(refusal).first().waitFor();
  if (await dialog.count() === 0) assert.fail(await refusal.first().innerText());
  const told = (await dialog.locator('.sentence').allInnerTexts()).join('\n');
  await dialog.getByRole('button', { name: /Sign and send|签名并发送/ }).click();
  await dialog.locator('.note.good').waitFor({ timeout: 30_000 });
  await dialog.locator('footer button').last().click();
  await dialog.waitFor({ state: 'detached' });
  return told;
}

/** Presses a button whose act the contract refuses. Gives why, as the page says it. */
export async function refused(page, button) {
  await turnTo(page);
  await ask('keep-up');
  await button.click();
  page.seen.refusals++;
  const note = refusalAt(button);
  await note.waitFor();
  return note.innerText();
}

/** The browser says that it is unable to now and then, when the page was given another size just before. */
async function photograph(page, path, attempts = 5) {
  await page.evaluate(() => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))));
  try {
    await page.screenshot({ path, fullPage: true });
  } catch (failure) {
    if (attempts === 1 || !/Unable to capture screenshot/.test(failure.message)) throw failure;
    await page.waitForTimeout(500);
    await photograph(page, path, attempts - 1);
  }
}

/** What is wider than the page, folded parts unfolded too. */
export function sticksOut(page) {
  return page.evaluate(() => {
    for (const details of document.querySelectorAll('details:not([open])')) {
      details.open = true;
      details.dataset.openedByTest = '';
    }
    const width = document.documentElement.clientWidth;
    return [...document.querySelectorAll('body *')]
      .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest('.unseen, .skip') && getComputedStyle(element).position !== 'absolute')
      .map((element) => `${element.tagName}.${element.className}: ${element.textContent.slice(0, 40)}`);
  });
}

/** Looks at a page in both languages, light and dark, on a desk and on a phone: nothing sticks out, nothing is amiss. */
async function lookAt(as, ledger, path, name, account = null) {
  for (const language of ['en', 'zh']) {
    const page = await as(account, { language });
    await page.open(path);
    await page.locator('.reading').first().waitFor({ state: 'detached', timeout: 10_000 }).catch(() => undefined);
    // axe is set by the tests, whatever the page's policy allows; the policy holds for the page itself.
    const session = await page.context().newCDPSession(page);
    await session.send('Runtime.evaluate', { expression: axeSource });
    for (const { look, colorScheme, width, height } of LOOKS) {
      await page.evaluate(() => document.querySelectorAll('details[data-opened-by-test]').forEach((details) => { details.open = false; }));
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await photograph(page, `${ledger.screenshots}/page-${name}-${language}-${look}.png`);
      const stickingOut = await sticksOut(page);
      assert.deepEqual(stickingOut.slice(0, 3), [], `${name} ${language} ${look} sticks out`);
      if (language === 'zh' && look !== 'light') continue;
      const found = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
      const serious = found.violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
      assert.deepEqual(serious.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)} ${nodes[0].failureSummary ?? ''}`), [], `${name} ${language} ${look}: axe`);
    }
    await page.context().close();
  }
}

export { assert };
