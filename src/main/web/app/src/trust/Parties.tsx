import { useState } from 'preact/hooks';
import { prepareCall, type Address } from '../api';
import { count, percent } from '../format';
import { words } from '../language';
import { status } from '../live';
import { Act } from '../signing/act';
import { isAddress, isPositive, TextField } from '../ui/form';
import { FileHash } from '../ui/FileHash';
import { FromNow, Hex, Money, Note, Panel, Pill, Table, When } from '../ui/parts';
import { person } from '../wallet/wallet';
import { inOffice, type Standing } from './standing';
import { moneyOf } from './reading';
import { departureWord } from './words';

const w = words(
  {
    title: 'Who is who',
    trustees: (serving: string, needed: string) => `Trustees: ${serving} in office, ${needed} needed to approve`,
    since: 'since',
    resigning: 'resigning',
    you: 'you',
    former: 'Former trustees',
    vacancy: 'Too few trustees serve since',
    order: 'A court ordered this trustee’s removal. It may be executed',
    lapses: 'and lapses',
    lapsed: 'A court’s order to remove this trustee lapsed unconfirmed',
    executeOrder: 'Confirm and execute the order',
    accrued: 'Fee accrued',
    payFee: 'Pay the fee',
    feeOverdue: 'No fee is paid while a statement is overdue.',
    resign: 'Resign',
    takeOffice: 'Take this seat',
    takeVacant: 'Take the vacant seat',
    vacant: 'A seat is vacant. Whoever the deed names as successor, or the beneficiaries appoint, may take it.',
    resigningHint: 'A resigning trustee serves until somebody takes the seat.',
    unseat: 'Have a trustee leave who is no longer independent',
    remove: 'Remove',
    removal: 'Removing a trustee',
    trustee: 'Trustee',
    callRemoval: 'Call a vote to remove',
    removeByVote: 'Carry out the vote to remove',
    announce: 'Announce a court’s order to remove',
    document: 'The order, or the document with the reasons',
    nominee: 'Who shall take the seat',
    callAppointment: 'Call a vote to appoint',
    beneficiaries: 'Beneficiaries',
    units: 'Units',
    part: 'Part',
    wallet: 'Wallet',
    forInvestors: 'The beneficiaries are those to whom the round allots shares, in proportion.',
    round: 'Go to the round',
    noRound: 'No round is bound to it yet.',
    assign: 'Hand your units to somebody',
    assignTo: 'To this wallet',
    howMany: 'How many',
    notAssignable: 'By the deed, units cannot be handed on.',
    hand: 'Hand on',
    follow: 'After a recovery: follow a wallet to its successor',
    followHint: 'Once the recovery of a wallet was carried out, anyone may have this trust follow it.',
    oldWallet: 'The old wallet',
    moveInterest: 'Move its interest',
    moveRecipient: 'Pay its successor what it receives',
  },
  {
    title: '当事人',
    trustees: (serving, needed) => `受托人：在任 ${serving} 位，批准须 ${needed} 位`,
    since: '自',
    resigning: '正在辞任',
    you: '您',
    former: '前任受托人',
    vacancy: '受托人不足，自',
    order: '法院命令解任该受托人。可执行时间',
    lapses: '失效时间',
    lapsed: '法院解任该受托人的命令因未确认而失效：',
    executeOrder: '确认并执行命令',
    accrued: '已计提报酬',
    payFee: '支付报酬',
    feeOverdue: '报告逾期期间不支付报酬。',
    resign: '辞任',
    takeOffice: '接任此席位',
    takeVacant: '填补空缺席位',
    vacant: '有席位空缺。信托文件指定的继任人或受益人委任的人可以就任。',
    resigningHint: '辞任的受托人在有人接任前继续任职。',
    unseat: '使不再独立的受托人离任',
    remove: '解任',
    removal: '解任受托人',
    trustee: '受托人',
    callRemoval: '发起解任表决',
    removeByVote: '执行解任表决',
    announce: '公告法院的解任命令',
    document: '命令或说明理由的文件',
    nominee: '由谁接任',
    callAppointment: '发起委任表决',
    beneficiaries: '受益人',
    units: '受益份额',
    part: '占比',
    wallet: '钱包',
    forInvestors: '受益人为该轮次获配股份的人，按比例受益。',
    round: '查看轮次',
    noRound: '尚未绑定轮次。',
    assign: '转让您的受益份额',
    assignTo: '转让给此钱包',
    howMany: '份额',
    notAssignable: '依信托文件，受益份额不得转让。',
    hand: '转让',
    follow: '恢复之后：跟随钱包至其后继者',
    followHint: '钱包的恢复执行后，任何人都可以使本信托跟随。',
    oldWallet: '旧钱包',
    moveInterest: '移转其受益权',
    moveRecipient: '将其应收款项付给后继者',
  },
);

