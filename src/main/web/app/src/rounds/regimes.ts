// What each regime asks, in words, and the few of its rules that a page has to know to say what can be done when.
// The contracts decide; their sources are contracts/src/round/rules.

import type { Schemas } from '../api';
import { words } from '../language';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What people ask of a regime, each answered in a sentence. */
export interface RegimeInWords {
  readonly investors: string;
  readonly most: string;
  readonly leave: string;
  readonly early: string;
  readonly change: string;
  readonly resale: string;
}

const crowdfunding = words(
  {
    investors:
      'Everybody who is attested. Who is not accredited may invest, over all issuers in twelve months: when income or net worth is below 124,000 USD, 2,500 USD or 5 % of the greater of the two, whichever is more; otherwise 10 % of the greater, at most 124,000 USD.',
    most: 'At most 5,000,000 USD for the company in twelve months, all its rounds under this regulation together, in US dollars. The round is open for 21 days at least.',
    leave: 'You can take your money back, without a reason, until 48 hours before the end of the round.',
    early: 'The company may end the round early once the target is reached and 21 days have passed, with a notice of five business days.',
    change: 'After a material change you are asked to reconfirm within five business days; if you do not, your money goes back. The end is put off where less time than that is left.',
    resale: 'For one year you may sell the shares only to the company, to accredited investors, or to family and by inheritance.',
  },
  {
    investors:
      '面向所有已认证的投资者。非认可投资者十二个月内在所有发行人处的投资合计：收入或净资产低于 124,000 美元的，以 2,500 美元与两者中较高者的 5% 孰高为限；否则为较高者的 10%，且不超过 124,000 美元。',
    most: '公司十二个月内依本条例的各轮次合计不超过 5,000,000 美元，且以美元计价。轮次须至少开放 21 天。',
    leave: '在轮次结束前 48 小时之前，您可以随时取回资金，无需说明理由。',
    early: '达到目标且开放满 21 天后，公司可提前五个工作日通知，提前截止。',
    change: '发生重大变更后，您须在五个工作日内重新确认；未确认的，资金退回。剩余时间不足的，截止时间顺延。',
    resale: '一年内只能将股份转让给公司、认可投资者、家庭成员，或经继承转让。',
  },
);

const accreditedOnly = words(
  {
    investors: 'Accredited investors only, whose status the registrar has verified.',
    most: 'There is no limit to what the company raises, and none to what an accredited investor puts in.',
    leave: 'You can take your money back, without a reason, until the end of the round.',
    early: 'The company may end the round early once the target is reached, with a notice of 48 hours.',
    change: 'After a change of the terms you can still leave until the new end of the round.',
    resale: 'The shares are restricted securities: for one year they cannot be resold freely.',
  },
  {
    investors: '仅限认可投资者，其身份须经登记员核实。',
    most: '公司的募集金额没有上限，认可投资者的投资金额也没有上限。',
    leave: '在轮次结束之前，您可以随时取回资金，无需说明理由。',
    early: '达到目标后，公司可提前 48 小时通知，提前截止。',
    change: '条款变更后，您仍可在新的截止时间之前退出。',
    resale: '该股份属于受限证券，一年内不得自由转售。',
  },
);

const european = words(
  {
    investors:
      'Everybody who is attested. Who is not a sophisticated investor is warned and has to consent in so many words to more than 1,000 EUR or 5 % of net worth, whichever is more.',
    most: 'At most 5,000,000 EUR for the company in twelve months, in euros.',
    leave: 'Non-sophisticated investors have four calendar days from committing to take the money back, without a reason; sophisticated ones have no such right.',
    early: 'The company may end the round early once the target is reached; each four days of reflection run to their end all the same.',
    change: 'After a change of the terms you can leave until the new end of the round, unless you agree to it.',
    resale: 'The shares may be sold at once.',
  },
  {
    investors: '面向所有已认证的投资者。非成熟投资者投资超过 1,000 欧元或净资产 5%（以较高者为准）的，须接受风险警示并明确同意。',
    most: '公司十二个月内募集不超过 5,000,000 欧元，且以欧元计价。',
    leave: '非成熟投资者自认购起有四个自然日的冷静期，可无理由取回资金；成熟投资者无此权利。',
    early: '达到目标后，公司可以提前截止；每位投资者四天的冷静期仍会走完。',
    change: '条款变更后，除非您表示同意，否则可在新的截止时间之前退出。',
    resale: '股份可立即转让。',
  },
);

