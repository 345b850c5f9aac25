import type { Schemas } from '../api';
import { fromSmallestUnits } from '../format';
import { status } from '../live';
import { words } from '../language';
import type { Tone } from '../ui/parts';

/** Words that several pages of companies share. */
export const company = words(
  {
    dividend: 'Dividend',
    'liquidation-payout': 'Liquidation pay-out',
    'returned-proceeds': 'Proceeds returned',
    declared: 'declared, not funded',
    funded: 'funded',
    open: 'open to claims',
    returned: 'returned to the company',
    pending: 'not decided',
    passed: 'passed',
    failed: 'not passed',
    for: 'For',
    against: 'Against',
    abstain: 'Abstain',
    noChoice: 'No ballot yet',
    recordDate: 'Record date',
    recordDateOf: (index: string) => `Record date no. ${index}`,
    recordDateHint: 'Whoever holds shares just before this moment counts.',
    holder: 'Holder',
    shares: 'Shares',
    locked: 'Locked',
    frozen: 'Frozen',
    issued: 'Issued',
    reserved: 'Reserved for rounds',
    authorised: 'Authorised',
    votesPerShare: 'Votes per share',
    document: 'Document',
    documentHash: 'Hash of the document (keccak256)',
    chooseFile: 'Choose the file',
    checkFile: 'Check a file against this hash',
    fileMatches: 'This is the document: its hash is the one on the chain.',
    fileDiffers: 'This is another file: its hash is not the one on the chain.',
    at: 'As of',
    atHint: 'Empty: now. Any moment since the ledger began.',
    now: 'Now',
    future: 'That moment is still to come.',
    onlyController: (name: string) => `Only the wallet that acts for the company can do this: ${name}.`,
    who: 'Acts for the company',
    wrongTime: 'Expected a date and a time.',
    wrongPercent: 'Expected a percentage with at most two decimals.',
    whole: 'All of the register',
  },
  {
    dividend: '股息',
    'liquidation-payout': '清算分配',
    'returned-proceeds': '退回的募集资金',
    declared: '已宣布，尚未拨款',
    funded: '已拨款',
    open: '可领取',
    returned: '已退回公司',
    pending: '未决',
    passed: '通过',
    failed: '未通过',
    for: '赞成',
    against: '反对',
    abstain: '弃权',
    noChoice: '尚未投票',
    recordDate: '登记日',
    recordDateOf: (index) => `第 ${index} 个登记日`,
    recordDateHint: '以该时刻前一刻的持有人为准。',
    holder: '持有人',
    shares: '股数',
    locked: '锁定',
    frozen: '冻结',
    issued: '已发行',
    reserved: '为融资轮次预留',
    authorised: '授权股数',
    votesPerShare: '每股表决权',
    document: '文件',
    documentHash: '文件哈希（keccak256）',
    chooseFile: '选择文件',
    checkFile: '用此哈希核对文件',
    fileMatches: '文件一致：其哈希与链上记录相同。',
    fileDiffers: '文件不一致：其哈希与链上记录不同。',
    at: '截至',
    atHint: '留空表示现在。可选账本开始以来的任意时刻。',
    now: '现在',
    future: '该时刻尚未到来。',
    onlyController: (name) => `只有代表公司行事的钱包可以执行此操作：${name}。`,
    who: '代表公司行事',
    wrongTime: '应为日期和时间。',
    wrongPercent: '应为百分比，至多两位小数。',
    whole: '完整股东名册',
  },
);

export function distributionTone(status: Schemas['DistributionStatus']): Tone {
  return status === 'open' ? 'good' : status === 'returned' ? 'bad' : 'wait';
}

export function outcomeTone(outcome: Schemas['VoteOutcome']): Tone {
  return outcome === 'passed' ? 'good' : outcome === 'failed' ? 'bad' : 'wait';
}

export function choiceWord(choice: Schemas['VoteChoice']): string {
  return choice === 'none' ? company.noChoice : company[choice];
}

/** How many decimals a settlement token counts in. */
export function decimalsOf(token: string): number {
  return status.value?.contracts?.settlementTokens.find(({ address }) => address === token)?.decimals ?? 0;
}

export function inUnits(units: bigint, token: string): string {
  return fromSmallestUnits(units, decimalsOf(token));
}
