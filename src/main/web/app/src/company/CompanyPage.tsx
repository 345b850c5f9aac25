import { useState } from 'preact/hooks';
import { get, getAll, prepareCall, type Schemas } from '../api';
import { clipped, count, percentOfBps } from '../format';
import { words } from '../language';

import { Act } from '../signing/act';
import { Choice } from '../ui/form';
import { AsOf, Fact, Facts, Hex, List, Money, Name, Note, Page, Panel, Pill, Shown, Table, When } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, usePages, useAsked } from '../useAnswer';
import { account, same } from '../wallet/wallet';
import { statusTone, statusWord } from '../rounds/words';

import { CapTablePanel } from './CapTablePanel';
import { Office } from './Office';
import { History } from './History';
import { useNoted } from './parts';
import { companyKey } from './sentences';
import { company as c, distributionTone, outcomeTone } from './words';

const w = words(
  {
    registration: 'Registration',
    fee: 'Platform’s fee, agreed for its rounds',
    directory: 'Kept by',
    proposed: (name: string) => `It is proposed that ${name} act for the company.`,
    proposedToYou: 'It is proposed that your wallet act for this company.',
    accept: 'Take over',
    classes: 'Share classes',
    ofAuthorised: (issued: string, authorised: string) => `${issued} issued of ${authorised} authorised`,
    holders: (n: string) => `${n} ${n === '1' ? 'holder' : 'holders'}`,
    noClass: 'No share class yet.',
    history: 'Issuance and transfers',
    rounds: 'Rounds',
    noRound: 'No round yet.',
    trusts: 'Trusts',
    noTrust: 'No trust.',
    trust: 'Trust',
    ended: 'ended',
    running: 'running',
    distributions: 'Dividends and other distributions',
    noDistribution: 'None declared yet.',
    amount: 'Amount',
    votes: 'Votes of the holders',
    noVote: 'No vote yet.',
    closes: 'Closes',
    recordDates: 'Record dates',
    noRecordDate: 'No record date was declared.',
    declaredBy: 'Declared by',
    status: 'Status',
    kind: 'What',
    vote: 'Vote',
    quorum: (quorum: string, majority: string) => `quorum ${quorum}, majority ${majority}`,
  },
  {
    registration: '注册信息',
    fee: '平台就其轮次约定的费率',
    directory: '登记于',
    proposed: (name) => `已提议由 ${name} 代表公司行事。`,
    proposedToYou: '已提议由您的钱包代表本公司行事。',
    accept: '接管',
    classes: '股份类别',
    ofAuthorised: (issued, authorised) => `已发行 ${issued} 股，授权 ${authorised} 股`,
    holders: (n) => `${n} 名持有人`,
    noClass: '尚无股份类别。',
    history: '发行与转让',
    rounds: '融资轮次',
    noRound: '尚无轮次。',
    trusts: '信托',
    noTrust: '无信托。',
    trust: '信托',
    ended: '已终止',
    running: '存续中',
    distributions: '股息及其他分配',
    noDistribution: '尚未宣布。',
    amount: '金额',
    votes: '持有人表决',
    noVote: '尚无表决。',
    closes: '截止',
    recordDates: '登记日',
    noRecordDate: '尚未宣布登记日。',
    declaredBy: '宣布人',
    status: '状态',
    kind: '事项',
    vote: '表决',
    quorum: (quorum, majority) => `法定人数 ${quorum}，多数 ${majority}`,
  },
);

export default function CompanyPage({ id }: { id: string }) {
  const asked = useAnswer('/v1/companies/{id}', { path: { id } });
  return (
    <Shown asked={asked}>
      {({ company, contracts, asOf }) => (
        <Company company={company} contracts={contracts} asOf={asOf} />
      )}
    </Shown>
  );
}

