// A wallet of the browser signs, after the page has told what the bytes do; a service that lies about them is found out.

import { play, sign, assert, button, withWallet } from './scenario.js';

await play(async ({ ledger, ask, as }) => {
  await ask('at', { time: '2017-05-07T00:00:00Z' });
  const shareClass = await ask('open-share-class', { as: 'issuer', company: 'Adelie Press Inc.' });
  const round = await ask('open-round', { as: 'issuer', shareClass, terms: { opensAt: '2017-05-09T00:00:00Z', deadline: '2017-07-08T00:00:00Z' } });
  await ask('attest', { as: 'ann', category: 'retail' });
  await ask('at', { time: '2017-05-10T00:00:00Z' });
  await ask('mint', { as: 'ann', amount: '1000' });
  await ask('send', { as: 'ann', kind: 'commit', fields: { round, shares: '100', termsVersion: 1, consent: false } });
  const commitment = async () => (await (await fetch(`${ledger.url}/v1/rounds/${round}/commitments`)).json()).commitments[0];

  // It is found, told of the chain that it does not know, and connected
  const page = await as(null);
  const wallet = await withWallet(page, ledger, 'ann');
  wallet.chain = '0x1';
  await page.open(`/rounds/${round}`);
  await page.getByRole('button', { name: 'Connect wallet' }).click();
  const dialog = page.getByRole('dialog');
  wallet.declines = true;
  await dialog.getByRole('button', { name: 'Test wallet' }).click();
  await dialog.getByText('You declined to sign. Nothing was sent.').waitFor();
  wallet.declines = false;
  await dialog.getByRole('button', { name: 'Test wallet' }).click();
  await dialog.waitFor({ state: 'detached' });
  assert.equal(wallet.chain, '0x7a69');
  const added = wallet.asked.find(({ method }) => method === 'wallet_addEthereumChain').params[0];
  assert.deepEqual(added.rpcUrls, [`${ledger.url}/rpc`]);

  // It declines: nothing happens, and it can be signed again
  const takeBack = page.getByRole('button', { name: 'Take all back' });
  await takeBack.click();
  await dialog.locator('.sentence').waitFor();
  assert.match(await dialog.locator('.sentence').innerText(), /Take your whole commitment back from the round of Adelie Press Inc\./);
  wallet.declines = true;
  await dialog.getByRole('button', { name: 'Sign and send' }).click();
  await dialog.getByText('You declined to sign. Nothing was sent.').waitFor();
  assert.equal((await commitment()).state, 'live');
  wallet.declines = false;
  await dialog.getByRole('button', { name: 'Sign and send' }).click();
  await dialog.locator('.note.good').waitFor();
  assert.equal((await commitment()).state, 'cancelled');
  const sent = wallet.asked.filter(({ method }) => method === 'eth_sendTransaction').at(-1).params[0];
  assert.equal(sent.to, round);
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  // It signs a permit, and the commitment is one transaction; declined, nothing happens
  const commit = button(page, 'Commit');
  const called = () => wallet.asked.filter(({ method }) => method === 'eth_sendTransaction').length;
  const before = called();
  await page.getByLabel('Shares', { exact: true }).fill('20');
  wallet.declines = true;
  await commit.click();
  await page.getByText('You declined to sign. Nothing was sent.').waitFor();
  wallet.declines = false;
  const told = await sign(page, commit);
  assert.match(told, /^Commit \$40\.00 for 20 shares in the round of Adelie Press Inc\./);
  const typed = JSON.parse(wallet.asked.findLast(({ method }) => method === 'eth_signTypedData_v4').params[1]);
  assert.deepEqual([typed.domain.verifyingContract.toLowerCase(), typed.message.spender.toLowerCase(), typed.message.value], [ledger.dollar, round, '40000000']);
  assert.equal(called(), before + 1);
  assert.deepEqual(await commitment().then(({ state, shares }) => [state, shares]), ['live', '20']);

  // A wallet that signs no typed data sends two transactions instead: what the round may take, and the commitment
  wallet.signsTypedData = false;
  await page.getByLabel('Shares', { exact: true }).fill('5');
  assert.match(await sign(page, button(page, 'Commit more')), /take.*\n.*Commit \$10\.00/s);
  assert.equal(called(), before + 3);
  assert.equal((await commitment()).shares, '25');
  await button(page, 'Take all back').click();
  await dialog.getByRole('button', { name: 'Sign and send' }).click();
  await dialog.locator('.note.good').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  // The connection lasts over a reload of the page, and ends when it is ended
  await page.open(`/rounds/${round}`);
  await page.getByText('Test wallet').waitFor();
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('button', { name: 'Connect wallet' }).waitFor();

  // A service that names one act and prepares another: the page says what the bytes do
  await ask('send', { as: 'ann', kind: 'commit', fields: { round, shares: '50', termsVersion: 1, consent: false } });
  const cheated = await as('ann');
  await cheated.route('**/v1/**/cancel*', async (route) => {
    const answer = await route.fetch();
    if (route.request().method() !== 'POST') return route.fulfill({ response: answer });
    const prepared = await answer.json();
    // transfer(address,uint256): all that Ann has of the demo dollar, to somebody else
    const tx = prepared.transactions[0];
    tx.to = ledger.dollar;
    tx.data = `0xa9059cbb${'11'.repeat(20).padStart(64, '0')}${(700_000_000).toString(16).padStart(64, '0')}`;
    return route.fulfill({ response: answer, json: prepared });
  });
  await cheated.open(`/rounds/${round}`);
  await cheated.getByRole('button', { name: 'Take all back' }).click();
  const warning = cheated.getByRole('dialog');
  await warning.getByText('The service calls it something else than what the bytes do. Do not sign; report this.').waitFor();
  assert.match(await warning.locator('.sentence').innerText(), /(transfer|send|\$700)/i);

  // Bytes that are no call that is known
  const unknown = await as('ann');
  await unknown.route('**/v1/**/cancel*', async (route) => {
    const answer = await route.fetch();
    if (route.request().method() !== 'POST') return route.fulfill({ response: answer });
    const prepared = await answer.json();
    prepared.transactions[0].data = '0xdeadbeef';
    return route.fulfill({ response: answer, json: prepared });
  });
  await unknown.open(`/rounds/${round}`);
  await unknown.getByRole('button', { name: 'Take all back' }).click();
  await unknown.getByRole('dialog').getByText('These bytes are no call that this page knows.').waitFor();

  // By the keyboard alone: past the menu, to the button, through the dialog, and back
  const typist = await as('ann');
  await typist.open(`/rounds/${round}`);
  await button(typist, 'Take all back').waitFor();
  const focused = () => typist.evaluate(() => document.activeElement.textContent);
  await typist.keyboard.press('Tab');
  assert.match(await focused(), /^Skip to/);
  await typist.keyboard.press('Enter');
  for (let i = 0; i < 80 && (await focused()) !== 'Take all back'; i++) await typist.keyboard.press('Tab');
  await typist.keyboard.press('Enter');
  const asked = typist.getByRole('dialog');
  await asked.locator('.sentence').waitFor();
  for (let i = 0; i < 20 && (await focused()) !== 'Sign and send'; i++) await typist.keyboard.press('Tab');
  assert.ok(await asked.evaluate((element) => element.contains(document.activeElement)), 'the focus stays in the dialog');
  await typist.keyboard.press('Enter');
  await asked.locator('.note.good').waitFor();
  await typist.keyboard.press('Escape');
  await asked.waitFor({ state: 'detached' });
  assert.equal((await commitment()).state, 'cancelled');

  // Nobody connected: the act first asks who it is
  const nobody = await as(null);
  await nobody.open(`/rounds/${round}`);
  await nobody.getByRole('button', { name: 'Connect wallet' }).click();
  await nobody.getByRole('dialog').getByText('Demonstration only: the keys of these accounts are public.').waitFor();
  await nobody.getByRole('dialog').getByRole('button', { name: 'registrar', exact: true }).click();
  await nobody.locator('.who.demo').waitFor();
  assert.match(await nobody.locator('.who').innerText(), /DEMO WALLET\s*registrar/i);
});