const NOBODY = `0x${'0'.repeat(40)}`;

export function Parties({ standing }: { standing: Standing }) {
  const { answer, own, ended, now } = standing;
  const { trust, trustees, removalOrders } = answer;
  const serving = inOffice(answer);
  const former = trustees.filter(({ leftAs }) => leftAs !== null);
  const overdue = own?.statementDue != null && own.statementDue <= now;
  return (
    <Panel title={w.title}>
      <h3>{w.trustees(String(serving.length), String(trust.deed.threshold))}</h3>
      {own?.vacantSince && !ended && (
        <Note tone="wait">
          {w.vacancy} <When time={new Date(own.vacantSince).toISOString()} />
        </Note>
      )}
      <ul class="plain-list">
        {serving.map(({ seat, trustee, seatedAt, resigning }) => {
          const fee = own?.trusteeFees.get(trustee) ?? 0n;
          const order = removalOrders.find((one) => one.trustee === trustee);
          return (
            <li key={seat}>
              <Hex value={trustee} /> {trustee === standing.me && <Pill tone="good">{w.you}</Pill>} {resigning && <Pill tone="wait">{w.resigning}</Pill>}
              <div class="hint">
                {w.since} <When time={seatedAt} dateOnly />
                {fee > 0n && trust.settlementToken && trust.currency && (
                  <>
                    {' · '}
                    {w.accrued}: <Money amount={moneyOf(fee, trust.settlementToken)} currency={trust.currency} />
                  </>
                )}
              </div>
              {order &&
                (Date.parse(order.lapsesAt) <= now ? (
                  <p class="hint">
                    {w.lapsed} <When time={order.lapsesAt} dateOnly />
                  </p>
                ) : (
                  <Note tone="bad">
                    {w.order} <FromNow time={order.executableFrom} />, {w.lapses} <FromNow time={order.lapsesAt} />.
                  </Note>
                ))}
              <div class="actions">
                {fee > 0n && (overdue ? <span class="hint">{w.feeOverdue}</span> : <Act prepare={(from) => prepareCall(trust.address, 'payTrusteeFee', from, { trustee })}>{w.payFee}</Act>)}
                {trustee === standing.me && !resigning && !ended && <Act prepare={(from) => prepareCall(trust.address, 'resign', from, {})}>{w.resign}</Act>}
                {resigning && !ended && standing.seat === null && standing.me && (
                  <Act prepare={(from) => prepareCall(trust.address, 'takeOffice', from, { outgoing: trustee, supporters: supporters(standing) })}>{w.takeOffice}</Act>
                )}
                {order && standing.isRecovery && Date.parse(order.executableFrom) <= now && now < Date.parse(order.lapsesAt) && (
                  <Act kind="danger" prepare={(from) => prepareCall(trust.address, 'executeRemoval', from, { trustee })}>
                    {w.executeOrder}
                  </Act>
                )}
              </div>
            </li>
          );
        })}
      </ul>
      {!ended && serving.some(({ resigning }) => resigning) && <p class="hint">{w.resigningHint}</p>}
      {!ended && serving.length < seatsOf(standing) && (
        <>
          <p class="hint">{w.vacant}</p>
          {standing.seat === null && standing.me && (
            <Act prepare={(from) => prepareCall(trust.address, 'takeOffice', from, { outgoing: NOBODY, supporters: supporters(standing) })}>{w.takeVacant}</Act>
          )}
        </>
      )}
      {former.length > 0 && (
        <details>
          <summary>{w.former}</summary>
          <ul class="plain-list">
            {former.map(({ seat, trustee, leftAs }) => {
              const fee = own?.trusteeFees.get(trustee) ?? 0n;
              return (
                <li key={seat}>
                  <Hex value={trustee} /> <span class="hint">{leftAs && departureWord(leftAs)}</span>
                  {fee > 0n && <Act prepare={(from) => prepareCall(trust.address, 'payTrusteeFee', from, { trustee })}>{w.payFee}</Act>}
                </li>
              );
            })}
          </ul>
        </details>
      )}
      {!ended && (standing.holdsProceeds || standing.isRegistrar) && standing.me && <Changing standing={standing} />}
      <Beneficiaries standing={standing} />
      {standing.me && <Following trust={trust.address} />}
    </Panel>
  );
}

/** As many as the deed has; seats are numbered anew for whoever takes one later. */
function seatsOf({ answer }: Standing): number {
  return answer.trustees.filter(({ seatedAt }) => seatedAt === answer.trust.openedAt).length;
}

/** All whom the deed lists, in ascending order: the contract counts those of them who support the motion. */
export function supporters({ answer }: Standing): Address[] {
  return answer.beneficiaries.map(({ wallet }) => wallet).toSorted();
}