function Company({ company, contracts, asOf }: { company: Schemas['RegisteredCompany']; contracts: Schemas['CompanyContracts']; asOf: Schemas['AsOf'] }) {
  const { id, controller, proposedController } = company;
  const classes = useAsked(`classes of ${id}`, () => getAll('/v1/share-classes', { query: { company: id } }, (page) => page.shareClasses));
  useNoted(
    [
      [controller, { name: company.name }],
      [company.directory, { contract: 'Directory', name: 'Directory' }],
      [companyKey(company.directory, company.number), { name: company.name }],
      ...contracts.trusts.map((trust) => [trust, { contract: 'CustodyTrust', name: `${w.trust} ${company.name}` }] as const),
    ],
    company,
  );
  useNoted((classes.data ?? []).map(({ address, terms }) => [address, { contract: 'ShareToken', name: terms.name, unit: terms.symbol }] as const), classes.data);
  const acts = same(account.value, controller);
  return (
    <Page title={clipped(company.name)} lead={<Name>{company.registration}</Name>}>
      {proposedController && (
        <Note tone="wait">
          {same(account.value, proposedController) ? w.proposedToYou : w.proposed(proposedController)}{' '}
          {same(account.value, proposedController) && (
            <Act kind="primary" prepare={(from) => prepareCall(company.directory, 'acceptController', from, { companyId: company.number })}>
              {w.accept}
            </Act>
          )}
        </Note>
      )}
      <div class="columns">
        <CapTablePanel id={id} />
        <div>
          <Panel title={w.classes}>
            <Shown asked={classes}>
              {(all) =>
                all.length === 0 ? (
                  <p class="empty">{w.noClass}</p>
                ) : (
                  <ul class="plain">
                    {all.map((one) => (
                      <li key={one.address}>
                        <a href={`/share-classes/${one.address}`}>
                          <Name>{one.terms.name}</Name>
                        </a>{' '}
                        <span class="hint">
                          <Name>{one.terms.symbol}</Name> · {w.ofAuthorised(count(one.issued), count(one.authorised))} · {w.holders(count(one.holders))}
                        </span>
                      </li>
                    ))}
                  </ul>
                )
              }
            </Shown>
          </Panel>
          <Panel title={common.company}>
            <Facts>
              <Fact name={c.who}>
                <Hex value={controller} />
              </Fact>
              <Fact name={w.fee}>{percentOfBps(company.feeBps)}</Fact>
              <Fact name={w.directory}>
                <Hex value={company.directory} to={`/audit/${company.directory}`} />
              </Fact>
            </Facts>
          </Panel>
          <Rounds id={id} />
          <Trusts id={id} />
        </div>
      </div>
      <Distributions id={id} />
      <Votes id={id} />
      {classes.data && classes.data.length > 0 && (
        <>
          <RecordDates classes={classes.data} />
          <Happened classes={classes.data} />
        </>
      )}
      {acts && classes.data && <Office company={company} classes={classes.data} distributions={contracts.distributions} rounds={contracts.rounds} />}
      <AsOf at={asOf} />
    </Page>
  );
}

