import { useState } from 'preact/hooks';
import { prepare, prepareCall, type Hash, type Schemas } from '../api';
import { words } from '../language';
import { clock } from '../live';
import { Act } from '../signing/act';
import { FileHash } from '../ui/FileHash';
import { isHash, localTime, TextField, Tick, utcTime } from '../ui/form';
import { Note, Panel } from '../ui/parts';
import { endOf, regimeInWords } from './regimes';

const w = words(
  {
    issuer: 'For the company',
    early: 'End early',
    earlyAt: 'Commitments end at',
    announce: 'Announce the early end',
    needsTarget: 'This is possible once the target is reached.',
    amend: 'Change the terms',
    amendAbout: 'Price, number and target never change; the deadline and the documents can. Who has committed may leave until the new deadline, which is five days off at least.',
    deadline: 'New deadline',
    notBefore: 'Not before the present one.',
    document: 'The terms document as amended',
    material: 'The change is material: an investor might decide otherwise because of it',
    doAmend: 'Change the terms',
    end: 'Cancel the round',
    endAbout: 'Ends the round for good. All money becomes refundable. Nobody can undo this.',
    reason: 'The document that says why',
    doCancel: 'Cancel the round',
    ended: 'The round is past the point where the company can change or cancel it.',
    guardian: 'For the guardian',
    guardianAbout: 'The guardian can stop new commitments and cancel a round before its tally ends, and can do nothing with the money.',
    pause: 'Stop new commitments',
    resume: 'Let people commit again',
  },
  {
    issuer: '公司操作',
    early: '提前截止',
    earlyAt: '认购截止于',
    announce: '公告提前截止',
    needsTarget: '达到目标后方可提前截止。',
    amend: '变更条款',
    amendAbout: '价格、数量与目标不可变更；截止时间与文件可以变更。已认购者可在新的截止时间之前退出，该时间至少在五天之后。',
    deadline: '新的截止时间',
    notBefore: '不早于现有截止时间。',
    document: '变更后的条款文件',
    material: '此为重大变更：可能影响投资者的决定',
    doAmend: '变更条款',
    end: '取消轮次',
    endAbout: '永久终止该轮次，全部资金可退还。此操作不可撤回。',
    reason: '说明理由的文件',
    doCancel: '撤销轮次',
    ended: '该轮次已过公司可变更或撤销的阶段。',
    guardian: '守护人操作',
    guardianAbout: '守护人可暂停新的认购，并可在核算结束前撤销轮次；无权动用资金。',
    pause: '暂停认购',
    resume: '恢复认购',
  },
);

export function Issuer({ round }: { round: Schemas['Round'] }) {
  const changeable = round.status === 'open' && (clock.value ?? 0) < Date.parse(endOf(round));
  const cancellable = round.status === 'open' || round.status === 'tallying';
  return (
    <Panel title={w.issuer}>
      {!changeable && !cancellable && <p>{w.ended}</p>}
      {changeable && <EarlyClose round={round} />}
      {changeable && <Amend round={round} />}
      {cancellable && <Cancel round={round} by="cancelByIssuer" />}
    </Panel>
  );
}

export function Guardian({ round }: { round: Schemas['Round'] }) {
  const cancellable = round.status === 'open' || round.status === 'tallying';
  return (
    <Panel title={w.guardian}>
      <p class="hint">{w.guardianAbout}</p>
      {round.status === 'open' && (
        <Act prepare={(from) => prepare('pause-commits', { from, round: round.address, paused: !round.commitsPaused })}>{round.commitsPaused ? w.resume : w.pause}</Act>
      )}
      {cancellable && <Cancel round={round} by="cancelRound" />}
    </Panel>
  );
}

function EarlyClose({ round }: { round: Schemas['Round'] }) {
  const [at, setAt] = useState('');
  const reached = BigInt(round.escrow.shares) >= BigInt(round.minimumShares);
  return (
    <details>
      <summary>{w.early}</summary>
      <p class="hint">{reached ? regimeInWords(round.regime)?.early : w.needsTarget}</p>
      <TextField label={w.earlyAt} type="datetime-local" value={at} onInput={setAt} />
      <Act disabled={utcTime(at) === ''} prepare={(from) => prepareCall(round.address, 'announceEarlyClose', from, { closeAt: utcTime(at) })}>
        {w.announce}
      </Act>
    </details>
  );
}

function Amend({ round }: { round: Schemas['Round'] }) {
  const [deadline, setDeadline] = useState(localTime(Date.parse(round.deadline)));
  const [hash, setHash] = useState<Hash>(round.termsHash);
  const [material, setMaterial] = useState(true);
  const given = utcTime(deadline);
  const wrong = given !== '' && Date.parse(given) < Date.parse(round.deadline) ? w.notBefore : null;
  return (
    <details>
      <summary>{w.amend}</summary>
      <p class="hint">{w.amendAbout}</p>
      <TextField label={w.deadline} type="datetime-local" value={deadline} onInput={setDeadline} hint={w.notBefore} wrong={wrong} />
      <FileHash label={w.document} value={hash} onInput={setHash} />
      <Tick label={w.material} checked={material} onInput={setMaterial} />
      {material && <p class="hint">{regimeInWords(round.regime)?.change}</p>}
      <Act disabled={given === '' || isHash(hash) !== null} prepare={(from) => prepareCall(round.address, 'amend', from, { newDeadline: given, newTermsHash: hash, material })}>
        {w.doAmend}
      </Act>
    </details>
  );
}

function Cancel({ round, by }: { round: Schemas['Round']; by: 'cancelByIssuer' | 'cancelRound' }) {
  const [reason, setReason] = useState<Hash>('');
  return (
    <details>
      <summary>{w.end}</summary>
      <Note tone="bad">{w.endAbout}</Note>
      <FileHash label={w.reason} value={reason} onInput={setReason} />
      <Act kind="danger" disabled={isHash(reason) !== null} prepare={(from) => prepareCall(round.address, by, from, { reason })}>
        {w.doCancel}
      </Act>
    </details>
  );
}
