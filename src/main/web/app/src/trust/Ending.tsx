import { useState } from 'preact/hooks';
import { prepareCall, type Schemas } from '../api';
import { count } from '../format';
import { words } from '../language';
import { Act } from '../signing/act';
import { TextField } from '../ui/form';
import { FromNow, Hex, List, Money, Note, Panel, Table, When } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, useAsked, usePages } from '../useAnswer';
import { wordOf } from '../wallet/wallet';
import { hasBit, sharesLeft } from './reading';
import type { Standing } from './standing';
import { endWord } from './words';

const w = words(
  {
    title: 'How it ends',
    lastDay: 'From its last day on anyone may end it: ',
    may: 'Its deed says that anyone may end it now.',
    end: 'End the trust',
    trustees: (want: string, seats: string) => `${want} of ${seats} seats want it to end. More than half end it.`,
    terminate: 'Want it to end',
    unterminate: 'No longer want it to end',
    revoke: 'Revoke it and take everything back',
    after: 'What is left',
    ended: 'This trust has ended',
    yours: 'Left for you',
    unknown: 'an amount that only the contract knows, since the token’s issuer took money away',
    nothing: 'Nothing is left for the connected wallet.',
    claim: 'Have it paid out',
    forOther: 'Have somebody else paid',
    beneficiary: 'Their identity, or the wallet that the deed lists',
    otherHint: 'The money goes to their own wallet, whoever asks for it.',
    handOver: 'Have the shares handed over',
    claimShares: 'Have the shares handed to them',
    pay: 'Have it paid to them',
    payments: 'Paid out so far',
    none: 'Nobody was paid yet.',
    to: 'To',
    amount: 'Amount',
    when: 'When',
  },
  {
    title: '如何终止',
    lastDay: '自最后期限起任何人可使其终止：',
    may: '依信托文件，现在任何人可使其终止。',
    end: '使信托终止',
    trustees: (want, seats) => `${seats} 个席位中有 ${want} 个希望终止；过半数即终止。`,
    terminate: '希望终止',
    unterminate: '不再希望终止',
    revoke: '撤销信托并收回全部财产',
    after: '剩余财产',
    ended: '本信托已终止',
    yours: '归您所有的剩余',
    unknown: '金额仅合约可知，因代币发行方曾取走款项',
    nothing: '所连接的钱包没有剩余可领。',
    claim: '领取',
    forOther: '为他人发起支付',
    beneficiary: '其身份标识，或信托文件所列的钱包',
    otherHint: '无论由谁请求，款项都进入其本人的钱包。',
    handOver: '领取股份',
    claimShares: '向其交付股份',
    pay: '向其支付',
    payments: '已支付',
    none: '尚未向任何人支付。',
    to: '收款人',
    amount: '金额',
    when: '时间',
  },
);

export function Ending({ standing }: { standing: Standing }) {
  const { answer, own, ended } = standing;
  const { round } = answer.trust;
  const roundStatus = useAnswer(round ? '/v1/rounds/{address}' : null, { path: { address: round ?? '' } }).data?.round.status;
  const cameToNothing = roundStatus === 'failed' || roundStatus === 'cancelled';
  return ended ? (
    <After standing={standing} />
  ) : (
    <Panel title={w.title}>
      <p>
        {w.lastDay}
        <When time={answer.trust.deed.longStop} dateOnly /> (<FromNow time={answer.trust.deed.longStop} />)
      </p>
      {(mayEnd(standing) || cameToNothing) && (
        <>
          <Note tone="wait">{w.may}</Note>
          <Act kind="danger" prepare={(from) => prepareCall(answer.trust.address, 'end', from, {})}>
            {w.end}
          </Act>
        </>
      )}
      {own && own.terminating !== 0 && <p>{w.trustees(String(wanting(standing)), String(seatCount(answer)))}</p>}
      <div class="actions">
        {standing.seat && own && (
          <Terminating standing={standing} wants={hasBit(own.terminating, standing.seat.seat)} />
        )}
        {standing.isSettlor && answer.trust.deed.revocable && (
          <Act kind="danger" prepare={(from) => prepareCall(answer.trust.address, 'revoke', from, {})}>
            {w.revoke}
          </Act>
        )}
      </div>
    </Panel>
  );
}

const seatCount = ({ trustees, trust }: Standing['answer']) => trustees.filter(({ seatedAt }) => seatedAt === trust.openedAt).length;

function wanting({ answer, own }: Standing): number {
  return answer.trustees.filter(({ seat, leftAs }) => leftAs === null && own && hasBit(own.terminating, seat)).length;
}

