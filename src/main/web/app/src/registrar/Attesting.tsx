import { useState } from 'preact/hooks';
import { prepare } from '../api';
import { smallestUnits } from '../format';
import { words } from '../language';
import { status } from '../live';
import { Act } from '../signing/act';
import { FileHash } from '../ui/FileHash';
import { Choice, isAddress, isHash, isMoney, isPositive, localTime, TextField } from '../ui/form';
import { Panel } from '../ui/parts';
import { common } from '../ui/words';
import { CATEGORIES, categoryWord, type Attested } from './people';
import { REGIMES } from './regimes';

const w = words(
  {
    title: 'Attest somebody',
    renew: 'Renew an attestation',
    identity: 'Identity',
    country: 'Country, by number',
    countryHint: 'ISO 3166-1, such as 840 for the United States and 156 for China.',
    wrongCountry: 'Expected three digits.',
    category: 'Category',
    expires: 'Expires on',
    persons: 'For how many persons',
    personsHint: '1; for a nominee as many as it holds for.',
    withholding: 'Tax withheld from dividends, in percent',
    dossier: 'Evidence',
    limit: 'Most in twelve months (may be left empty)',
    limitHint: 'Figures that are not given stay as they are.',
    attest: 'Attest',
  },
  {
    title: '认证某人',
    renew: '续期认证',
    identity: '身份标识',
    country: '国家（数字代码）',
    countryHint: 'ISO 3166-1，例如美国 840、中国 156。',
    wrongCountry: '应为三位数字。',
    category: '类别',
    expires: '到期日',
    persons: '计为几人',
    personsHint: '通常为 1；名义持有人填写其代持的人数。',
    withholding: '股息预扣税（百分比）',
    dossier: '证据',
    limit: '十二个月内上限（可留空）',
    limitHint: '未填写的数额保持不变。',
    attest: '认证',
  },
);

const YEAR_MS = 365 * 86_400_000;

export function Attesting({ renewed, now, onDone }: { renewed: Attested | null; now: number; onDone: () => void }) {
  const [identity, setIdentity] = useState(renewed?.identity ?? '');
  const [wallet, setWallet] = useState(renewed?.wallet ?? '');
  const [country, setCountry] = useState(renewed?.country ?? '840');
  const [category, setCategory] = useState<string>(renewed?.category ?? 'retail');
  const [expires, setExpires] = useState(localTime(now + YEAR_MS).slice(0, 10));
  const [persons, setPersons] = useState(renewed?.persons ?? '1');
  const [withholding, setWithholding] = useState(String(Number(renewed?.withholdingBps ?? 0) / 100));
  const [dossier, setDossier] = useState(renewed?.dossier ?? '');
  const [regime, setRegime] = useState<string>(REGIMES[0]);
  const [limit, setLimit] = useState('');
  const currency = status.value?.contracts?.settlementTokens[0]?.currency ?? 'USD';
  const wrong = {
    identity: isHash(identity),
    wallet: isAddress(wallet),
    country: /^\d{3}$/.test(country) ? null : w.wrongCountry,
    persons: isPositive(persons),
    withholding: smallestUnits(withholding, 2) === null ? common.wrongNumber : null,
    dossier: isHash(dossier),
    limit: limit === '' ? null : isMoney(limit),
  };
  const shown = (text: string, fault: string | null) => (text === '' ? null : fault);
  return (
    <Panel title={renewed ? w.renew : w.title}>
      <div class="form">
        <FileHash label={w.identity} value={identity} onInput={setIdentity} />
        <TextField label={common.wallet} value={wallet} onInput={setWallet} maxLength={42} placeholder="0x…" wrong={shown(wallet, wrong.wallet)} />
        <TextField label={w.country} hint={w.countryHint} value={country} onInput={setCountry} inputMode="numeric" maxLength={3} wrong={wrong.country} />
        <Choice label={w.category} value={category} onInput={setCategory} options={CATEGORIES.map((one) => [one, categoryWord(one)] as const)} />
        <TextField label={w.expires} type="date" value={expires} onInput={setExpires} />
        <TextField label={w.persons} hint={w.personsHint} value={persons} onInput={setPersons} inputMode="numeric" maxLength={5} wrong={wrong.persons} />
        <TextField label={w.withholding} value={withholding} onInput={setWithholding} inputMode="decimal" maxLength={5} wrong={wrong.withholding} />
        <FileHash label={w.dossier} value={dossier} onInput={setDossier} />
        <Choice label={common.regime} value={regime} onInput={setRegime} options={REGIMES.map((one) => [one, one] as const)} />
        <TextField label={`${w.limit} (${currency})`} hint={w.limitHint} value={limit} onInput={setLimit} inputMode="decimal" wrong={wrong.limit} />
      </div>
      <Act
        kind="primary"
        disabled={Object.values(wrong).some((fault) => fault !== null) || expires === ''}
        prepare={(from) =>
          prepare('attest', {
            from,
            identity,
            wallet,
            country,
            category: category as Attested['category'],
            expiresAt: `${expires}T00:00:00Z`,
            persons: Number(persons),
            withholdingBps: Number(smallestUnits(withholding, 2)),
            dossier,
            limits: limit === '' ? [] : [{ regime, currency, amount: limit }],
          })
        }
        onDone={() => {
          setIdentity('');
          setWallet('');
          setDossier('');
          onDone();
        }}
      >
        {w.attest}
      </Act>
    </Panel>
  );
}
