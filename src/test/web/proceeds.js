// A round's money in trust: paid once trustees approve and investors do not object, and back to the investors at the end.

import { play, sign, refused, assert, button, file, hashOf, unfold } from './scenario.js';

await play(async ({ ask, as, api, address, announceSuccessor, executeRecovery, lookAt }) => {
  const [t1, t2, t3, newcomer] = await Promise.all(['trustee 1', 'trustee 2', 'trustee 3', 'newcomer'].map(address));

  await ask('at', { time: '2017-05-01T00:00:00Z' });
  await ask('open-share-class', { as: 'issuer', company: 'Adelie Press Inc.' });
  for (const name of ['ann', 'ben', 'cleo', 'trustee 1', 'trustee 2', 'trustee 3', 'newcomer', 'protector']) await ask('attest', { as: name, category: 'accredited' });
  const { company } = (await api('/v1/share-classes')).shareClasses[0];

  // The issuer opens the trust first, of trustees who are independent, and then a round whose proceeds it gets.
  const issuer = await as('issuer');
  await issuer.open(`/trusts?company=${company.id}`);
  await issuer.getByLabel('Trustees, one wallet a line').fill([t1, t2, await address('a stranger to the registrar')].join('\n'));
  await issuer.getByLabel('Protector').fill(await address('protector'));
  await issuer.getByLabel('How much').fill('40');
  await button(issuer, 'Add a tranche').click();
  const second = issuer.getByRole('group', { name: 'Tranche 2' });
  await second.getByLabel('How much').fill('60');
  assert.equal(await second.getByLabel('Only after the tranche before it').isChecked(), true);
  await issuer.locator('input[type=file]').setInputFiles(file('The deed.'));
  await issuer.getByText('Computed here from document.txt.').waitFor();
  assert.match(await refused(issuer, button(issuer, 'Open the trust')), /NotIndependent/);
  await issuer.getByLabel('Trustees, one wallet a line').fill([t1, t2, t3].join('\n'));
  await sign(issuer, button(issuer, 'Open the trust'));
  const trust = await ask('newest', { event: 'TrustOpened' });
  const path = `/trusts/${trust}`;
  const state = () => api(`/v1${path}`);
  await issuer.open(`/companies/${company.id}/open-round`);
  await issuer.getByLabel('Price of one share (USD)').fill('2.00');
  await issuer.getByLabel('Target, in shares').fill('500');
  await issuer.getByLabel('Maximum, in shares').fill('1000');
  await issuer.getByLabel('Opens', { exact: true }).fill('2017-05-09T00:00:00');
  await issuer.getByLabel('Commitments end', { exact: true }).fill('2017-07-08T00:00:00');
  await issuer.getByLabel('Proceeds go to').selectOption(trust);
  await sign(issuer, button(issuer, 'Open the round'));
  await issuer.waitForURL(/\/rounds\/0x/);
  const round = new URL(issuer.url()).pathname.split('/')[2];
  assert.equal((await api(`/v1/rounds/${round}`)).round.trust, trust);
  await issuer.open(`/companies/${company.id}/open-round`);
  const choices = issuer.getByLabel('Proceeds go to');
  await choices.waitFor();
  assert.equal(await choices.locator('option').count(), 1, 'a trust has one round');

  await ask('at', { time: '2017-05-10T00:00:00Z' });
  for (const [who, shares] of [['ann', '600'], ['ben', '310'], ['cleo', '90']]) {
    await ask('mint', { as: who, amount: String(2 * Number(shares)) });
    await ask('send', { as: who, kind: 'commit', fields: { round, shares, termsVersion: 1, consent: false } });
  }
  const first = await as('trustee 1');
  await first.open(path);
  await first.getByText('Waits until the round is settled and its proceeds are here.').first().waitFor();
  assert.equal(await button(first, 'Have the round pay').count(), 0, 'there is nothing yet that it could pay');
  await ask('at', { time: '2017-07-08T00:00:00Z' });
  for (const [kind, more] of [['close', {}], ['tally', { count: 10 }], ['settle', { count: 10 }]]) await ask('send', { as: 'anyone', kind, fields: { round, ...more } });

  // A trustee has the round pay; what the deed says is 40 percent of it is proposed and approved.
  const other = await as('trustee 2');
  const anyone = await as('anyone');
  await anyone.open(path);
  await anyone.locator('.plan').waitFor();
  assert.equal(await button(anyone, 'Have the round pay').count(), 0);
  await first.open(path);
  assert.match(await sign(first, button(first, 'Have the round pay')), /You have the round pay .* what it still owes it/);
  const received = (await state()).trust.money.received;
  assert.equal(received, '2000.00');
  const approved = async () => {
    await first.open(path);
    await sign(first, button(first, 'Propose').first());
    await other.open('/me');
    await other.getByRole('link', { name: 'Payment of tranche 1 of the trust for Adelie Press Inc. waits for your approval' }).click();
    await sign(other, button(other, 'Approve'));
  };
  await approved();
  const protector = await as('protector');
  await protector.open('/me');
  await protector.getByRole('link', { name: 'You may veto the payment of tranche 1 of the trust for Adelie Press Inc.' }).first().waitFor();

  // Investors object: nine percent are too few to call a vote, thirty-one are enough; until it is over nothing is paid.
  const [ann, ben, cleo] = [await as('ann'), await as('ben'), await as('cleo')];
  const callVote = async (page) => {
    await page.open(path);
    await unfold(page, 'Call a vote against it');
    await page.locator('.plan input[type=file]').setInputFiles(file('What we think of it.'));
    await page.locator('.plan').getByText('Computed here').waitFor();
    return button(page, 'Call a vote against it');
  };
  const voted = async (vote, choices) => {
    for (const [page, choice] of choices) {
      await page.open(`/votes/${vote}`);
      await sign(page, button(page, choice));
    }
  };
  assert.match(await refused(cleo, await callVote(cleo)), /TooFewUnits/);
  assert.match(await sign(ben, await callVote(ben)), /You have a vote opened on the payment of tranche 1 .*Nothing is paid until it is over/);
  let now = await state();
  assert.equal(now.disbursements[0].status, 'suspended');
  const votes = (page) => page.getByRole('region', { name: 'Votes of the investors' });
  await cleo.open(path);
  await votes(cleo).getByRole('link', { name: 'to veto the payment of tranche 1' }).click();
  await cleo.getByText('The investors vote on the motion').waitFor();
  await cleo.getByText('to veto the payment of tranche 1').waitFor();
  await anyone.open(path);
  assert.match(await refused(anyone, button(anyone, 'Conclude the vote')), /VotePending/);
  assert.equal(await button(anyone, 'Have it paid').count(), 0);
  await ben.open('/me');
  await ben.getByRole('link', { name: /^Vote of the holders of Adelie/ }).waitFor();
  await voted(now.disbursements[0].vote, [[ben, 'For'], [ann, 'For'], [cleo, 'Against']]);
  await ask('at', { time: '2017-07-20T00:00:00Z' });
  await anyone.open(path);
  await sign(anyone, button(anyone, 'Conclude the vote'));
  assert.equal((await state()).disbursements[0].status, 'vetoed');

  // Proposed anew, most are for it: it goes on, and is paid once the time to object is over.
  await approved();
  await sign(ben, await callVote(ben));
  now = await state();
  await voted(now.disbursements[1].vote, [[ben, 'For'], [ann, 'Against']]);
  await ask('at', { time: '2017-08-05T00:00:00Z' });
  await anyone.open(path);
  await sign(anyone, button(anyone, 'Conclude the vote'));
  assert.equal((await state()).disbursements[1].status, 'approved');
  await anyone.open(path);
  assert.match(await sign(anyone, button(anyone, 'Have it paid')), /tranche 1 \(attempt 2\)/);
  now = await state();
  assert.deepEqual([now.disbursements[1].status, now.trust.money.released], ['executed', '752.00']);
  assert.match(await sign(anyone, button(anyone, 'Pay the platform’s fee')), /pay the platform its fee on what was released/);
  assert.equal((await state()).trust.money.platformFeePaid, '48.00');

  // Investors remove a trustee by a vote, and appoint another.
  const removing = async (page) => {
    await page.open(path);
    await unfold(page, 'Removing a trustee');
    const part = page.locator('details[open]', { hasText: 'Removing a trustee' });
    await part.locator('input[type=file]').setInputFiles(file('Why.'));
    await part.getByText('Computed here').waitFor();
    return part;
  };
  let part = await removing(ann);
  await part.getByLabel('Trustee', { exact: true }).selectOption(t3);
  assert.match(await refused(ann, button(part, 'Carry out the vote to remove')), /MotionNotCarried/);
  assert.match(await sign(ann, button(part, 'Call a vote to remove')), /You have a vote opened on the removal of the trustee/);
  const removal = await ask('newest', { event: 'VoteOpened' });
  await voted(removal, [[ann, 'For'], [ben, 'Abstain']]);
  await ask('at', { time: '2017-08-20T00:00:00Z' });
  part = await removing(ann);
  await part.getByLabel('Trustee', { exact: true }).selectOption(t3);
  assert.match(await sign(ann, button(part, 'Carry out the vote to remove')), /carry out the removal of the trustee/);
  assert.equal((await state()).trustees[2].leftAs, 'removed-by-beneficiaries');
  part = await removing(ben);
  await part.getByLabel('Who shall take the seat').fill(newcomer);
  await sign(ben, button(part, 'Call a vote to appoint'));
  await voted(await ask('newest', { event: 'VoteOpened' }), [[ben, 'For'], [ann, 'For']]);
  const coming = await as('newcomer');
  await coming.open(path);
  await coming.getByText('A seat is vacant.').waitFor();
  await votes(coming).getByRole('link', { name: /^to have 0x\S+ take a trustee’s seat$/ }).waitFor();
  await votes(coming).getByRole('link', { name: /^to remove the trustee 0x/ }).waitFor();
  assert.deepEqual(await votes(coming).locator('.pill').allInnerTexts(), ['not decided', 'passed', 'not passed', 'passed']);
  assert.match(await refused(coming, button(coming, 'Take the vacant seat')), /MotionNotCarried/);
  await ask('at', { time: '2017-09-05T00:00:00Z' });
  await coming.open(path);
  await sign(coming, button(coming, 'Take the vacant seat'));
  assert.equal((await state()).trustees.at(-1).trustee, newcomer);

  // A trustee whose wallet was succeeded acts for nobody any more, and leaves; whoever is independent stays.
  part = await removing(anyone);
  await part.getByLabel('Trustee', { exact: true }).selectOption(t2);
  assert.match(await refused(anyone, button(part, 'Have a trustee leave who is no longer independent')), /IsIndependent/);
  await announceSuccessor('trustee 2');
  await ask('at', { time: '2017-09-20T00:00:00Z' });
  await executeRecovery('trustee 2');
  part = await removing(anyone);
  await part.getByLabel('Trustee', { exact: true }).selectOption(t2);
  await sign(anyone, button(part, 'Have a trustee leave who is no longer independent'));
  assert.equal((await state()).trustees[1].leftAs, 'not-independent');

  // More than half of the seats end it; one who changes their mind is not counted.
  await first.open(path);
  await sign(first, button(first, 'Want it to end'));
  await first.getByText('1 of 3 seats want it to end.').waitFor();
  await sign(first, button(first, 'No longer want it to end'));
  await coming.open(path);
  await sign(coming, button(coming, 'Want it to end'));
  assert.equal((await state()).trust.endedAt, null);
  await first.open(path);
  assert.match(await sign(first, button(first, 'Want it to end')), /It ends once more than half of all seats do/);
  assert.equal((await state()).trust.endReason, 'trustees-decided');

  // What is left goes to the investors, by the shares that they were allotted, whoever asks for it.
  await lookAt(path, 'trust-proceeds', 'ann');
  await ann.open(path);
  await ann.getByText('The trust has ended: the last statement, until its end, is due.').waitFor();
  await sign(ann, button(ann, 'Have it paid out'));
  await ben.open('/me');
  await sign(ben, button(ben.locator('.claimable').first(), 'Claim'));
  await anyone.open(path);
  await unfold(anyone, 'Have somebody else paid');
  await anyone.getByLabel('Their identity, or the wallet').fill(hashOf('cleo'));
  await sign(anyone, button(anyone, 'Have it paid to them'));
  assert.match(await refused(anyone, button(anyone, 'Have it paid to them')), /NothingToPay/);
  const { payments } = await api(`/v1${path}/payments`);
  assert.deepEqual(payments.map(({ amount }) => amount), ['720.00', '372.00', '108.00']);
});
