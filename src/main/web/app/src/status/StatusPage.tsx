import { useEffect } from 'preact/hooks';
import type { Schemas } from '../api';
import { count } from '../format';
import { words } from '../language';
import { look, status } from '../live';
import { contractWord } from '../audit/kinds';
import { regimeName } from '../rounds/words';
import { Verify } from '../proof/Verify';
import { Fact, Facts, FromNow, Hex, Note, Page, Panel, Pill, Table, When, type Tone } from '../ui/parts';
import { common } from '../ui/words';
import { useAsked } from '../useAnswer';

const w = words(
  {
    title: 'Status',
    lead: 'Whether this service sees the chain as it is, and how far it has checked that.',
    index: 'Index',
    following: 'follows the chain',
    'catching-up': 'catches up',
    standby: 'stands by for another service',
    stopped: 'stopped',
    behind: 'Blocks behind',
    indexed: 'Last block indexed',
    verified: 'Histories checked through',
    verifiedHint: 'Through this block the folded history of every contract was compared with the slot that the chain proves.',
    rate: 'Rate',
    perSecond: (events: string, blocks: string) => `${events} events and ${blocks} blocks a second`,
    left: 'Time left',
    seconds: (n: string) => `${n} s`,
    chain: 'Chain',
    id: 'Chain id',
    node: 'Node',
    embedded: 'run by this service',
    external: 'elsewhere',
    head: 'Head',
    clock: 'Chain’s clock',
    finality: 'Finality',
    immediate: 'at once',
    tag: 'as the chain says',
    depth: (n: string) => `after ${n} blocks`,
    notKnown: 'not known',
    writing: 'Transactions are accepted',
    version: 'Version',
    reorgs: 'Times the chain replaced blocks',
    lastReorg: 'Replaced last',
    wentOn: (abandoned: string, kept: string) => `block ${abandoned}; the chain went on from block ${kept}, of`,
    lies: 'False answers found and refused',
    checks: 'History heads compared with the chain',
    contracts: 'Contracts of the platform',
    tokens: 'Settlement tokens',
    rules: 'Rules for rounds',
    allowed: 'allowed for new rounds',
    notAllowed: 'no longer for new rounds',
    history: 'Its complete history',
    currency: 'Currency',
    decimals: 'Decimals',
    metrics: 'All measurements (Prometheus)',
  },
  {
    title: '状态',
    lead: '本服务看到的链是否属实，以及已经核对到哪里。',
    index: '索引',
    following: '正在跟随链',
    'catching-up': '正在追赶',
    standby: '待命，由另一服务索引',
    stopped: '已停止',
    behind: '落后区块数',
    indexed: '最近索引的区块',
    verified: '历史核对至',
    verifiedHint: '截至此区块，每个合约折叠的历史都已与链上所证明的存储槽核对。',
    rate: '速度',
    perSecond: (events, blocks) => `每秒 ${events} 个事件、${blocks} 个区块`,
    left: '剩余时间',
    seconds: (n) => `${n} 秒`,
    chain: '链',
    id: '链编号',
    node: '节点',
    embedded: '由本服务运行',
    external: '外部节点',
    head: '链头',
    clock: '链上时钟',
    finality: '最终性',
    immediate: '即时',
    tag: '以链上标记为准',
    depth: (n) => `经过 ${n} 个区块`,
    notKnown: '未知',
    writing: '接受交易',
    version: '版本',
    reorgs: '链替换区块的次数',
    lastReorg: '最近一次替换',
    wentOn: (abandoned, kept) => `区块 ${abandoned}；链自区块 ${kept} 起继续，其时间为`,
    lies: '发现并拒绝的虚假答复',
    checks: '与链核对过的历史头',
    contracts: '平台合约',
    tokens: '结算代币',
    rules: '融资轮次规则',
    allowed: '可用于新轮次',
    notAllowed: '不再用于新轮次',
    history: '其完整历史',
    currency: '货币',
    decimals: '小数位',
    metrics: '全部度量（Prometheus）',
  },
);

const TONES: Record<Schemas['IndexStatus']['state'], Tone> = { following: 'good', 'catching-up': 'wait', standby: 'wait', stopped: 'bad' };
const LOOK_MS = 3_000;

export default function StatusPage() {
  useEffect(() => {
    const timer = window.setInterval(() => void look(), LOOK_MS);
    return () => window.clearInterval(timer);
  }, []);
  const now = status.value;
  return (
    <Page title={w.title} lead={w.lead}>
      {now === null ? <p class="reading">{common.reading}</p> : <Standing now={now} />}
    </Page>
  );
}

function finalityWord(finality: string): string {
  if (finality === 'immediate') return w.immediate;
  if (finality === 'tag') return w.tag;
  return w.depth(finality.split(':')[1] ?? '');
}

