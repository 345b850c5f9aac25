import { useEffect } from 'preact/hooks';
import { clipped } from '../format';
import { words } from '../language';
import { useRoles } from '../operator/roles';
import { note } from '../signing/known';
import { History } from '../audit/History';
import { AsOf, Failure, Hex, Name, Page, Pill, Shown } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer } from '../useAnswer';
import { Accounts } from './Accounts';
import { Deed } from './Deed';
import { Ending } from './Ending';
import { Holdings } from './Holdings';
import { Motions } from './Motions';
import { Parties } from './Parties';
import { Plan } from './Plan';
import { decimalsOf, useOwn, type TrustAnswer } from './reading';
import { standing } from './standing';
import { Votes } from './Votes';

const w = words(
  {
    title: (company: string) => `Trust of ${company}`,
    lead: 'What is held here belongs to nobody but those whom the deed names. It leaves by the release plan, as a fee that the deed fixes, or to those entitled once the trust has ended; in no other way.',
    goesOn: 'in force',
    ended: 'ended',
    unread: 'Trust',
  },
  {
    title: (company) => `${company} 的信托`,
    lead: '此处持有的财产只属于信托文件指明的人。财产仅依分配计划、依信托文件规定的费用，或在信托终止后归权利人而离开，别无他途。',
    goesOn: '存续中',
    ended: '已终止',
    unread: '信托',
  },
);

export default function TrustPage({ address }: { address: string }) {
  const asked = useAnswer('/v1/trusts/{address}', { path: { address } });
  if (asked.data === null) {
    return (
      <Page title={w.unread}>
        <Shown asked={asked}>{() => null}</Shown>
      </Page>
    );
  }
  return <Read answer={asked.data} />;
}

function Read({ answer }: { answer: TrustAnswer }) {
  const { trust } = answer;
  const own = useOwn(answer);
  const company = useAnswer('/v1/companies/{id}', { path: { id: trust.companyId } });
  const roles = useRoles();
  const shareClass = useAnswer(trust.shareClass ? '/v1/share-classes/{address}' : null, { path: { address: trust.shareClass ?? '' } });
  const symbol = shareClass.data?.shareClass.terms.symbol;
  useEffect(() => {
    note([
      [
        trust.address,
        { name: w.title(trust.company), contract: 'CustodyTrust', ...(trust.settlementToken && trust.currency ? { unit: trust.currency, decimals: decimalsOf(trust.settlementToken) } : {}) },
      ],
      ...(trust.shareClass && symbol ? [[trust.shareClass, { name: symbol, contract: 'ShareToken', unit: symbol, decimals: 0 }] as const] : []),
    ]);
  }, [trust.address, trust.company, symbol]);
  const seen = standing(answer, own.data, company.data?.company.controller ?? null, roles.data);
  return (
    <Page title={w.title(clipped(trust.company))} lead={w.lead} actions={<Pill tone={seen.ended ? 'plain' : 'good'}>{seen.ended ? w.ended : w.goesOn}</Pill>}>
      <p>
        {common.company}:{' '}
        <a href={`/companies/${trust.companyId}`}>
          <Name>{trust.company}</Name>
        </a>{' '}
        · {common.contract}: <Hex value={trust.address} />
      </p>
      {own.data === null && own.failure && <Failure failure={own.failure} />}
      <div class="columns">
        <div>
          <Plan standing={seen} />
          {seen.holdsProceeds ? trust.round && <Votes standing={seen} /> : !seen.ended && <Motions standing={seen} />}
          <Ending standing={seen} />
          <Deed standing={seen} />
          <Accounts standing={seen} />
        </div>
        <div>
          <Holdings standing={seen} />
          <Parties standing={seen} />
        </div>
      </div>
      <History contract={trust.address} />
      <AsOf at={answer.asOf} />
    </Page>
  );
}
