import type { Schemas } from '../api';
import { clipped, count } from '../format';
import { words } from '../language';
import { clock } from '../live';
import { place } from '../router';
import { account } from '../wallet/wallet';
import { Fact, Facts, FromNow, List, Money, Name, Page, Pill, When } from '../ui/parts';
import { useAnswer, usePages } from '../useAnswer';
import { OpenTrust } from './OpenTrust';
import { endWord } from './words';

const w = words(
  {
    title: 'Trusts',
    titleOf: (company: string) => `Trusts of ${company}`,
    lead: 'A trust holds money or shares for others, on the terms of a deed that nobody can change. Trustees approve what is paid, everyone can see it, and those concerned can object.',
    none: 'No trust has been opened yet.',
    inForce: 'in force',
    ended: 'ended',
    received: 'Received',
    released: 'Released',
    shares: 'Shares received',
    trustees: 'Approvals needed',
    longStop: 'Ends at the latest',
    endedAt: 'Ended',
    onlyController: 'Whoever acts for the company can open a trust for it here.',
    back: 'All trusts',
  },
  {
    title: '信托',
    titleOf: (company) => `${company} 的信托`,
    lead: '信托依无人可更改的信托文件为他人持有款项或股份。受托人批准支付，人人可见，利害关系人可提出异议。',
    none: '尚未设立任何信托。',
    inForce: '存续中',
    ended: '已终止',
    received: '已收到',
    released: '已释放',
    shares: '已收到股份',
    trustees: '所需批准数',
    longStop: '最迟终止',
    endedAt: '终止于',
    onlyController: '代表该公司行事者可在此为其设立信托。',
    back: '全部信托',
  },
);

export default function TrustsPage() {
  const chosen = place.value.query.get('company') ?? '';
  const company = useAnswer(chosen ? '/v1/companies/{id}' : null, { path: { id: chosen } });
  const trusts = usePages('/v1/trusts', { query: { company: chosen || undefined, limit: 24 } }, (page) => page.trusts);
  const found = company.data?.company;
  return (
    <Page title={found ? w.titleOf(clipped(found.name)) : w.title} lead={w.lead}>
      {found && (
        <p>
          <a href="/trusts">{w.back}</a> ·{' '}
          <a href={`/companies/${found.id}`}>
            <Name>{found.name}</Name>
          </a>
        </p>
      )}
      <List pages={trusts} empty={w.none}>
        {(items) => (
          <ul class="cards">
            {items.map((trust) => (
              <li key={trust.address}>
                <Card trust={trust} />
              </li>
            ))}
          </ul>
        )}
      </List>
      {found && (account.value === found.controller && clock.value ? <OpenTrust company={found} now={clock.value} /> : <p class="hint">{w.onlyController}</p>)}
    </Page>
  );
}

function Card({ trust }: { trust: Schemas['Trust'] }) {
  const { currency, money, deed } = trust;
  return (
    <article class="card">
      <header class="panel-head">
        <h2>
          <a href={`/trusts/${trust.address}`}>
            <Name>{trust.company}</Name>
          </a>
        </h2>
        <Pill tone={trust.endedAt ? 'plain' : 'good'}>{trust.endedAt ? w.ended : w.inForce}</Pill>
      </header>
      {trust.endReason && <p class="hint">{endWord(trust.endReason)}</p>}
      <Facts>
        {currency && (
          <>
            <Fact name={w.received}>
              <Money amount={money.received} currency={currency} />
            </Fact>
            <Fact name={w.released}>
              <Money amount={money.released} currency={currency} />
            </Fact>
          </>
        )}
        {trust.shareClass && <Fact name={w.shares}>{count(trust.shares.received)}</Fact>}
        <Fact name={w.trustees}>{deed.threshold}</Fact>
        {trust.endedAt ? (
          <Fact name={w.endedAt}>
            <When time={trust.endedAt} dateOnly />
          </Fact>
        ) : (
          <Fact name={w.longStop}>
            <FromNow time={deed.longStop} />
          </Fact>
        )}
      </Facts>
    </article>
  );
}
