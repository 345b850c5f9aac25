// A company whose name is markup, turns the direction of text, and is ten kilobytes long: on every page it is text, and fits.

import { encodeFunctionData, parseAbi } from '../../main/web/app/node_modules/viem/_esm/index.js';
import { play, sign, assert, button, file, sticksOut } from './scenario.js';

const NAME = `<script>window.hit = true</script><img src=x onerror="window.hit = true">\u202e${'Overlong'.repeat(1250)}\n`;
const DOCUMENT = `0x${'ab'.repeat(32)}`;

await play(async ({ ledger, ask, as, api, address, call, openVote }) => {
  await ask('at', { time: '2017-05-01T00:00:00Z' });
  // The service prepares no such name; the contract takes it.
  const abi = parseAbi(['function registerCompany(address controller, uint16 feeBps, string name, string registration)']);
  await ask('send-elsewhere', { as: 'operator', to: ledger.directory, data: encodeFunctionData({ abi, args: [await address('issuer'), 600, NAME, 'US-DE'] }) });
  await ask('send', { as: 'issuer', kind: 'open-share-class', fields: { companyId: '1', authorised: '1000000', name: 'Common Stock', symbol: 'COM' } });
  const shareClass = await ask('newest', { event: 'ShareClassOpened' });
  assert.equal((await api('/v1/companies/1')).company.name, NAME, 'nothing of it is lost');
  await ask('attest', { as: 'ann', category: 'accredited' });
  await call('issuer', shareClass, 'issueByCompany', { to: await address('ann'), shares: '100', lockedUntil: '0' });
  const round = await ask('open-round', { as: 'issuer', shareClass, terms: { opensAt: '2017-05-09T00:00:00Z', deadline: '2017-07-08T00:00:00Z', filing: NAME.slice(0, 100) } });
  await call('issuer', shareClass, 'declareRecordDate', { date: '2017-05-05T00:00:00Z' });
  await call('issuer', ledger.directory, 'openDistribution', { shareClass, token: ledger.dollar });
  const distribution = await ask('newest', { event: 'DistributionsOpened' });
  await call('issuer', distribution, 'declare', { kind: '0', recordDate: '1', amount: '1000000', documentHash: DOCUMENT });
  await ask('at', { time: '2017-05-10T00:00:00Z' });
  const vote = await openVote(shareClass, '2017-05-11T00:00:00Z', '2017-06-12T00:00:00Z');
  await ask('mint', { as: 'ann', amount: '1000' });
  await ask('send', { as: 'ann', kind: 'commit', fields: { round, shares: '100', termsVersion: 1, consent: false } });

  const issuer = await as('issuer');
  await issuer.open('/trusts?company=1');
  await issuer.getByLabel('Who it is for').selectOption('named');
  await issuer.getByLabel('Trustees, one wallet a line').fill(`${await address('trustee 1')}\n${await address('trustee 2')}`);
  await issuer.getByLabel('Beneficiaries, one a line').fill(`${await address('ann')} 1`);
  await issuer.getByLabel('How much').fill('50');
  await issuer.locator('input[type=file]').setInputFiles(file('The deed.'));
  await issuer.getByText('Computed here').waitFor();
  await sign(issuer, button(issuer, 'Open the trust'));
  const trust = await ask('newest', { event: 'TrustOpened' });

  const pages = {
    ann: ['/', `/rounds/${round}`, '/companies', '/companies/1', `/share-classes/${shareClass}`, `/distributions/${distribution}/1`, `/votes/${vote}`, '/trusts', `/trusts/${trust}`, '/me', '/audit', `/audit/${ledger.directory}`, `/audit/${round}`, '/status'],
    issuer: ['/companies/1/open-round', '/trusts?company=1', '/me'],
    registrar: ['/registrar'],
    operator: ['/operator'],
  };
  for (const [who, paths] of Object.entries(pages)) {
    const page = await as(who);
    for (const path of paths) {
      await page.open(path);
      await page.locator('.reading').first().waitFor({ state: 'detached' });
      for (const [width, height] of [[1280, 900], [360, 780]]) {
        await page.setViewportSize({ width, height });
        assert.deepEqual((await sticksOut(page)).slice(0, 3), [], `${path} at ${width}`);
      }
      assert.equal(await page.evaluate(() => window.hit), undefined, path);
      assert.equal(await page.locator('img[src=x]').count(), 0, path);
      // Wherever it is said it is clipped, and nobody has to scroll past it; but an auditor reads all that was recorded.
      const longest = await page.evaluate(() => Math.max(...document.body.innerText.split('\n').map((line) => line.length)));
      if (path === `/audit/${ledger.directory}`) assert.ok(longest >= NAME.length - 1, `only ${longest} characters of an event's argument`);
      else if (!path.startsWith('/audit')) assert.ok(longest < 800, `${path}: a line of ${longest} characters`);
      await page.screenshot({ path: `${ledger.screenshots}/hostile-${who}-${paths.indexOf(path)}.png` });
    }
  }
});
