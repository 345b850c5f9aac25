import { useState } from 'preact/hooks';
import { prepare } from '../api';
import { count } from '../format';
import { words } from '../language';
import { clock, status } from '../live';
import { holds, ROLE, useRoles } from '../operator/roles';
import { Act } from '../signing/act';
import { FileHash } from '../ui/FileHash';
import { TextField } from '../ui/form';
import { FromNow, Hex, Note, Page, Panel, Pill, Shown, Table, When } from '../ui/parts';
import { common } from '../ui/words';
import { account } from '../wallet/wallet';
import { Attesting } from './Attesting';
import { Batch } from './Batch';
import { categoryWord, usePeople, type Attested } from './people';
import { Recoveries } from './Recoveries';

const w = words(
  {
    title: 'Registrar',
    lead: 'The registrar attests who somebody is, on evidence that stays off the chain. Only whom it attested may invest and receive shares. It moves nobody’s money, and takes nothing from anybody.',
    notYou: 'The connected wallet is not the registrar’s, so what only the registrar may do is not shown.',
    queue: 'Attestations, who expires next first',
    search: 'Identity or wallet',
    expired: 'expired',
    soon: 'expires soon',
    valid: 'valid',
    revoked: 'revoked',
    none: 'Nobody fits.',
    person: 'Person',
    what: 'What',
    expires: 'Expires',
    country: (code: string) => `country ${code}`,
    renew: 'Renew',
    revoke: 'Revoke',
    estate: 'estate passed on',
    summary: (valid: string, soon: string, over: string) => `${valid} valid, ${soon} of them expire within 60 days; ${over} expired or revoked.`,
    reason: 'Document with the reason',
    revoking: 'Revoking ends the eligibility to invest now. What the person holds and is owed is not touched.',
    cancel: 'Leave it',
  },
  {
    title: '登记员',
    lead: '登记员依据链下证据认证某人的身份。只有经其认证的人可以投资和接收股份。登记员不动用任何人的资金，也不取走任何人的财产。',
    notYou: '所连接的钱包不是登记员，因此不显示仅登记员可进行的操作。',
    queue: '认证（最早到期者在前）',
    search: '身份标识或钱包',
    expired: '已到期',
    soon: '即将到期',
    valid: '有效',
    revoked: '已撤销',
    none: '没有符合条件的人。',
    person: '人员',
    what: '类别',
    expires: '到期',
    country: (code) => `国家 ${code}`,
    renew: '续期',
    revoke: '撤销',
    estate: '遗产已移转',
    summary: (valid, soon, over) => `${valid} 项有效，其中 ${soon} 项在 60 天内到期；${over} 项已到期或撤销。`,
    reason: '说明理由的文件',
    revoking: '撤销立即终止其投资资格。其持有的和应得的不受影响。',
    cancel: '放弃',
  },
);

const SOON_MS = 60 * 86_400_000;
const SHOWN = 20;

export default function RegistrarPage() {
  const roles = useRoles();
  const people = usePeople();
  const [renewed, setRenewed] = useState<Attested | null>(null);
  const now = clock.value;
  const registry = status.value?.contracts?.registry;
  const isRegistrar = holds(roles.data, ROLE.registrar, account.value, now);
  return (
    <Page title={w.title} lead={w.lead}>
      {roles.data && !isRegistrar && <Note>{w.notYou}</Note>}
      <Shown asked={people}>
        {(all) => (
          <>
            <Queue people={all} now={now ?? 0} isRegistrar={isRegistrar} onRenew={setRenewed} />
            {isRegistrar && <Attesting key={renewed?.identity ?? ''} renewed={renewed} now={now ?? 0} onDone={() => setRenewed(null)} />}
            {isRegistrar && registry && <Batch registry={registry} people={all} now={now ?? 0} />}
          </>
        )}
      </Shown>
      <Recoveries isRegistrar={isRegistrar} isRecovery={holds(roles.data, ROLE.recovery, account.value, now)} now={now ?? 0} />
    </Page>
  );
}

