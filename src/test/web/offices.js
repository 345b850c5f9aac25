// The registrar's and the operator's pages: attestations, one by one and from a table, recoveries, roles and delays.

import { play, sign, refused, assert, button, file, hashOf } from './scenario.js';

await play(async ({ ledger, ask, as, api, address, lookAt }) => {
  const panel = (page, title) => page.locator('section', { has: page.getByRole('heading', { name: title, exact: true, level: 2 }) });
  const upload = async (within, label, text) => {
    const field = within.locator('.file-hash', { has: within.page().getByLabel(label, { exact: true }) });
    await field.locator('input[type=file]').setInputFiles(file(text));
    await field.getByText('Computed here from document.txt.').waitFor();
  };

  await ask('at', { time: '2026-11-20T00:00:00Z' });
  await ask('open-share-class', { as: 'issuer', company: '<script>alert(1)</script> Offices Inc.' });
  await ask('attest', { as: 'Old Hand', category: 'retail' });

  // Whoever is not the registrar sees the queue, and none of its actions.
  const stranger = await as('anyone');
  await stranger.open('/registrar');
  await stranger.getByText('expires soon').waitFor();
  await stranger.getByText('The connected wallet is not the registrar’s').waitFor();
  for (const name of ['Attest', 'Renew', 'Revoke']) assert.equal(await button(stranger, name).count(), 0, name);

  // One by the form.
  const registrar = await as('registrar');
  await registrar.open('/registrar');
  const attesting = panel(registrar, 'Attest somebody');
  const newcomer = await address('newcomer');
  await upload(attesting, 'Identity', 'newcomer, salted');
  await upload(attesting, 'Evidence', 'passport');
  await attesting.getByLabel('Wallet').fill(newcomer);
  await attesting.getByLabel('Category').selectOption('accredited');
  await attesting.getByLabel('Expires on').fill('2028-01-01');
  await attesting.getByLabel(/Most in twelve months/).fill('2500');
  const attested = await sign(registrar, button(attesting, 'Attest'));
  assert.match(attested, /Accredited, country 840, until .*2028.*At most \$2,500/);
  const one = (await api(`/v1/investors/${newcomer}`)).investor;
  assert.equal(one.identity, hashOf('newcomer, salted'));
  assert.equal(one.dossier, hashOf('passport'));
  assert.equal(one.limits[0].attested, '2500.00');

  // Many from a table: every fault is told, and nothing can be signed; then all are attested at once.
  const batch = panel(registrar, 'Attest many, from a table');
  const [a, b, c] = await Promise.all(['batch a', 'batch b', 'batch c'].map(address));
  const header = 'identity,wallet,country,category,expiresAt,persons,withholdingPercent,dossier,limit';
  const row = (identity, wallet, rest = '840,retail,2027-12-31,1,0', dossier = hashOf('d')) => `${hashOf(identity)},${wallet},${rest},${dossier},1000`;
  await batch.getByLabel('Or paste it here').fill('wallet,identity\n');
  await batch.getByText('The first line has to name the columns').waitFor();
  await batch.getByLabel('Or paste it here').fill([header, row('a', a), row('a', a), row('c', '0x12'), row('d', newcomer), row('e', b, 'US,rich,2020-01-01,2,50'), 'x,y', row('newcomer, salted', c)].join('\n'));
  const faults = (await batch.locator('.faults li').allInnerTexts()).join('\n');
  for (const expected of [/Row 3: identity is in row 2 too/, /Row 3: wallet is in row 2 too/, /Row 4: wallet has to be 0x/, /Row 5: the registry has this wallet for another identity/, /Row 6: country/, /Row 6: category/, /Row 6: expiresAt is not in the future/, /Row 6: persons/, /Row 6: withholdingPercent/, /Row 7: 2 columns instead of 9/, /Row 8: the registry has another wallet for this identity/]) assert.match(faults, expected);
  assert.equal(await batch.locator('.faults li').count(), 11, faults);
  assert.ok(await button(batch, 'Attest 0 people').isDisabled());
  await batch.locator('input[type=file]').setInputFiles({ name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(`\uFEFF${header}\r\n${row('a', a)}\r\n"${hashOf('b')}",${b},156,qualified,2027-12-31,1,12.5,${hashOf('d')},300000\r\n`) });
  await batch.getByText('2 rows are in order.').waitFor();
  const told = await sign(registrar, button(batch, 'Attest 2 people'));
  assert.match(told, /You attest 2 people: .*Retail.*; .*Qualified/);
  const second = (await api(`/v1/investors/${b}`)).investor;
  assert.deepEqual([second.country, second.category, second.withholdingBps, second.limits[0].regime, second.limits[0].attested], ['156', 'qualified', 1250, 'US-REG-CF', '300000.00']);

  // Renewing keeps the wallet; revoking ends the eligibility.
  await registrar.getByLabel('Identity or wallet').fill((await address('Old Hand')).slice(0, 12));
  await registrar.getByRole('button', { name: 'Renew' }).first().click();
  const renewing = panel(registrar, 'Renew an attestation');
  await upload(renewing, 'Evidence', 'new passport');
  await renewing.getByLabel('Expires on').fill('2028-06-01');
  await sign(registrar, button(renewing, 'Attest'));
  assert.equal((await api(`/v1/investors/${await address('Old Hand')}`)).investor.expiresAt, '2028-06-01T00:00:00Z');
  await registrar.getByLabel('Identity or wallet').fill(a);
  await registrar.getByRole('table').getByRole('button', { name: 'Revoke' }).click();
  await upload(registrar.locator('.row-form'), 'Document with the reason', 'the reason');
  assert.match(await sign(registrar, registrar.locator('.row-form').getByRole('button', { name: 'Revoke' })), /You revoke the attestation/);
  assert.equal((await api(`/v1/investors/${a}`)).investor.revoked, true);

  // A lost key: announced, confirmed by a second party with the same document, executed by anyone after the time to object.
  const recoveries = panel(registrar, 'Recoveries');
  await recoveries.locator('summary').click();
  await recoveries.getByLabel('Identity of the person').fill(one.identity);
  await recoveries.getByLabel('New wallet').fill(await address('newcomer with a new key'));
  await upload(recoveries, 'The registrar’s document', 'proof of loss');
  assert.match(await sign(registrar, button(recoveries, 'Announce')), /is to act through the wallet/);
  const recovery = await as('recovery');
  await recovery.open('/registrar');
  await upload(recovery.locator('.plain-list'), 'The registrar’s document', 'another document');
  assert.match(await refused(recovery, button(recovery, 'Confirm')), /NotTheDocument/);
  await upload(recovery.locator('.plain-list'), 'The registrar’s document', 'proof of loss');
  await sign(recovery, button(recovery, 'Confirm'));
  await stranger.open('/registrar');
  await stranger.getByText('The old wallet may object until').waitFor();
  assert.equal(await button(stranger, 'Execute').count(), 0);
  await ask('at', { time: '2026-12-06T00:00:00Z' });
  await stranger.open('/registrar');
  assert.match(await sign(stranger, button(stranger, 'Execute')), /the new wallet takes the place of the old one/);
  assert.equal((await api(`/v1/investors/${one.identity}`)).investor.wallet, await address('newcomer with a new key'));

  // The registrar may withdraw, and the old wallet object.
  await registrar.open('/registrar');
  await recoveries.locator('summary').click();
  await recoveries.getByLabel('Identity of the person').fill(second.identity);
  await recoveries.getByLabel('New wallet').fill(await address('somebody'));
  await upload(recoveries, 'The registrar’s document', 'a mistake');
  await sign(registrar, button(recoveries, 'Announce'));
  await sign(registrar, button(recoveries, 'Withdraw'));
  assert.equal((await api(`/v1/recoveries/${second.identity}`)).recovery.status, 'withdrawn');

  // The operator registers a company; what an administrator does is scheduled, and waits.
  await stranger.open('/operator');
  await stranger.getByText('What the operator cannot do').waitFor();
  await panel(stranger, 'Who has which role').getByText('2 days').waitFor();
  assert.equal(await button(stranger, 'Register').count(), 0);
  await stranger.getByText('Only the operator can change this.').first().waitFor();
  const operator = await as('operator');
  await operator.open('/operator');
  const company = panel(operator, 'Register a company');
  await company.getByLabel('Name', { exact: true }).fill('Paper & Sons');
  await company.getByLabel('Where it is registered').fill('US-DE 42');
  await company.getByLabel('The wallet that acts for it').fill(newcomer);
  assert.match(await sign(operator, button(company, 'Register')), /You admit the company “Paper & Sons” \(US-DE 42\).*6%/);
  assert.equal((await api('/v1/companies')).companies.find(({ name }) => name === 'Paper & Sons').controller, newcomer);
  const calendar = panel(operator, 'Holidays added to the calendar');
  await calendar.getByLabel('Day').fill('2027-03-03');
  await calendar.getByLabel('Reason').fill('day of mourning');
  assert.match(await sign(operator, button(calendar, 'Add it, for ever')), /You make 2027-03-03 a holiday, for ever \(day of mourning\)/);
  await calendar.getByText('2027-03-03').waitFor();
  const tokens = panel(operator, 'Settlement tokens');
  assert.match(await sign(operator, button(tokens, 'Take off the list')), /off the list/);
  assert.deepEqual((await api('/v1/status')).contracts.settlementTokens, []);
  await tokens.getByLabel('Address of a token').fill(ledger.dollar);
  await tokens.getByLabel('Its currency').fill('usd');
  assert.match(await sign(operator, button(tokens, 'List it')), /as a token in USD/);

  const admin = await as('admin');
  await admin.open('/operator');
  const fees = panel(admin, 'Who gets the platform’s fees');
  await fees.getByText('What you do here is scheduled first, and can be executed 2 days later.').waitFor();
  await fees.getByLabel('From now on').fill(newcomer);
  assert.match(await sign(admin, button(fees, 'Set')), /You schedule, .*: You have the platform’s fees/);
  const scheduled = panel(admin, 'Scheduled');
  await scheduled.getByText(/It can be executed in (1 day|2 days|tomorrow)|It can be executed tomorrow/).waitFor();
  assert.equal(await button(scheduled, 'Execute').count(), 0);
  const rules = panel(admin, 'Rules of rounds');
  await sign(admin, rules.getByRole('button', { name: 'No longer allow' }).first());
  await scheduled.getByText('You no longer allow new rounds').waitFor();
  await sign(admin, scheduled.locator('li', { hasText: 'You no longer allow new rounds' }).getByRole('button', { name: 'Cancel it' }));
  await scheduled.getByText('You no longer allow new rounds').waitFor({ state: 'detached' });
  await ask('at', { time: '2026-12-09T00:00:00Z' });
  await admin.open('/operator');
  assert.match(await sign(admin, button(scheduled, 'Execute')), /You execute, as it was scheduled: You have the platform’s fees/);
  await fees.getByText(newcomer.slice(0, 8)).first().waitFor();
  await panel(admin, 'Who has which role').getByLabel('To this wallet').fill(newcomer);
  assert.match(await sign(admin, button(admin, 'Grant a role')), /You schedule, .*You grant the role operator/);
  const guardian = panel(admin, 'Who has which role').getByRole('row').filter({ hasText: (await address('guardian')).slice(0, 8) });
  assert.match(await sign(admin, button(guardian, 'Take it back')), /You schedule, .*You take the role guardian from/);

  await lookAt('/registrar', 'registrar', 'registrar');
  await lookAt('/operator', 'operator', 'admin');
});
