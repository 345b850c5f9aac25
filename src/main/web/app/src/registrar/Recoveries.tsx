import { useState } from 'preact/hooks';
import { prepareCall, type Address, type Prepared, type Schemas } from '../api';
import { words } from '../language';
import { status } from '../live';
import { Act } from '../signing/act';
import { FileHash } from '../ui/FileHash';
import { Choice, isAddress, isHash, isPositive, TextField } from '../ui/form';
import { FromNow, Hex, List, Panel, Pill, When, type Tone } from '../ui/parts';
import { usePages } from '../useAnswer';
import { account } from '../wallet/wallet';

const w = words(
  {
    title: 'Recoveries',
    lead: 'A lost key, an inheritance or a court’s order gives what is one wallet’s to another: the registrar announces it, a second party confirms it within 7 days, the old wallet has 14 days to object, and then anyone may execute it within 30 days.',
    none: 'None was announced.',
    'lost-key': 'Lost key',
    inheritance: 'Inheritance',
    'court-order': 'Court order',
    'controller-key': 'Key of a company',
    announced: 'announced',
    confirmed: 'confirmed',
    executed: 'executed',
    objected: 'objected to',
    withdrawn: 'withdrawn',
    lapsed: 'lapsed',
    of: 'of',
    from: 'from',
    to: 'to',
    heir: 'to the heir',
    announcedAt: 'Announced',
    mayObject: 'The old wallet may object until',
    execute: 'Execute',
    executable: 'Anyone may execute it now.',
    lapses: 'It lapses',
    confirm: 'Confirm',
    document: 'The registrar’s document',
    documentHint: 'What you confirm is this very document: the hash has to be the one that was announced.',
    withdraw: 'Withdraw',
    object: 'Object',
    announce: 'Announce a recovery',
    kind: 'What happened',
    identity: 'Identity of the person',
    company: 'Number of the company',
    newWallet: 'New wallet',
    heirIdentity: 'Identity of the heir',
    orderTo: 'What is ordered',
    orderWallet: 'another wallet acts for the person',
    orderHeir: 'what is theirs is another person’s',
    send: 'Announce',
  },
  {
    title: '恢复',
    lead: '因遗失密钥、继承或法院命令，一个钱包的财产归于另一个：登记员公告，第二方在 7 天内确认，旧钱包有 14 天可提出异议，此后 30 天内任何人可执行。',
    none: '没有公告。',
    'lost-key': '密钥丢失',
    inheritance: '继承',
    'court-order': '法院命令',
    'controller-key': '控制人密钥',
    announced: '已公告',
    confirmed: '已确认',
    executed: '已执行',
    objected: '遭异议',
    withdrawn: '已撤回',
    lapsed: '已失效',
    of: '涉及',
    from: '从',
    to: '至',
    heir: '归继承人',
    announcedAt: '公告于',
    mayObject: '旧钱包可提出异议至',
    execute: '执行',
    executable: '现在任何人可执行。',
    lapses: '失效',
    confirm: '确认',
    document: '登记员的文件',
    documentHint: '您确认的正是此文件：哈希须与公告的一致。',
    withdraw: '撤回',
    object: '提出异议',
    announce: '公告一项恢复',
    kind: '事由',
    identity: '当事人的身份标识',
    company: '公司编号',
    newWallet: '新钱包',
    heirIdentity: '继承人的身份标识',
    orderTo: '命令内容',
    orderWallet: '由另一个钱包代表该人',
    orderHeir: '其财产归另一人',
    send: '公告',
  },
);

/** In the order of Recovery.sol, from 1. */
const KINDS = ['lost-key', 'inheritance', 'court-order', 'controller-key'] as const;
type Kind = (typeof KINDS)[number];
type Recovery = Schemas['Recovery'];
const TONES: Record<Recovery['status'], Tone> = { announced: 'wait', confirmed: 'wait', executed: 'good', objected: 'bad', withdrawn: 'plain', lapsed: 'plain' };

export function Recoveries({ isRegistrar, isRecovery, now }: { isRegistrar: boolean; isRecovery: boolean; now: number }) {
  const recoveries = usePages('/v1/recoveries', { query: { limit: 20 } }, (page) => page.recoveries);
  const contract = status.value?.contracts?.recovery;
  return (
    <Panel title={w.title}>
      <p class="hint">{w.lead}</p>
      <List pages={recoveries} empty={w.none}>
        {(items) => (
          <ul class="plain-list">
            {items.map((one) => (
              <li key={one.subject}>{contract && <OneRecovery contract={contract} recovery={one} isRegistrar={isRegistrar} isRecovery={isRecovery} now={now} />}</li>
            ))}
          </ul>
        )}
      </List>
      {isRegistrar && contract && <Announcing contract={contract} />}
    </Panel>
  );
}

