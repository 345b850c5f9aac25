import { useId, useState } from 'preact/hooks';
import { stringToHex } from 'viem';
import { prepareCall, type Address } from '../api';
import { count } from '../format';
import { words } from '../language';
import { status } from '../live';
import { Act } from '../signing/act';
import { Choice } from '../ui/form';
import { Note, Panel } from '../ui/parts';
import { common } from '../ui/words';
import { COLUMNS, MOST_ROWS, parse, TEMPLATE } from './csv';
import type { Attested } from './people';
import { REGIMES } from './regimes';

const w = words(
  {
    title: 'Attest many, from a table',
    lead: (most: string) => `A file of comma-separated values with up to ${most} rows. It is read here and sent nowhere; every fault is told before anything is signed.`,
    columns: 'Columns:',
    template: 'Download a template',
    file: 'Choose the table',
    paste: 'Or paste it here',
    currency: 'Limits are in',
    ready: (rows: string) => `${rows} rows are in order. They are attested together, or none of them.`,
    faults: (n: string) => `${n} faults. Nothing can be signed until they are mended.`,
    row: (n: string, fault: string) => `Row ${n}: ${fault}`,
    attest: (n: string) => `Attest ${n} people`,
  },
  {
    title: '由表格批量认证',
    lead: (most) => `最多 ${most} 行的逗号分隔文件。仅在本机读取，不发送到任何地方；签名前逐行指出全部错误。`,
    columns: '列：',
    template: '下载模板',
    file: '选择表格',
    paste: '或粘贴在此',
    currency: '上限货币',
    ready: (rows) => `${rows} 行无误。全部一并认证，或全部不认证。`,
    faults: (n) => `${n} 处错误。更正之前不能签名。`,
    row: (n, fault) => `第 ${n} 行：${fault}`,
    attest: (n) => `认证 ${n} 人`,
  },
);

export function Batch({ registry, people, now }: { registry: Address; people: Attested[]; now: number }) {
  const id = useId();
  const [text, setText] = useState('');
  const [regime, setRegime] = useState<string>(REGIMES[0]);
  const currencies = [...new Set((status.value?.contracts?.settlementTokens ?? []).map((token) => token.currency))];
  const [chosen, setCurrency] = useState('');
  const currency = chosen || (currencies[0] ?? 'USD');
  const parsed = text.trim() === '' ? null : parse(text, people, now);
  const inOrder = parsed !== null && parsed.whole === null && parsed.faults.length === 0;
  return (
    <Panel title={w.title}>
      <p class="hint">{w.lead(count(MOST_ROWS))}</p>
      <p class="hint">
        {w.columns} <code>{COLUMNS.join(', ')}</code>
      </p>
      <div class="actions">
        <a class="button small" download="attestations.csv" href={`data:text/csv;charset=utf-8,${encodeURIComponent(TEMPLATE)}`}>
          {w.template}
        </a>
        <label class="button small" for={`${id}-file`}>
          {w.file}
        </label>
        <input id={`${id}-file`} class="unseen" type="file" accept=".csv,text/csv" onChange={(event) => void event.currentTarget.files?.[0]?.text().then(setText)} />
      </div>
      <div class="form">
        <div class="field whole">
          <label for={id}>{w.paste}</label>
          <textarea id={id} class="csv" rows={6} value={text} spellcheck={false} onInput={(event) => setText(event.currentTarget.value)} />
        </div>
        <Choice label={common.regime} value={regime} onInput={setRegime} options={REGIMES.map((one) => [one, one] as const)} />
        <Choice label={w.currency} value={currency} onInput={setCurrency} options={currencies.map((one) => [one, one] as const)} />
      </div>
      {parsed?.whole && <Note tone="bad">{parsed.whole}</Note>}
      {parsed && parsed.faults.length > 0 && (
        <Note tone="bad">
          {w.faults(count(parsed.faults.length))}
          <ul class="faults">
            {parsed.faults.map(({ row, fault }, i) => (
              <li key={i}>{w.row(String(row), fault)}</li>
            ))}
          </ul>
        </Note>
      )}
      {inOrder && <Note tone="good">{w.ready(count(parsed.rows.length))}</Note>}
      <Act
        kind="primary"
        disabled={!inOrder}
        prepare={(from) =>
          prepareCall(registry, 'attestAll', from, {
            attestations: parsed?.rows.map(({ attestation }) => attestation),
            regime: stringToHex(regime, { size: 32 }),
            currency,
            amounts: parsed?.rows.map(({ amount }) => amount),
          })
        }
        onDone={() => setText('')}
      >
        {w.attest(count(inOrder ? parsed.rows.length : 0))}
      </Act>
    </Panel>
  );
}
