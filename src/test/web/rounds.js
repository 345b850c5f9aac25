// Rounds: what an investor, an issuer and anybody do on their pages.

import { play, assert } from './scenario.js';

await play(async ({ ask, as, lookAt }) => {
  await ask('open-share-class', { as: 'issuer of A', company: 'Adelie Press Inc.' });
  const page = await as(null);
  await page.open('/');
  assert.equal(await page.locator('h1').innerText(), 'Funding rounds');
  await lookAt('/', 'rounds');
});
