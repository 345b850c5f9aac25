// Shows the rounds of /v1/rounds. Text from the chain only ever becomes text.

const byId = (id) => document.getElementById(id);
const list = byId('rounds');
const message = byId('message');
const more = byId('more');
const filter = byId('filter');
let next = null;
let asked = 0;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

async function read(path) {
  const response = await fetch(path, { headers: { accept: 'application/json' } });
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? response.statusText);
  return body;
}

const grouped = (digits) => digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');

function money(amount, currency) {
  const [whole, part] = amount.split('.');
  return `${grouped(whole)}${part ? '.' + part : ''} ${currency}`;
}

const day = (time) => time.slice(0, -10);

/** Parts per hundred of two counts of any size. */
function percent(part, whole) {
  return Number((BigInt(part) * 10000n) / BigInt(whole)) / 100;
}

function fact(name, value) {
  const pair = element('div');
  pair.append(element('dt', '', name), element('dd', '', value));
  return pair;
}

function progress(round) {
  const reached = percent(round.raised.shares, round.maximumShares);
  const needed = percent(round.minimumShares, round.maximumShares);
  const bar = element('div', 'bar');
  bar.setAttribute('role', 'img');
  bar.setAttribute('aria-label',
      `${reached} % of the maximum committed; the minimum is at ${needed} %`);
  const fill = element('span', 'fill');
  fill.style.width = `${Math.min(100, reached)}%`;
  const mark = element('span', 'mark');
  mark.style.left = `${Math.min(100, needed)}%`;
  bar.append(fill, mark);
  return bar;
}

function outcome(round, currency) {
  const facts = element('dl', 'facts');
  facts.append(
      fact('Price', money(round.price, currency)),
      fact('Minimum', money(round.minimumAmount, currency)),
      fact('Maximum', money(round.maximumAmount, currency)),
      fact('Open', `${day(round.opensAt)} to ${day(round.deadline)}`));
  if (round.sharesSold !== '0') {
    facts.append(
        fact('Shares sold', grouped(round.sharesSold)),
        fact('Holders', grouped(String(round.shareClass.holders))),
        fact('To the issuer', money(round.proceeds.paid, currency)),
        fact('Fee', money(round.fee.paid, currency)));
  }
  if (round.refunded.commitments > 0) {
    facts.append(fact('Refunded', money(round.refunded.amount, currency)));
  }
  if (round.cancelled.commitments > 0) {
    facts.append(fact('Taken back', money(round.cancelled.amount, currency)));
  }
  return facts;
}

function card(round) {
  const currency = round.settlementToken.currency;
  const item = element('li', 'round');
  const head = element('div', 'head');
  head.append(element('h2', '', round.company.name),
      element('span', `pill ${round.status}`, round.commitsPaused ? 'paused' : round.status));
  const raised = element('p', 'raised');
  raised.append(element('strong', '', money(round.raised.amount, currency)),
      ` from ${grouped(String(round.raised.commitments))} ${round.raised.commitments === 1 ? 'investor' : 'investors'}`);
  const links = element('p', 'links');
  for (const [text, path] of [['Round', ''], ['Commitments', '/commitments']]) {
    const link = element('a', '', text);
    link.href = `/v1/rounds/${round.address}${path}`;
    links.append(link);
  }
  const holders = element('a', '', 'Register');
  holders.href = `/v1/share-classes/${round.shareClass.address}/holders`;
  const events = element('a', '', 'History');
  events.href = `/v1/events?contract=${round.address}`;
  links.append(holders, events);
  item.append(head, element('p', 'filing', `${round.filing} · ${round.shareClass.name}`),
      raised, progress(round), outcome(round, currency), links);
  return item;
}

async function show(fresh) {
  const mine = ++asked;
  const query = new URLSearchParams({ limit: '24' });
  for (const [name, value] of new FormData(filter)) {
    if (value.trim()) query.set(name, value.trim());
  }
  if (!fresh) query.set('cursor', next);
  list.setAttribute('aria-busy', 'true');
  try {
    const page = await read(`/v1/rounds?${query}`);
    if (mine !== asked) return;
    if (fresh) list.replaceChildren();
    list.append(...page.rounds.map(card));
    next = page.next;
    message.textContent = list.childElementCount ? '' : 'No round fits.';
  } catch (error) {
    if (mine !== asked) return;
    if (fresh) list.replaceChildren();
    next = null;
    message.textContent = `The rounds could not be read: ${error.message}`;
  }
  more.hidden = next === null;
  message.hidden = message.textContent === '';
  list.setAttribute('aria-busy', 'false');
}

async function showStatus() {
  const facts = byId('chain');
  try {
    const status = await read('/v1/status');
    byId('notice').textContent = status.notice ?? '';
    byId('notice').hidden = !status.notice;
    facts.replaceChildren(
        fact('Chain', `${status.chain.id} (${status.chain.node})`),
        fact('Clock', status.chain.clock ?? 'not known'));
    if (status.asOf) {
      facts.append(fact('Block', grouped(String(status.asOf.blockNumber))),
          fact('Verified through', grouped(String(status.asOf.verifiedThrough))));
    }
    facts.append(fact('Index', status.index.state));
  } catch (error) {
    facts.replaceChildren(fact('Status', `not known: ${error.message}`));
  }
}

let typing = 0;
filter.addEventListener('submit', (event) => event.preventDefault());
filter.addEventListener('input', () => {
  clearTimeout(typing);
  typing = setTimeout(() => show(true), 200);
});
more.addEventListener('click', () => show(false));
showStatus();
show(true);
