import type { Schemas } from '../api';
import { count, percent, ratio } from '../format';
import { words } from '../language';
import { place, choose } from '../router';
import { Choice, TextField } from '../ui/form';
import { Fact, Facts, FromNow, List, Money, Name, Page, Pill, Progress, When } from '../ui/parts';
import { common } from '../ui/words';
import { usePages } from '../useAnswer';
import { clock } from '../live';
import { endOf, REGIME_NAMES } from './regimes';
import { regimeName, statusTone, statusWord } from './words';

const w = words(
  {
    title: 'Funding rounds',
    lead: 'The money and the shares are held by contracts, not by this platform. What you see was read from their events and compared with their proven history.',
    search: 'Company, filing or class',
    status: 'Status',
    every: 'Every status',
    regime: 'Rules',
    everyRegime: 'All rules',
    none: 'No round fits.',
    price: 'Price',
    target: 'Target',
    maximum: 'Maximum',
    closes: 'Closes',
    opens: 'Opens',
    closed: 'Closed',
    sold: 'Sold',
    investors: (n: string) => `from ${n} ${n === '1' ? 'investor' : 'investors'}`,
    progress: (reached: string, needed: string) => `${reached} of the maximum committed; the target is at ${needed}`,
    paused: 'commitments paused',
    reached: (part: string) => `${part} of the target`,
    waits: 'ended, waits to be closed',
    notYet: 'opens soon',
  },
  {
    title: '融资轮次',
    lead: '资金与股份由合约而非本平台持有。您看到的内容读取自合约的事件，并已与其经证明的历史核对。',
    search: '公司、备案号或股份类别',
    status: '状态',
    every: '全部状态',
    regime: '规则',
    everyRegime: '全部规则',
    none: '没有符合条件的轮次。',
    price: '每股价格',
    target: '募集目标',
    maximum: '募集上限',
    closes: '截止',
    opens: '开放',
    closed: '已截止',
    sold: '已售出',
    investors: (n) => `来自 ${n} 位投资者`,
    progress: (reached, needed) => `已认购上限的 ${reached}；募集目标为上限的 ${needed}`,
    paused: '已暂停认购',
    reached: (part) => `目标的 ${part}`,
    waits: '已到期，等待关闭',
    notYet: '即将开放',
  },
);

const STATUSES = ['open', 'tallying', 'settling', 'settled', 'failed', 'cancelled'] as const;

export default function RoundsPage() {
  const { query } = place.value;
  const q = query.get('q') ?? '';
  const status = STATUSES.find((one) => one === query.get('status'));
  const regime = query.get('regime') ?? '';
  const rounds = usePages('/v1/rounds', { query: { q: q || undefined, status, regime: regime || undefined, limit: 24 } }, (page) => page.rounds);
  return (
    <Page title={w.title} lead={w.lead}>
      <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
        <TextField label={w.search} type="search" value={q} maxLength={100} onInput={(text) => choose({ q: text })} />
        <Choice label={w.status} value={status ?? ''} onInput={(chosen) => choose({ status: chosen })} options={[['', w.every], ...STATUSES.map((one) => [one, statusWord(one)] as const)]} />
        <Choice label={w.regime} value={regime} onInput={(chosen) => choose({ regime: chosen })} options={[['', w.everyRegime], ...REGIME_NAMES.map((one) => [one, regimeName(one)] as const)]} />
      </form>
      <List pages={rounds} empty={w.none}>
        {(items) => (
          <ul class="cards">
            {items.map((round) => (
              <li key={round.address}>
                <Card round={round} />
              </li>
            ))}
          </ul>
        )}
      </List>
    </Page>
  );
}

function Card({ round }: { round: Schemas['Round'] }) {
  const { currency } = round.settlementToken;
  const now = clock.value ?? 0;
  const closed = round.closedAt !== null || round.status === 'cancelled';
  const ended = !closed && Date.parse(endOf(round)) <= now;
  const early = Date.parse(round.opensAt) > now;
  return (
    <article class="card">
      <header class="panel-head">
        <h2>
          <a href={`/rounds/${round.address}`}>
            <Name>{round.company.name}</Name>
          </a>
        </h2>
        <Pill tone={ended || early || round.commitsPaused ? 'wait' : statusTone(round.status)}>
          {ended ? w.waits : early && !closed ? w.notYet : round.commitsPaused && !closed ? w.paused : statusWord(round.status)}
        </Pill>
      </header>
      <p class="hint">
        <Name>{round.shareClass.name}</Name> · {regimeName(round.regime)}
      </p>
      <p class="raised">
        <strong>
          <Money amount={round.raised.amount} currency={currency} />
        </strong>{' '}
        {w.investors(count(round.raised.commitments))} · {w.reached(percent(round.raised.shares, round.minimumShares))}
      </p>
      <Progress
        reached={ratio(round.raised.shares, round.maximumShares)}
        mark={ratio(round.minimumShares, round.maximumShares)}
        label={w.progress(percent(round.raised.shares, round.maximumShares), percent(round.minimumShares, round.maximumShares))}
      />
      <Facts>
        <Fact name={w.price}>
          <Money amount={round.price} currency={currency} />
        </Fact>
        <Fact name={w.target}>
          <Money amount={round.minimumAmount} currency={currency} />
        </Fact>
        <Fact name={w.maximum}>
          <Money amount={round.maximumAmount} currency={currency} />
        </Fact>
        {closed ? (
          round.closedAt && (
            <Fact name={w.closed}>
              <When time={round.closedAt} dateOnly />
            </Fact>
          )
        ) : (
          <Fact name={early ? w.opens : w.closes}>
            <FromNow time={early ? round.opensAt : endOf(round)} />
          </Fact>
        )}
        {round.sharesSold !== '0' && <Fact name={w.sold}>{common.shares(count(round.sharesSold))}</Fact>}
      </Facts>
    </article>
  );
}
