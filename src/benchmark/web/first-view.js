// How long the first page takes for somebody who was never here: until something is painted, and until the rounds are there,
// beside the paint of exit.html, which asks for nothing. Writes target/first-view.json.

import { writeFileSync } from 'node:fs';
import { play } from '../../test/web/scenario.js';

const VISITS = 9;
const ROUNDS = 12;

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

await play(async ({ ledger, ask, as }) => {
  await ask('at', { time: '2017-05-07T00:00:00Z' });
  for (let i = 1; i <= ROUNDS; i++) {
    const shareClass = await ask('open-share-class', { as: `issuer ${i}`, company: `Company ${i} Inc.` });
    await ask('open-round', { as: `issuer ${i}`, shareClass, terms: { opensAt: '2017-05-09T00:00:00Z', deadline: '2017-07-08T00:00:00Z' } });
  }
  /** Milliseconds from the start of the navigation, in a browser context that has nothing kept. */
  const visit = async (path, selector, count) => {
    const page = await as(null);
    await page.addInitScript(([wanted, least]) => {
      new MutationObserver(() => {
        if (!window.complete && document.querySelectorAll(wanted).length >= least) requestAnimationFrame(() => (window.complete ??= performance.now()));
      }).observe(document, { childList: true, subtree: true });
    }, [selector, count]);
    await page.goto(ledger.url + path);
    await page.waitForFunction(() => window.complete !== undefined && performance.getEntriesByName('first-contentful-paint').length > 0);
    const times = await page.evaluate(() => ({ complete: window.complete, painted: performance.getEntriesByName('first-contentful-paint')[0].startTime }));
    await page.context().close();
    return times;
  };
  const visits = { view: [], floor: [] };
  for (let i = 0; i < VISITS; i++) {
    visits.view.push(await visit('/', '.cards > li', ROUNDS));
    visits.floor.push(await visit('/exit.html', 'body', 1));
  }
  writeFileSync(
    `${ledger.target}/first-view.json`,
    JSON.stringify({
      'page.first_paint_ms': median(visits.view.map(({ painted }) => painted)),
      'page.first_view_ms': median(visits.view.map(({ complete }) => complete)),
      'page.first_view_floor_ms': median(visits.floor.map(({ painted }) => painted)),
    }),
  );
});
