import { useState } from 'preact/hooks';
import { prepareCall } from '../api';
import { count, smallestUnits } from '../format';
import { words } from '../language';
import { Verify } from '../proof/Verify';
import { Act } from '../signing/act';
import { isMoney, isPositive, TextField } from '../ui/form';
import { Fact, Facts, Money, Note, Panel, Pill } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer } from '../useAnswer';
import { decimalsOf, moneyOf } from './reading';
import type { Standing } from './standing';

const w = words(
  {
    title: 'What it holds',
    holds: 'Holds now',
    owes: 'Owes',
    covered: 'holds all that it owes',
    short: 'holds less than it owes',
    surplus: 'Came without being asked for',
    received: 'Received in all',
    released: 'Released by the plan',
    fee: 'Platform’s fee',
    feePaid: 'of it paid',
    trusteeFee: 'Paid to trustees',
    returned: 'Paid to those entitled',
    shares: 'Shares',
    shortfall: 'The token’s issuer was seen to have taken money away from this trust. Payments are cut in proportion.',
    payFee: 'Pay the platform’s fee',
    takeIn: 'Make it part of the fund',
    collect: 'Have the round pay',
    collectHint: 'Where the token’s issuer left the round short, a trustee may still have it pay what it has.',
    fund: 'Give money to this trust',
    amount: (currency: string) => `Amount in ${currency}`,
    fundHint: 'What is given is held on the terms of the deed. You sign twice: that the trust may take it, and that it does.',
    give: 'Give',
    giveShares: 'Give shares to this trust',
    howMany: 'How many shares',
    allow: '1. Allow the trust to take them',
  },
  {
    title: '信托财产',
    holds: '现持有',
    owes: '应付',
    covered: '持有足以覆盖应付',
    short: '持有少于应付',
    surplus: '额外转入',
    received: '累计收到',
    released: '依计划已释放',
    fee: '平台费用',
    feePaid: '其中已支付',
    trusteeFee: '已付受托人报酬',
    returned: '已付权利人',
    shares: '股份',
    shortfall: '已发现代币发行方从本信托取走款项。各项支付按比例削减。',
    payFee: '支付平台费用',
    takeIn: '计入信托财产',
    collect: '要求轮次付款',
    collectHint: '如果代币发行方使轮次资金不足，受托人仍可要求其支付现有款项。',
    fund: '向本信托交付款项',
    amount: (currency) => `金额（${currency}）`,
    fundHint: '交付的款项依信托文件持有。您需签名两次：允许信托收取，以及由其收取。',
    give: '交付',
    giveShares: '向本信托交付股份',
    howMany: '股数',
    allow: '1. 允许信托收取',
  },
);

