// Nothing that the page says stays English for Chinese readers.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMMITMENT_STATES } from '../../verify/lib/rounds.js';
import { REFUSALS } from '../../verify/lib/refusal.js';
import { load } from './page.js';

const ROOT = fileURLToPath(new URL('../../../../..', import.meta.url));
const LIB = join(ROOT, 'src/main/web/verify/lib');
const page = await load('language', 'format', 'api', 'proof/words', 'signing/known', 'signing/refusals', 'signing/refusals.zh', 'signing/sentence.zh', 'wallet/played');

const ENGLISH = Object.fromEntries(
  readFileSync(join(ROOT, 'src/main/resources/io/fundtrail/transact/sentences.properties'), 'utf8')
    .split('\n')
    .filter((line) => /^\w+ = /.test(line))
    .map((line) => line.split(/ = (.*)/s, 2)),
);
const REFUSALS_JAVA = readFileSync(join(ROOT, 'src/main/java/io/fundtrail/transact/Refusals.java'), 'utf8');
const places = (sentence) => [...new Set(sentence.match(/\{\w+:[a-z]+\}/g))].sort();
const inOrder = (table) => Object.keys(table).sort();

test('every error of the contracts has a Chinese sentence with the same placeholders', () => {
  assert.ok(inOrder(ENGLISH).length > 200);
  assert.deepEqual(inOrder(page.SENTENCES), inOrder(ENGLISH));
  for (const [error, sentence] of Object.entries(page.SENTENCES)) {
    assert.deepEqual(places(sentence), places(ENGLISH[error]), error);
    assert.match(sentence, /\p{Script=Han}.*。$/su, error);
  }
});

test('every name that a sentence fills in is there in Chinese', () => {
  const manners = {
    STATUSES: 'status', STATES: 'state', REASONS: 'reason', ROLES: 'role', CATEGORIES: 'category', RECOVERY_KINDS: 'kind', RECOVERIES: 'recovery',
    FAULTS: 'fault', ENDS: 'end', DISBURSEMENTS: 'disbursement', DISTRIBUTIONS: 'distribution', LISTINGS: 'listing',
  };
  const lists = [...REFUSALS_JAVA.matchAll(/List<String> (\w+) =\s+List\.of\((.*?)\);/gs)];
  assert.deepEqual(lists.map(([, name]) => name).sort(), inOrder(manners));
  for (const [, name, items] of lists) {
    const english = items.replaceAll(/"\s*\+\s*"/g, '').match(/"[^"]*"/g);
    const chinese = page.NAMES[manners[name]]();
    assert.equal(chinese.length, english.length, name);
    for (const word of chinese) assert.match(word, /^\P{Script=Latin}+$/u, name);
  }
  const panics = REFUSALS_JAVA.match(/PANICS =\s+Map\.of\((.*?)\);/s)[1].match(/0x\w+/g).map(Number);
  assert.deepEqual(inOrder(page.PANICS), panics.map(String).sort());
});

const ADDRESS = '0x84476a61d0118d2735dcf13a6089396b9a15e1d9';
const ROUND = '0x5fbdb2315678afecb367f032d93f642f64180aa3';
const SMALLEST = { address: `0x${'0'.repeat(40)}`, hash: `0x${'0'.repeat(64)}`, selector: '0x00000000', word: `0x${'0'.repeat(64)}`, text: '' };
const LARGEST = { address: ADDRESS, hash: `0x${'f'.repeat(64)}`, selector: '0xffffffff', word: `0x${'f'.repeat(64)}`, text: '$1 \\ x' };

const sentence = (name, values, contract = ROUND) =>
  page.refusalSentence({ name, signature: '', arguments: Object.entries(values).map(([argument, value]) => ({ name: argument, type: '', value: String(value) })) }, contract);

test('every error is said with its smallest and its largest arguments', () => {
  for (const [values, number] of [[SMALLEST, 0n], [LARGEST, 2n ** 256n - 1n]]) {
    for (const [error, english] of Object.entries(ENGLISH)) {
      const given = Object.fromEntries([...english.matchAll(/\{(\w+):([a-z]+)\}/g)].map(([, name, manner]) => [name, values[manner] ?? number]));
      const said = sentence(error, given);
      assert.doesNotMatch(said, /[{}]|undefined|null|NaN|Infinity|Invalid/, error);
    }
  }
});

