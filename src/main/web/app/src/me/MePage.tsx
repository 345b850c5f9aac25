import { useState } from 'preact/hooks';
import { get, prepare, prepareCall, type Address, type Schemas } from '../api';
import { count, fromSmallestUnits, money, percentOfBps, smallestUnits } from '../format';
import { words } from '../language';
import { clock, status } from '../live';
import { Verify } from '../proof/Verify';
import { regimeName } from '../rounds/words';
import { Act } from '../signing/act';
import { undirected } from '../signing/known';
import { isAddress, TextField } from '../ui/form';
import { AsOf, Count, Fact, Facts, FromNow, Hex, List, Money, Name, Note, Page, Panel, Pill, Progress, Shown, Table, Text, When } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, useAsked, usePages, type Asked } from '../useAnswer';
import { account, connecting, same, wordOf } from '../wallet/wallet';
import { Doing, useNoted, wrong, ZERO_ADDRESS } from '../company/parts';
import { choiceWord, company as c } from '../company/words';
import { calendar, type Deadline } from './calendar';
import { companiesOf, partsOf, recoveriesOf, roundsOf, type Part, type Recoveries } from './read';

const w = words(
  {
    title: 'My holdings',
    lead: 'What your wallet holds, may claim and has to decide, over all companies.',
    connectTitle: 'Connect your wallet',
    connectLead: 'This page shows what one wallet holds, may claim and has to decide. Nothing is asked of you but to connect it.',
    connect: 'Connect wallet',
    decide: 'To decide',
    nothingToDecide: 'Nothing waits for you.',
    voteIn: (company: string) => `Vote of the holders of ${company}`,
    until: 'until',
    from: 'from',
    your: (choice: string) => `Your ballot: ${choice}`,
    reconfirm: (company: string) => `The terms of the round of ${company} were changed: agree again, or have your money back`,
    approve: (company: string, tranche: string) => `Payment of tranche ${tranche} of the trust for ${company} waits for your approval`,
    vetoUntil: (company: string, tranche: string) => `You may veto the payment of tranche ${tranche} of the trust for ${company}`,
    takeOver: (company: string) => `It is proposed that your wallet act for ${company}`,
    claimable: 'To claim',
    nothingToClaim: 'Nothing is due to you now.',
    claim: 'Claim',
    distribution: (kind: string, company: string) => `${kind} of ${company}`,
    onShares: (n: string) => `on ${n} shares`,
    refundOf: (company: string) => `Money back from the round of ${company}`,
    'round-failed': 'the round failed',
    'round-cancelled': 'the round was cancelled',
    excluded: 'your commitment was excluded',
    'not-reconfirmed': 'you did not agree to the changed terms',
    'not-settled-in-time': 'the round was not settled in time',
    'not-allotted': 'shares that were not allotted',
    fromTrust: (company: string) => `What is left for you in the trust for ${company}`,
    unknownAmount: 'the contract knows how much',
    more: 'There is more of this than is shown; claim some of it first.',
    holdings: 'Shares',
    noHolding: 'Your wallet holds no shares.',
    since: 'Unchanged since',
    keep: 'Receipt',
    keepLead: 'A receipt is a file to keep: with it you prove what is yours, without this service, even if it is gone.',
    download: (what: string) => `Download the receipt: ${what}`,
    commitments: 'Commitments',
    noCommitment: 'You have committed to no round.',
    round: 'Round',
    state: 'State',
    allotted: 'Allotted',
    amount: 'Amount',
    canCancel: 'Can be cancelled until',
    deadlines: 'Deadlines',
    noDeadline: 'No deadline is ahead.',
    calendar: 'Save as a calendar file',
    calendarHint: 'For your calendar program, with a reminder a day before each.',
    voteOpens: (company: string) => `Vote opens: ${company}`,
    voteCloses: (company: string) => `Vote closes: ${company}`,
    reconfirmBy: (company: string) => `Agree to the changed terms: round of ${company}`,
    cancelUntil: (company: string) => `Last moment to cancel: round of ${company}`,
    roundCloses: (company: string) => `Round closes: ${company}`,
    attestationEnds: 'Your attestation expires',
    objectUntil: 'Last moment to object to the recovery of your wallet',
    unlocks: (n: string, company: string) => `${n} shares of ${company} can be resold freely`,
    attestation: 'Your attestation',
    notAttested: 'The registrar has not attested your wallet. You can look at everything; to invest or to receive shares you have to be attested.',
    eligible: 'You may invest and receive shares.',
    expired: 'Your attestation has expired. What you hold stays yours and is paid; to invest or receive shares, have it renewed.',
    revoked: 'The registrar ended your eligibility. What you hold stays yours and is paid.',
    category: 'Category',
    country: 'Country (ISO 3166-1)',
    expires: 'Expires',
    withholding: 'Tax withheld from dividends',
    identity: 'Identity',
    dossier: 'Evidence kept by the registrar',
    limits: 'Yearly limits',
    limitsLead: 'What you may invest in any twelve months, over all companies and platforms of this ledger.',
    noLimit: 'No limit was attested.',
    limit: 'Limit',
    used: 'Used',
    left: 'Left',
    usedOf: (used: string, limit: string) => `${used} of ${limit} used`,
    unattested: 'not attested; the rules decide',
    recovery: 'If you lose your key',
    recoveryLead: 'The registrar can announce that another wallet takes the place of yours; a second office, or a recovery key that you name now, has to confirm it. Then you have time to object with this wallet.',
    noKey: 'You have named no recovery key.',
    yourKey: 'Your recovery key',
    nameKey: 'Name a recovery key',
    keyField: 'Address of the recovery key',
    keyHint: 'An address whose key you keep apart from this one, such as a hardware wallet in another place.',
    forgetKey: 'Name none any more',
    pending: 'A recovery of your wallet was announced',
    pendingCompany: 'It is announced that another wallet shall act for a company of yours',
    pendingText: 'If you did not ask for this, object: the recovery ends at once and your wallet keeps its place.',
    newWallet: 'New wallet',
    heir: 'Passes to',
    objectFrom: 'You can object until it is carried out, which can be from',
    notConfirmed: 'It is not confirmed yet.',
    object: 'Object',
    confirmable: 'You are the recovery key of a person whose recovery was announced',
    confirm: 'Confirm with the recovery key',
    offices: 'What you act for',
    seat: 'Trustee of the trust for',
  },
  {
    title: '我的持仓',
    lead: '您的钱包在所有公司中持有的、可领取的和需要决定的事项。',
    connectTitle: '连接您的钱包',
    connectLead: '本页显示一个钱包持有的、可领取的和需要决定的事项。您只需连接钱包。',
    connect: '连接钱包',
    decide: '需要决定',
    nothingToDecide: '没有等待您处理的事项。',
    voteIn: (company) => `${company} 的持有人表决`,
    until: '截至',
    from: '自',
    your: (choice) => `您的选票：${choice}`,
    reconfirm: (company) => `${company} 的轮次条款已变更：请重新确认，或取回款项`,
    approve: (company, tranche) => `${company} 信托第 ${tranche} 期款项等待您批准`,
    vetoUntil: (company, tranche) => `您可否决 ${company} 信托第 ${tranche} 期款项`,
    takeOver: (company) => `已提议由您的钱包代表 ${company} 行事`,
    claimable: '可以领取',
    nothingToClaim: '目前没有应付给您的款项。',
    claim: '领取',
    distribution: (kind, company) => `${company} 的${kind}`,
    onShares: (n) => `基于 ${n} 股`,
    refundOf: (company) => `${company} 轮次的退款`,
    'round-failed': '轮次失败',
    'round-cancelled': '轮次被撤销',
    excluded: '您的认购被排除',
    'not-reconfirmed': '您未同意变更后的条款',
    'not-settled-in-time': '轮次未按时结算',
    'not-allotted': '未获配的股份',
    fromTrust: (company) => `${company} 信托中留给您的部分`,
    unknownAmount: '金额由合约确定',
    more: '还有更多未显示的事项；请先领取一部分。',
    holdings: '股份',
    noHolding: '您的钱包不持有股份。',
    since: '自此未变',
    keep: '凭证',
    keepLead: '凭证是供您保存的文件：即使本服务不复存在，您也可以凭它证明您的权益。',
    download: (what) => `下载凭证：${what}`,
    commitments: '认购',
    noCommitment: '您尚未认购任何轮次。',
    round: '轮次',
    state: '状态',
    allotted: '获配',
    amount: '金额',
    canCancel: '可撤回至',
    deadlines: '期限',
    noDeadline: '近期没有期限。',
    calendar: '保存为日历文件',
    calendarHint: '供日历程序使用，每项提前一天提醒。',
    voteOpens: (company) => `表决开放：${company}`,
    voteCloses: (company) => `表决截止：${company}`,
    reconfirmBy: (company) => `确认变更后的条款：${company} 的轮次`,
    cancelUntil: (company) => `最后撤回时间：${company} 的轮次`,
    roundCloses: (company) => `轮次截止：${company}`,
    attestationEnds: '您的认证到期',
    objectUntil: '对钱包恢复提出异议的最后时间',
    unlocks: (n, company) => `${company} 的 ${n} 股可以自由转售`,
    attestation: '您的认证',
    notAttested: '登记员尚未认证您的钱包。您可以查阅全部内容；若要投资或获得股份，须先取得认证。',
    eligible: '您可以投资并获得股份。',
    expired: '您的认证已到期。您持有的仍归您所有并照常获付；若要投资或获得股份，请续期。',
    revoked: '登记员已撤销您的认证。您持有的仍归您所有并照常获付。',
    category: '类别',
    country: '国家（ISO 3166-1）',
    expires: '到期',
    withholding: '股息预扣税率',
    identity: '身份',
    dossier: '登记员保存的证据',
    limits: '年度限额',
    limitsLead: '您在任意十二个月内可投资的金额，涵盖本账本的所有公司和平台。',
    noLimit: '没有经认证的限额。',
    limit: '限额',
    used: '已用',
    left: '剩余',
    usedOf: (used, limit) => `限额 ${limit}，已用 ${used}`,
    unattested: '未经认证；由规则决定',
    recovery: '如果您丢失密钥',
    recoveryLead: '登记员可以公告由其他钱包接替您的钱包；须由另一职位，或您现在指定的恢复密钥确认。此后您有时间用本钱包提出异议。',
    noKey: '您尚未指定恢复密钥。',
    yourKey: '您的恢复密钥',
    nameKey: '指定恢复密钥',
    keyField: '恢复密钥的地址',
    keyHint: '其密钥与本密钥分开保管的地址，例如存放在别处的硬件钱包。',
    forgetKey: '不再指定',
    pending: '已公告恢复您的钱包',
    pendingCompany: '已公告由其他钱包代表您的公司行事',
    pendingText: '若非您本人要求，请提出异议：恢复立即终止，您的钱包保持不变。',
    newWallet: '新钱包',
    heir: '移转给',
    objectFrom: '在执行之前您都可以提出异议，最早执行时间：',
    notConfirmed: '尚未确认。',
    object: '提出异议',
    confirmable: '您是某人的恢复密钥，其恢复已被公告',
    confirm: '以恢复密钥确认',
    offices: '您代表的事项',
    seat: '受托人，信托所属公司：',
  },
);

