import { count, percent, ratio, short } from '../format';
import { words } from '../language';
import { PartsBar } from '../chart/charts';
import { Verify } from '../proof/Verify';
import { known } from '../signing/known';
import { AsOf, Count, Hex, Name, Panel, Shown, Table } from '../ui/parts';
import { useAsked } from '../useAnswer';
import { readCapTable, type CapTable } from './capTable';
import { chosenMoment, MomentField, useNoted } from './parts';
import { company } from './words';

const w = words(
  {
    title: 'Cap table',
    lead: 'Who owns the company. “Fully diluted” counts what is issued and what is reserved for open rounds; “as converted” counts every share as those that it can be converted into, by the terms of its class.',
    noClass: 'The company has no share class yet.',
    byClass: 'By class',
    byHolder: 'By holder',
    name: 'Class',
    diluted: 'Fully diluted',
    converted: 'As converted',
    part: 'Part',
    ofDiluted: 'Of all, diluted',
    votes: 'Votes',
    others: 'Others',
    rests: 'Smaller holders',
    chartHolders: 'Parts of the company by holder, as converted',
    chartClasses: 'Parts of the company by class, fully diluted and as converted',
    nobody: 'Nobody holds a share at this moment.',
    rest: (n: string) => `${n} shares more, as converted, are held by smaller holders; the register of each class has them all.`,
    showAll: (n: string) => `Show all ${n} holders`,
    checkRegister: (name: string) => `register of ${name}`,
  },
  {
    title: '股权结构表',
    lead: '谁拥有公司。“完全稀释”计入已发行股份及为开放轮次预留的股份；“转换后”按各类别条款将每股计为其可转换成的股份。',
    noClass: '公司尚无股份类别。',
    byClass: '按类别',
    byHolder: '按持有人',
    name: '类别',
    diluted: '完全稀释',
    converted: '转换后',
    part: '占比',
    ofDiluted: '占完全稀释总数',
    votes: '表决权',
    others: '其他',
    rests: '较小的持有人',
    chartHolders: '按持有人划分的公司份额（转换后）',
    chartClasses: '按类别划分的公司份额（完全稀释并转换后）',
    nobody: '此刻无人持有股份。',
    rest: (n) => `另有 ${n} 股（转换后）由较小的持有人持有；各类别的名册列出全部持有人。`,
    showAll: (n) => `显示全部 ${n} 位持有人`,
    checkRegister: (name) => `${name}的股东名册`,
  },
);

/** Who holds what of a company, now or at any moment before. */
export function CapTablePanel({ id }: { id: string }) {
  const at = chosenMoment();
  const asked = useAsked(`cap table ${id} ${at}`, (signal) => readCapTable(id, at, signal));
  return (
    <Panel title={w.title}>
      <p class="hint">{w.lead}</p>
      <MomentField />
      <Shown asked={asked}>{(table) => (table.classes.length === 0 ? <p class="empty">{w.noClass}</p> : <Drawn table={table} />)}</Shown>
    </Panel>
  );
}

const FIRST = 15;

function Drawn({ table }: { table: CapTable }) {
  const { classes, holders, asOf } = table;
  useNoted(classes.map(({ shareClass }) => [shareClass.address, { name: shareClass.terms.name, contract: 'ShareToken' }] as const), table);
  const block = asOf.blockNumber;
  const votes = classes.reduce((all, line) => all + line.votes, 0n);
  const label = (wallet: string) => (known(wallet).name ? `${known(wallet).name} ${short(wallet)}` : short(wallet));
  const several = classes.length > 1;
  const converting = classes.some(({ shareClass }) => shareClass.terms.convertsInto);
  const columns = [
    { head: company.holder, cell: (line: CapTable['holders'][number]) => <Hex value={line.wallet} /> },
    ...classes.map(({ shareClass }, i) => ({ head: shareClass.terms.symbol || shareClass.terms.name, number: true, cell: (line: CapTable['holders'][number]) => <Count value={String(line.shares[i] ?? 0n)} /> })),
    ...(converting ? [{ head: w.converted, number: true, cell: (line: CapTable['holders'][number]) => <Count value={String(line.converted)} /> }] : []),
    { head: w.part, number: true, cell: (line: CapTable['holders'][number]) => <span class="number">{percent(line.converted, table.issued)}</span> },
    { head: w.ofDiluted, number: true, cell: (line: CapTable['holders'][number]) => <span class="number">{percent(line.converted, table.diluted)}</span> },
    { head: w.votes, number: true, cell: (line: CapTable['holders'][number]) => <span class="number">{percent(line.votes, votes)}</span> },
  ];
  const rows = (lines: CapTable['holders']) => <Table caption={w.byHolder} rows={lines} rowKey={(line) => line.wallet} columns={columns} />;
  return (
    <>
      <h3>{w.byClass}</h3>
      {several && (
        <PartsBar
          label={w.chartClasses}
          others={w.others}
          amount={(value) => percent(BigInt(Math.round(value * 1_000_000)), 1_000_000n)}
          parts={classes.map(({ shareClass, converted }) => ({ name: shareClass.terms.name, value: ratio(converted, table.diluted) }))}
        />
      )}
      <Table
        caption={w.byClass}
        rows={classes}
        rowKey={({ shareClass }) => shareClass.address}
        columns={[
          {
            head: w.name,
            cell: ({ shareClass }) => (
              <a href={`/share-classes/${shareClass.address}`}>
                <Name>{shareClass.terms.name}</Name>
              </a>
            ),
          },
          {
            head: company.issued,
            number: true,
            cell: ({ shareClass }) => (
              <>
                <Count value={shareClass.issued} />{' '}
                <Verify proof="/v1/proofs/register" query={{ contract: shareClass.address, block }} shown={{ supply: shareClass.issued }} label={w.checkRegister(shareClass.terms.name)} />
              </>
            ),
          },
          { head: company.reserved, number: true, cell: ({ shareClass }) => <Count value={shareClass.reserved} /> },
          { head: w.diluted, number: true, cell: (line) => <Count value={String(line.diluted)} /> },
          ...(converting ? [{ head: w.converted, number: true, cell: (line: CapTable['classes'][number]) => <Count value={String(line.converted)} /> }] : []),
          { head: w.ofDiluted, number: true, cell: (line) => <span class="number">{percent(line.converted, table.diluted)}</span> },
          { head: company.votesPerShare, number: true, cell: ({ shareClass }) => <Count value={shareClass.terms.votesPerShare} /> },
        ]}
      />
      <h3>{w.byHolder}</h3>
      {holders.length === 0 ? (
        <p class="empty">{w.nobody}</p>
      ) : (
        <>
          <PartsBar
            label={w.chartHolders}
            others={w.others}
            amount={(value) => percent(BigInt(Math.round(value * 1_000_000)), 1_000_000n)}
            parts={[...holders.map((line) => ({ name: label(line.wallet), value: ratio(line.converted, table.issued) })), ...(table.others > 0n ? [{ name: w.rests, value: ratio(table.others, table.issued) }] : [])]}
          />
          {rows(holders.slice(0, FIRST))}
          {holders.length > FIRST && (
            <details>
              <summary>{w.showAll(count(holders.length))}</summary>
              {rows(holders.slice(FIRST))}
            </details>
          )}
          {table.others > 0n && <p class="hint">{w.rest(count(table.others))}</p>}
        </>
      )}
      <AsOf at={asOf} />
    </>
  );
}
