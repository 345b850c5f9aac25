import { words } from '../language';
import { Verify } from '../proof/Verify';
import { AsOf, Fact, Facts, Hex, List, Page, Panel, Shown } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, usePages } from '../useAnswer';
import { Export } from './AuditPage';
import { EventList } from './EventList';
import { contractWord } from './kinds';

const w = words(
  {
    title: (kind: string) => `History: ${kind}`,
    lead: 'Every event of this contract, the newest first. The contract folds its own events into one word of its storage; a proof of that word shows that none is left out, altered, or in another place.',
    complete: 'The complete history',
    pageOf: 'Its own page',
    functions: 'What can be done with it',
    functionsLead: 'In the words of the contract.',
    filtered: 'Search in it',
    none: 'No such contract on this ledger, or it has emitted nothing.',
  },
  {
    title: (kind) => `历史：${kind}`,
    lead: '此合约的全部事件，最新的在前。合约将自身的事件依次折叠为存储中的一个字；对该字的证明表明没有任何事件被遗漏、篡改或调换位置。',
    complete: '完整历史',
    pageOf: '对应页面',
    functions: '可以对它执行的操作',
    functionsLead: '合约自身的说明（英文）。',
    filtered: '在此历史中搜索',
    none: '账本上没有此合约，或它尚未发出任何事件。',
  },
);

const PAGES: Readonly<Record<string, string>> = { round: '/rounds', 'share-class': '/share-classes', trust: '/trusts', vote: '/votes' };

export default function ContractPage({ contract }: { contract: string }) {
  const search = { contract };
  const events = usePages('/v1/events', { query: { ...search, order: 'desc', limit: 50 } }, (page) => page.events);
  const last = useAnswer('/v1/events', { query: { ...search, order: 'desc', limit: 1 } });
  const functions = useAnswer('/v1/contracts/{address}/functions', { path: { address: contract } });
  const kind = functions.data?.kind;
  return (
    <Page title={w.title(kind ? contractWord(kind) : common.contract)} lead={w.lead}>
      <Panel title={w.complete} aside={<Verify proof="/v1/proofs/history" query={{ contract }} label={w.complete} />}>
        <Facts>
          <Fact name={common.contract}>
            <Hex value={contract} />
          </Fact>
          {kind && PAGES[kind] && (
            <Fact name={w.pageOf}>
              <a href={`${PAGES[kind]}/${contract}`}>{contractWord(kind)}</a>
            </Fact>
          )}
          <Fact name={common.event}>
            <a href={`/audit?contract=${contract}`}>{w.filtered}</a>
          </Fact>
        </Facts>
        <Export search={search} />
        <List pages={events} empty={w.none}>
          {(items) => <EventList events={items} withContract={false} />}
        </List>
        {last.data && <AsOf at={last.data.asOf} />}
      </Panel>
      <Panel title={w.functions}>
        <p class="hint">{w.functionsLead}</p>
        <Shown asked={functions}>
          {(list) => (
            <dl class="functions">
              {list.functions.map((one) => (
                <div key={one.signature}>
                  <dt>
                    <code>{one.name}</code>
                  </dt>
                  <dd class="text" lang="en">{one.notice}</dd>
                </div>
              ))}
            </dl>
          )}
        </Shown>
      </Panel>
    </Page>
  );
}
