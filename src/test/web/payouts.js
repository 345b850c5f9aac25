// What is paid out beside the plain way: with tax withheld, from money that was sent, after a recovery, and back out of rounds.

import { play, sign, refused, assert, button, doing, hashOf, turnTo } from './scenario.js';

const DOCUMENT = `0x${'ab'.repeat(32)}`;

await play(async ({ ledger, ask, as, api, address, call, sendDollars, announceSuccessor, executeRecovery }) => {

  await ask('at', { time: '2017-05-08T00:00:00Z' });
  const [ann, ben, cleo, other] = await Promise.all(['ann', 'ben', 'cleo', 'cleo with a new key'].map(address));
  const shareClass = await ask('open-share-class', { as: 'issuer', company: 'Payer Inc.' });
  const attest = async (name, particulars) =>
    ask('send', {
      as: 'registrar',
      kind: 'attest',
      fields: { identity: hashOf(name), wallet: await address(name), country: '840', category: 'accredited', expiresAt: '2027-01-01T00:00:00Z', persons: 1, withholdingBps: 0, dossier: DOCUMENT, limits: [{ regime: 'US-REG-CF', currency: 'USD', amount: '100000.00' }], ...particulars },
    });
  await attest('ann', { withholdingBps: 1500 });
  for (const person of ['ben', 'cleo']) await ask('attest', { as: person, category: 'accredited' });
  for (const [to, shares] of [[ann, '100'], [ben, '50'], [cleo, '50']]) await call('issuer', shareClass, 'issueByCompany', { to, shares, lockedUntil: '0' });
  await call('issuer', ledger.directory, 'openDistribution', { shareClass, token: ledger.dollar });
  const distribution = await ask('newest', { event: 'DistributionsOpened' });
  await call('issuer', shareClass, 'declareRecordDate', { date: '2017-06-01T00:00:00Z' });
  await ask('mint', { as: 'issuer', amount: '2000' });
  await ask('call-and-pay', { as: 'issuer', contract: distribution, function: 'declareAndFund', arguments: { kind: '0', recordDate: '1', amount: '1000000000', documentHash: DOCUMENT }, units: '1000000000' });

  // Anybody fixes the rates that are attested before the record date.
  const anyone = await as('anyone');
  await anyone.open(`/distributions/${distribution}/1`);
  const rates = await doing(anyone, 'Fix withholding rates');
  assert.match(await sign(anyone, button(rates, 'Fix withholding rates')), /3 holders/);
  // Where nothing is withheld, there is nothing to note.
  assert.equal((await api('/v1/events?kind=WithholdingNoted')).events.length, 1);

  // A second one is funded with what somebody sent, and not before.
  await call('issuer', distribution, 'declare', { kind: '0', recordDate: '1', amount: '20000000', documentHash: DOCUMENT });
  const issuer = await as('issuer');
  await issuer.open(`/distributions/${distribution}/2`);
  assert.match(await refused(issuer, button(issuer, 'Fund it with what was sent to the contract')), /SurplusTooSmall/);
  await sendDollars('issuer', distribution, 20_000_000);
  assert.match(await sign(issuer, button(issuer, 'Fund it with what was sent to the contract')), /distribution no\. 2/);
  assert.equal((await api(`/v1/distributions/${distribution}/2`)).distribution.status, 'funded');
  await anyone.open(`/distributions/${distribution}/2`);
  assert.equal(await button(anyone, 'Fund it').count(), 0, 'it is funded once');

  // Ann is paid less what is withheld, which waits for the company, for anybody to have it paid.
  await ask('at', { time: '2017-06-02T00:00:00Z' });
  const annPage = await as('ann');
  await annPage.open(`/distributions/${distribution}/1`);
  await annPage.getByText('What you are due is shown with the chain’s next block').waitFor();
  await anyone.open(`/distributions/${distribution}/1`);
  assert.match(await sign(anyone, button(anyone, 'Open the claims')), /Open the claims/);
  await turnTo(annPage);
  await annPage.getByText('15% of it, $75.00, is withheld').waitFor();
  const elsewhere = await doing(annPage, 'Be paid elsewhere');
  await elsewhere.getByLabel('Wallet to be paid').fill(ben);
  await sign(annPage, button(elsewhere, 'Be paid elsewhere'));
  await sign(annPage, button(annPage, 'Be paid to your own wallet again'));
  await sign(annPage, button(annPage, 'Claim').first());
  const paid = (await api(`/v1/distributions/${distribution}/1/claims`)).claims;
  assert.deepEqual(paid.map(({ paid: money, withheld, payee }) => [money, withheld, payee]), [['425.00', '75.00', ann]]);
  await anyone.open(`/distributions/${distribution}/1`);
  await anyone.getByText('$75.00 waits for the company').waitFor();
  assert.match(await sign(anyone, button(anyone, 'Pay the company')), /pay the company what was withheld or returned/);
  assert.equal((await api('/v1/events?kind=CompanyPaid')).events.length, 1);
  await button(anyone, 'Pay the company').waitFor({ state: 'detached' });

  // Cleo's place is taken by another wallet: what it held and what it is due follow.
  const follow = await doing(anyone, 'After a recovery');
  await follow.getByLabel('The old wallet').fill(cleo);
  assert.match(await refused(anyone, follow.locator('.act > button')), /NotSucceeded/);
  await announceSuccessor('cleo');
  await ask('at', { time: '2017-06-17T00:00:00Z' });
  await executeRecovery('cleo');
  await anyone.open(`/distributions/${distribution}/1`);
  const again = await doing(anyone, 'After a recovery');
  await again.getByLabel('The old wallet').fill(cleo);
  assert.match(await sign(anyone, again.locator('.act > button')), /is due to the wallet that took its place/);
  await anyone.open(`/share-classes/${shareClass}`);
  const moving = await doing(anyone, 'Move a recovered holding');
  await moving.getByLabel('The old wallet').fill(ben);
  assert.match(await refused(anyone, moving.locator('.act > button')), /NothingToRecover/);
  await moving.getByLabel('The old wallet').fill(cleo);
  assert.match(await sign(anyone, moving.locator('.act > button')), /Move all shares of .* to the wallet that took its place/);
  const register = Object.fromEntries((await api(`/v1/share-classes/${shareClass}/holders`)).holders.map(({ wallet, shares }) => [wallet, shares]));
  assert.deepEqual(register, { [ann]: '100', [ben]: '50', [other]: '50' });
  const heir = await as('cleo with a new key');
  await heir.open('/me');
  await heir.locator('.claimable').first().waitFor();
  await sign(heir, button(heir.locator('.claimable').filter({ hasText: '$250.00' }), 'Claim'));
  const last = (await api(`/v1/distributions/${distribution}/1/claims`)).claims.at(-1);
  assert.deepEqual([last.paid, last.payee], ['250.00', other]);

  // Money comes back from a round that failed and from one that was oversubscribed.
  const rounds = await ask('open-share-class', { as: 'raiser', company: 'Rounds Inc.' });
  const open = (terms) => ask('open-round', { as: 'raiser', shareClass: rounds, terms: { opensAt: '2017-06-19T00:00:00Z', deadline: '2017-08-08T00:00:00Z', ...terms } });
  const failing = await open({});
  const shared = await open({ allocation: 'pro-rata', maximumShares: '6000', oversubscriptionShares: '12000' });
  await ask('at', { time: '2017-06-20T00:00:00Z' });
  for (const [who, round, shares] of [['ben', failing, '10'], ['ben', shared, '6000'], ['ann', shared, '3000']]) {
    await ask('mint', { as: who, amount: String(2 * Number(shares)) });
    await ask('send', { as: who, kind: 'commit', fields: { round, shares, termsVersion: 1, consent: false } });
  }
  // More than a person's limit of twelve months (17 CFR 227.100(a)(2)) is refused before anything is signed; all of it is not.
  await attest('dora', { category: 'retail', limits: [{ regime: 'US-REG-CF', currency: 'USD', amount: '2500.00' }] });
  await ask('mint', { as: 'dora', amount: '10000' });
  const dora = await as('dora');
  await dora.open(`/rounds/${failing}`);
  await dora.getByLabel('Shares', { exact: true }).fill('1251');
  assert.match(await refused(dora, button(dora, 'Commit')), /YearlyLimitExceeded/);
  await dora.getByLabel('Shares', { exact: true }).fill('1250');
  await sign(dora, button(dora, 'Commit'));
  await ask('at', { time: '2017-08-08T00:00:00Z' });
  await ask('send', { as: 'anyone', kind: 'close', fields: { round: failing } });
  await ask('send', { as: 'anyone', kind: 'close', fields: { round: shared } });
  for (const kind of ['tally', 'settle']) await ask('send', { as: 'anyone', kind, fields: { round: shared, count: 10 } });
  const benPage = await as('ben');
  await benPage.open('/me');
  const mine = (amount) => benPage.locator('.claimable').filter({ hasText: amount });
  assert.match(await sign(benPage, button(mine('$20.00'), 'Claim')), /Send the money of the commitment/);
  await mine('$20.00').waitFor({ state: 'detached' });
  assert.match(await sign(benPage, button(mine('$4,000.00'), 'Claim')), /asked for and not allotted/);
  await mine('$4,000.00').waitFor({ state: 'detached' });
  assert.deepEqual((await api(`/v1/investors/${ben}/claims`)).claims.rounds, []);
});