function Standing({ now }: { now: Schemas['Status'] }) {
  const { index, chain, asOf, contracts } = now;
  return (
    <>
      {now.notice && <Note tone="wait"><span lang="en">{now.notice}</span></Note>}
      <Panel title={w.index} aside={<Pill tone={TONES[index.state]}>{w[index.state]}</Pill>}>
        {index.detail && (
          <Note tone="bad" urgent>
            {index.detail}
          </Note>
        )}
        <Facts wide>
          <Fact name={w.indexed}>
            {asOf ? (
              <>
                {count(asOf.blockNumber)}, <When time={asOf.time} />
              </>
            ) : (
              w.notKnown
            )}
          </Fact>
          <Fact name={w.verified}>{asOf ? count(asOf.verifiedThrough) : w.notKnown}</Fact>
          <Fact name={w.behind}>{index.blocksBehind === null ? w.notKnown : count(index.blocksBehind)}</Fact>
          {index.progress && <Fact name={w.rate}>{w.perSecond(count(index.progress.eventsPerSecond), count(index.progress.blocksPerSecond))}</Fact>}
          {index.progress?.secondsLeft !== undefined && index.progress?.secondsLeft !== null && <Fact name={w.left}>{w.seconds(count(index.progress.secondsLeft))}</Fact>}
          <Measured />
          {index.lastReorganisation && (
            <Fact name={w.lastReorg}>
              {w.wentOn(count(index.lastReorganisation.abandoned.number), count(index.lastReorganisation.kept.number))} <When time={index.lastReorganisation.kept.time} />
            </Fact>
          )}
        </Facts>
        <p class="hint">
          {w.verifiedHint} <a href="/metrics">{w.metrics}</a>
        </p>
      </Panel>
      <Panel title={w.chain}>
        <Facts wide>
          <Fact name={w.id}>{chain.id}</Fact>
          <Fact name={w.node}>{w[chain.node]}</Fact>
          <Fact name={w.head}>
            {chain.head ? (
              <>
                {count(chain.head.number)}, <FromNow time={chain.head.time} />
              </>
            ) : (
              w.notKnown
            )}
          </Fact>
          <Fact name={w.clock}>{chain.clock ? <When time={chain.clock} /> : w.notKnown}</Fact>
          <Fact name={w.finality}>{finalityWord(chain.finality)}</Fact>
          <Fact name={w.writing}>{now.writing ? common.yes : common.no}</Fact>
          <Fact name={w.version}>{now.version}</Fact>
        </Facts>
      </Panel>
      {contracts && <Platform contracts={contracts} />}
    </>
  );
}

/** What the service has counted since it started, by its own measurements. */
function Measured() {
  const asked = useAsked(`metrics ${status.value?.chain.head?.number}`, async (signal) => (await fetch('/metrics', { signal })).text());
  const figure = (name: string) => {
    const found = (asked.data ?? '').split('\n').filter((line) => line.startsWith(name) && !line.startsWith('#'));
    return found.length === 0 ? w.notKnown : count(found.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0));
  };
  return (
    <>
      <Fact name={w.checks}>{figure('fundtrail_heads_checked_total')}</Fact>
      <Fact name={w.reorgs}>{figure('fundtrail_reorganisations_total')}</Fact>
      <Fact name={w.lies}>{figure('fundtrail_lies_total')}</Fact>
    </>
  );
}

function Platform({ contracts }: { contracts: Schemas['ContractsStatus'] }) {
  const fixed = (['directory', 'authority', 'registry', 'limits', 'recovery', 'calendar'] as const).flatMap((kind) => {
    const address = contracts[kind];
    return address === null ? [] : [{ kind, address }];
  });
  return (
    <>
      <Panel title={w.contracts}>
        <Table
          caption={w.contracts}
          rows={fixed}
          rowKey={({ kind }) => kind}
          columns={[
            { head: common.contract, cell: ({ kind }) => contractWord(kind) },
            { head: common.history, cell: ({ address }) => <Hex value={address} to={`/audit/${address}`} /> },
            { head: w.history, cell: ({ kind, address }) => <Verify proof="/v1/proofs/history" query={{ contract: address }} label={contractWord(kind)} /> },
          ]}
        />
      </Panel>
      <Panel title={w.tokens}>
        <Table
          caption={w.tokens}
          rows={contracts.settlementTokens}
          rowKey={({ address }) => address}
          columns={[
            { head: w.currency, cell: ({ currency }) => currency },
            { head: w.decimals, cell: ({ decimals }) => decimals },
            { head: common.contract, cell: ({ address }) => <Hex value={address} /> },
          ]}
        />
      </Panel>
      <Panel title={w.rules}>
        <Table
          caption={w.rules}
          rows={contracts.rules}
          rowKey={({ address }) => address}
          columns={[
            { head: common.contract, cell: ({ address }) => <Hex value={address} /> },
            { head: common.regime, cell: ({ address }) => <Regime rules={address} /> },
            { head: common.status, cell: ({ allowed }) => (allowed ? <Pill tone="good">{w.allowed}</Pill> : <Pill>{w.notAllowed}</Pill>) },
          ]}
        />
      </Panel>
    </>
  );
}

/** The body of law that a rules contract stands for, as the contract itself says. */
function Regime({ rules }: { rules: string }) {
  const asked = useAsked(`regime ${rules}`, async () => (await import('../rounds/regime')).regimeOf(rules));
  return <>{asked.data ? regimeName(asked.data) : '…'}</>;
}