function Rounds({ id }: { id: string }) {
  const rounds = usePages('/v1/rounds', { query: { company: id, limit: 10 } }, (page) => page.rounds);
  return (
    <Panel title={w.rounds}>
      <List pages={rounds} empty={w.noRound}>
        {(items) => (
          <ul class="plain">
            {items.map((round) => (
              <li key={round.address}>
                <a href={`/rounds/${round.address}`}>
                  <Name>{round.filing || round.shareClass.name}</Name>
                </a>{' '}
                <Pill tone={statusTone(round.status)}>{statusWord(round.status)}</Pill>{' '}
                <span class="hint">
                  <Money amount={round.raised.amount} currency={round.settlementToken.currency} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </List>
    </Panel>
  );
}

function Trusts({ id }: { id: string }) {
  const trusts = usePages('/v1/trusts', { query: { company: id, limit: 10 } }, (page) => page.trusts);
  return (
    <Panel title={w.trusts}>
      <List pages={trusts} empty={w.noTrust}>
        {(items) => (
          <ul class="plain">
            {items.map((trust) => (
              <li key={trust.address}>
                <Hex value={trust.address} to={`/trusts/${trust.address}`} /> <Pill tone={trust.endedAt ? 'plain' : 'good'}>{trust.endedAt ? w.ended : w.running}</Pill>
              </li>
            ))}
          </ul>
        )}
      </List>
    </Panel>
  );
}

function Distributions({ id }: { id: string }) {
  const distributions = usePages('/v1/distributions', { query: { company: id, limit: 20 } }, (page) => page.distributions);
  return (
    <Panel title={w.distributions}>
      <List pages={distributions} empty={w.noDistribution}>
        {(items) => (
          <Table
            caption={w.distributions}
            rows={items}
            rowKey={(one) => `${one.contract}/${one.id}`}
            columns={[
              { head: w.kind, cell: (one) => <a href={`/distributions/${one.contract}/${one.id}`}>{c[one.kind]}</a> },
              { head: common.shareClass, cell: (one) => <Name>{one.shareClassName}</Name> },
              { head: c.recordDate, cell: (one) => (one.recordDate.at ? <When time={one.recordDate.at} /> : common.none) },
              { head: w.amount, number: true, cell: (one) => <Money amount={one.amount} currency={one.currency} /> },
              { head: w.status, cell: (one) => <Pill tone={distributionTone(one.status)}>{c[one.status]}</Pill> },
            ]}
          />
        )}
      </List>
    </Panel>
  );
}

function Votes({ id }: { id: string }) {
  const votes = usePages('/v1/votes', { query: { company: id, limit: 20 } }, (page) => page.votes);
  return (
    <Panel title={w.votes}>
      <List pages={votes} empty={w.noVote}>
        {(items) => (
          <Table
            caption={w.votes}
            rows={items}
            rowKey={(one) => one.address}
            columns={[
              { head: w.vote, cell: (one) => <Hex value={one.address} to={`/votes/${one.address}`} /> },
              { head: w.kind, cell: (one) => w.quorum(percentOfBps(one.quorumBps), percentOfBps(one.majorityBps)) },
              { head: w.closes, cell: (one) => <When time={one.closesAt} /> },
              { head: w.status, cell: (one) => <Pill tone={outcomeTone(one.outcome)}>{c[one.outcome]}</Pill> },
            ]}
          />
        )}
      </List>
    </Panel>
  );
}

function RecordDates({ classes }: { classes: Schemas['ShareClass'][] }) {
  const asked = useAsked(`record dates ${classes.map(({ address }) => address).join(' ')}`, () =>
    Promise.all(classes.map(async ({ address, terms }) => {
      const { recordDates } = await get('/v1/share-classes/{address}/record-dates', { path: { address } });
      return recordDates.map((one) => ({ ...one, address, name: terms.name }));
    })),
  );
  return (
    <Panel title={w.recordDates}>
      <Shown asked={asked}>
        {(all) => {
          const rows = all.flat().sort((a, b) => b.at.localeCompare(a.at));
          return rows.length === 0 ? (
            <p class="empty">{w.noRecordDate}</p>
          ) : (
            <Table
              caption={w.recordDates}
              rows={rows}
              rowKey={(one) => `${one.address} ${one.index}`}
              columns={[
                { head: common.shareClass, cell: (one) => <Name>{one.name}</Name> },
                { head: c.recordDate, cell: (one) => <>{count(one.index)}: <When time={one.at} /></> },
                { head: w.declaredBy, cell: (one) => <Hex value={one.declaredBy} /> },
              ]}
            />
          );
        }}
      </Shown>
    </Panel>
  );
}

function Happened({ classes }: { classes: Schemas['ShareClass'][] }) {
  const [chosen, choose] = useState(classes[0]?.address ?? '');
  return (
    <Panel title={w.history}>
      {classes.length > 1 && <Choice label={common.shareClass} value={chosen} onInput={choose} options={classes.map(({ address, terms }) => [address, terms.name] as const)} />}
      <History key={chosen} shareClass={chosen} />
    </Panel>
  );
}
