import { useState } from 'preact/hooks';
import { getAll, prepareCall, type Address, type Prepared } from '../api';
import { percent, percentOfBps } from '../format';
import { words } from '../language';
import { argument } from '../operator/roles';
import { Act } from '../signing/act';
import { isAddress, TextField } from '../ui/form';
import { Panel, Progress } from '../ui/parts';
import { useAsked } from '../useAnswer';
import { motionHash, motionInWords, type Motion } from './motion';
import { supporters } from './Parties';
import { inOffice, type Standing } from './standing';

const w = words(
  {
    title: 'Motions of the beneficiaries',
    lead: (majority: string) => `The settlor and the beneficiaries whom the deed lists may support motions. One is carried once those with more than half of the units, and at least ${majority}, support it.`,
    motion: (what: string) => `Motion ${what}`,
    supported: (part: string) => `${part} of the units support it`,
    settlorToo: 'To end it, the settlor and every beneficiary have to want it.',
    settlorAppoints: 'The settlor alone may appoint too.',
    support: 'Support it',
    withdraw: 'No longer support it',
    carryOut: 'Carry it out',
    nominee: 'Appoint somebody: their wallet',
    show: 'Motions that nobody supports yet',
  },
  {
    title: '受益人的动议',
    lead: (majority) => `委托人与信托文件所列受益人可支持动议。持有过半数且至少 ${majority} 受益份额的人支持时，动议成立。`,
    motion: (what) => `动议：${what}`,
    supported: (part) => `${part} 的受益份额支持`,
    settlorToo: '终止须经委托人与每一位受益人同意。',
    settlorAppoints: '委托人也可单独委任。',
    support: '支持',
    withdraw: '不再支持',
    carryOut: '执行',
    nominee: '委任某人：其钱包',
    show: '尚无人支持的动议',
  },
);

type Supports = ReadonlyMap<string, ReadonlySet<Address>>;

/** Who said of which motion that they support it, and not that they no longer do. */
function useSupports(trust: Address): Supports | null {
  const { data } = useAsked(`motions of ${trust}`, () => getAll('/v1/events', { query: { contract: trust, kind: 'MotionSupported' } }, (page) => page.events));
  if (data === null) return null;
  const supports = new Map<string, Set<Address>>();
  for (const event of data) {
    const of = supports.get(argument(event, 'motion')) ?? new Set();
    if (argument(event, 'support') === 'true') of.add(argument(event, 'supporter'));
    else of.delete(argument(event, 'supporter'));
    supports.set(argument(event, 'motion'), of);
  }
  return supports;
}

export function Motions({ standing }: { standing: Standing }) {
  const { answer } = standing;
  const trust = answer.trust.address;
  const supports = useSupports(trust);
  const [nominee, setNominee] = useState('');
  if (supports === null) return null;
  const people = new Set([...(isAddress(nominee) === null ? [nominee.toLowerCase()] : []), ...(standing.me && standing.seat === null ? [standing.me] : [])]);
  const motions: Motion[] = [
    ...answer.disbursements.filter(({ status }) => status === 'proposed' || status === 'approved').map(({ disbursement }): Motion => ({ kind: 'veto', trust, disbursement: BigInt(disbursement) })),
    ...inOffice(answer).map(({ trustee }): Motion => ({ kind: 'remove', trust, person: trustee })),
    { kind: 'end', trust },
    ...[...people].map((person): Motion => ({ kind: 'appoint', trust, person })),
  ];
  const isParty = standing.isSettlor || standing.units > 0n;
  const moved = motions.filter((motion) => (supports.get(motionHash(motion))?.size ?? 0) > 0);
  const others = motions.filter((motion) => !moved.includes(motion) && (motion.kind !== 'appoint' || motion.person === nominee.toLowerCase()));
  return (
    <Panel title={w.title}>
      <p class="hint">
        {w.lead(percentOfBps(answer.trust.deed.voteMajorityBps))} {w.settlorToo} {w.settlorAppoints}
      </p>
      <ul class="plain-list">
        {moved.map((motion) => (
          <OneMotion key={motionHash(motion)} standing={standing} motion={motion} supports={supports} isParty={isParty} />
        ))}
      </ul>
      {isParty && (
        <details>
          <summary>{w.show}</summary>
          <TextField label={w.nominee} value={nominee} onInput={setNominee} maxLength={42} placeholder="0x…" wrong={nominee === '' ? null : isAddress(nominee)} />
          <ul class="plain-list">
            {others.map((motion) => (
              <OneMotion key={motionHash(motion)} standing={standing} motion={motion} supports={supports} isParty={isParty} />
            ))}
          </ul>
        </details>
      )}
    </Panel>
  );
}

function OneMotion({ standing, motion, supports, isParty }: { standing: Standing; motion: Motion; supports: Supports; isParty: boolean }) {
  const { answer, me } = standing;
  const hash = motionHash(motion);
  const of = supports.get(hash) ?? new Set<Address>();
  const all = answer.beneficiaries.reduce((sum, { units }) => sum + BigInt(units), 0n);
  const units = answer.beneficiaries.filter(({ wallet }) => of.has(wallet)).reduce((sum, one) => sum + BigInt(one.units), 0n);
  const carried = units * 2n > all && units * 10_000n >= all * BigInt(answer.trust.deed.voteMajorityBps);
  const needed = motion.kind === 'end' ? units === all && of.has(answer.trust.deed.settlor) : carried;
  const supporting = me !== null && of.has(me);
  return (
    <li class="motion">
      <strong>{w.motion(motionInWords(motion))}</strong>
      <Progress reached={all === 0n ? 0 : Number((units * 10_000n) / all) / 10_000} mark={motion.kind === 'end' ? 1 : answer.trust.deed.voteMajorityBps / 10_000} label={w.supported(percent(units, all))} />
      <span class="hint">{w.supported(percent(units, all))}</span>
      <div class="actions">
        {isParty && (
          <Act prepare={(from) => prepareCall(motion.trust, 'support', from, { motion: hash, supported: !supporting })}>{supporting ? w.withdraw : w.support}</Act>
        )}
        {needed && motion.kind !== 'appoint' && (
          <Act kind="danger" prepare={(from) => carryOut(standing, motion, from)}>
            {w.carryOut}
          </Act>
        )}
      </div>
    </li>
  );
}

function carryOut(standing: Standing, motion: Motion, from: Address): Promise<Prepared> {
  const all = supporters(standing);
  switch (motion.kind) {
    case 'remove':
      return prepareCall(motion.trust, 'removeTrustee', from, { trustee: motion.person, supporters: all });
    case 'veto':
      return prepareCall(motion.trust, 'vetoByBeneficiaries', from, { disbursement: motion.disbursement.toString(), supporters: all });
    case 'end':
      return prepareCall(motion.trust, 'endByBeneficiaries', from, { supporters: all });
    case 'appoint':
      return prepareCall(motion.trust, 'takeOffice', from, { outgoing: `0x${'0'.repeat(40)}`, supporters: all });
  }
}