export default function MePage() {
  const own = account.value;
  if (own === null) {
    return (
      <Page title={w.connectTitle} lead={w.connectLead}>
        <button type="button" class="button primary" onClick={() => (connecting.value = { then: () => undefined })}>
          {w.connect}
        </button>
      </Page>
    );
  }
  return <Mine key={own} own={own} />;
}

type Reading = {
  claims: Asked<Schemas['ClaimsAnswer']>;
  rounds: Asked<Map<Address, Schemas['Round']>>;
  commitments: Schemas['InvestorCommitment'][];
  parts: Asked<Part[]>;
  companies: Asked<Schemas['RegisteredCompany'][]>;
  recoveries: Asked<Recoveries>;
  investor: Schemas['Investor'] | null;
  lots: Lots | null;
};
type Lots = { holding: Schemas['Holding']; lots: readonly { shares: bigint; lockedUntil: bigint }[] }[];

function Mine({ own }: { own: Address }) {
  const path = { person: own };
  const investor = useAnswer('/v1/investors/{person}', { path });
  const claims = useAnswer('/v1/investors/{person}/claims', { path });
  const holdings = usePages('/v1/investors/{person}/holdings', { path, query: { limit: 50 } }, (page) => page.holdings);
  const commitments = usePages('/v1/investors/{person}/commitments', { path, query: { limit: 50 } }, (page) => page.commitments);
  const live = (commitments.data ?? []).filter(({ commitment }) => commitment.state === 'live');
  const rounds = useAsked(commitments.data && `rounds of ${own} ${live.map(({ round }) => round.address).join(' ')}`, () => roundsOf(live.map(({ round }) => round.address)));
  const parts = useAsked(`parts ${own}`, () => partsOf(own, clock.peek() ?? 0));
  const companies = useAsked(`companies ${own}`, () => companiesOf(own));
  const recovery = status.value?.contracts?.recovery;
  const recoveries = useAsked(recovery ? `recoveries ${own}` : null, async () => {
    const { recoveryKeyOf } = await import('../company/chain');
    return recoveriesOf(own, (identity) => recoveryKeyOf(recovery as Address, identity));
  });
  const lots = useAsked(holdings.data && `lots ${own} ${holdings.data.map(({ shareClass }) => shareClass.address).join(' ')}`, async (): Promise<Lots> => {
    const { holdingOf } = await import('../company/chain');
    return Promise.all((holdings.data ?? []).map(async (holding) => ({ holding, lots: (await holdingOf(holding.shareClass.address, holding.wallet)).lots })));
  });
  useNoted((holdings.data ?? []).map(({ shareClass }) => [shareClass.address, { contract: 'ShareToken', name: shareClass.name }] as const), holdings.data);
  useNoted(
    claims.data
      ? [
          ...claims.data.claims.distributions.map((one) => [one.contract, { contract: 'Distribution', name: one.shareClassName }] as const),
          ...claims.data.claims.rounds.map(({ round }) => [round.address, { contract: 'FundingRound', name: round.company }] as const),
          ...claims.data.claims.trusts.map((one) => [one.trust, { contract: 'CustodyTrust', name: one.company }] as const),
        ]
      : [],
    claims.data,
  );
  const read: Reading = { claims, rounds, commitments: live, parts, companies, recoveries, investor: investor.data?.investor ?? null, lots: lots.data };
  return (
    <Page title={w.title} lead={<>{w.lead} <Hex value={own} /></>}>
      <Pending recoveries={recoveries.data} />
      <div class="columns">
        <div>
          <Decide read={read} own={own} />
          <Claimable claims={claims} parts={parts} own={own} />
          <Panel title={w.holdings}>
            <p class="hint">{w.keepLead}</p>
            <List pages={holdings} empty={w.noHolding}>
              {(items) => (
                <Table
                  caption={w.holdings}
                  rows={items}
                  rowKey={({ shareClass, wallet }) => `${shareClass.address} ${wallet}`}
                  columns={[
                    {
                      head: common.company,
                      cell: ({ company }) => (
                        <a href={`/companies/${company.id}`}>
                          <Name>{company.name}</Name>
                        </a>
                      ),
                    },
                    {
                      head: common.shareClass,
                      cell: ({ shareClass }) => (
                        <a href={`/share-classes/${shareClass.address}`}>
                          <Name>{shareClass.name}</Name>
                        </a>
                      ),
                    },
                    {
                      head: c.shares,
                      number: true,
                      cell: ({ shareClass, wallet, shares }) => (
                        <>
                          <Count value={shares} />{' '}
                          <Verify proof="/v1/proofs/holding" query={{ contract: shareClass.address, wallet }} shown={{ balance: shares }} label={shareClass.name} />
                        </>
                      ),
                    },
                    { head: w.since, cell: ({ since }) => <When time={since} dateOnly /> },
                    { head: w.keep, cell: ({ shareClass, wallet }) => <Receipt to={`/v1/receipts/holding?contract=${shareClass.address}&wallet=${wallet}`} of={shareClass.name} /> },
                  ]}
                />
              )}
            </List>
          </Panel>
          <Panel title={w.commitments}>
            <List pages={commitments} empty={w.noCommitment}>
              {(items) => (
                <Table
                  caption={w.commitments}
                  rows={items}
                  rowKey={({ round }) => round.address}
                  columns={[
                    {
                      head: w.round,
                      cell: ({ round }) => (
                        <a href={`/rounds/${round.address}`}>
                          <Name>{round.company}</Name>
                        </a>
                      ),
                    },
                    { head: c.shares, number: true, cell: ({ commitment }) => <Count value={commitment.shares} /> },
                    { head: w.amount, number: true, cell: ({ commitment }) => <Money amount={commitment.amount} currency={commitment.currency} /> },
                    {
                      head: w.state,
                      cell: ({ commitment }) => (
                        <>
                          <Pill tone={commitment.state === 'settled' ? 'good' : commitment.state === 'live' ? 'wait' : 'plain'}>{common[commitment.state]}</Pill>
                          {commitment.allotted !== null && (
                            <p class="hint">
                              {w.allotted}: {count(commitment.allotted)}
                            </p>
                          )}
                          {commitment.cancellableUntil && Date.parse(commitment.cancellableUntil) > (clock.value ?? 0) && (
                            <p class="hint">
                              {w.canCancel} <When time={commitment.cancellableUntil} />
                            </p>
                          )}
                        </>
                      ),
                    },
                    { head: w.keep, cell: ({ round }) => <Receipt to={`/v1/receipts/commitment?contract=${round.address}&person=${own}`} of={round.company} /> },
                  ]}
                />
              )}
            </List>
          </Panel>
        </div>
        <div>
          <Deadlines read={read} />
          <Shown asked={investor}>{({ investor: person }) => <Attestation person={person} />}</Shown>
          <RecoveryKey own={own} identity={investor.data?.investor.identity ?? null} />
          <Offices parts={parts} companies={companies} own={own} />
        </div>
      </div>
      {investor.data && <AsOf at={investor.data.asOf} />}
    </Page>
  );
}

