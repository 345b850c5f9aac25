import type { Schemas } from '../api';
import { clipped, count, money, percent, percentOfBps, ratio } from '../format';
import { words } from '../language';
import { clock, status } from '../live';
import { AsOf, Fact, Facts, FromNow, Hex, Money, Name, Note, Page, Panel, Pill, Progress, Shown, When } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, useAsked, type Asked } from '../useAnswer';
import { Verify } from '../proof/Verify';
import { account, same } from '../wallet/wallet';
import { Chart } from './Chart';
import { Commitments } from './Commitments';
import { Documents } from './Documents';
import { Guardian, Issuer } from './OfficeActs';
import { History } from './History';
import { Invest } from './Invest';
import { useRoundEvents, type RoundEvents } from './events';
import { endOf, regimeInWords } from './regimes';
import { Solvency } from './Solvency';
import { Steps } from './Steps';
import { keep } from './terms';
import { TryIt } from './TryIt';
import { regimeName, statusTone, statusWord } from './words';
import { Windows } from './Windows';

const w = words(
  {
    lead: (shares: string, price: string) => `${shares} at ${price} a share`,
    raised: 'Raised',
    committed: 'Committed so far',
    of: (maximum: string, target: string) => `Target ${target}, at most ${maximum}`,
    progress: (reached: string, needed: string) => `${reached} of the maximum committed; the target is at ${needed}`,
    reached: (part: string) => `${part} of the target`,
    investors: 'Investors',
    ends: 'Ends',
    ended: 'Ended',
    opens: 'Opens',
    price: 'Price of a share',
    least: 'Least to commit',
    terms: 'The terms in words',
    aim: (min: string, minShares: string, max: string, maxShares: string) =>
      `The company offers ${maxShares} for ${max}. If eligible investors have committed less than ${min} (${minShares}) when the round is tallied, it fails and everybody gets all their money back.`,
    firstCome: 'First come, first served: nobody can commit more than what is left of the maximum.',
    proRata: (most: string) => `Up to ${most} can be committed. If that is more than the maximum, everybody’s commitment is cut in the same proportion, and the money for the rest goes back.`,
    held: 'Until the round is settled the money is held by this contract. Neither the company nor this platform can take it: it leaves only back to the investors, or to the company in the same step in which the shares are issued.',
    late: 'If the round is not settled 30 days after it was closed, everybody can take their money back themselves.',
    toTrust: 'The proceeds go to a trust, whose trustees release them in parts:',
    toCompany: 'The proceeds go at once to the wallet that acts for the company:',
    fee: (fee: string) => `The platform takes ${fee} of what is sold, and nothing of what is refunded.`,
    rules: (name: string) => `Rules: ${name}`,
    investorsRule: 'Who may invest',
    most: 'How much',
    leave: 'Changing your mind',
    early: 'An early end',
    change: 'If the terms change',
    resale: 'Selling later',
    unknownRules: 'This page does not know these rules; read their contract before you commit.',
    theRules: 'Rules contract',
    reference: 'Regulator’s reference',
    paused: 'The guardian has stopped new commitments for now. You can take money back as before.',
    waits: 'Commitments have ended. The round waits for somebody, anybody, to close it.',
    notYet: 'This round does not take commitments yet.',
    trust: 'Trust',
    company: 'Company',
    sold: 'Sold',
    toInvestors: (n: string) => `of which ${n} to others than the company and its affiliates`,
  },
  {
    lead: (shares, price) => `${shares}，每股 ${price}`,
    raised: '已募集',
    committed: '目前已认购',
    of: (maximum, target) => `目标 ${target}，上限 ${maximum}`,
    progress: (reached, needed) => `已认购上限的 ${reached}；募集目标为上限的 ${needed}`,
    reached: (part) => `目标的 ${part}`,
    investors: '投资者',
    ends: '截止',
    ended: '已截止',
    opens: '开放',
    price: '每股价格',
    least: '最低认购',
    terms: '条款说明',
    aim: (min, minShares, max, maxShares) =>
      `公司发行${maxShares}，金额 ${max}。若统计认购时合格投资者的认购不足 ${min}（${minShares}），轮次失败，所有人的资金全额退回。`,
    firstCome: '先到先得：认购不得超过上限的剩余部分。',
    proRata: (most) => `最多可认购${most}。超过上限的，所有认购按同一比例缩减，其余资金退回。`,
    held: '结算之前，资金由本合约持有。公司与本平台均无法动用：资金只能退回投资者，或在发行股份的同一步骤中付给公司。',
    late: '若关闭后 30 天仍未结算，每位投资者均可自行取回资金。',
    toTrust: '募集资金付给信托，由受托人分期释放：',
    toCompany: '募集资金直接付给代表公司的钱包：',
    fee: (fee) => `平台收取售出金额的 ${fee}；退款部分不收费。`,
    rules: (name) => `规则：${name}`,
    investorsRule: '谁可以投资',
    most: '金额限制',
    leave: '改变主意',
    early: '提前截止',
    change: '条款变更时',
    resale: '日后转让',
    unknownRules: '本页面不了解这些规则；认购前请阅读其合约。',
    theRules: '规则合约',
    reference: '监管备案号',
    paused: '守护人已暂停新的认购。取回资金不受影响。',
    waits: '认购已截止。任何人都可以关闭该轮次。',
    notYet: '该轮次尚未开放认购。',
    trust: '信托',
    company: '公司',
    sold: '已售出',
    toInvestors: (n) => `其中 ${n} 售予公司及其关联方以外的人`,
  },
);