export function Holdings({ standing }: { standing: Standing }) {
  const { answer, own, ended, holdsProceeds } = standing;
  const { address, settlementToken, shareClass, currency, money, shares, shortfall, round } = answer.trust;
  const position = own?.positions.find(({ token }) => token.toLowerCase() === settlementToken);
  const mayTakeIn = ended || standing.seat !== null;
  const awaits = round !== null && mayTakeIn && money.received === '0.00';
  const roundIs = useAnswer(awaits ? '/v1/rounds/{address}' : null, { path: { address: round ?? '' } }).data?.round.status;
  return (
    <Panel title={w.title}>
      {shortfall && <Note tone="bad">{w.shortfall}</Note>}
      {settlementToken && currency && (
        <>
          {position && (
            <>
              <p class="raised">
                <strong>
                  <Money amount={moneyOf(position.held, settlementToken)} currency={currency} />
                </strong>{' '}
                {w.holds}
              </p>
              <p>
                <Pill tone={position.held >= position.owed ? 'good' : 'bad'}>{position.held >= position.owed ? w.covered : w.short}</Pill>{' '}
                <Verify proof="/v1/proofs/solvency" query={{ contract: address }} shown={{ held: position.held.toString(), owed: position.owed.toString() }} label={w.title} />
              </p>
            </>
          )}
          <Facts>
            {position && (
              <Fact name={w.owes}>
                <Money amount={moneyOf(position.owed, settlementToken)} currency={currency} />
              </Fact>
            )}
            {position && position.surplus > 0n && (
              <Fact name={w.surplus}>
                <Money amount={moneyOf(position.surplus, settlementToken)} currency={currency} />
              </Fact>
            )}
            <Fact name={w.received}>
              <Money amount={money.received} currency={currency} />
            </Fact>
            <Fact name={w.released}>
              <Money amount={money.released} currency={currency} />
            </Fact>
            <Fact name={w.fee}>
              <Money amount={money.platformFee} currency={currency} /> ({w.feePaid} <Money amount={money.platformFeePaid} currency={currency} />)
            </Fact>
            <Fact name={w.trusteeFee}>
              <Money amount={money.trusteeFeePaid} currency={currency} />
            </Fact>
            <Fact name={w.returned}>
              <Money amount={money.returned} currency={currency} />
            </Fact>
          </Facts>
        </>
      )}
      {shareClass && (
        <>
          <h3>
            <a href={`/share-classes/${shareClass}`}>{w.shares}</a>
          </h3>
          <Facts>
            <Fact name={w.received}>{count(shares.received)}</Fact>
            <Fact name={w.released}>{count(shares.released)}</Fact>
            <Fact name={w.returned}>{count(shares.returned)}</Fact>
          </Facts>
        </>
      )}
      <div class="actions">
        {money.platformFee !== money.platformFeePaid && <Act prepare={(from) => prepareCall(address, 'payFee', from, {})}>{w.payFee}</Act>}
        {mayTakeIn &&
          own?.positions
            .filter(({ surplus }) => surplus > 0n)
            .map(({ token }) => (
              <Act key={token} prepare={(from) => prepareCall(address, 'takeIn', from, { asset: token.toLowerCase() })}>
                {w.takeIn}
              </Act>
            ))}
      </div>
      {roundIs === 'settled' && (
        <>
          <p class="hint">{w.collectHint}</p>
          <Act prepare={(from) => prepareCall(address, 'collectProceeds', from, {})}>{w.collect}</Act>
        </>
      )}
      {!ended && !holdsProceeds && settlementToken && currency && <Giving trust={address} token={settlementToken} currency={currency} />}
      {!ended && !holdsProceeds && shareClass && <GivingShares trust={address} shareClass={shareClass} />}
    </Panel>
  );
}

function Giving({ trust, token, currency }: { trust: string; token: string; currency: string }) {
  const [amount, setAmount] = useState('');
  const units = smallestUnits(amount, decimalsOf(token));
  return (
    <details>
      <summary>{w.fund}</summary>
      <p class="hint">{w.fundHint}</p>
      <TextField label={w.amount(currency)} value={amount} onInput={setAmount} inputMode="decimal" wrong={amount === '' ? null : isMoney(amount)} />
      <Act
        disabled={!units}
        prepare={(from) => prepareCall(trust, 'fund', from, { asset: token, amount: String(units) }, { token, amount: String(units) })}
        onDone={() => setAmount('')}
      >
        {w.give}
      </Act>
    </details>
  );
}

function GivingShares({ trust, shareClass }: { trust: string; shareClass: string }) {
  const [shares, setShares] = useState('');
  const wrong = isPositive(shares);
  return (
    <details>
      <summary>{w.giveShares}</summary>
      <TextField label={w.howMany} value={shares} onInput={setShares} inputMode="numeric" wrong={shares === '' ? null : wrong} />
      <div class="actions">
        <Act disabled={wrong !== null} prepare={(from) => prepareCall(shareClass, 'approve', from, { spender: trust, value: shares })}>
          {w.allow}
        </Act>
        <Act disabled={wrong !== null} prepare={(from) => prepareCall(trust, 'fund', from, { asset: shareClass, amount: shares })} onDone={() => setShares('')}>
          2. {w.give} ({common.shares(shares || '0')})
        </Act>
      </div>
    </details>
  );
}
