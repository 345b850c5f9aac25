import { useState } from 'preact/hooks';
import { words } from '../language';
import { recent } from '../live';
import { choose, place } from '../router';
import { explained } from '../signing/refusals';
import { Choice, isAddress, localTime, orEmpty, TextField, utcTime, type Check } from '../ui/form';
import { List, Note, Page, Panel } from '../ui/parts';
import { common } from '../ui/words';
import { usePages } from '../useAnswer';
import { EventList } from './EventList';
import { all, csv, save, type Search } from './export';
import { eventWord, KINDS } from './kinds';

const w = words(
  {
    title: 'Audit',
    lead: 'Every event of every contract of this ledger, in the order of the chain. Each can be proven; the history of a contract can be proven complete.',
    search: 'Search',
    contract: 'Contract',
    person: 'Person: wallet or identity',
    kind: 'Event',
    every: 'Every event',
    from: 'From (your time)',
    to: 'Before (your time)',
    order: 'Order',
    newest: 'Newest first',
    oldest: 'Oldest first',
    wrongPerson: 'Expected 0x and 40 or 64 hexadecimal digits.',
    found: 'Events',
    none: 'No event fits.',
    exportCsv: 'All as CSV',
    exportJson: 'All as JSON',
    exporting: 'Reading all pages…',
    live: 'Live',
    liveHint: 'What happens while this page is open.',
    quiet: 'Nothing has happened since you opened this page.',
    history: 'The complete history of this contract, with its proof',
  },
  {
    title: '审计',
    lead: '本账本所有合约的全部事件，按链上的顺序排列。每个事件都可以得到证明，每个合约的历史都可以证明是完整的。',
    search: '搜索',
    contract: '合约',
    person: '人：钱包或身份',
    kind: '事件',
    every: '全部事件',
    from: '自（您的时间）',
    to: '早于（您的时间）',
    order: '顺序',
    newest: '最新在前',
    oldest: '最早在前',
    wrongPerson: '应为 0x 加 40 或 64 位十六进制数字。',
    found: '事件',
    none: '没有符合条件的事件。',
    exportCsv: '全部导出为 CSV',
    exportJson: '全部导出为 JSON',
    exporting: '正在读取全部内容…',
    live: '实时',
    liveHint: '本页面打开期间发生的事件。',
    quiet: '打开本页面以来没有发生任何事件。',
    history: '此合约的完整历史及其证明',
  },
);

const isPerson: Check = (text) => (/^0x([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/.test(text) ? null : w.wrongPerson);

export default function AuditPage() {
  const { query } = place.value;
  const value = (name: string) => query.get(name) ?? '';
  const wrong = { contract: orEmpty(isAddress)(value('contract')), person: orEmpty(isPerson)(value('person')) };
  const right = !Object.values(wrong).some(Boolean);
  const search: Search = {
    contract: value('contract') || undefined,
    person: value('person') || undefined,
    kind: value('kind') || undefined,
    from: utcTime(value('from')) || undefined,
    to: utcTime(value('to')) || undefined,
  } as Search;
  const order = value('order') === 'asc' ? 'asc' : 'desc';
  const events = usePages(right ? '/v1/events' : null, { query: { ...search, order, limit: 50 } }, (page) => page.events);
  return (
    <Page title={w.title} lead={w.lead}>
      <Panel title={w.search}>
        <form class="form" role="search" onSubmit={(event) => event.preventDefault()}>
          <TextField label={w.contract} value={value('contract')} wrong={wrong.contract} placeholder="0x…" onInput={(text) => choose({ contract: text.trim() })} />
          <TextField label={w.person} value={value('person')} wrong={wrong.person} placeholder="0x…" onInput={(text) => choose({ person: text.trim() })} />
          <Choice label={w.kind} value={value('kind')} onInput={(kind) => choose({ kind })} options={[['', w.every], ...KINDS.map((kind) => [kind, eventWord(kind)] as const)]} />
          <TextField label={w.from} type="datetime-local" value={value('from')} onInput={(from) => choose({ from })} />
          <TextField label={w.to} type="datetime-local" value={value('to')} onInput={(to) => choose({ to })} />
          <Choice label={w.order} value={order} onInput={(chosen) => choose({ order: chosen })} options={[['desc', w.newest], ['asc', w.oldest]]} />
        </form>
        {right && value('contract') && (
          <p>
            <a href={`/audit/${value('contract').toLowerCase()}`}>{w.history}</a>
          </p>
        )}
      </Panel>
      <div class="columns">
        <Panel title={w.found} aside={right && <Export search={search} />}>
          {right && (
            <List pages={events} empty={w.none}>
              {(items) => <EventList events={items} />}
            </List>
          )}
        </Panel>
        <Panel title={w.live}>
          <p class="hint">{w.liveHint}</p>
          <div aria-live="polite">{recent.value.length === 0 ? <p class="empty">{w.quiet}</p> : <EventList events={recent.value} />}</div>
        </Panel>
      </div>
    </Page>
  );
}

/** Everything that a search finds, as files. */
export function Export({ search }: { search: Search }) {
  const [state, setState] = useState<'' | 'busy' | Error>('');
  const take = async (format: 'csv' | 'json') => {
    setState('busy');
    try {
      const events = await all(search);
      const name = `events-${localTime(Date.now()).slice(0, 10)}.${format}`;
      if (format === 'csv') save(csv(events), name, 'text/csv');
      else save(JSON.stringify(events, null, 1), name, 'application/json');
      setState('');
    } catch (failure) {
      setState(failure as Error);
    }
  };
  return (
    <div class="actions">
      {state === 'busy' && <span class="hint" role="status">{w.exporting}</span>}
      <button type="button" class="button small" disabled={state === 'busy'} onClick={() => void take('csv')}>
        {w.exportCsv}
      </button>
      <button type="button" class="button small" disabled={state === 'busy'} onClick={() => void take('json')}>
        {w.exportJson}
      </button>
      {state instanceof Error && (
        <Note tone="bad" urgent>
          {common.failed} {explained(state)}
        </Note>
      )}
    </div>
  );
}