function Queue({ people, now, isRegistrar, onRenew }: { people: Attested[]; now: number; isRegistrar: boolean; onRenew: (person: Attested) => void }) {
  const [q, setQ] = useState('');
  const [most, setMost] = useState(SHOWN);
  const [revoked, setRevoked] = useState<Attested | null>(null);
  const valid = people.filter(({ expiresAt, wallet }) => expiresAt > now && wallet !== null);
  const soon = valid.filter(({ expiresAt }) => expiresAt < now + SOON_MS);
  // Whoever is valid and expires next needs the registrar most; what is over comes last.
  const ordered = [...valid, ...people.filter((one) => !valid.includes(one)).toReversed()];
  const found = ordered.filter(({ identity, wallet }) => q === '' || identity.includes(q.toLowerCase()) || wallet?.includes(q.toLowerCase()));
  return (
    <Panel title={w.queue}>
      <p class="hint">{w.summary(count(valid.length), count(soon.length), count(people.length - valid.length))}</p>
      <TextField label={w.search} type="search" value={q} onInput={setQ} maxLength={66} />
      {found.length === 0 ? (
        <p class="empty">{w.none}</p>
      ) : (
        <Table
          caption={w.queue}
          rows={found.slice(0, most)}
          rowKey={({ identity }) => identity}
          columns={[
            { head: w.person, cell: ({ identity, wallet }) => (wallet ? <Hex value={wallet} /> : <Hex value={identity} />) },
            {
              head: w.what,
              cell: ({ category, country }) => (
                <>
                  {categoryWord(category)} · {w.country(country)}
                </>
              ),
            },
            { head: w.expires, cell: (person) => <Expiry person={person} now={now} /> },
            ...(isRegistrar
              ? [
                  {
                    head: '',
                    cell: (person: Attested) => (
                      <span class="actions">
                        <button type="button" class="button small" disabled={person.wallet === null} onClick={() => onRenew(person)}>
                          {w.renew}
                        </button>
                        {!person.revoked && person.expiresAt > now && person.wallet !== null && (
                          <button type="button" class="button small danger" onClick={() => setRevoked(person)}>
                            {w.revoke}
                          </button>
                        )}
                      </span>
                    ),
                  },
                ]
              : []),
          ]}
        />
      )}
      {found.length > most && (
        <button type="button" class="button more" onClick={() => setMost(most + SHOWN)}>
          {common.more}
        </button>
      )}
      {revoked && <Revoking person={revoked} onDone={() => setRevoked(null)} />}
    </Panel>
  );
}

function Expiry({ person: { wallet, revoked, expiresAt }, now }: { person: Attested; now: number }) {
  const time = new Date(expiresAt).toISOString();
  const tone = expiresAt <= now ? 'bad' : expiresAt < now + SOON_MS ? 'wait' : 'good';
  const word = wallet === null ? w.estate : revoked ? w.revoked : expiresAt <= now ? w.expired : expiresAt < now + SOON_MS ? w.soon : w.valid;
  return (
    <>
      <Pill tone={wallet === null ? 'plain' : tone}>{word}</Pill> <When time={time} dateOnly /> {tone === 'wait' && <FromNow time={time} />}
    </>
  );
}

function Revoking({ person, onDone }: { person: Attested; onDone: () => void }) {
  const [reason, setReason] = useState('');
  return (
    <div class="row-form">
      <p>
        {w.revoke}: <Hex value={person.wallet ?? person.identity} />. {w.revoking}
      </p>
      <FileHash label={w.reason} value={reason} onInput={setReason} />
      <div class="actions">
        <Act kind="danger" disabled={reason === ''} prepare={(from) => prepare('revoke', { from, identity: person.identity, reason })} onDone={onDone}>
          {w.revoke}
        </Act>
        <button type="button" class="button" onClick={onDone}>
          {w.cancel}
        </button>
      </div>
    </div>
  );
}