export default function RoundPage({ address }: { address: string }) {
  const asked = useAnswer('/v1/rounds/{address}', { path: { address } });
  if (asked.data) keep(asked.data.round);
  const round = asked.data?.round;
  return (
    <Page
      title={round ? clipped(round.company.name) : common.rounds}
      lead={
        round && (
          <>
            <Name>{round.shareClass.name}</Name> · {regimeName(round.regime)}
            {round.filing && (
              <>
                {' '}
                · <Name>{round.filing}</Name>
              </>
            )}
          </>
        )
      }
      actions={round && <Pill tone={statusTone(round.status)}>{statusWord(round.status)}</Pill>}
    >
      <Shown asked={asked}>
        {({ round: shown, asOf }) => (
          <>
            <Whole round={shown} />
            <AsOf at={asOf} />
          </>
        )}
      </Shown>
    </Page>
  );
}

function Whole({ round }: { round: Schemas['Round'] }) {
  const authority = status.value?.contracts?.authority ?? null;
  const me = account.value;
  const guardian = useAsked(authority && me ? `guardian ${me} ${round.address}` : null, async () => {
    const { mayCall } = await import('./reads');
    return mayCall(authority as string, me as string, round.address, 'pauseCommits(bool)');
  });
  const events = useRoundEvents(round.address);
  return (
    <>
      <Standing round={round} events={events} />
      <div class="columns round">
        <div>
          <Terms round={round} />
          <Windows round={round} events={events.data?.events ?? []} />
          <Commitments round={round} />
          <History round={round} />
        </div>
        <div class="beside">
          <Invest round={round} />
          <TryIt round={round} />
          <Steps round={round} />
          {same(me, round.company.controller) && <Issuer round={round} />}
          {guardian.data && <Guardian round={round} />}
          <Solvency round={round} />
          <Documents round={round} events={events.data?.events ?? []} />
        </div>
      </div>
    </>
  );
}

