import { date, percentOfBps } from '../format';
import { words } from '../language';
import { Hex, Panel } from '../ui/parts';
import { duration } from './words';
import type { Standing } from './standing';

const w = words(
  {
    title: 'What the deed says',
    settlor: 'The settlor, who made this trust:',
    approve: (m: string, n: string) => `Nothing that depends on a milestone is paid unless ${m} of the ${n} trustees approve it.`,
    challenge: (time: string) => `Then there are ${time} to object. After that anyone may have it paid.`,
    noChallenge: 'There is no time to object: what is approved may be paid at once.',
    protector: 'Until then the protector may veto it:',
    votes: (open: string, quorum: string, majority: string, time: string) =>
      `Investors with ${open} of the shares sold may call a vote on a payment or a trustee. It lasts ${time}; ${quorum} have to vote, and more than half, at least ${majority} of the votes, have to agree.`,
    motions: (majority: string) => `Beneficiaries with more than half of the units, and at least ${majority} of them, may veto a payment or remove a trustee.`,
    vetoEnds: 'If a vote vetoes a payment, the trust ends and the rest goes back.',
    vetoGoesOn: 'If a vote vetoes a payment, the trust goes on.',
    longStop: (day: string) => `From ${day} on anyone may end the trust.`,
    vacancy: (m: string, time: string) => `If fewer than ${m} trustees serve for ${time}, anyone may end it.`,
    restToInvestors: 'When it ends, what is left goes to those to whom the round allotted shares, in proportion; not to the issuer.',
    restToNamed: 'When it ends, what is left goes to the beneficiaries, in proportion to their units.',
    fees: (platform: string) => `The platform takes ${platform} of each release.`,
    trusteeFee: (share: string) => `The trustees earn ${share} of the money received, evenly until the last day, and nothing while a statement is overdue.`,
    noTrusteeFee: 'The trustees serve without a fee.',
    revocable: 'The settlor may take everything back at any time.',
    irrevocable: 'The settlor cannot take anything back.',
    spendthrift: 'Beneficiaries cannot hand their units to others.',
    hash: 'Hash of the deed’s document:',
  },
  {
    title: '信托文件的内容',
    settlor: '设立本信托的委托人：',
    approve: (m, n) => `取决于里程碑的款项，须经 ${n} 位受托人中的 ${m} 位批准方可支付。`,
    challenge: (time) => `随后有 ${time} 的异议期；期满后任何人都可以发起支付。`,
    noChallenge: '没有异议期：获批的款项可立即支付。',
    protector: '在此之前监察人可予否决：',
    votes: (open, quorum, majority, time) => `持有已售股份 ${open} 的投资者可就支付或受托人发起表决。表决持续 ${time}；须有 ${quorum} 参与，且过半数并至少 ${majority} 的票数同意。`,
    motions: (majority) => `持有过半数且至少 ${majority} 受益份额的受益人可否决支付或解任受托人。`,
    vetoEnds: '如果表决否决了一笔支付，信托即告终止，剩余财产返还。',
    vetoGoesOn: '如果表决否决了一笔支付，信托继续存续。',
    longStop: (day) => `自 ${day} 起任何人可使信托终止。`,
    vacancy: (m, time) => `如果在任受托人少于 ${m} 位达 ${time}，任何人可使信托终止。`,
    restToInvestors: '信托终止时，剩余财产按比例归获配股份的投资者，不归发行人。',
    restToNamed: '信托终止时，剩余财产按受益份额归受益人。',
    fees: (platform) => `平台收取每次释放款项的 ${platform}。`,
    trusteeFee: (share) => `受托人的报酬为所收款项的 ${share}，在最后期限前均匀计提；报告逾期期间不予支付。`,
    noTrusteeFee: '受托人不收取报酬。',
    revocable: '委托人可随时收回全部财产。',
    irrevocable: '委托人不得收回任何财产。',
    spendthrift: '受益人不得转让其受益份额。',
    hash: '信托文件的哈希：',
  },
);

export function Deed({ standing: { answer, holdsProceeds } }: { standing: Standing }) {
  const { deed, settlementToken } = answer.trust;
  const seats = new Set(answer.trustees.filter(({ seatedAt }) => seatedAt === answer.trust.openedAt).map(({ seat }) => seat)).size;
  return (
    <Panel title={w.title}>
      <ul class="deed">
        <li>
          {w.settlor} <Hex value={deed.settlor} />
        </li>
        <li>
          {w.approve(String(deed.threshold), String(seats))} {deed.challengePeriod === 0 ? w.noChallenge : w.challenge(duration(deed.challengePeriod))}
        </li>
        {deed.protector && (
          <li>
            {w.protector} <Hex value={deed.protector} />
          </li>
        )}
        <li>
          {holdsProceeds
            ? `${w.votes(percentOfBps(deed.voteOpeningBps), percentOfBps(deed.voteQuorumBps), percentOfBps(deed.voteMajorityBps), duration(deed.voteDuration))} ${deed.vetoEnds ? w.vetoEnds : w.vetoGoesOn}`
            : w.motions(percentOfBps(deed.voteMajorityBps))}
        </li>
        <li>
          {w.longStop(date(deed.longStop))} {w.vacancy(String(deed.threshold), duration(deed.vacancyPeriod))}
        </li>
        <li>{holdsProceeds ? w.restToInvestors : w.restToNamed}</li>
        {settlementToken && (
          <li>
            {w.fees(percentOfBps(deed.platformFeeBps))} {deed.trusteeFeeBps === 0 ? w.noTrusteeFee : w.trusteeFee(percentOfBps(deed.trusteeFeeBps))}
          </li>
        )}
        <li>
          {deed.revocable ? w.revocable : w.irrevocable} {deed.spendthrift && w.spendthrift}
        </li>
        <li>
          {w.hash} <Hex value={deed.deedHash} />
        </li>
      </ul>
    </Panel>
  );
}
