import type { Schemas } from '../api';
import { StepChart, type Point } from '../chart/charts';
import { count, fromSmallestUnits, money, shortMoney } from '../format';
import { words } from '../language';
import { clock } from '../live';
import { Shown } from '../ui/parts';
import type { Asked } from '../useAnswer';
import type { RoundEvents } from './events';

const w = words(
  {
    label: (amount: string, from: string) => `What was committed over time: ${amount} in the end, after ${from} steps`,
    target: 'Target',
    maximum: 'Maximum',
    none: 'Nothing was committed yet.',
    cut: 'Only the beginning is drawn: the round has very many events.',
  },
  {
    label: (amount, from) => `认购随时间的变化：经 ${from} 次变动，最终为 ${amount}`,
    target: '目标',
    maximum: '上限',
    none: '尚无认购。',
    cut: '该轮次的事件很多，图中仅显示开始部分。',
  },
);

export function Chart({ round, asked }: { round: Schemas['Round']; asked: Asked<RoundEvents> }) {
  const { currency, decimals } = round.settlementToken;
  return (
    <Shown asked={asked}>
      {({ events, whole }) => {
        const points = committed(events, round, decimals);
        if (points.length === 1) return <p class="empty">{w.none}</p>;
        const last = points.at(-1) as Point;
        const until = round.closedAt ? Date.parse(round.closedAt) : Math.max(last.time, clock.value ?? 0);
        return (
          <div>
            <StepChart
              points={whole ? [...points, { time: Math.max(last.time, until), value: last.value }] : points}
              marks={[
                { value: Number(round.minimumAmount), name: w.target },
                ...(round.maximumAmount === round.minimumAmount ? [] : [{ value: Number(round.maximumAmount), name: w.maximum }]),
              ]}
              label={w.label(money(round.raised.amount, currency), count(points.length - 1))}
              amount={(value) => shortMoney(value, currency)}
            />
            {!whole && <p class="hint">{w.cut}</p>}
          </div>
        );
      }}
    </Shown>
  );
}

/** What was committed after each step until the round closed, from its events. */
function committed(events: Schemas['Event'][], round: Schemas['Round'], decimals: number): Point[] {
  const points: Point[] = [{ time: Date.parse(round.opensAt), value: 0 }];
  let sum = 0n;
  for (const { name, arguments: args, time } of events) {
    if (name === 'Committed') sum += BigInt(String(args.amount));
    else if (name === 'CommitmentCancelled') sum -= BigInt(String(args.amount));
    else continue;
    points.push({ time: Date.parse(time), value: Number(fromSmallestUnits(sum, decimals)) });
  }
  return points;
}
