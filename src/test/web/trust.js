// Trusts: what settlor, trustees, protector, beneficiaries, investors and courts do on a trust's page.

import { play, sign, refused, assert, button, file, hashOf, unfold } from './scenario.js';

const DEED = 'The deed of the family trust.';
await play(async ({ ask, as, api, address, announceSuccessor, executeRecovery, lookAt }) => {
  const [t1, t2, t3, x, y, anyone] = [await address('trustee 1'), await address('trustee 2'), await address('trustee 3'), await address('X'), await address('Y'), await address('anyone')];

  await ask('at', { time: '2017-05-08T00:00:00Z' });
  await ask('open-share-class', { as: 'settlor', company: '<script>alert(1)</script> \u202egnortS Family Co.' });

  // The settlor opens a trust for two people, by the form; nobody else gets to see the form.
  const stranger = await as('anyone');
  await stranger.open('/trusts?company=1');
  await stranger.getByText('Whoever acts for the company can open a trust').waitFor();
  assert.equal(await button(stranger, 'Open the trust').count(), 0);
  const settlor = await as('settlor');
  await settlor.open('/trusts?company=1');
  await settlor.getByLabel('Who it is for').selectOption('named');
  assert.ok(await button(settlor, 'Open the trust').isDisabled(), 'nothing is signed with faults');
  await settlor.getByText('Each trustee’s line needs one wallet').waitFor();
  await settlor.getByLabel('Trustees, one wallet a line').fill(`${t1}\n${t2}\n${t3}`);
  await settlor.getByLabel('Beneficiaries, one a line').fill(`${x} 3\n${y}, 1`);
  await settlor.getByLabel('Protector').fill(await address('protector'));
  await settlor.getByLabel('How much').fill('50');
  await settlor.getByLabel('To whom').fill(anyone);
  await settlor.getByLabel('Last day').fill('2020-01-01');
  await settlor.getByLabel('Trustees’ fee').fill('2.5');
  await settlor.locator('input[type=file]').setInputFiles(file(DEED));
  await settlor.getByText('Computed here from document.txt.').waitFor();
  const opened = await sign(settlor, button(settlor, 'Open the trust'));
  assert.match(opened, /2 of 3 trustees approve what is paid, in 1 tranches; there are 14 days to object/);
  assert.ok(opened.includes(hashOf(DEED).slice(0, 8)) && opened.includes('with 3 units'), opened);
  const trust = await ask('newest', { event: 'TrustOpened' });
  const path = `/trusts/${trust}`;
  const state = async () => api(`/v1${path}`);
  let now = await state();
  assert.equal(now.trust.deed.deedHash, hashOf(DEED));
  assert.equal(now.trust.deed.trusteeFeeBps, 250);
  assert.deepEqual(now.beneficiaries.map(({ units }) => units), ['3', '1']);
  assert.equal(await settlor.locator('script', { hasText: 'alert' }).count(), 0);
  await settlor.locator('.card', { hasText: '<script>alert(1)</script>' }).waitFor();

  // The settlor funds it; what it holds and owes is proven.
  await ask('mint', { as: 'settlor', amount: '101' });
  await settlor.open(path);
  await unfold(settlor, 'Give money to this trust');
  await settlor.getByLabel('Amount in USD').fill('100.000001');
  const given = await sign(settlor, button(settlor, 'Give'));
  assert.match(given, /You give \$100\.000001 to Trust of <script>/);
  await settlor.locator('.raised', { hasText: '$100.000001' }).waitFor();
  await settlor.getByText('holds all that it owes').waitFor();
  await settlor.getByRole('button', { name: 'Verify: What it holds' }).click();
  await settlor.getByText('It says the same as this page.').waitFor({ timeout: 8000 }).catch(async () => assert.fail(await settlor.getByRole('dialog').innerText()));
  await settlor.getByRole('dialog').getByRole('button', { name: 'Close' }).first().click();
  assert.equal((await state()).trust.money.received, '100.000001');

  // A trustee proposes with evidence, another approves, the third objects; nobody else is offered any of it.
  await ask('at', { time: '2017-06-01T00:00:00Z' });
  await stranger.open(path);
  await stranger.locator('.plan').waitFor();
  const first = await as('trustee 1');
  await first.open(path);
  await first.locator('.plan input[type=file]').setInputFiles(file('The milestone is reached.'));
  await first.getByText('Computed here from document.txt.').waitFor();
  const proposed = await sign(first, button(first, 'Propose'));
  assert.ok(proposed.includes(hashOf('The milestone is reached.').slice(0, 8)), proposed);
  await first.locator('.decisions .pill.good').waitFor();
  assert.equal(await button(first, 'Approve').count(), 0, 'whoever approved does not again');
  const second = await as('trustee 2');
  await second.open(path);
  assert.match(await sign(second, button(second, 'Approve')), /you approve the payment of tranche 1 \(attempt 1\)/);
  await second.getByText(/Time to object ends in 1[34] days/).waitFor();
  assert.match((await state()).disbursements[0].executableFrom, /^2017-06-15T00:00/);
  await stranger.open(path);
  await stranger.getByText('Time to object ends').waitFor();
  for (const name of ['Approve', 'Reject', 'Veto', 'Have it paid', 'Resign', 'Want it to end']) assert.equal(await button(stranger, name).count(), 0, name);

  // The protector vetoes it; proposed anew, it is paid once the time to object is over.
  const protector = await as('protector');
  await protector.open(path);
  assert.match(await sign(protector, button(protector, 'Veto')), /As the protector/);
  assert.equal((await state()).disbursements[0].status, 'vetoed');
  await first.open(path);
  await sign(first, button(first, 'Propose'));
  await second.open(path);
  await sign(second, button(second, 'Approve'));
  await sign(second, button(second, 'Reject, taking your approval back'));
  await second.getByText('1 of 2 approvals needed').first().waitFor();
  assert.deepEqual((await state()).disbursements.at(-1).executableFrom, null);
  assert.equal(await second.getByText('Time to object ends').count(), 0);
  await sign(second, button(second, 'Approve'));
  await ask('at', { time: '2017-07-01T00:00:00Z' });
  await stranger.open(path);
  await stranger.getByText('The time to object is over.').waitFor();
  assert.match(await sign(stranger, button(stranger, 'Have it paid')), /pay the payment of tranche 1 \(attempt 2\) to its recipient/);
  now = await state();
  assert.equal(now.disbursements.at(-1).status, 'executed');
  assert.equal(now.trust.money.released, now.disbursements.at(-1).paid);

  // Accounts: a statement's hash is computed in the browser; a fee is paid.
  await first.open(path);
  await unfold(first, 'Attest a statement');
  await first.getByLabel('It covers the time until').fill('2017-06-30T00:00:00');
  await first.locator('details[open] input[type=file]').setInputFiles(file('Accounts of June.'));
  await first.locator('details[open]').getByText('Computed here').waitFor();
  await sign(first, button(first, 'Attest'));
  now = await state();
  assert.equal(now.statements[0].documentHash, hashOf('Accounts of June.'));
  assert.equal(now.statements[0].periodEnd, '2017-06-30T00:00:00Z');
  assert.match(await sign(stranger, stranger.locator('li', { hasText: t1.slice(0, 8) }).getByRole('button', { name: 'Pay the fee' })), /the fee that has accrued/);
  assert.notEqual((await state()).trust.money.trusteeFeePaid, '0.00');

  // A court's order removes a trustee, by two parties a week apart.
  const registrar = await as('registrar');
  await registrar.open(path);
  await unfold(registrar, 'Removing a trustee');
  await registrar.getByLabel('Trustee', { exact: true }).selectOption(t3);
  await registrar.locator('details[open] input[type=file]').setInputFiles(file('The order.'));
  await registrar.locator('details[open]').getByText('Computed here').waitFor();
  assert.match(await sign(registrar, button(registrar, 'Announce a court’s order to remove')), /a court ordered the removal/);
  assert.equal((await state()).removalOrders[0].documentHash, hashOf('The order.'));
  await stranger.open(path);
  await stranger.getByText('A court ordered this trustee’s removal.').waitFor();
  await ask('at', { time: '2017-07-10T00:00:00Z' });
  const recovery = await as('recovery');
  await recovery.open(path);
  await sign(recovery, button(recovery, 'Confirm and execute the order'));
  assert.deepEqual((await state()).trustees.map(({ leftAs }) => leftAs), [null, null, 'removed-by-order']);

  // A trustee resigns; the settlor appoints who takes the seat.
  await second.open(path);
  await sign(second, button(second, 'Resign'));
  await settlor.open(path);
  await unfold(settlor, 'Motions that nobody supports yet');
  await settlor.getByLabel('Appoint somebody').fill(anyone);
  const appoint = settlor.locator('.motion', { hasText: 'take a trustee’s seat' }).filter({ hasText: anyone.slice(0, 8) });
  assert.match(await sign(settlor, appoint.getByRole('button', { name: 'Support it' })), /to have 0x.* take a trustee’s seat/);
  // Whoever receives by the plan may not serve, whoever appoints them.
  await stranger.open(path);
  assert.match(await refused(stranger, button(stranger, 'Take this seat').first()), /OfficeClosedTo/);
  const newcomer = await as('newcomer');
  await settlor.getByLabel('Appoint somebody').fill(await address('newcomer'));
  const other = settlor.locator('.motion', { hasText: (await address('newcomer')).slice(0, 8) });
  await sign(settlor, other.getByRole('button', { name: 'Support it' }));
  await newcomer.open(path);
  assert.match(await sign(newcomer, button(newcomer, 'Take this seat')), /in the place of/);
  now = await state();
  assert.equal(now.trustees[1].leftAs, 'replaced');
  assert.equal(now.trustees.at(-1).trustee, await address('newcomer'));

  // Beneficiaries: one cannot hand on more than there is; a motion with enough units is carried out by anyone.
  const ben = await as('X');
  await ben.open(path);
  await unfold(ben, 'Hand your units to somebody');
  await ben.getByLabel('To this wallet').fill(await address('Z'));
  await ben.getByLabel('How many').fill('4');
  assert.match(await refused(ben, button(ben, 'Hand on')), /NotEnoughUnits/);
  await ben.getByLabel('How many').fill('1');
  assert.match(await sign(ben, button(ben, 'Hand on')), /You hand 1 units/);
  assert.deepEqual((await state()).beneficiaries.map(({ units }) => units).toSorted(), ['1', '1', '2']);
  await unfold(ben, 'Motions that nobody supports yet');
  const removal = ben.locator('.motion', { hasText: `to remove the trustee ${(await address('newcomer')).slice(0, 8)}` });
  await sign(ben, removal.getByRole('button', { name: 'Support it' }));
  assert.equal(await removal.getByRole('button', { name: 'Carry it out' }).count(), 0, 'half of the units are not enough');
  const beny = await as('Y');
  await beny.open(path);
  await sign(beny, beny.locator('.motion', { hasText: 'to remove the trustee' }).first().getByRole('button', { name: 'Support it' }));
  await sign(beny, beny.locator('.motion', { hasText: 'to remove the trustee' }).first().getByRole('button', { name: 'Carry it out' }));
  assert.equal((await state()).trustees.at(-1).leftAs, 'removed-by-beneficiaries');

  // The settlor and all beneficiaries end it; each has what is left paid out.
  const benz = await as('Z');
  for (const page of [settlor, ben, beny, benz]) {
    await page.open(path);
    const motion = page.locator('.motion', { hasText: 'to end the trust' });
    await motion.or(page.locator('summary', { hasText: 'Motions that nobody supports yet' })).first().waitFor();
    if (!(await motion.isVisible())) await unfold(page, 'Motions that nobody supports yet');
    await sign(page, motion.getByRole('button', { name: 'Support it' }));
  }
  await sign(benz, benz.locator('.motion', { hasText: 'to end the trust' }).getByRole('button', { name: 'Carry it out' }));
  assert.equal((await state()).trust.endReason, 'beneficiaries-decided');
  await ben.open(path);
  await ben.getByText('The settlor and all beneficiaries decided to end it.').waitFor();
  assert.match(await sign(ben, button(ben, 'Have it paid out')), /pay X|pay 0x/);
  await ben.getByText('Nothing is left for the connected wallet.').waitFor();
  await stranger.open(path);
  await unfold(stranger, 'Have somebody else paid');
  await stranger.getByLabel('Their identity, or the wallet').fill(y);
  await sign(stranger, button(stranger, 'Have it paid to them'));
  const { payments } = await api(`/v1${path}/payments`);
  assert.deepEqual(payments.map(({ wallet }) => wallet), [x, y]);
  // Each is rounded down to the smallest unit.
  assert.ok(Math.abs(Number(payments[0].amount) - Number(payments[1].amount) * 2) < 0.000002, `${payments[0].amount}, ${payments[1].amount}`);

  // A beneficiary's wallet is recovered: its interest follows to the wallet that came after it, which is paid then.
  await ask('attest', { as: 'Z', category: 'retail' });
  const [z, z2] = [await address('Z'), await address('Z with a new key')];
  await announceSuccessor('Z');
  await stranger.open(path);
  await unfold(stranger, 'After a recovery');
  await stranger.getByLabel('The old wallet').fill(z);
  assert.match(await refused(stranger, button(stranger, 'Move its interest')), /NoSuccessor/);
  await ask('at', { time: '2017-08-01T00:00:00Z' });
  await executeRecovery('Z');
  assert.match(await refused(stranger, button(stranger, 'Pay its successor what it receives')), /NotABeneficiary/);
  assert.match(await sign(stranger, button(stranger, 'Move its interest')), /You move the interest of 0x.* to the wallet that came after it/);
  assert.deepEqual((await state()).beneficiaries.find(({ wallet }) => wallet === z2)?.units, '1');
  const heir = await as('Z with a new key');
  await heir.open(path);
  await sign(heir, button(heir, 'Have it paid out'));
  assert.equal((await api(`/v1${path}/payments`)).payments.at(-1).wallet, z2);

  await lookAt('/trusts', 'trusts');
  await lookAt('/trusts?company=1', 'open-trust', 'settlor');
  await lookAt(path, 'trust', 'trustee 1');
});