function Changing({ standing }: { standing: Standing }) {
  const { answer } = standing;
  const { address } = answer.trust;
  const [trustee, setTrustee] = useState('');
  const [hash, setHash] = useState('');
  const [nominee, setNominee] = useState('');
  const directory = status.value?.contracts?.directory;
  const identity = person.value?.identity ?? null;
  const chosen = trustee || (inOffice(answer)[0]?.trustee ?? NOBODY);
  const investor = standing.holdsProceeds && identity !== null && directory !== undefined;
  return (
    <details>
      <summary>{w.removal}</summary>
      <div class="field">
        <label for="trustee-to-remove">{w.trustee}</label>
        <select id="trustee-to-remove" value={chosen} onInput={(event) => setTrustee(event.currentTarget.value)}>
          {inOffice(answer).map((one) => (
            <option key={one.seat} value={one.trustee}>
              {one.trustee}
            </option>
          ))}
        </select>
      </div>
      <FileHash label={w.document} value={hash} onInput={setHash} />
      <div class="actions">
        {standing.isRegistrar && (
          <Act kind="danger" prepare={(from) => prepareCall(address, 'announceRemoval', from, { trustee: chosen, documentHash: hash })}>
            {w.announce}
          </Act>
        )}
        {investor && (
          <>
            <Act prepare={(from) => prepareCall(directory, 'openRemovalVote', from, { trust: address, trustee: chosen, identity, documentHash: hash })}>{w.callRemoval}</Act>
            <Act prepare={(from) => prepareCall(address, 'removeTrustee', from, { trustee: chosen, supporters: [] })}>{w.removeByVote}</Act>
          </>
        )}
        {standing.holdsProceeds && <Act prepare={(from) => prepareCall(address, 'unseat', from, { trustee: chosen })}>{w.unseat}</Act>}
      </div>
      {investor && (
        <>
          <TextField label={w.nominee} value={nominee} onInput={setNominee} maxLength={42} placeholder="0x…" wrong={nominee === '' ? null : isAddress(nominee)} />
          <Act prepare={(from) => prepareCall(directory, 'openAppointmentVote', from, { trust: address, nominee, identity, documentHash: hash })}>{w.callAppointment}</Act>
        </>
      )}
    </details>
  );
}

function Beneficiaries({ standing }: { standing: Standing }) {
  const { answer, holdsProceeds } = standing;
  if (holdsProceeds) {
    const { round } = answer.trust;
    return (
      <>
        <h3>{w.beneficiaries}</h3>
        <p>
          {w.forInvestors} {round ? <a href={`/rounds/${round}`}>{w.round}</a> : w.noRound}
        </p>
      </>
    );
  }
  const all = answer.beneficiaries.reduce((sum, { units }) => sum + BigInt(units), 0n);
  return (
    <>
      <h3>{w.beneficiaries}</h3>
      <Table
        caption={w.beneficiaries}
        rows={answer.beneficiaries}
        rowKey={({ wallet }) => wallet}
        columns={[
          { head: w.wallet, cell: ({ wallet }) => <Hex value={wallet} /> },
          { head: w.units, number: true, cell: ({ units }) => count(units) },
          { head: w.part, number: true, cell: ({ units }) => percent(units, all) },
        ]}
      />
      {standing.units > 0n && !standing.ended && (answer.trust.deed.spendthrift ? <p class="hint">{w.notAssignable}</p> : <Assigning standing={standing} />)}
    </>
  );
}

function Assigning({ standing }: { standing: Standing }) {
  const [to, setTo] = useState('');
  const [units, setUnits] = useState(standing.units.toString());
  return (
    <details>
      <summary>{w.assign}</summary>
      <TextField label={w.assignTo} value={to} onInput={setTo} maxLength={42} placeholder="0x…" wrong={to === '' ? null : isAddress(to)} />
      <TextField label={w.howMany} value={units} onInput={setUnits} inputMode="numeric" wrong={units === '' ? null : isPositive(units)} />
      <Act kind="danger" prepare={(from) => prepareCall(standing.answer.trust.address, 'assign', from, { to, units })}>
        {w.hand}
      </Act>
    </details>
  );
}

function Following({ trust }: { trust: Address }) {
  const [old, setOld] = useState('');
  const disabled = isAddress(old) !== null;
  return (
    <details>
      <summary>{w.follow}</summary>
      <p class="hint">{w.followHint}</p>
      <TextField label={w.oldWallet} value={old} onInput={setOld} maxLength={42} placeholder="0x…" wrong={old === '' ? null : isAddress(old)} />
      <div class="actions">
        <Act disabled={disabled} prepare={(from) => prepareCall(trust, 'moveInterest', from, { wallet: old })}>
          {w.moveInterest}
        </Act>
        <Act disabled={disabled} prepare={(from) => prepareCall(trust, 'moveRecipient', from, { recipient: old })}>
          {w.moveRecipient}
        </Act>
      </div>
    </details>
  );
}
