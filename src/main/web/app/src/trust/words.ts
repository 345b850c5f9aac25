import type { Schemas } from '../api';
import { locale, words } from '../language';
import type { Tone } from '../ui/parts';

const statuses = words(
  {
    proposed: 'proposed',
    approved: 'approved',
    suspended: 'suspended by a vote',
    rejected: 'rejected',
    vetoed: 'vetoed',
    executed: 'paid',
  },
  {
    proposed: '已提议',
    approved: '已批准',
    suspended: '因表决暂停',
    rejected: '已被驳回',
    vetoed: '已被否决',
    executed: '已支付',
  },
);

const TONES: Record<Schemas['DisbursementStatus'], Tone> = { proposed: 'wait', approved: 'wait', suspended: 'wait', rejected: 'bad', vetoed: 'bad', executed: 'good' };

export function disbursementWord(status: Schemas['DisbursementStatus']): string {
  return statuses[status];
}

export function disbursementTone(status: Schemas['DisbursementStatus']): Tone {
  return TONES[status];
}

const ends = words(
  {
    'trustees-decided': 'More than half of the trustees decided to end it.',
    'long-stop': 'Its last day had come.',
    'too-few-trustees': 'Too few trustees had served for too long.',
    'plan-completed': 'The release plan was carried out in full.',
    'round-failed': 'The funding round came to nothing.',
    revoked: 'The settlor revoked it.',
    'beneficiaries-decided': 'The settlor and all beneficiaries decided to end it.',
    vetoed: 'The investors vetoed a payment, which by the deed ends the trust.',
  },
  {
    'trustees-decided': '过半数受托人决定终止。',
    'long-stop': '最后期限已到。',
    'too-few-trustees': '受托人人数不足的时间过长。',
    'plan-completed': '分配计划已全部执行。',
    'round-failed': '融资轮次未成功。',
    revoked: '委托人已撤销信托。',
    'beneficiaries-decided': '委托人与全体受益人决定终止。',
    vetoed: '投资者否决了一笔支付，依信托文件信托即告终止。',
  },
);

export function endWord(reason: Schemas['TrustEndReason']): string {
  return ends[reason];
}

const departures = words(
  {
    replaced: 'replaced',
    'removed-by-beneficiaries': 'removed by the beneficiaries',
    'removed-by-order': 'removed by order of a court',
    'not-independent': 'no longer independent',
  },
  {
    replaced: '已被接替',
    'removed-by-beneficiaries': '由受益人解任',
    'removed-by-order': '依法院命令解任',
    'not-independent': '不再独立',
  },
);

export function departureWord(departure: Schemas['TrusteeDeparture']): string {
  return departures[departure];
}

const UNITS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** A length of time in the largest unit that fits it evenly, such as "14 days". */
export function duration(seconds: number): string {
  const [unit, length] = UNITS.find(([, each]) => seconds !== 0 && seconds % each === 0) ?? ['second', 1];
  return new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / length);
}
