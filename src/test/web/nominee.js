// A trust that holds shares and money for people whom its deed names: it votes, is given more, and is taken back.

import { play, sign, refused, assert, button, file, unfold } from './scenario.js';

await play(async ({ ask, as, api, address, call, openVote, sendDollars, announceSuccessor, executeRecovery, lookAt }) => {
  const [t1, t2, x, y, payee, payeesNext] = await Promise.all(['trustee 1', 'trustee 2', 'X', 'Y', 'payee', 'payee with a new key'].map(address));

  await ask('at', { time: '2017-05-01T00:00:00Z' });
  const shareClass = await ask('open-share-class', { as: 'issuer', company: 'Sample Orchards Inc.' });
  for (const name of ['X', 'Y', 'payee', 'settlor', 'other holder']) await ask('attest', { as: name, category: 'accredited' });
  await call('issuer', shareClass, 'issueByCompany', { to: await address('settlor'), shares: '1000', lockedUntil: '0' });
  await call('issuer', shareClass, 'issueByCompany', { to: await address('other holder'), shares: '400', lockedUntil: '0' });
  await ask('mint', { as: 'settlor', amount: '500' });
  const { company } = (await api('/v1/share-classes')).shareClasses[0];

  const issuer = await as('issuer');
  await issuer.open(`/trusts?company=${company.id}`);
  await issuer.getByLabel('Who it is for').selectOption('named');
  await issuer.getByLabel('Shares that it holds').selectOption(shareClass);
  await issuer.getByLabel('Settlor', { exact: true }).fill(await address('settlor'));
  await issuer.getByLabel('Trustees, one wallet a line').fill(`${t1}\n${t2}`);
  await issuer.getByLabel('Beneficiaries, one a line').fill(`${x} 3\n${y} 1`);
  await issuer.getByLabel('What it pays').selectOption('amount');
  await issuer.getByLabel('How much').fill('50');
  await issuer.getByLabel('To whom').fill(payee);
  await button(issuer, 'Add a tranche').click();
  const second = issuer.getByRole('group', { name: 'Tranche 2' });
  await second.getByLabel('What it pays').selectOption('number');
  await second.getByLabel('How much').fill('100');
  await second.getByLabel('To whom').fill(payee);
  await second.getByLabel('Only after the tranche before it').uncheck();
  await issuer.getByLabel('The settlor may take everything back').check();
  await issuer.locator('input[type=file]').setInputFiles(file('The deed.'));
  await issuer.getByText('Computed here from document.txt.').waitFor();
  await sign(issuer, button(issuer, 'Open the trust'));
  const taken = await ask('newest', { event: 'TrustOpened' });
  await sign(issuer, button(issuer, 'Open the trust'));
  const trust = await ask('newest', { event: 'TrustOpened' });
  const path = `/trusts/${trust}`;
  const state = () => api(`/v1${path}`);

  // The settlor gives shares, once it allowed the trust to take them, and money.
  const settlor = await as('settlor');
  await settlor.open(path);
  await unfold(settlor, 'Give shares to this trust');
  await settlor.getByLabel('How many shares').fill('800');
  assert.match(await refused(settlor, settlor.getByRole('button', { name: /^2\. Give/ })), /ERC20InsufficientAllowance|InsufficientAllowance/);
  await sign(settlor, button(settlor, '1. Allow the trust to take them'));
  assert.match(await sign(settlor, settlor.getByRole('button', { name: /^2\. Give/ })), /You give 800 /);
  await unfold(settlor, 'Give money to this trust');
  await settlor.getByLabel('Amount in USD').fill('200');
  await sign(settlor, button(settlor, 'Give'));
  let now = await state();
  assert.deepEqual([now.trust.shares.received, now.trust.money.received], ['800', '200.00']);
  assert.equal((await api(`/v1/share-classes/${shareClass}/holders`)).holders.find(({ wallet }) => wallet === trust).shares, '800');

  // Money that came without being asked for becomes part of the fund, by a trustee and by nobody else.
  await ask('mint', { as: 'anyone', amount: '30' });
  await sendDollars('anyone', trust, 30_000_000);
  await ask('at', { time: '2017-05-02T00:00:00Z' });
  const [anyone, first, other] = [await as('anyone'), await as('trustee 1'), await as('trustee 2')];
  await anyone.open(path);
  await anyone.locator('.plan').waitFor();
  assert.equal(await button(anyone, 'Make it part of the fund').count(), 0);
  await first.open(path);
  await first.getByText('Came without being asked for').waitFor();
  await sign(first, button(first, 'Make it part of the fund'));
  assert.equal((await state()).trust.money.received, '230.00');

  // The trustees say together how the trust votes.
  await call('issuer', shareClass, 'declareRecordDate', { date: '2017-05-10T00:00:00Z' });
  await ask('at', { time: '2017-05-11T00:00:00Z' });
  const vote = await openVote(shareClass, '2017-05-12T00:00:00Z', '2017-06-12T00:00:00Z');
  await ask('at', { time: '2017-05-13T00:00:00Z' });
  await anyone.open(`/votes/${vote}`);
  await anyone.getByText('Your wallet has no vote in this').waitFor();
  assert.equal(await anyone.getByText('Instruct a trust’s ballot').count(), 0);
  const says = (page, choice) => page.getByRole('region', { name: 'Instruct a trust’s ballot' }).getByRole('button', { name: choice, exact: true });
  await first.open(`/votes/${vote}`);
  await sign(first, says(first, 'For'));
  assert.equal((await api(`/v1/votes/${vote}`)).vote.inFavour, '0', 'one of two trustees is not enough');
  await other.open(`/votes/${vote}`);
  await sign(other, says(other, 'Against'));
  assert.deepEqual((await api(`/v1/votes/${vote}/ballots`)).ballots.filter(({ choice }) => choice !== 'none'), []);
  assert.match(await sign(other, says(other, 'For')), new RegExp(`Say as a trustee that ${trust.slice(0, 8)}…${trust.slice(-4)} is to vote: For, in Vote of the holders · Sample Orchards Inc`));
  assert.equal((await api(`/v1/votes/${vote}`)).vote.inFavour, '800');
  await ask('at', { time: '2017-06-20T00:00:00Z' });
  await first.open(`/votes/${vote}`);
  await first.getByText('Voting is over. The outcome stands.').waitFor();
  assert.equal(await says(first, 'Against').count(), 0);

  // The beneficiaries veto a payment: with three units of four, X alone is enough once X moves it.
  const approved = async (tranche) => {
    await first.open(path);
    await sign(first, button(first.locator('.plan > li').nth(tranche), 'Propose'));
    await other.open(path);
    await sign(other, button(other.locator('.plan > li').nth(tranche), 'Approve'));
  };
  await approved(0);
  const ben = await as('X');
  await ben.open(path);
  await unfold(ben, 'Motions that nobody supports yet');
  const motion = ben.locator('.motion', { hasText: 'to veto the payment of tranche 1' });
  assert.equal(await button(motion, 'Carry it out').count(), 0);
  // What was asked before it and is answered after it is older, and is not shown.
  let answered;
  const late = new Promise((resolve) => {
    answered = resolve;
  });
  const hold = async (route) => {
    const response = await route.fetch();
    await late;
    await route.fulfill({ response });
  };
  await ben.route('**/v1/events*kind=MotionSupported*', hold, { times: 1 });
  const held = ben.waitForRequest(/kind=MotionSupported/);
  await ask('attest', { as: 'a passer-by', category: 'retail' });
  await held;
  await sign(ben, button(motion, 'Support it'));
  await button(motion, 'No longer support it').waitFor();
  const arrived = ben.waitForResponse(/kind=MotionSupported/);
  answered();
  await arrived;
  await ben.waitForTimeout(300);
  assert.equal(await button(motion, 'Support it').count(), 0);
  await sign(ben, button(motion, 'No longer support it'));
  await sign(ben, button(motion, 'Support it'));
  assert.match(await sign(ben, button(motion, 'Carry it out')), /veto.*the payment of tranche 1|the payment of tranche 1.*veto/);
  assert.equal((await state()).disbursements[0].status, 'vetoed');

  // The payee's wallet is succeeded by another, which is paid then: money first, shares after it.
  await announceSuccessor('payee');
  await ask('at', { time: '2017-07-05T00:00:00Z' });
  await executeRecovery('payee');
  await anyone.open(path);
  await unfold(anyone, 'After a recovery');
  await anyone.getByLabel('The old wallet').fill(payee);
  assert.match(await sign(anyone, button(anyone, 'Pay its successor what it receives')), /You have what 0x.* receives from .* paid to the wallet that came after it/);
  await approved(0);
  await approved(1);
  await ask('at', { time: '2017-07-20T00:00:00Z' });
  await anyone.open(path);
  for (const tranche of [0, 1]) await sign(anyone, button(anyone.locator('.plan > li').nth(tranche), 'Have it paid'));
  now = await state();
  assert.deepEqual(now.disbursements.slice(1).map(({ status, recipient, paid }) => [status, recipient, Number(paid)]), [['executed', payeesNext, 50], ['executed', payeesNext, 100]]);

  // A court's order that nobody confirmed in its thirty days has lapsed.
  const registrar = await as('registrar');
  await registrar.open(path);
  await unfold(registrar, 'Removing a trustee');
  await registrar.getByLabel('Trustee', { exact: true }).selectOption(t2);
  await registrar.locator('details[open] input[type=file]').setInputFiles(file('The order.'));
  await registrar.locator('details[open]').getByText('Computed here').waitFor();
  await sign(registrar, button(registrar, 'Announce a court’s order to remove'));
  const recovery = await as('recovery');
  await recovery.open(path);
  await recovery.getByText('A court ordered this trustee’s removal.').waitFor();
  assert.equal(await button(recovery, 'Confirm and execute the order').count(), 0, 'not before seven days');
  await ask('at', { time: '2017-08-27T00:00:00Z' });
  await recovery.open(path);
  await recovery.getByText('A court’s order to remove this trustee lapsed').waitFor();
  assert.equal(await button(recovery, 'Confirm and execute the order').count(), 0);

  // Its plan is carried out, so anybody may end it; each beneficiary takes their part of the money and of the shares.
  await lookAt(path, 'trust-nominee', 'settlor');
  await anyone.open(path);
  await anyone.getByText('Its deed says that anyone may end it now.').waitFor();
  assert.match(await sign(anyone, button(anyone, 'End the trust')), /because its deed says that it may end now/);
  assert.equal((await state()).trust.endReason, 'plan-completed');
  const beny = await as('Y');
  for (const [page, shares] of [[ben, '525'], [beny, '175']]) {
    await page.open(path);
    await page.getByText(`Left for you: ${shares} shares`).waitFor();
    await sign(page, button(page, 'Have it paid out'));
    if (page === ben) {
      await page.open('/me');
      await sign(page, button(page.locator('.claimable').filter({ hasText: `${shares} shares` }), 'Claim'));
    } else {
      await anyone.open(path);
      await unfold(anyone, 'Have somebody else paid');
      await anyone.getByLabel('Their identity, or the wallet').fill(y);
      await sign(anyone, button(anyone, 'Have the shares handed to them'));
    }
    await page.open(path);
    await page.getByText('Nothing is left for the connected wallet.').waitFor();
  }
  const paid = async (of) => (await api(`/v1/trusts/${of}/payments`)).payments.map(({ wallet, inShares, amount }) => [wallet, inShares, Number(amount)]);
  assert.deepEqual(await paid(trust), [[x, false, 135], [x, true, 525], [y, false, 45], [y, true, 175]]);

  // The other trust's settlor takes everything back; nobody else is offered to, and whom its deed names gets nothing.
  const revoked = `/trusts/${taken}`;
  await settlor.open(revoked);
  await unfold(settlor, 'Give shares to this trust');
  await settlor.getByLabel('How many shares').fill('100');
  await sign(settlor, button(settlor, '1. Allow the trust to take them'));
  await sign(settlor, settlor.getByRole('button', { name: /^2\. Give/ }));
  await unfold(settlor, 'Give money to this trust');
  await settlor.getByLabel('Amount in USD').fill('20');
  await sign(settlor, button(settlor, 'Give'));
  await anyone.open(revoked);
  await anyone.locator('.plan').waitFor();
  assert.equal(await button(anyone, 'Revoke it and take everything back').count(), 0);
  assert.match(await sign(settlor, button(settlor, 'Revoke it and take everything back')), /As the settlor you revoke .* what is left comes back to you/);
  await ben.open(revoked);
  await ben.getByText('Nothing is left for the connected wallet.').waitFor();
  await settlor.getByText('Left for you: 100 shares').waitFor();
  await sign(settlor, button(settlor, 'Have it paid out'));
  await sign(settlor, button(settlor, 'Have the shares handed over'));
  assert.deepEqual(await paid(taken), [[await address('settlor'), false, 20], [await address('settlor'), true, 100]]);
});
