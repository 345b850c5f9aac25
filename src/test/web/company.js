// Companies: what a founder, a holder, a proxy and a successor do on the pages of a company, and on their own.

import { readFileSync } from 'node:fs';
import { play, sign as signNow, refused, assert, doing } from './scenario.js';

const HOSTILE = '<script>alert(1)</script>\u202eevil Ltd';
const SHOWN = '<script>alert(1)</script>\u202eevil Ltd';
const RESOLUTION = `0x${'ab'.repeat(32)}`;

await play(async ({ ledger, ask, as, api, lookAt }) => {
  const act = (part, name) => part.locator('.act > button', { hasText: name }).first();

  // Blocks that the page brings about may not run away from the clock, so that it goes on a minute before each.
  let now = 0;
  const at = async (time) => {
    now = Date.parse(time);
    await ask('at', { time });
  };
  const sign = async (page, button) => {
    await at(`${new Date(now + 60_000).toISOString().slice(0, 19)}Z`);
    return signNow(page, button);
  };

  await at('2017-05-02T00:00:00Z');
  const common = await ask('open-share-class', { as: 'founder', company: HOSTILE });
  for (const person of ['founder', 'ann', 'ben']) await ask('attest', { as: person, category: 'accredited' });
  const [founderWallet, ann, ben, stranger, successor] = await Promise.all(['founder', 'ann', 'ben', 'stranger', 'successor'].map((one) => ask('address', { as: one })));

  // The list, with its search
  const reader = await as(null);
  await reader.open('/companies');
  const link = reader.locator('.table a', { hasText: 'evil Ltd' });
  await link.waitFor();
  assert.equal(await link.innerText(), SHOWN);
  await reader.getByLabel('Name of the company').fill('nobody of that name');
  await reader.getByText('No company fits.').waitFor();
  await reader.getByLabel('Name of the company').fill('EVIL');
  await link.click();
  await reader.getByRole('heading', { level: 1 }).filter({ hasText: 'evil Ltd' }).waitFor();
  const company = new URL(reader.url()).pathname.split('/').at(-1);
  assert.equal(await reader.locator('.office').count(), 0, 'a reader has no office');

  // The founder opens a second class, which converts into the first
  const founder = await as('founder');
  await founder.open(`/companies/${company}`);
  let part = await doing(founder, 'Open a share class');
  assert.ok(await act(part, 'Open a share class').isDisabled());
  await part.getByLabel('Name', { exact: true }).fill('Preferred');
  await part.getByLabel('Symbol').fill('PREF');
  await part.getByLabel('Authorised').fill('1000');
  await part.getByLabel('Votes per share').fill('3');
  await part.getByLabel('Liquidation preference').fill('2.50');
  await part.getByLabel('Converts into').selectOption(common);
  await part.getByLabel('Shares of that class').fill('2');
  let told = await sign(founder, act(part, 'Open a share class'));
  assert.match(told, /“Preferred” \(PREF\).*1,000 shares authorised.*3 votes per share.*\$2\.50.*1 shares convert into 2/s);
  const preferred = await ask('newest', { event: 'ShareClassOpened' });
  const opened = (await api(`/v1/share-classes/${preferred}`)).shareClass;
  assert.deepEqual(opened.terms.convertsInto, { shareClass: common, numerator: 2, denominator: 1 });
  assert.deepEqual(opened.terms.preference, { amount: '2.50', currency: 'USD' });

  // Issues, within what is authorised and to whom is attested
  await founder.open(`/share-classes/${preferred}`);
  part = await doing(founder, 'Issue shares outside a round');
  const issue = async (to, shares) => {
    await part.getByLabel('To which wallet').fill(to);
    await part.getByLabel('Shares').fill(shares);
  };
  await issue(stranger, '10');
  assert.match(await refused(founder, act(part, 'Issue shares')), /IssuanceRefused/);
  await issue(ann, '1001');
  assert.match(await refused(founder, act(part, 'Issue shares')), /AuthorisedExceeded/);
  for (const [to, shares] of [[ann, '600'], [ben, '300'], [founderWallet, '100']]) {
    await issue(to, shares);
    assert.match(await sign(founder, act(part, 'Issue shares')), new RegExp(`Issue ${shares} new shares of Preferred`));
  }
  await ask('call', { as: 'founder', contract: common, function: 'issueByCompany', arguments: { to: ann, shares: '800', lockedUntil: '1510000000' } });

  // Documents, with a file checked against its hash
  part = await doing(founder, 'Attach a document');
  await part.getByLabel('Name', { exact: true }).fill('Bylaws');
  await part.getByLabel('Where it can be read').fill('https://example.org/bylaws.pdf');
  await part.locator('input[type=file]').setInputFiles({ name: 'bylaws.txt', mimeType: 'text/plain', buffer: Buffer.from('the bylaws') });
  await founder.waitForFunction(() => [...document.querySelectorAll('details.doing input')].some((input) => /^0x[0-9a-f]{64}$/.test(input.value)));
  assert.match(await sign(founder, act(part, 'Attach a document')), /“Bylaws”.*example\.org/);
  const documents = founder.locator('.panel', { has: founder.getByRole('heading', { name: 'Documents' }) });
  await documents.getByText('Check a file').click();
  const check = documents.locator('input[type=file]');
  await check.setInputFiles({ name: 'other.txt', mimeType: 'text/plain', buffer: Buffer.from('other bylaws') });
  await documents.getByText('another file').waitFor();
  await check.setInputFiles({ name: 'bylaws.txt', mimeType: 'text/plain', buffer: Buffer.from('the bylaws') });
  await documents.getByText('This is the document').waitFor();
  assert.match(await sign(founder, documents.getByRole('button', { name: 'Detach Bylaws' })), /Detach.*“Bylaws”/);
  await documents.getByText('No document is attached.').waitFor();

  // A record date to come
  part = await doing(founder, 'Declare a record date');
  await part.getByLabel('Moment').fill('2017-05-01T00:00:00');
  assert.match(await refused(founder, act(part, 'Declare a record date')), /RecordDateInThePast/);
  await part.getByLabel('Moment').fill('2017-06-01T00:00:00');
  assert.match(await sign(founder, act(part, 'Declare a record date')), /Jun 1, 2017/);
  assert.deepEqual((await api(`/v1/share-classes/${preferred}/record-dates`)).recordDates.map(({ at }) => at), ['2017-06-01T00:00:00Z']);

  // Ann transfers; what the contract refuses is told before she signs
  const annPage = await as('ann');
  await annPage.open(`/share-classes/${preferred}`);
  part = await doing(annPage, 'Transfer shares');
  await part.getByLabel('To which wallet').fill(stranger);
  await part.getByLabel('Shares').fill('50');
  assert.match(await refused(annPage, act(part, 'Transfer shares')), /TransferRefused/);
  await part.getByLabel('To which wallet').fill(ben);
  assert.match(await sign(annPage, act(part, 'Transfer shares')), /Transfer 50 shares of Preferred/);
  const register = async (contract) => Object.fromEntries((await api(`/v1/share-classes/${contract}/holders`)).holders.map(({ wallet, shares }) => [wallet, shares]));
  assert.deepEqual(await register(preferred), { [ann]: '550', [ben]: '350', [founderWallet]: '100' });

  // Converts 50 into 100 common; her lot of common is locked
  part = await doing(annPage, 'Convert shares');
  await part.getByLabel('Shares').fill('50');
  assert.match(await sign(annPage, act(part, 'Convert shares')), /Convert 50 of your shares of Preferred/);
  assert.equal((await register(common))[ann], '900');
  await annPage.open(`/share-classes/${common}`);
  const yours = annPage.locator('.panel', { has: annPage.getByRole('heading', { name: 'Your holding' }) });
  await yours.getByText('800 until Nov 6, 2017').waitFor();

  // The register is proven in the browser, whole and one by one
  await annPage.open(`/share-classes/${preferred}`);
  await annPage.getByRole('button', { name: 'Verify: the whole register' }).click();
  const proof = annPage.getByRole('dialog');
  await proof.locator('.note.good').waitFor();
  assert.match(await proof.locator('.note.good').innerText(), /same as this page/);
  await proof.getByRole('button', { name: 'Close' }).click();

  // The cap table: fully diluted, as converted, and before anything was issued
  await reader.open(`/companies/${company}`);
  const cap = reader.locator('.panel', { has: reader.getByRole('heading', { name: 'Cap table' }) });
  const line = (name) => cap.locator('.table tbody tr', { hasText: name }).first();
  await line('Preferred').waitFor();
  // Ann: 500 of 2 each and 900 of 2,800 as converted.
  const annLine = await cap.locator('table').nth(1).locator('tbody tr').first().innerText();
  assert.match(annLine, /1,900/);
  assert.match(annLine, /67\.86%/);
  await reader.open(`/companies/${company}?at=2017-05-01T12:00:00Z`);
  await cap.getByText('The company has no share class yet.').or(cap.getByText('Nobody holds a share')).waitFor();
  await cap.getByRole('button', { name: 'Now' }).click();
  await line('Preferred').waitFor();

  // Dividends: opened, declared and paid for, claimed, pushed, paid elsewhere
  await ask('mint', { as: 'founder', amount: '1000' });
  await founder.open(`/companies/${company}`);
  part = await doing(founder, 'Open what pays dividends');
  await part.getByLabel('Share class').selectOption(preferred);
  assert.match(await sign(founder, act(part, 'Open what pays dividends')), /distributions to the holders of Preferred/);
  const distribution = await ask('newest', { event: 'DistributionsOpened' });
  part = await doing(founder, 'Declare a dividend');
  await part.getByLabel('Amount').fill('85.00');
  await part.getByLabel('Hash of the document').fill(RESOLUTION);
  told = await sign(founder, act(part, 'Declare'));
  assert.match(told, /take up to \$85\.00/);
  assert.match(told, /Dividend\) of \$85\.00 .*record date no\. 1/);
  const dividend = `/distributions/${distribution}/1`;
  assert.equal((await api(`/v1${dividend}`)).distribution.status, 'funded');
  await at('2017-06-02T00:00:00Z');
  await founder.open(dividend);
  assert.match(await sign(founder, founder.getByRole('button', { name: 'Open the claims' })), /Open the claims/);
  const benPage = await as('ben');
  await benPage.open(dividend);
  part = await doing(benPage, 'Be paid elsewhere');
  await part.getByLabel('Wallet to be paid').fill(stranger);
  assert.match(await sign(benPage, act(part, 'Be paid elsewhere')), /is paid to 0x/);
  await annPage.open(dividend);
  const due = annPage.locator('.panel', { has: annPage.getByRole('heading', { name: 'What you are due' }) });
  assert.match(await due.locator('.raised').innerText(), /\$50\.00/);
  assert.match(await sign(annPage, due.getByRole('button', { name: 'Claim' })), /Claim what you are due of distribution no\. 1/);
  await due.getByText('is due nothing').waitFor();
  await reader.open(dividend);
  const other = await as('other');
  await other.open(dividend);
  await other.locator('.tick', { has: other.getByText(`Choose ${ben.slice(0, 8)}`) }).click();
  assert.match(await sign(other, other.getByRole('button', { name: 'Pay the 1 chosen' })), /Have 1 holders paid/);
  const paid = (await api(`/v1${dividend}/holders`)).holders;
  assert.deepEqual(paid.map(({ holder, paid: money, payee }) => [holder, money, payee]).sort(), [[ann, '50.00', ann], [ben, '35.00', stranger]].sort());
  await reader.reload();
  await reader.getByRole('button', { name: /what the contract holds/ }).click();
  await reader.getByRole('dialog').locator('.note.good').waitFor();
  await reader.getByRole('dialog').getByRole('button', { name: 'Close' }).click();

  // One that is declared first and funded by anyone later
  await founder.open(dividend);
  part = await doing(founder, 'Declare another');
  await part.getByLabel('Amount').fill('10');
  await part.getByLabel('Hash of the document').fill(RESOLUTION);
  await part.getByLabel('Pay for it now').uncheck();
  assert.match(await sign(founder, act(part, 'Declare')), /to be funded later/);
  await founder.open(`/distributions/${distribution}/2`);
  assert.match(await sign(founder, founder.getByRole('button', { name: 'Fund it' }).first()), /Fund distribution no\. 2/);
  assert.equal((await api(`/v1/distributions/${distribution}/2`)).distribution.status, 'open');

  // A vote on more authorised shares, with a proxy
  await founder.open(`/companies/${company}`);
  part = await doing(founder, 'Open a vote');
  await part.getByLabel('What is asked').selectOption(preferred);
  await part.getByLabel('New authorised number').fill('5000');
  await part.getByLabel('Hash of the document').fill(RESOLUTION);
  await part.getByLabel('Opens').fill('2017-06-03T00:00:00');
  await part.getByLabel('Closes').fill('2017-06-05T00:00:00');
  assert.match(await refused(founder, act(part, 'Open a vote')), /VoteClosesTooEarly/);
  await part.getByLabel('Closes').fill('2017-06-20T00:00:00');
  assert.match(await sign(founder, act(part, 'Open a vote')), /holders of Preferred .*record date no\. 1.*quorum of 50%/s);
  const vote = await ask('newest', { event: 'VoteOpened' });
  await benPage.open(`/votes/${vote}`);
  part = await doing(benPage, 'Appoint a proxy');
  await part.getByLabel('Wallet of the proxy').fill(ann);
  assert.match(await sign(benPage, act(part, 'Appoint a proxy')), /Let .* vote for/);
  await at('2017-06-04T00:00:00Z');
  await annPage.open(`/votes/${vote}`);
  const ballots = annPage.locator('.ballot');
  await ballots.nth(1).waitFor();
  assert.match(await sign(annPage, ballots.nth(0).getByRole('button', { name: 'Against' })), /ballot .*: Against/);
  assert.match(await sign(annPage, ballots.nth(0).getByRole('button', { name: 'For', exact: true })), /ballot .*: For/);
  assert.match(await sign(annPage, ballots.nth(1).getByRole('button', { name: 'For', exact: true })), /ballots of 1 electors/);
  await benPage.reload();
  assert.match(await sign(benPage, benPage.getByRole('button', { name: 'Revoke the proxy' })), /Revoke the proxy/);
  const counted = (await api(`/v1/votes/${vote}`)).vote;
  assert.deepEqual([counted.inFavour, counted.against, counted.ballots], ['2550', '0', 2]);
  await other.open(`/votes/${vote}`);
  await other.getByText('Your wallet has no vote in this').waitFor();
  await at('2017-06-21T00:00:00Z');
  await founder.open(`/votes/${vote}`);
  await founder.getByLabel('New authorised number').fill('6000');
  await founder.getByText('Another number was decided.').waitFor();
  await founder.getByLabel('New authorised number').fill('5000');
  await founder.getByText('This is the number that was decided.').waitFor();
  assert.match(await sign(founder, founder.locator('.act > button', { hasText: 'raise the authorised number' })), /to 5,000/);
  assert.equal((await api(`/v1/share-classes/${preferred}`)).shareClass.authorised, '5000');

  // Cancels, splits
  await founder.open(`/share-classes/${preferred}`);
  part = await doing(founder, 'Cancel shares');
  await part.getByLabel('Shares').fill('100');
  assert.match(await sign(founder, act(part, 'Cancel shares')), /Cancel 100 shares/);
  part = await doing(founder, 'Split the shares');
  await part.getByLabel('Each share becomes').fill('10');
  assert.match(await sign(founder, act(part, 'Split the shares')), /Split every share of Preferred \(0x\w+…\w+\) into 10/);
  assert.deepEqual(await register(preferred), { [ann]: '5000', [ben]: '3500' });
  // Ten now convert into what one did: the cap table counts as the contract would.
  await reader.open(`/companies/${company}`);
  await line('Preferred').waitFor();
  assert.match(await cap.locator('table').nth(1).locator('tbody tr').first().innerText(), /5,000.*1,900/s);

  // Hands over: proposed, withdrawn, proposed, accepted
  await founder.open(`/companies/${company}`);
  const handOver = async (name) => {
    part = await doing(founder, 'Hand over to another wallet');
    if (name === 'Propose') await part.getByLabel('The other wallet').fill(successor);
    return sign(founder, act(part, name));
  };
  assert.match(await handOver('Propose'), /act for .*evil Ltd/);
  assert.match(await handOver('Withdraw'), /Withdraw/);
  await handOver('Propose');
  const next = await as('successor');
  await next.open('/me');
  await next.getByText('It is proposed that your wallet act for').click();
  assert.match(await sign(next, next.getByRole('button', { name: 'Take over' })), /Take over/);
  assert.equal((await api(`/v1/companies/${company}`)).company.controller, successor);
  await founder.open(`/share-classes/${preferred}`);
  await founder.getByText('Only the wallet that acts for the company can do this').waitFor();

  // Mine: holdings, limits, a dividend claimed, the calendar, the recovery key, an objection
  await annPage.open('/me');
  await annPage.locator('.claimable').first().waitFor();
  assert.match(await sign(annPage, annPage.locator('.claimable').getByRole('button', { name: 'Claim' })), /distribution no\. 2/);
  await annPage.getByText('Nothing is due to you now.').waitFor();
  await annPage.getByText('$100,000.00').first().waitFor();
  const [receipt] = await Promise.all([annPage.waitForEvent('download'), annPage.getByRole('link', { name: /Download the receipt: Preferred/ }).click()]);
  assert.match(receipt.suggestedFilename(), /\.zip$/);
  const [file] = await Promise.all([annPage.waitForEvent('download'), annPage.getByRole('button', { name: 'Save as a calendar file' }).click()]);
  const calendar = readFileSync(await file.path(), 'utf8');
  assert.ok(calendar.startsWith('BEGIN:VCALENDAR\r\nVERSION:2.0\r\n') && calendar.endsWith('END:VCALENDAR\r\n'));
  assert.match(calendar, /DTSTART:20171106T202640Z/);
  for (const one of calendar.split('\r\n')) assert.ok(Buffer.byteLength(one) <= 75, `a line of the calendar is too long: ${one}`);
  part = await doing(annPage, 'Name a recovery key');
  await part.getByLabel('Address of the recovery key').fill(stranger);
  assert.match(await sign(annPage, act(part, 'Name a recovery key')), /as your recovery key/);
  await annPage.getByText('Your recovery key').first().waitFor();
  assert.match(await sign(annPage, act(part, 'Name none any more')), /no recovery key|none/i);
  await annPage.getByText('You have named no recovery key.').waitFor();
  await part.getByLabel('Address of the recovery key').fill(stranger);
  await sign(annPage, act(part, 'Name a recovery key'));
  const { identity } = (await api(`/v1/investors/${ann}`)).investor;
  await ask('call', { as: 'registrar', contract: ledger.recovery, function: 'announceWallet', arguments: { kind: '1', identity, newWallet: successor, documentHash: RESOLUTION } });
  const key = await as('stranger');
  await key.open('/me');
  assert.match(await sign(key, key.getByRole('button', { name: 'Confirm with the recovery key' })), /Confirm with the recovery key/);
  await annPage.reload();
  assert.match(await sign(annPage, annPage.getByRole('button', { name: 'Object', exact: true })), /Object to the recovery/);
  assert.equal((await api(`/v1/recoveries/${identity}`)).recovery.status, 'objected');

  await lookAt('/companies', 'companies');
  await lookAt(`/companies/${company}`, 'company', 'successor');
  await lookAt(`/share-classes/${common}`, 'share-class', 'ann');
  await lookAt(dividend, 'distribution', 'ben');
  await lookAt(`/votes/${vote}`, 'vote', 'ann');
  await lookAt('/me', 'me', 'ann');
});