test('arguments are said as what they are', () => {
  page.showUtc(true);
  assert.equal(sentence('HoldsLessThanItOwes', { held: 99_990_000, owed: 100_000_000 }), '本轮次持有 99,990,000（最小单位），但应付 100,000,000（最小单位），因此不再接收资金。退出照常进行。');
  page.note([[ROUND, { name: '果园', contract: 'FundingRound', unit: 'USD', decimals: 6 }], [ADDRESS, { contract: 'ShareToken', unit: 'ORCH', decimals: 0 }]]);
  assert.match(sentence('HoldsLessThanItOwes', { held: 99_990_000, owed: 100_000_000 }), /^本轮次持有 US\$99\.99，但应付 US\$100\.00，/);
  assert.match(sentence('MoreThanPrincipalsGave', { amount: 1_500_000, attested: 1_000_000 }), /^US\$1\.50 超过被代持人出资的 US\$1\.00。$/);
  assert.match(sentence('ERC20InsufficientBalance', { sender: ROUND, balance: 25, needed: 1250 }, ADDRESS), /^果园 \(0x5fbdb2…0aa3\) 的余额为 25 股；需要 1,250 股。$/);
  assert.equal(sentence('DeadlinePassed', { deadline: 1_499_472_000, time: 1_499_472_001 }), '本轮次的认购已于 2017年7月8日 00:00:00 UTC 截止；下一区块的时间为 2017年7月8日 00:00:01 UTC。');
  assert.equal(sentence('FeeNotAgreed', { given: 600, agreed: 1050 }), '本轮次填写的费率为 6%；与此公司约定的费率为 10.5%。');
  assert.equal(sentence('WrongStatus', { status: 4, required: 0 }), '本轮次的状态为“失败”；此操作要求状态为“开放中”。');
  assert.equal(sentence('WrongCurrency', { given: '0x555344', required: `0x455552${'00'.repeat(2)}` }), '所填货币为 USD；须为 EUR。');
  assert.equal(sentence('NotABusinessDay', { day: 17_355 }), '2017-07-08 本来就不是工作日。');
  assert.equal(sentence('DelayTooShort', { given: 90, minimum: 172_800 }), '延迟 90 秒短于最短延迟 2 天。');
  assert.match(sentence('NotAuthorized', { caller: ROUND, selector: '0x00c0ffee' }), /函数 pauseCommits /);
  assert.match(sentence('NoVotes', { elector: `0x${'0'.repeat(24)}${ROUND.slice(2)}` }), /^表决人 果园 \(/);
  assert.match(sentence('TransferRefused', { shares: 1, from: ROUND, to: ADDRESS, reason: 7 }), /：股份已依命令冻结。$/);
});

test('the service is heard in the language that is spoken', () => {
  const refused = new page.Problem({
    type: '/problems/refused', title: 'A contract refuses this', status: 422, detail: 'A commitment needs at least one share.',
    transaction: 0, contract: ROUND, error: { name: 'NoShares', signature: 'NoShares()', arguments: [] }, data: '0x',
  });
  const missing = new page.Problem({ type: '/problems/not-found', title: '', status: 404, detail: 'There is no round 0x00.' });
  const wrong = new page.Problem({ type: '/problems/invalid-request', title: '', status: 400, detail: '', in: 'query', parameter: 'limit', given: '0', expected: 'a whole number from 1 to 200' });
  const unproven = new page.Problem({ type: '/problems/not-provable', title: '', status: 422, detail: 'This cannot be proven: 0x00 holds nothing (not a holder).' });
  page.speak('zh');
  assert.equal(page.explained(refused), '合约拒绝（NoShares）：每笔认购至少为一股。');
  assert.doesNotMatch(page.explained(missing), /[a-z]/i);
  assert.equal(page.explained(wrong), 'limit：不接受“0”；应为：1 至 200 的整数。');
  assert.equal(page.explained(unproven), `无法证明：${page.REFUSALS_ZH.NOT_A_HOLDER}`);
  page.speak('en');
  assert.equal(page.explained(refused), 'The contract refuses (NoShares): A commitment needs at least one share.');
  assert.equal(page.explained(missing), 'There is no round 0x00.');
  page.speak('zh');
});

test('every step of the verifier is put into Chinese, with its values', () => {
  const steps = readdirSync(LIB).flatMap((file) => {
    const text = readFileSync(join(LIB, file), 'utf8');
    const found = [...text.matchAll(/onStep\(\s*(?:`([^`]*)`|'([^']*)')/g)].map(([, filled, plain]) => (filled ?? plain).replaceAll(/\$\{[^}]*\}/g, '{}'));
    assert.equal(found.length, text.split('onStep(').length - 1, `${file} has a step that is no sentence`);
    return found;
  });
  assert.deepEqual(inOrder(page.STEPS_ZH), steps.sort());
  for (const step of steps) {
    let place = 0;
    const values = [];
    const said = page.stepInWords(step.replaceAll('{}', () => (values.push(`0x${++place}a`), values.at(-1))));
    assert.doesNotMatch(said, /[b-z]{4}|undefined/, said);
    for (const value of values) assert.ok(said.includes(value), `${said} without ${value}`);
  }
  for (const state of COMMITMENT_STATES) {
    const said = page.stepInWords(`Of ${ADDRESS} the round has a commitment that is ${state}, by its proven slot.`);
    assert.match(said, /状态为“\p{Script=Han}+”。$/u);
  }
});

test('every reason for a rejection is there in Chinese', () => {
  assert.deepEqual(inOrder(page.REFUSALS_ZH), inOrder(REFUSALS));
  for (const reason of Object.keys(REFUSALS)) assert.match(page.refusalInWords(reason), /\p{Script=Han}.*。$/u);
});

test('every account that can be played is called by a Chinese name', () => {
  for (const name of page.PLAYED) assert.match(page.accountName(name), /\p{Script=Han}/u, name);
  assert.equal(page.accountName('Sample Orchards trustee 2'), 'Sample Orchards 受托人 2');
  assert.equal(page.accountName('issuer of 020-17157'), '020-17157 的发行人');
  assert.equal(page.accountName('my trustee'), 'my trustee');
});
