import type { Schemas } from '../api';
import { fromSmallestUnits, money } from '../format';
import { words } from '../language';
import { Verify } from '../proof/Verify';
import { Fact, Facts, Note, Panel, Shown } from '../ui/parts';
import { useAsked } from '../useAnswer';

const w = words(
  {
    title: 'Holds and owes',
    about: 'What the contract has, against what it owes to investors, the company and the platform. Anybody can check it.',
    holds: 'Holds',
    owes: 'Owes',
    surplus: 'Beyond that',
    short: 'It holds less than it owes: the issuer of the money took some of it away. What is left is paid in proportion.',
    investors: 'to investors',
    company: 'to the company or its trust',
    platform: 'to the platform',
  },
  {
    title: '持有与应付',
    about: '合约持有的资金，以及其对投资者、公司和平台的应付款。任何人均可核对。',
    holds: '持有',
    owes: '应付',
    surplus: '超出部分',
    short: '持有少于应付：货币发行方取走了部分资金。剩余部分按比例支付。',
    investors: '应付投资者',
    company: '应付公司或其信托',
    platform: '应付平台',
  },
);

export function Solvency({ round }: { round: Schemas['Round'] }) {
  const { currency, decimals } = round.settlementToken;
  const asked = useAsked(`conserved ${round.address}`, async () => {
    const { conserved } = await import('./reads');
    return (await conserved(round.address)) ?? { held: 0n, owed: 0n };
  });
  const amount = (units: bigint) => money(fromSmallestUnits(units, decimals), currency);
  const rest = ({ credited, paid }: Schemas['Payment']) => units(credited, decimals) - units(paid, decimals);
  return (
    <Panel title={w.title}>
      <p class="hint">{w.about}</p>
      <Shown asked={asked}>
        {({ held, owed }) => (
          <>
            <Facts>
              <Fact name={w.holds}>
                <strong>{amount(held)}</strong>
              </Fact>
              <Fact name={w.owes}>
                <strong>{amount(owed)}</strong>
              </Fact>
              {held > owed && <Fact name={w.surplus}>{amount(held - owed)}</Fact>}
            </Facts>
            {held < owed && <Note tone="bad">{w.short}</Note>}
            {owed > 0n && (
              <Facts>
                {round.escrow.shares !== '0' && <Fact name={w.investors}>{money(round.escrow.amount, currency)}</Fact>}
                {rest(round.proceeds) > 0n && <Fact name={w.company}>{amount(rest(round.proceeds))}</Fact>}
                {rest(round.fee) > 0n && <Fact name={w.platform}>{amount(rest(round.fee))}</Fact>}
              </Facts>
            )}
            <p>
              <Verify proof="/v1/proofs/solvency" query={{ contract: round.address }} shown={{ held: String(held), owed: String(owed) }} label={w.title} />
            </p>
          </>
        )}
      </Shown>
    </Panel>
  );
}

function units(amount: string, decimals: number): bigint {
  const [whole, part = ''] = amount.split('.');
  return BigInt(`${whole}${part.slice(0, decimals).padEnd(decimals, '0')}`);
}
