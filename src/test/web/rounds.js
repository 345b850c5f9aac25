// Rounds: what an investor, an issuer, the guardian and anybody do on their pages.

import { play, sign, refused, assert, button, file } from './scenario.js';

const VISITOR = 'a visitor by any name';
const HOSTILE = `<script>alert(1)</script>\u202eevil ${'long'.repeat(30)}`;

await play(async ({ ledger, ask, as, api, address, announceSuccessor, executeRecovery, lookAt }) => {
  const roundOf = async (address) => (await api(`/v1/rounds/${address}`)).round;
  const panel = (page, name) => page.getByRole('region', { name, exact: true });
  const fill = (page, label, value) => page.getByLabel(label, { exact: true }).fill(value);
  const commitmentOf = async (round, who) => {
    const wallet = await address(who);
    return (await api(`/v1/rounds/${round}/commitments`)).commitments.find((one) => one.wallet === wallet);
  };
  const pick = (page, label, name, text) => page.locator('.file-hash', { has: page.getByLabel(label, { exact: true }) }).locator('input[type=file]').setInputFiles(file(text, name));
  const check = (page, name, text) => page.getByLabel('Check a document that you were given', { exact: true }).setInputFiles(file(text, name));
  const commit = (who, round, shares, consent = false) => ask('send', { as: who, kind: 'commit', fields: { round, shares, termsVersion: 1, consent } });

  await ask('at', { time: '2017-05-01T00:00:00Z' });
  const shareClass = await ask('open-share-class', { as: 'issuer of A', company: 'Adelie Press Inc.' });
  const hostileClass = await ask('open-share-class', { as: 'issuer of B', company: HOSTILE });
  const companies = (await api('/v1/companies')).companies;
  const adelie = companies.find(({ name }) => name === 'Adelie Press Inc.').id;

  // The issuer opens a round.
  const issuer = await as('issuer of A');
  await issuer.open(`/companies/${adelie}/open-round`);
  await fill(issuer, 'Price of one share (USD)', '2.00');
  await fill(issuer, 'Target, in shares', '1000');
  await fill(issuer, 'Maximum, in shares', '5000');
  await issuer.getByText('That is $10,000.00.').waitFor();
  await fill(issuer, 'Opens', '2017-05-09T00:00:00');
  await fill(issuer, 'Commitments end', '2017-05-20T00:00:00');
  await issuer.getByText('These rules want the round to be open for 21 days at least.').waitFor();
  assert.match(await refused(issuer, button(issuer, 'Open the round')), /PublicPeriodTooShort/);
  await fill(issuer, 'Commitments end', '2017-07-08T00:00:00');
  await pick(issuer, 'The terms document', 'terms.txt', 'the terms, first version');
  await fill(issuer, 'The regulator’s reference', 'SEC 020-00001');
  const opening = await sign(issuer, button(issuer, 'Open the round'));
  assert.match(opening, /^Open a round for 1,000 shares to 5,000 shares of Adelie Press Inc., Common Stock \(0x\w+…\w+\) at \$2.00 each, from May 9, 2017/);
  assert.match(opening, /fee is 6%/);
  await issuer.waitForURL(/\/rounds\/0x/);
  const round = new URL(issuer.url()).pathname.split('/')[2];
  assert.equal((await roundOf(round)).maximumAmount, '10000.00');

  // A visitor is let in, and puts money in and takes some out.
  const visitor = await as(VISITOR);
  await visitor.open(`/rounds/${round}`);
  await panel(visitor, 'Invest').getByText('You can commit once the round has opened.').waitFor();
  await ask('at', { time: '2017-05-10T00:00:00Z' });
  await visitor.open(`/rounds/${round}`);
  await panel(visitor, 'Invest').getByText('your wallet has to be attested').waitFor();
  await fill(visitor, 'Shares', '10');
  assert.match(await refused(visitor, button(visitor, 'Commit')), /The contract refuses \(NotEligible/);
  await visitor.open(`/rounds/${round}`);
  await sign(visitor, button(visitor, '1. Be attested'));
  await panel(visitor, 'Try it').getByText('You are attested.').waitFor();
  assert.equal((await api(`/v1/investors/${await address(VISITOR)}`)).investor.category, 'retail');
  assert.match(await sign(visitor, button(visitor, /2\. Get/)), /\$100,000.00 of demonstration money/);
  await panel(visitor, 'Invest').getByText('$20,000.00 left of $20,000.00').waitFor();
  await fill(visitor, 'Shares', '6000');
  await visitor.getByText('Only 5,000 shares can still be committed.').waitFor();
  await fill(visitor, 'Shares', '400');
  await visitor.getByText('They cost $800.00.').waitFor();
  const told = await sign(visitor, button(visitor, 'Commit'));
  assert.match(told, /^Commit \$800.00 for 400 shares in the round of Adelie Press Inc\./);
  assert.match(told, /lets it take exactly that/, 'one transaction, after one signature');
  await panel(visitor, 'Your commitment').getByText('$800.00').waitFor();
  await fill(visitor, 'Shares', '200');
  await sign(visitor, button(visitor, 'Commit more'));
  await panel(visitor, 'Your commitment').getByText('$1,200.00').waitFor();
  await fill(visitor, 'Shares to take back', '50');
  assert.match(await sign(visitor, button(visitor, 'Take these back')), /^Take 50 shares of your commitment back/);
  assert.equal((await commitmentOf(round, VISITOR)).shares, '550');
  assert.match(await sign(visitor, button(visitor, 'Take all back')), /^Take your whole commitment back/);
  assert.equal((await commitmentOf(round, VISITOR)).state, 'cancelled');
  await fill(visitor, 'Shares', '600');
  await sign(visitor, button(visitor, 'Commit'));
  const proof = panel(visitor, 'Your commitment').getByRole('button', { name: /^Verify/ });
  await proof.click();
  await visitor.getByRole('dialog').getByText('It says the same as this page.').waitFor();
  await visitor.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();

  // The money is there, by a proof.
  await panel(visitor, 'Holds and owes').getByRole('button', { name: /^Verify/ }).click();
  await visitor.getByRole('dialog').getByText('It says the same as this page.').waitFor();
  await visitor.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
  assert.match(await panel(visitor, 'Holds and owes').innerText(), /Holds\s+\$1,200.00\s+Owes\s+\$1,200.00/);

  // A document is the one that the contract names, or not.
  const documents = panel(visitor, 'Documents');
  await check(visitor, 'mine.txt', 'the terms, first version');
  await documents.getByText('“mine.txt” is the terms document, version 1, in force now.').waitFor();
  await check(visitor, 'forged.txt', 'the terms, first version.');
  await documents.getByText('“forged.txt” is not the terms document of this round').waitFor();

  // More than a person's limit is refused before anything is signed.
  for (const [who, category] of [['ann', 'accredited'], ['bob', 'retail'], ['cleo', 'accredited']]) {
    await ask('attest', { as: who, category });
    await ask('mint', { as: who, amount: '1000000' });
  }
  await ask('attest', { as: 'poor', category: 'retail' });
  const poor = await as('poor');
  await poor.open(`/rounds/${round}`);
  await fill(poor, 'Shares', '10');
  await poor.getByText('This is more than your wallet has.').waitFor();
  await refused(poor, button(poor, 'Commit'));
  await commit('bob', round, '900');

  // The guardian stops and resumes commitments.
  const guardian = await as('guardian');
  await guardian.open(`/rounds/${round}`);
  assert.match(await sign(guardian, button(guardian, 'Stop new commitments')), /^Stop new commitments to the round of Adelie/);
  await panel(guardian, 'Invest').getByText('The guardian has stopped new commitments for now.').waitFor();
  assert.equal((await roundOf(round)).commitsPaused, true);
  await sign(guardian, button(guardian, 'Let people commit again'));
  assert.equal((await roundOf(round)).commitsPaused, false);
  assert.equal(await panel(visitor, 'For the guardian').count(), 0, 'others are not offered what they may not do');
  assert.equal(await panel(visitor, 'For the company').count(), 0);

  // The issuer changes the terms; who agrees stays, who does not is left out.
  await ask('at', { time: '2017-05-20T00:00:00Z' });
  await issuer.open(`/rounds/${round}`);
  await issuer.locator('summary', { hasText: 'Change the terms' }).click();
  await fill(issuer, 'New deadline', '2017-07-01T00:00:00');
  assert.match(await refused(issuer, button(issuer, 'Change the terms')), /DeadlineBroughtForward/);
  await fill(issuer, 'New deadline', '2017-07-20T00:00:00');
  await pick(issuer, 'The terms document as amended', 'terms.txt', 'the terms, second version');
  const change = await sign(issuer, button(issuer, 'Change the terms'));
  assert.match(change, /^Change the terms of the round of Adelie .* ends on Jul 20, 2017/);
  assert.match(change, /The change is material/);
  assert.equal((await roundOf(round)).termsVersion, 2);
  await visitor.open(`/rounds/${round}`);
  await panel(visitor, 'Your commitment').getByText('If you do not agree before this time').waitFor();
  assert.match(await sign(visitor, button(visitor, 'Agree to version 2')), /^Agree to version 2 of the terms/);
  assert.equal((await commitmentOf(round, VISITOR)).termsVersion, 2);
  await check(visitor, 'old.txt', 'the terms, first version');
  await panel(visitor, 'Documents').getByText('“old.txt” is version 1 of the terms, which is no longer in force.').waitFor();
  await ask('send', { as: 'ann', kind: 'commit', fields: { round, shares: '1000', termsVersion: 2, consent: false } });

  // An early end, not before its notice is over.
  await issuer.open(`/rounds/${round}`);
  await issuer.locator('summary', { hasText: 'End early' }).click();
  await fill(issuer, 'Commitments end at', '2017-05-22T00:00:00');
  assert.match(await refused(issuer, button(issuer, 'Announce the early end')), /EarlyCloseOutOfRange/);
  await fill(issuer, 'Commitments end at', '2017-06-15T00:00:00');
  assert.match(await sign(issuer, button(issuer, 'Announce the early end')), /end early, on Jun 15, 2017/);
  assert.equal((await roundOf(round)).earlyCloseAt, '2017-06-15T00:00:00Z');
  await panel(issuer, 'When what happens').getByText('Commitments end early, as announced').waitFor();

  // Anybody ends it, step by step.
  await ask('at', { time: '2017-06-14T00:00:00Z' });
  await visitor.open(`/rounds/${round}`);
  await panel(visitor, 'Your commitment').getByText('The time to take it back is over.').waitFor();
  await panel(visitor, 'Next steps, by anybody').getByText('The round can be closed once commitments end').waitFor();
  await ask('at', { time: '2017-06-15T00:00:00Z' });
  const anybody = await as('anybody at all');
  await anybody.open(`/rounds/${round}`);
  assert.match(await sign(anybody, button(anybody, 'Close the round')), /^Close the round of Adelie/);
  assert.match(await sign(anybody, button(anybody, 'Tally')), /^Check up to 100 more commitments/);
  assert.equal((await commitmentOf(round, 'bob')).state, 'excluded', 'who did not reconfirm');
  assert.match(await sign(anybody, button(anybody, 'Settle')), /^Settle up to 40 more commitments/);
  assert.match(await sign(anybody, button(anybody, 'Pay the proceeds')), /^Pay the proceeds/);
  assert.match(await sign(anybody, button(anybody, 'Pay the fee')), /^Pay the platform the fee/);
  assert.match(await sign(anybody, button(anybody, 'Send back')), /^Send the money of the commitment/);
  const settled = await roundOf(round);
  assert.deepEqual([settled.status, settled.sharesSold, settled.proceeds.paid, settled.fee.paid], ['settled', '1600', '3008.00', '192.00']);
  assert.equal((await commitmentOf(round, 'bob')).state, 'refunded');
  await panel(anybody, 'History').getByText('The round is settled: 1,600 shares were sold, $3,008.00').waitFor();

  // More is asked for than there is: everybody is cut, and takes the rest back.
  const openRules = await ask('rules', { name: 'OpenOffering' });
  const times = { opensAt: '2017-06-15T12:00:00Z', deadline: '2017-07-15T00:00:00Z' };
  const proRata = await ask('open-round', {
    as: 'issuer of A',
    shareClass,
    terms: { ...times, rules: openRules, allocation: 'pro-rata', oversubscriptionShares: '4000', minimumShares: '100', maximumShares: '1000' },
  });
  // A company with a hostile name has a round that it cancels, and one that the guardian does.
  const hostile = await ask('open-round', { as: 'issuer of B', shareClass: hostileClass, terms: { ...times, rules: openRules, filing: HOSTILE.slice(0, 60), minimumShares: '100', maximumShares: '1000' } });
  const stopped = await ask('open-round', { as: 'issuer of B', shareClass: hostileClass, terms: { ...times, rules: openRules, minimumShares: '100', maximumShares: '1000' } });
  await ask('at', { time: '2017-06-16T00:00:00Z' });
  await commit('cleo', proRata, '1000');
  await commit('ann', proRata, '1000');
  await commit('ann', hostile, '100');
  await commit('cleo', hostile, '100');
  await commit('ann', stopped, '100');

  const hostileIssuer = await as('issuer of B');
  await hostileIssuer.open(`/rounds/${hostile}`);
  await hostileIssuer.locator('h1', { hasText: '<script>' }).waitFor();
  assert.equal(await hostileIssuer.locator('h1').innerText(), HOSTILE);
  await hostileIssuer.locator('summary', { hasText: 'Cancel the round' }).click();
  assert.equal(await button(hostileIssuer, 'Cancel the round').isDisabled(), true, 'there has to be a reason');
  await pick(hostileIssuer, 'The document that says why', 'why.txt', 'we thought better of it');
  assert.match(await sign(hostileIssuer, button(hostileIssuer, 'Cancel the round')), /^End the round of .* for good/);
  assert.equal((await roundOf(hostile)).status, 'cancelled');
  const ann = await as('ann');
  await ann.open(`/rounds/${hostile}`);
  assert.match(await sign(ann, button(ann, 'Take $200.00 back')), /^Send the money/);
  assert.equal((await commitmentOf(hostile, 'ann')).state, 'refunded');

  await guardian.open(`/rounds/${stopped}`);
  await guardian.locator('summary', { hasText: 'Cancel the round' }).click();
  await pick(guardian, 'The document that says why', 'why.txt', 'an order of a court');
  await sign(guardian, button(guardian, 'Cancel the round'));
  assert.equal((await roundOf(stopped)).status, 'cancelled');

  // Someone's key is lost: the commitment follows the person.
  await announceSuccessor('cleo');
  await ask('at', { time: '2017-07-02T00:00:00Z' });
  await executeRecovery('cleo');
  const newKey = await as('cleo with a new key');
  await newKey.open(`/rounds/${proRata}`);
  assert.match(await sign(newKey, button(newKey, 'Bring it to this wallet')), /^Let the commitment of your earlier wallet/);
  assert.equal((await commitmentOf(proRata, 'cleo with a new key')).shares, '1000');
  await ask('at', { time: '2017-07-15T00:00:00Z' });
  for (const [kind, fields] of [['close', {}], ['tally', { count: 10 }], ['settle', { count: 10 }]]) {
    await ask('send', { as: 'anyone', kind, fields: { round: proRata, ...fields } });
  }
  await newKey.open(`/rounds/${proRata}`);
  assert.match(await sign(newKey, button(newKey, 'Take $1,000.00 for shares not allotted')), /not allotted\.$/);
  assert.equal((await roundOf(proRata)).excess.paid, '1000.00');

  // In Europe, consent is asked above the threshold.
  await ask('call', { as: 'operator', contract: ledger.directory, function: 'listSettlementToken', arguments: { token: ledger.dollar, currency: 'EUR' } });
  const euro = await ask('open-round', {
    as: 'issuer of A',
    shareClass,
    terms: { rules: await ask('rules', { name: 'EuropeanCrowdfunding' }), opensAt: '2017-07-16T00:00:00Z', deadline: '2017-09-01T00:00:00Z', minimumShares: '100', maximumShares: '5000' },
  });
  await ask('at', { time: '2017-07-17T00:00:00Z' });
  const bob = await as('bob');
  await bob.open(`/rounds/${euro}`);
  await fill(bob, 'Shares', '500');
  assert.equal(await bob.getByRole('checkbox', { name: /risk warning/ }).count(), 0, 'up to the threshold nothing is asked');
  await fill(bob, 'Shares', '501');
  assert.match(await refused(bob, button(bob, 'Commit')), /ConsentMissing/);
  await bob.getByRole('checkbox', { name: /risk warning/ }).check();
  assert.match(await sign(bob, button(bob, 'Commit')), /You consent to investing more than the threshold/);
  assert.equal((await commitmentOf(euro, 'bob')).consent, true);

  // The list is searched and filtered.
  const reader = await as(null);
  await reader.open('/');
  await reader.locator('.card').nth(4).waitFor();
  await reader.getByLabel('Rules').selectOption('EU-ECSPR');
  await reader.locator('.card').nth(1).waitFor({ state: 'detached' });
  await reader.locator('.card').getByText('EU Regulation 2020/1503').waitFor();
  await reader.getByLabel('Rules').selectOption('');
  await fill(reader, 'Company, filing or class', '020-00001');
  await reader.locator('.card').nth(1).waitFor({ state: 'detached' });
  await reader.locator('.card').getByText('settled').waitFor();
  await reader.getByLabel('Status').selectOption('failed');
  await reader.getByText('No round fits.').waitFor();

  await lookAt('/', 'rounds');
  await lookAt(`/rounds/${round}`, 'round-settled');
  await lookAt(`/rounds/${hostile}`, 'round-hostile', 'issuer of B');
  await lookAt(`/rounds/${euro}`, 'round-open', 'bob');
  await lookAt(`/companies/${adelie}/open-round`, 'open-round', 'issuer of A');
});