/** What the contract asks before anyone ends it, but for a round that came to nothing. */
function mayEnd({ answer, own, now }: Standing): boolean {
  const { deed } = answer.trust;
  const executed = answer.tranches.every(({ tranche }) => answer.disbursements.some((one) => one.tranche === tranche && one.status === 'executed'));
  const vacant = own?.vacantSince != null && now >= own.vacantSince + deed.vacancyPeriod * 1000;
  return now >= Date.parse(deed.longStop) || vacant || (answer.tranches.length > 0 && executed);
}

function Terminating({ standing, wants }: { standing: Standing; wants: boolean }) {
  return (
    <Act kind={wants ? 'plain' : 'danger'} prepare={(from) => prepareCall(standing.answer.trust.address, 'terminate', from, { supported: !wants })}>
      {wants ? w.unterminate : w.terminate}
    </Act>
  );
}

function After({ standing }: { standing: Standing }) {
  const { trust } = standing.answer;
  const payments = usePages('/v1/trusts/{address}/payments', { path: { address: trust.address }, query: { limit: 20 } }, (page) => page.payments);
  return (
    <Panel title={w.after}>
      <Note>
        {w.ended} (<When time={trust.endedAt as string} />). {trust.endReason && endWord(trust.endReason)}
      </Note>
      {standing.me && <Mine standing={standing} wallet={standing.me} />}
      <ForAnother standing={standing} />
      <h3>{w.payments}</h3>
      <List pages={payments} empty={w.none}>
        {(items) => (
          <Table
            caption={w.payments}
            rows={items}
            rowKey={({ beneficiary, paidAt, inShares }) => beneficiary + paidAt + String(inShares)}
            columns={[
              { head: w.to, cell: ({ wallet }) => <Hex value={wallet} /> },
              { head: w.amount, number: true, cell: (payment) => <Paid trust={trust} payment={payment} /> },
              { head: w.when, cell: ({ paidAt }) => <When time={paidAt} dateOnly /> },
            ]}
          />
        )}
      </List>
    </Panel>
  );
}

function Paid({ trust, payment }: { trust: Schemas['Trust']; payment: Schemas['TrustPayment'] }) {
  return payment.inShares || trust.currency === null ? <>{count(payment.amount.split('.')[0] ?? '0')}</> : <Money amount={payment.amount} currency={trust.currency} />;
}

function Mine({ standing, wallet }: { standing: Standing; wallet: string }) {
  const { trust } = standing.answer;
  const { data } = useAnswer('/v1/investors/{person}/claims', { path: { person: wallet } });
  const shares = useAsked(trust.shareClass && `shares left in ${trust.address} for ${wallet}`, () => sharesLeft(trust, wallet)).data ?? 0n;
  const mine = data?.claims.trusts.filter((claim) => claim.trust === trust.address) ?? [];
  if (mine.length === 0 && shares === 0n) return <p class="hint">{w.nothing}</p>;
  return (
    <>
      {mine.map(({ beneficiary, amount, currency }) => (
        <p key={beneficiary}>
          {w.yours}: {amount === null ? w.unknown : <Money amount={amount} currency={currency} />}{' '}
          <Act kind="primary" prepare={(from) => prepareCall(trust.address, 'claim', from, { beneficiary, asset: trust.settlementToken })}>
            {w.claim}
          </Act>
        </p>
      ))}
      {shares > 0n && (
        <p>
          {w.yours}: {common.shares(count(shares.toString()))}{' '}
          <Act kind="primary" prepare={(from) => prepareCall(trust.address, 'claim', from, { beneficiary: wordOf(wallet), asset: trust.shareClass })}>
            {w.handOver}
          </Act>
        </p>
      )}
    </>
  );
}

function ForAnother({ standing }: { standing: Standing }) {
  const { trust } = standing.answer;
  const [whose, setWhose] = useState('');
  const known = /^0x([0-9a-fA-F]{40}|[0-9a-fA-F]{64})$/.test(whose);
  const claim = (asset: string) => (from: string) => prepareCall(trust.address, 'claim', from, { beneficiary: wordOf(whose), asset });
  return (
    <details>
      <summary>{w.forOther}</summary>
      <TextField label={w.beneficiary} value={whose} onInput={setWhose} maxLength={66} placeholder="0x…" hint={w.otherHint} />
      <div class="actions">
        {trust.settlementToken && (
          <Act disabled={!known} prepare={claim(trust.settlementToken)}>
            {w.pay}
          </Act>
        )}
        {trust.shareClass && (
          <Act disabled={!known} prepare={claim(trust.shareClass)}>
            {w.claimShares}
          </Act>
        )}
      </div>
    </details>
  );
}