function OneRecovery({ contract, recovery, isRegistrar, isRecovery, now }: { contract: Address; recovery: Recovery; isRegistrar: boolean; isRecovery: boolean; now: number }) {
  const [hash, setHash] = useState('');
  const { subject, kind, status: stands, executableFrom, lapsesAt } = recovery;
  const isPending = stands === 'announced' || stands === 'confirmed';
  const mayExecute = stands === 'confirmed' && executableFrom !== null && Date.parse(executableFrom) <= now;
  return (
    <>
      <strong>{w[kind]}</strong> <Pill tone={TONES[stands]}>{w[stands]}</Pill> {w.of} <Hex value={subject} />
      <p class="hint">
        {w.from} <Hex value={recovery.oldWallet} /> {recovery.newWallet && <>{w.to} <Hex value={recovery.newWallet} /></>} {recovery.heir && <>{w.heir} <Hex value={recovery.heir} /></>} · {w.announcedAt}{' '}
        <When time={recovery.announcedAt} />
      </p>
      {stands === 'confirmed' && executableFrom && (
        <p>
          {mayExecute ? (
            w.executable
          ) : (
            <>
              {w.mayObject} <When time={executableFrom} /> (<FromNow time={executableFrom} />)
            </>
          )}
        </p>
      )}
      {isPending && lapsesAt && (
        <p class="hint">
          {w.lapses} <FromNow time={lapsesAt} />
        </p>
      )}
      {stands === 'announced' && isRecovery && (
        <>
          <p class="hint">{w.documentHint}</p>
          <FileHash label={w.document} value={hash} onInput={setHash} />
        </>
      )}
      <div class="actions">
        {stands === 'announced' && isRecovery && (
          <Act kind="primary" disabled={isHash(hash) !== null} prepare={(from) => prepareCall(contract, 'confirm', from, { subject, documentHash: hash })}>
            {w.confirm}
          </Act>
        )}
        {mayExecute && (
          <Act kind="primary" prepare={(from) => prepareCall(contract, 'execute', from, { subject })}>
            {w.execute}
          </Act>
        )}
        {isPending && isRegistrar && <Act prepare={(from) => prepareCall(contract, 'withdraw', from, { subject })}>{w.withdraw}</Act>}
        {isPending && account.value === recovery.oldWallet && (
          <Act kind="danger" prepare={(from) => prepareCall(contract, 'object', from, { subject })}>
            {w.object}
          </Act>
        )}
      </div>
    </>
  );
}

function Announcing({ contract }: { contract: Address }) {
  const [kind, setKind] = useState<Kind>('lost-key');
  const [subject, setSubject] = useState('');
  const [toHeir, setToHeir] = useState(false);
  const [successor, setSuccessor] = useState('');
  const [documentHash, setHash] = useState('');
  const ofCompany = kind === 'controller-key';
  const heir = kind === 'inheritance' || (kind === 'court-order' && toHeir);
  const wrong = { subject: (ofCompany ? isPositive : isHash)(subject), successor: (heir ? isHash : isAddress)(successor) };
  const prepared = (from: Address): Promise<Prepared> => {
    const number = String(KINDS.indexOf(kind) + 1);
    if (ofCompany) return prepareCall(contract, 'announceController', from, { directory: status.value?.contracts?.directory, companyId: subject, newController: successor, documentHash });
    if (heir) return prepareCall(contract, 'announceHeir', from, { kind: number, identity: subject, heir: successor, documentHash });
    return prepareCall(contract, 'announceWallet', from, { kind: number, identity: subject, newWallet: successor, documentHash });
  };
  return (
    <details>
      <summary>{w.announce}</summary>
      <div class="form">
        <Choice label={w.kind} value={kind} onInput={(chosen) => setKind(chosen as Kind)} options={KINDS.map((one) => [one, w[one]] as const)} />
        {kind === 'court-order' && <Choice label={w.orderTo} value={toHeir ? 'heir' : 'wallet'} onInput={(chosen) => setToHeir(chosen === 'heir')} options={[['wallet', w.orderWallet], ['heir', w.orderHeir]]} />}
        <TextField label={ofCompany ? w.company : w.identity} value={subject} onInput={setSubject} maxLength={66} wrong={subject === '' ? null : wrong.subject} />
        <TextField label={heir ? w.heirIdentity : w.newWallet} value={successor} onInput={setSuccessor} maxLength={66} placeholder="0x…" wrong={successor === '' ? null : wrong.successor} />
      </div>
      <FileHash label={w.document} value={documentHash} onInput={setHash} />
      <Act kind="primary" disabled={wrong.subject !== null || wrong.successor !== null || isHash(documentHash) !== null} prepare={prepared} onDone={() => setSubject('')}>
        {w.send}
      </Act>
    </details>
  );
}