function Receipt({ to, of }: { to: string; of: string }) {
  return (
    <a class="button small" href={to} download aria-label={w.download(of)}>
      {common.download}
    </a>
  );
}

/** A commitment made before the terms were changed, which lapses unless its person agrees to them. */
function toReconfirm(read: Reading) {
  const now = clock.value ?? 0;
  return read.commitments.flatMap(({ commitment, round }) => {
    const full = read.rounds.data?.get(round.address);
    const due = full?.reconfirmBy && Date.parse(full.reconfirmBy) > now && commitment.termsVersion < full.termsVersion;
    return full && due ? [{ round: full, by: full.reconfirmBy as string }] : [];
  });
}

/** The payments that this wallet may veto as a protector, each until its time to object is over. */
function vetoes({ parts }: Reading): Deadline[] {
  return (parts.data ?? []).flatMap(({ trust, vetoable }) =>
    vetoable.map(({ disbursement, tranche, executableFrom }) => ({
      id: `veto-${trust.address}-${disbursement}`,
      time: executableFrom as string,
      name: w.vetoUntil(undirected(trust.company), String(tranche)),
      to: `/trusts/${trust.address}`,
    })),
  );
}

function Decide({ read, own }: { read: Reading; own: Address }) {
  const { claims, parts, companies } = read;
  const failure = claims.failure ?? parts.failure ?? companies.failure;
  const now = clock.value ?? 0;
  const items = [
    ...(claims.data?.claims.votes ?? []).map((vote) => ({
      key: `${vote.vote} ${vote.elector}`,
      to: `/votes/${vote.vote}`,
      name: w.voteIn(undirected(vote.company)),
      more: (
        <>
          {Date.parse(vote.opensAt) > now ? (
            <>
              {w.from} <When time={vote.opensAt} />
            </>
          ) : (
            <>
              {w.until} <When time={vote.closesAt} /> (<FromNow time={vote.closesAt} />)
            </>
          )}{' '}
          · {w.your(choiceWord(vote.choice))}
        </>
      ),
    })),
    ...toReconfirm(read).map(({ round, by }) => ({
      key: round.address,
      to: `/rounds/${round.address}`,
      name: w.reconfirm(undirected(round.company.name)),
      more: (
        <>
          {w.until} <When time={by} /> (<FromNow time={by} />)
        </>
      ),
    })),
    ...(parts.data ?? []).flatMap(({ trust, open }) => open.map((one) => ({ key: `${trust.address} ${one.disbursement}`, to: `/trusts/${trust.address}`, name: w.approve(undirected(trust.company), String(one.tranche)), more: null }))),
    ...vetoes(read).map(({ id, to, name, time }) => ({
      key: id,
      to,
      name,
      more: (
        <>
          {w.until} <When time={time} /> (<FromNow time={time} />)
        </>
      ),
    })),
    ...(companies.data ?? []).filter(({ proposedController }) => same(proposedController, own)).map((one) => ({ key: `company ${one.id}`, to: `/companies/${one.id}`, name: w.takeOver(undirected(one.name)), more: null })),
  ];
  const whole = { data: claims.data && parts.data && companies.data ? items : null, failure };
  return (
    <Panel title={w.decide}>
      <Shown asked={whole}>
        {(all) =>
          all.length === 0 ? (
            <p class="empty">{w.nothingToDecide}</p>
          ) : (
            <ul class="plain">
              {all.map(({ key, to, name, more }) => (
                <li key={key}>
                  <a href={to}>
                    <Text>{name}</Text>
                  </a>{' '}
                  <span class="hint">{more}</span>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Panel>
  );
}

function Claimable({ claims, parts, own }: { claims: Asked<Schemas['ClaimsAnswer']>; parts: Asked<Part[]>; own: Address }) {
  const inShares = (parts.data ?? []).filter(({ shares }) => shares > 0n);
  return (
    <Panel title={w.claimable}>
      <Shown asked={claims}>
        {({ claims: { distributions, rounds, trusts, more } }) => (
          <>
            {distributions.length + rounds.length + trusts.length + inShares.length === 0 && <p class="empty">{w.nothingToClaim}</p>}
            <ul class="plain">
              {distributions.map(({ contract, id, kind, company, currency, due, payable }) => (
                <li key={`${contract} ${id} ${due.holder}`} class="claimable">
                  <span>
                    <a href={`/distributions/${contract}/${id}`}>
                      <Text>{w.distribution(c[kind], undirected(company))}</Text>
                    </a>{' '}
                    <span class="hint">{w.onShares(count(due.shares))}</span>
                  </span>
                  <strong>
                    <Money amount={payable} currency={currency} />
                  </strong>
                  <Act
                    kind="primary"
                    prepare={(from) =>
                      same(due.holder, own) ? prepareCall(contract, 'claim', from, { id: String(id) }) : prepareCall(contract, 'claimFor', from, { id: String(id), holder: due.holder })
                    }
                  >
                    {w.claim}
                  </Act>
                </li>
              ))}
              {rounds.map(({ round, identity, reason, amount }) => (
                <li key={`${round.address} ${identity} ${reason}`} class="claimable">
                  <span>
                    <a href={`/rounds/${round.address}`}>
                      <Text>{w.refundOf(undirected(round.company))}</Text>
                    </a>{' '}
                    <span class="hint">{w[reason]}</span>
                  </span>
                  <strong>
                    <Money amount={amount} currency={round.currency} />
                  </strong>
                  <Act
                    kind="primary"
                    prepare={(from) => (reason === 'not-allotted' ? prepareCall(round.address, 'claimCredit', from, { identity }) : prepare('refund', { from, round: round.address, identity }))}
                  >
                    {w.claim}
                  </Act>
                </li>
              ))}
              {trusts.map(({ trust, company, beneficiary, currency, amount }) => (
                <li key={`${trust} ${beneficiary}`} class="claimable">
                  <a href={`/trusts/${trust}`}>
                    <Text>{w.fromTrust(undirected(company))}</Text>
                  </a>
                  <strong>{amount === null ? w.unknownAmount : <Money amount={amount} currency={currency} />}</strong>
                  <Act kind="primary" prepare={(from) => claimFromTrust(trust, beneficiary, from)}>
                    {w.claim}
                  </Act>
                </li>
              ))}
              {inShares.map(({ trust, shares }) => (
                <li key={`${trust.address} shares`} class="claimable">
                  <a href={`/trusts/${trust.address}`}>
                    <Text>{w.fromTrust(undirected(trust.company))}</Text>
                  </a>
                  <strong>{common.shares(count(shares.toString()))}</strong>
                  <Act kind="primary" prepare={(from) => prepareCall(trust.address, 'claim', from, { beneficiary: wordOf(own), asset: trust.shareClass })}>
                    {w.claim}
                  </Act>
                </li>
              ))}
            </ul>
            {more && <Note>{w.more}</Note>}
          </>
        )}
      </Shown>
    </Panel>
  );
}

async function claimFromTrust(trust: Address, beneficiary: string, from: Address) {
  const answer = await get('/v1/trusts/{address}', { path: { address: trust } });
  return prepareCall(trust, 'claim', from, { beneficiary, asset: answer.trust.settlementToken });
}

function deadlinesOf(read: Reading): Deadline[] {
  const now = clock.value ?? 0;
  const votes = read.claims.data?.claims.votes ?? [];
  const all: Deadline[] = [
    ...votes.flatMap(({ vote, elector, company, opensAt, closesAt }) => [
      { id: `vote-opens-${vote}-${elector}`, time: opensAt, name: w.voteOpens(undirected(company)), to: `/votes/${vote}` },
      { id: `vote-closes-${vote}-${elector}`, time: closesAt, name: w.voteCloses(undirected(company)), to: `/votes/${vote}` },
    ]),
    ...toReconfirm(read).map(({ round, by }) => ({ id: `reconfirm-${round.address}`, time: by, name: w.reconfirmBy(undirected(round.company.name)), to: `/rounds/${round.address}` })),
    ...read.commitments.flatMap(({ round, commitment }) => [
      ...(commitment.cancellableUntil ? [{ id: `cancel-${round.address}`, time: commitment.cancellableUntil, name: w.cancelUntil(undirected(round.company)), to: `/rounds/${round.address}` }] : []),
      { id: `deadline-${round.address}`, time: round.deadline, name: w.roundCloses(undirected(round.company)), to: `/rounds/${round.address}` },
    ]),
    ...vetoes(read),
    ...(read.recoveries.data?.against ?? []).flatMap(({ subject, executableFrom }) => (executableFrom ? [{ id: `object-${subject}`, time: executableFrom, name: w.objectUntil, to: '/me' }] : [])),
    ...(read.lots ?? []).flatMap(({ holding: { shareClass, company }, lots }) =>
      lots.map(({ shares, lockedUntil }) => ({
        id: `lot-${shareClass.address}-${lockedUntil}`,
        time: new Date(Number(lockedUntil) * 1000).toISOString().replace('.000', ''),
        name: w.unlocks(count(shares), undirected(company.name)),
        to: `/share-classes/${shareClass.address}`,
      })),
    ),
    ...(read.investor?.expiresAt ? [{ id: 'attestation', time: read.investor.expiresAt, name: w.attestationEnds, to: '/me' }] : []),
  ];
  return all.filter(({ time }) => Date.parse(time) > now).sort((a, b) => a.time.localeCompare(b.time));
}

function Deadlines({ read }: { read: Reading }) {
  const deadlines = deadlinesOf(read);
  const save = () => {
    const file = calendar(deadlines, new Date(clock.value ?? Date.now()).toISOString(), location.origin);
    const link = document.createElement('a');
    const blob = URL.createObjectURL(new Blob([file], { type: 'text/calendar' }));
    link.href = blob;
    link.download = 'fundtrail.ics';
    link.click();
    URL.revokeObjectURL(blob);
  };
  return (
    <Panel title={w.deadlines}>
      {deadlines.length === 0 ? (
        <p class="empty">{w.noDeadline}</p>
      ) : (
        <>
          <ul class="plain">
            {deadlines.map(({ id, time, name, to }) => (
              <li key={id}>
                <a href={to}>
                  <Text>{name}</Text>
                </a>
                <br />
                <span class="hint">
                  <When time={time} /> (<FromNow time={time} />)
                </span>
              </li>
            ))}
          </ul>
          <button type="button" class="button" onClick={save}>
            {w.calendar}
          </button>
          <p class="hint">{w.calendarHint}</p>
        </>
      )}
    </Panel>
  );
}

function Attestation({ person }: { person: Schemas['Investor'] }) {
  const expired = person.expiresAt !== null && Date.parse(person.expiresAt) <= (clock.value ?? 0);
  return (
    <Panel title={w.attestation}>
      {!person.attested ? (
        <Note tone="wait">{w.notAttested}</Note>
      ) : person.revoked ? (
        <Note tone="bad">{w.revoked}</Note>
      ) : expired ? (
        <Note tone="bad">{w.expired}</Note>
      ) : (
        person.eligible && <Note tone="good">{w.eligible}</Note>
      )}
      {person.attested && (
        <Facts>
          {person.category && <Fact name={w.category}>{common[person.category]}</Fact>}
          {person.country && <Fact name={w.country}>{person.country}</Fact>}
          {person.expiresAt && (
            <Fact name={w.expires}>
              <When time={person.expiresAt} dateOnly /> (<FromNow time={person.expiresAt} />)
            </Fact>
          )}
          {person.withholdingBps !== null && <Fact name={w.withholding}>{percentOfBps(person.withholdingBps)}</Fact>}
          {person.identity && (
            <Fact name={w.identity}>
              <Hex value={person.identity} />
            </Fact>
          )}
          {person.dossier && (
            <Fact name={w.dossier}>
              <Hex value={person.dossier} />
            </Fact>
          )}
        </Facts>
      )}
      {person.attested && (
        <>
          <h3>{w.limits}</h3>
          <p class="hint">{w.limitsLead}</p>
          {person.limits.length === 0 && <p class="empty">{w.noLimit}</p>}
          {person.limits.map(({ regime, currency, attested, used }) => {
            const decimals = Math.max(used.split('.')[1]?.length ?? 0, attested?.split('.')[1]?.length ?? 0);
            const limit = attested === null ? null : (smallestUnits(attested, decimals) ?? 0n);
            const taken = smallestUnits(used, decimals) ?? 0n;
            return (
              <div key={`${regime} ${currency}`}>
                <p>
                  <strong>
                    <Text>{regimeName(regime)}</Text>
                  </strong>
                </p>
                {limit !== null && attested !== null && limit > 0n && <Progress reached={Number((taken * 10_000n) / limit) / 10_000} label={w.usedOf(money(used, currency), money(attested, currency))} />}
                <Facts>
                  <Fact name={w.limit}>{attested === null ? w.unattested : <Money amount={attested} currency={currency} />}</Fact>
                  <Fact name={w.used}>
                    <Money amount={used} currency={currency} />
                  </Fact>
                  {limit !== null && (
                    <Fact name={w.left}>
                      <Money amount={fromSmallestUnits(limit > taken ? limit - taken : 0n, decimals)} currency={currency} />
                    </Fact>
                  )}
                </Facts>
              </div>
            );
          })}
        </>
      )}
    </Panel>
  );
}

/** What would take the reader's wallet's place: nothing is more urgent. */
function Pending({ recoveries }: { recoveries: Recoveries | null }) {
  const recovery = status.value?.contracts?.recovery;
  if (!recovery || recoveries === null) return null;
  return (
    <>
      {recoveries.against.map(({ subject, kind, newWallet, heir, documentHash, executableFrom }) => (
        <Note key={subject} tone="bad">
          <strong>{kind === 'controller-key' ? w.pendingCompany : w.pending}</strong>
          <p>{w.pendingText}</p>
          <Facts>
            {newWallet && (
              <Fact name={w.newWallet}>
                <Hex value={newWallet} />
              </Fact>
            )}
            {heir && (
              <Fact name={w.heir}>
                <Hex value={heir} />
              </Fact>
            )}
            <Fact name={c.document}>
              <Hex value={documentHash} />
            </Fact>
          </Facts>
          <p>
            {executableFrom ? (
              <>
                {w.objectFrom} <When time={executableFrom} />
              </>
            ) : (
              w.notConfirmed
            )}
          </p>
          <Act kind="danger" prepare={(from) => prepareCall(recovery, 'object', from, { subject })}>
            {w.object}
          </Act>
        </Note>
      ))}
      {recoveries.confirmable.map(({ subject, oldWallet, newWallet, documentHash }) => (
        <Note key={subject} tone="wait">
          <strong>{w.confirmable}</strong>
          <Facts>
            <Fact name={common.wallet}>
              <Hex value={oldWallet} />
            </Fact>
            {newWallet && (
              <Fact name={w.newWallet}>
                <Hex value={newWallet} />
              </Fact>
            )}
            <Fact name={c.document}>
              <Hex value={documentHash} />
            </Fact>
          </Facts>
          <Act prepare={(from) => prepareCall(recovery, 'confirmWithKey', from, { identity: subject, documentHash })}>{w.confirm}</Act>
        </Note>
      ))}
    </>
  );
}

function RecoveryKey({ own, identity }: { own: Address; identity: string | null }) {
  const recovery = status.value?.contracts?.recovery;
  const key = useAsked(recovery && identity ? `recovery key ${own}` : null, async () => ({ key: await (await import('../company/chain')).recoveryKeyOf(recovery as Address, identity as string) }));
  const [given, setGiven] = useState('');
  if (!recovery || identity === null) return null;
  const name = (address: Address) => (from: Address) => prepareCall(recovery, 'nameRecoveryKey', from, { key: address });
  return (
    <Panel title={w.recovery}>
      <p class="hint">{w.recoveryLead}</p>
      <Shown asked={key}>
        {({ key: named }) => (
          <>
            <p>{named ? <>{w.yourKey}: <Hex value={named} /></> : w.noKey}</p>
            <Doing name={w.nameKey} hint={w.keyHint}>
              <TextField label={w.keyField} value={given} onInput={setGiven} wrong={wrong(isAddress, given)} maxLength={42} />
              <div class="whole actions">
                <Act kind="primary" disabled={isAddress(given) !== null} prepare={name(given)} onDone={() => setGiven('')}>
                  {w.nameKey}
                </Act>
                {named && <Act prepare={name(ZERO_ADDRESS)}>{w.forgetKey}</Act>}
              </div>
            </Doing>
          </>
        )}
      </Shown>
    </Panel>
  );
}

function Offices({ parts, companies, own }: { parts: Asked<Part[]>; companies: Asked<Schemas['RegisteredCompany'][]>; own: Address }) {
  const acting = (companies.data ?? []).filter(({ controller }) => same(controller, own));
  const seats = (parts.data ?? []).filter(({ isTrustee }) => isTrustee);
  if (acting.length + seats.length === 0) return null;
  return (
    <Panel title={w.offices}>
      <ul class="plain">
        {acting.map((one) => (
          <li key={one.id}>
            <a href={`/companies/${one.id}`}>
              <Name>{one.name}</Name>
            </a>
          </li>
        ))}
        {seats.map(({ trust }) => (
          <li key={trust.address}>
            {w.seat}{' '}
            <a href={`/trusts/${trust.address}`}>
              <Name>{trust.company}</Name>
            </a>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
