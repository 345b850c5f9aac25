import { useState } from 'preact/hooks';
import { prepareCall } from '../api';
import { words } from '../language';
import { Act } from '../signing/act';
import { localTime, TextField, utcTime } from '../ui/form';
import { FileHash } from '../ui/FileHash';
import { FromNow, Hex, Note, Panel, Table, When } from '../ui/parts';
import type { Standing } from './standing';

const w = words(
  {
    title: 'Statements',
    lead: 'The trustees render accounts. Each statement covers the time since the last one, and the next is due within a year.',
    due: 'The next is due',
    overdue: 'A statement is overdue since',
    feesWait: 'Until it is attested, no trustee is paid a fee.',
    lastDue: 'The trust has ended: the last statement, until its end, is due.',
    allDone: 'The trust has ended and its last statement was attested.',
    none: 'No statement was attested yet.',
    period: 'Period',
    until: 'until',
    trustee: 'Attested by',
    document: 'Document',
    when: 'When',
    attest: 'Attest a statement',
    end: 'It covers the time until',
    endHint: 'Not in the future.',
    file: 'The statement',
    sign: 'Attest',
  },
  {
    title: '报告',
    lead: '受托人须报告账目。每份报告涵盖自上一份以来的期间，下一份须在一年内提交。',
    due: '下一份报告期限',
    overdue: '报告已逾期，自',
    feesWait: '在确认之前，不支付受托人报酬。',
    lastDue: '信托已终止：截至终止日的最后一份报告应予提交。',
    allDone: '信托已终止，最后一份报告已确认。',
    none: '尚未确认任何报告。',
    period: '期间',
    until: '至',
    trustee: '确认人',
    document: '文件',
    when: '时间',
    attest: '确认一份报告',
    end: '涵盖期间截至',
    endHint: '不得晚于现在。',
    file: '报告文件',
    sign: '确认',
  },
);

export function Accounts({ standing }: { standing: Standing }) {
  const { answer, own, now } = standing;
  const due = own?.statementDue ?? null;
  return (
    <Panel title={w.title}>
      <p class="hint">{w.lead}</p>
      {own && due === null && <p>{w.allDone}</p>}
      {due !== null && due > now && (
        <p>
          {w.due} <FromNow time={new Date(due).toISOString()} /> (<When time={new Date(due).toISOString()} dateOnly />)
        </p>
      )}
      {due !== null && due <= now && (
        <Note tone="wait">
          {standing.ended ? (
            w.lastDue
          ) : (
            <>
              {w.overdue} <When time={new Date(due).toISOString()} dateOnly />.
            </>
          )}{' '}
          {w.feesWait}
        </Note>
      )}
      {answer.statements.length === 0 ? (
        <p class="empty">{w.none}</p>
      ) : (
        <Table
          caption={w.title}
          rows={answer.statements}
          rowKey={({ periodEnd }) => periodEnd}
          columns={[
            {
              head: w.period,
              cell: ({ periodStart, periodEnd }) => (
                <>
                  <When time={periodStart} dateOnly /> {w.until} <When time={periodEnd} dateOnly />
                </>
              ),
            },
            { head: w.trustee, cell: ({ trustee }) => <Hex value={trustee} /> },
            { head: w.document, cell: ({ documentHash }) => <Hex value={documentHash} /> },
            { head: w.when, cell: ({ attestedAt }) => <When time={attestedAt} dateOnly /> },
          ]}
        />
      )}
      {standing.seat && <Attesting standing={standing} />}
    </Panel>
  );
}

function Attesting({ standing }: { standing: Standing }) {
  const [end, setEnd] = useState(localTime(standing.now));
  const [hash, setHash] = useState('');
  return (
    <details>
      <summary>{w.attest}</summary>
      <TextField label={w.end} type="datetime-local" value={end} onInput={setEnd} hint={w.endHint} />
      <FileHash label={w.file} value={hash} onInput={setHash} />
      <Act
        kind="primary"
        disabled={hash === '' || utcTime(end) === ''}
        prepare={(from) => prepareCall(standing.answer.trust.address, 'attestStatement', from, { periodEnd: utcTime(end), documentHash: hash })}
        onDone={() => setHash('')}
      >
        {w.sign}
      </Act>
    </details>
  );
}