function Standing({ round, events }: { round: Schemas['Round']; events: Asked<RoundEvents> }) {
  const { currency } = round.settlementToken;
  const now = clock.value ?? 0;
  const end = round.closedAt ?? endOf(round);
  const isOpen = round.status === 'open';
  const opensLater = Date.parse(round.opensAt) > now;
  const over = Date.parse(endOf(round)) <= now;
  return (
    <Panel title={isOpen ? w.committed : w.raised}>
      {isOpen && round.commitsPaused && <Note tone="wait">{w.paused}</Note>}
      {isOpen && over && <Note tone="wait">{w.waits}</Note>}
      {isOpen && opensLater && <Note tone="wait">{w.notYet}</Note>}
      <div class="standing">
        <div>
          <p class="raised">
            <strong class="large">
              <Money amount={round.raised.amount} currency={currency} />
            </strong>{' '}
            {w.reached(percent(round.raised.shares, round.minimumShares))}
          </p>
          <Progress
            reached={ratio(round.raised.shares, round.maximumShares)}
            mark={ratio(round.minimumShares, round.maximumShares)}
            label={w.progress(percent(round.raised.shares, round.maximumShares), percent(round.minimumShares, round.maximumShares))}
          />
          <p class="hint">{w.of(money(round.maximumAmount, currency), money(round.minimumAmount, currency))}</p>
          <Facts>
            <Fact name={w.investors}>{count(round.raised.commitments)}</Fact>
            <Fact name={w.price}>
              <Money amount={round.price} currency={currency} />
            </Fact>
            <Fact name={w.least}>{common.shares(count(round.minimumTicket))}</Fact>
            {opensLater ? (
              <Fact name={w.opens}>
                <FromNow time={round.opensAt} />
              </Fact>
            ) : (
              <Fact name={isOpen && !over ? w.ends : w.ended}>{isOpen ? <FromNow time={end} /> : <When time={end} dateOnly />}</Fact>
            )}
            {round.sharesSold !== '0' && (
              <Fact name={w.sold}>
                {common.shares(count(round.sharesSold))}
                {round.outsideShares !== round.sharesSold && `, ${w.toInvestors(count(round.outsideShares))}`}
              </Fact>
            )}
          </Facts>
        </div>
        <Chart round={round} asked={events} />
      </div>
    </Panel>
  );
}

function Terms({ round }: { round: Schemas['Round'] }) {
  const { currency } = round.settlementToken;
  const regime = regimeInWords(round.regime);
  const amount = (value: string) => money(value, currency);
  const shares = (value: string) => common.shares(count(value));
  return (
    <Panel title={w.terms}>
      <p>{w.aim(amount(round.minimumAmount), shares(round.minimumShares), amount(round.maximumAmount), shares(round.maximumShares))}</p>
      <p>{round.allocation === 'first-come' ? w.firstCome : w.proRata(shares(round.oversubscriptionShares))}</p>
      <p>{w.held} {w.late}</p>
      <p>
        {round.trust ? w.toTrust : w.toCompany} <Hex value={round.trust ?? round.company.controller} {...(round.trust ? { to: `/trusts/${round.trust}` } : {})} /> {w.fee(percentOfBps(round.feeBps))}
      </p>
      <h3>{w.rules(regimeName(round.regime))}</h3>
      {regime === null ? (
        <Note tone="wait">{w.unknownRules}</Note>
      ) : (
        <dl class="answers">
          {(
            [
              [w.investorsRule, regime.investors],
              [w.most, regime.most],
              [w.leave, regime.leave],
              [w.early, regime.early],
              [w.change, regime.change],
              [w.resale, regime.resale],
            ] as const
          ).map(([name, answer]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{answer}</dd>
            </div>
          ))}
        </dl>
      )}
      <Facts>
        <Fact name={w.company}>
          <a href={`/companies/${round.company.id}`}>
            <Name>{round.company.name}</Name>
          </a>
        </Fact>
        <Fact name={common.shareClass}>
          <a href={`/share-classes/${round.shareClass.address}`}>
            <Name>{`${round.shareClass.name} (${round.shareClass.symbol})`}</Name>
          </a>
        </Fact>
        {round.filing && (
          <Fact name={w.reference}>
            <Name>{round.filing}</Name>
          </Fact>
        )}
        <Fact name={common.contract}>
          <Hex value={round.address} /> <Verify proof="/v1/proofs/history" query={{ contract: round.address }} label={common.history} />
        </Fact>
        <Fact name={w.theRules}>
          <Hex value={round.rules} />
        </Fact>
      </Facts>
    </Panel>
  );
}
