import type { Schemas } from '../api';
import { words } from '../language';
import type { Tone } from '../ui/parts';
import { common } from '../ui/words';

export function statusWord(status: Schemas['RoundStatus']): string {
  return status === 'failed' ? common.failedRound : common[status];
}

export function statusTone(status: Schemas['RoundStatus']): Tone {
  if (status === 'open' || status === 'settled') return 'good';
  return status === 'tallying' || status === 'settling' ? 'wait' : 'bad';
}

const regimes = words(
  {
    'US-REG-CF': 'US Regulation Crowdfunding',
    'US-REG-D-506C': 'US Regulation D 506(c)',
    'EU-ECSPR': 'EU Regulation 2020/1503',
    'CN-PRIVATE': 'China private offering',
    OPEN: 'No regime of its own',
  },
  {
    'US-REG-CF': '美国众筹条例（Regulation Crowdfunding）',
    'US-REG-D-506C': '美国 D 条例第 506(c) 条',
    'EU-ECSPR': '欧盟众筹条例（第 2020/1503 号）',
    'CN-PRIVATE': '中国私募发行',
    OPEN: '不适用特定监管制度',
  },
);

/** A body of law by the name that people know it by. */
export function regimeName(regime: string): string {
  return regime in regimes ? regimes[regime as keyof typeof regimes] : regime;
}