const chinese = words(
  {
    investors: 'Qualified investors only. A nominee is looked through: each of those behind it counts as one, and it invests no more than they were attested to have given it.',
    most: 'The class may have 200 holders at most, counted through nominees; a place is kept with each commitment.',
    leave: 'You can take your money back, without a reason, until the end of the round.',
    early: 'The company may end the round early once the target is reached, with a notice of 48 hours.',
    change: 'After a change of the terms you can still leave until the new end of the round.',
    resale: 'The shares may be sold at once, to eligible persons and within the 200 holders.',
  },
  {
    investors: '仅限合格投资者。名义持有人须穿透计算：其背后每一位委托人均计为一人，且投资额不得超过经认证的委托金额。',
    most: '该类别股份的持有人穿透计算不超过 200 人；每笔认购均预留名额。',
    leave: '在轮次结束之前，您可以随时取回资金，无需说明理由。',
    early: '达到目标后，公司可提前 48 小时通知，提前截止。',
    change: '条款变更后，您仍可在新的截止时间之前退出。',
    resale: '股份可立即转让，但受让人须符合资格，且持有人不超过 200 人。',
  },
);

const open = words(
  {
    investors: 'Everybody who is attested. Whether the law allows the offering is for the company to know.',
    most: 'There is no limit by this ledger.',
    leave: 'You can take your money back, without a reason, until the end of the round.',
    early: 'The company may end the round early once the target is reached, with a notice of 48 hours.',
    change: 'After a change of the terms you can still leave until the new end of the round.',
    resale: 'The shares may be sold at once.',
  },
  {
    investors: '面向所有已认证的投资者。该发行是否合法，由公司自行负责。',
    most: '本账本不设上限。',
    leave: '在轮次结束之前，您可以随时取回资金，无需说明理由。',
    early: '达到目标后，公司可提前 48 小时通知，提前截止。',
    change: '条款变更后，您仍可在新的截止时间之前退出。',
    resale: '股份可立即转让。',
  },
);

const REGIMES: Record<string, RegimeInWords> = {
  'US-REG-CF': crowdfunding,
  'US-REG-D-506C': accreditedOnly,
  'EU-ECSPR': european,
  'CN-PRIVATE': chinese,
  OPEN: open,
};

/** Those that a reader can choose between. */
export const REGIME_NAMES = Object.keys(REGIMES);

/** Null for rules that this page does not know. */
export function regimeInWords(regime: string): RegimeInWords | null {
  return REGIMES[regime] ?? null;
}

/** When commitments end, as things stand. */
export function endOf(round: Schemas['Round']): string {
  return round.earlyCloseAt ?? round.deadline;
}

/** Until when everybody can take a commitment back; null where that differs from person to person. */
export function everybodyMayLeaveUntil(round: Schemas['Round']): string | null {
  const end = Date.parse(endOf(round));
  if (round.regime === 'EU-ECSPR') return null;
  return new Date(round.regime === 'US-REG-CF' ? end - 48 * HOUR : end).toISOString();
}

/** When money that is not settled can be had back by everybody. */
export function refundableFrom(round: Schemas['Round']): string {
  return new Date(Date.parse(round.closedAt ?? endOf(round)) + 30 * DAY).toISOString();
}

/** The earliest end that the rules allow a round that opens then. */
export function shortestRound(regime: string): number {
  return regime === 'US-REG-CF' ? 21 * DAY : 0;
}

/** The most that a person may commit in twelve months, in the currency; null where there is no limit. */
export function yearlyLimit(regime: string, category: Schemas['Category'], attested: string | null): number | null {
  if (regime !== 'US-REG-CF' || category === 'accredited') return null;
  return Math.min(Math.max(Number(attested ?? 0), 2_500), 124_000);
}

/** From which amount on the person's consent is asked; null where it never is. */
export function consentAbove(regime: string, category: Schemas['Category'], attested: string | null): number | null {
  if (regime !== 'EU-ECSPR' || category === 'sophisticated') return null;
  return Math.max(Number(attested ?? 0), 1_000);
}

/** Whether the regime takes this kind of person at all. */
export function admits(regime: string, category: Schemas['Category']): boolean {
  if (regime === 'US-REG-D-506C') return category === 'accredited';
  if (regime === 'CN-PRIVATE') return category === 'qualified' || category === 'nominee';
  return true;
}
