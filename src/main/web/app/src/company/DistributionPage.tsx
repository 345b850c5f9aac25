import { useState } from 'preact/hooks';
import { getAll, prepareCall, type Address, type Schemas } from '../api';
import { count, money, percent, percentOfBps, ratio, short, smallestUnits } from '../format';
import { words } from '../language';
import { clock } from '../live';
import { Verify } from '../proof/Verify';
import { Act } from '../signing/act';
import { undirected } from '../signing/known';
import { isAddress, TextField, Tick } from '../ui/form';
import { AsOf, Count, Fact, Facts, Hex, List, Money, Name, Note, Page, Panel, Pill, Progress, Shown, Table, Text, When } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, useAsked, usePages } from '../useAnswer';
import { account, same } from '../wallet/wallet';
import { Declare } from './Office';
import { Doing, KnownDocument, useNoted, wrong, ZERO_ADDRESS } from './parts';
import { company as c, decimalsOf, distributionTone, inUnits } from './words';

const w = words(
  {
    title: (kind: string, id: string) => `${kind} no. ${id}`,
    to: (name: string) => `To the holders of ${name}`,
    figures: 'What is paid out',
    amount: 'Declared',
    pool: 'Shared out',
    poolHint: 'what earlier divisions left included',
    entitled: 'Shares that are entitled',
    treasury: 'Shares of the company itself, not entitled',
    paid: 'Paid',
    withheld: 'Withheld as tax',
    unclaimed: 'Not yet claimed',
    unclaimedHint: 'waits for its holders and is never swept',
    carried: 'Carried to the next',
    document: 'Resolution',
    declared: 'Declared on',
    progress: (part: string) => `${part} of what is shared out was claimed`,
    solvency: 'The contract holds at least what it owes to all.',
    solvencyLabel: 'what the contract holds and owes',
    perShare: 'For each share',
    yours: 'What you are due',
    connect: 'Connect a wallet to see what you are due.',
    nothingDue: 'Your wallet is due nothing of this now: it held no shares before the record date, or was paid already.',
    notYet: 'What each holder is due is settled at the record date.',
    nextBlock: 'The record date has just passed. What you are due is shown with the chain’s next block; opening the claims makes one.',
    due: (amount: string, shares: string) => `${amount} on ${shares} shares`,
    forWallet: (wallet: string) => `for the wallet ${wallet}, whose place yours took`,
    withholding: (bps: string, amount: string) => `${bps} of it, ${amount}, is withheld and goes to the company as withholding agent.`,
    claim: 'Claim',
    payee: 'Paid to',
    yourself: 'your own wallet',
    setPayee: 'Be paid elsewhere',
    setPayeeHint: 'For all that this contract will pay you, until you change it.',
    payeeField: 'Wallet to be paid',
    payeeReset: 'Be paid to your own wallet again',
    holders: 'Every holder’s part',
    holdersLead: 'Shares times the amount, divided by all entitled shares, rounded down to the token’s smallest unit. Anyone may have a holder paid: the money goes to the holder.',
    provisional: 'Claims are not open yet: these are the figures that would hold if they were opened now.',
    noHolder: 'The record date has not passed.',
    entitlement: 'Due',
    claimed: 'Paid on',
    waiting: 'waiting',
    choose: (wallet: string) => `Choose ${wallet}`,
    payOne: 'Pay',
    payChosen: (n: string) => `Pay the ${n} chosen`,
    claims: 'Payments in their order',
    noClaim: 'Nobody was paid yet.',
    next: 'What is to be done',
    fund: 'Fund it',
    fundHint: 'It was declared and waits for its money. Anyone may pay it, in whole.',
    fundFromSurplus: 'Fund it with what was sent to the contract',
    fundFromSurplusHint: 'For money that a trust’s disbursement brought here.',
    openClaims: 'Open the claims',
    openClaimsHint: 'It is funded, and its record date has passed. The first claim opens them too.',
    openClaimsLater: 'It is funded. Claims open once the record date has passed:',
    payCompany: 'Pay the company',
    payCompanyHint: (amount: string) => `${amount} waits for the company: withheld as tax, or returned. Anyone may have it paid, to whoever acts for the company.`,
    note: 'Fix withholding rates',
    noteHint: 'Before the record date, anyone may fix the rates that the registrar attests now. A holder for whom nobody does is paid in full.',
    follow: 'After a recovery: pay the wallet that took a holder’s place',
    followHint: 'Anyone may do this once the recovery was carried out.',
    oldWallet: 'The old wallet',
    another: 'Declare another',
    nothing: 'Nothing: holders claim in their own time.',
    returned: 'Nobody but the company held shares at the record date, so it has the money back.',
  },
  {
    title: (kind, id) => `第 ${id} 次分配：${kind}`,
    to: (name) => `支付给 ${name} 的持有人`,
    figures: '分配内容',
    amount: '宣布金额',
    pool: '分配总额',
    poolHint: '含以往未能除尽的余额',
    entitled: '有权参与的股份',
    treasury: '公司自有、不参与的股份',
    paid: '已支付',
    withheld: '预扣税款',
    unclaimed: '尚未领取',
    unclaimedHint: '为持有人保留，不会被收走',
    carried: '结转下次',
    document: '决议',
    declared: '宣布日期',
    progress: (part) => `分配总额的 ${part} 已领取`,
    solvency: '合约持有的不少于其对所有人的应付。',
    solvencyLabel: '合约的持有与应付',
    perShare: '每股',
    yours: '您应得的款项',
    connect: '连接钱包以查看您应得的款项。',
    nothingDue: '您的钱包目前没有应得款项：登记日前未持股，或已获支付。',
    notYet: '各持有人的应得份额于登记日确定。',
    nextBlock: '登记日刚刚过去。您应得的款项将随链上下一个区块显示；开放领取即产生一个区块。',
    due: (amount, shares) => `${amount}，基于 ${shares} 股`,
    forWallet: (wallet) => `归属于由您的钱包接替的 ${wallet}`,
    withholding: (bps, amount) => `其中 ${bps}，即 ${amount}，被预扣，交由公司作为扣缴义务人。`,
    claim: '领取',
    payee: '支付给',
    yourself: '您自己的钱包',
    setPayee: '指定其他收款人',
    setPayeeHint: '适用于本合约今后付给您的全部款项，直至您更改。',
    payeeField: '收款钱包',
    payeeReset: '恢复支付给您自己的钱包',
    holders: '各持有人的份额',
    holdersLead: '股数乘以金额，除以全部有权股份，向下舍入至代币最小单位。任何人都可以为持有人发起支付：款项归持有人。',
    provisional: '领取尚未开放：以下为若现在开放时的数额。',
    noHolder: '登记日尚未过去。',
    entitlement: '应得',
    claimed: '支付时间',
    waiting: '待领取',
    choose: (wallet) => `选择 ${wallet}`,
    payOne: '支付',
    payChosen: (n) => `支付所选 ${n} 位`,
    claims: '支付记录，按先后顺序',
    noClaim: '尚未支付任何人。',
    next: '待办事项',
    fund: '拨付',
    fundHint: '已宣布，等待资金。任何人都可以全额拨付。',
    fundFromSurplus: '以已转入合约的款项拨付',
    fundFromSurplusHint: '用于信托拨付转入的款项。',
    openClaims: '开放领取',
    openClaimsHint: '已拨款且登记日已过。首次领取也会开放。',
    openClaimsLater: '已拨款。登记日过后开放领取：',
    payCompany: '支付给公司',
    payCompanyHint: (amount) => `${amount} 待付给公司：预扣税款或退回款项。任何人都可以发起支付，款项付给代表公司行事者。`,
    note: '确定预扣税率',
    noteHint: '登记日之前，任何人都可以确定登记员目前证明的税率。未确定者全额获付。',
    follow: '恢复之后：支付给接替持有人的钱包',
    followHint: '恢复执行后，任何人都可以操作。',
    oldWallet: '旧钱包',
    another: '再次宣布分配',
    nothing: '无：持有人自行领取。',
    returned: '登记日除公司外无人持股，款项已退回公司。',
  },
);

type Distribution = Schemas['Distribution'];

export default function DistributionPage({ address, id }: { address: Address; id: string }) {
  const asked = useAnswer('/v1/distributions/{address}/{id}', { path: { address, id: Number(id) } });
  return <Shown asked={asked}>{({ distribution, asOf }) => <One distribution={distribution} asOf={asOf} />}</Shown>;
}

function One({ distribution: d, asOf }: { distribution: Distribution; asOf: Schemas['AsOf'] }) {
  const company = useAnswer('/v1/companies/{id}', { path: { id: d.companyId } });
  const controller = company.data?.company.controller ?? null;
  useNoted(
    [
      [d.contract, { contract: 'Distribution', name: d.shareClassName, unit: d.currency, decimals: decimalsOf(d.settlementToken) }],
      [d.shareClass, { contract: 'ShareToken', name: d.shareClassName }],
      ...(controller ? [[controller, { name: d.company }] as const] : []),
    ],
    company.data ?? d,
  );
  const passed = d.recordDate.at !== null && clock.value !== null && Date.parse(d.recordDate.at) <= clock.value;
  const payable = d.status === 'open' || (d.status === 'funded' && passed);
  const claimed = whole(d.paid) + whole(d.withheld);
  return (
    <Page
      title={w.title(c[d.kind], count(d.id))}
      lead={
        <>
          <a href={`/companies/${d.companyId}`}>
            <Name>{d.company}</Name>
          </a>{' '}
          ·{' '}
          <a href={`/share-classes/${d.shareClass}`}>
            <Text>{w.to(undirected(d.shareClassName))}</Text>
          </a>
        </>
      }
    >
      <div class="columns">
        <div>
          <Panel title={w.figures} aside={<Pill tone={distributionTone(d.status)}>{c[d.status]}</Pill>}>
            {d.status === 'returned' && <Note>{w.returned}</Note>}
            <p class="raised">
              <strong>
                <Money amount={d.amount} currency={d.currency} />
              </strong>{' '}
              {c.recordDate}: {d.recordDate.at ? <When time={d.recordDate.at} /> : common.none}
            </p>
            {d.status === 'open' && <Progress reached={ratio(claimed, whole(d.pool))} label={w.progress(percent(claimed, whole(d.pool)))} />}
            <Facts wide>
              {d.status === 'open' && (
                <>
                  <Fact name={w.pool}>
                    <Money amount={d.pool} currency={d.currency} /> <span class="hint">{w.poolHint}</span>
                  </Fact>
                  <Fact name={w.entitled}>
                    <Count value={d.entitledShares} />
                  </Fact>
                  <Fact name={w.treasury}>
                    <Count value={d.treasuryShares} />
                  </Fact>
                  <Fact name={w.paid}>
                    <Money amount={d.paid} currency={d.currency} />
                  </Fact>
                  <Fact name={w.withheld}>
                    <Money amount={d.withheld} currency={d.currency} />
                  </Fact>
                  <Fact name={w.unclaimed}>
                    <Money amount={d.unclaimed} currency={d.currency} /> <span class="hint">{w.unclaimedHint}</span>
                  </Fact>
                  <Fact name={w.carried}>
                    <Money amount={d.carried} currency={d.currency} />
                  </Fact>
                </>
              )}
              <Fact name={w.declared}>
                <When time={d.declaredAt} />
              </Fact>
              <Fact name={w.document}>
                <KnownDocument hash={d.documentHash} />
              </Fact>
              <Fact name={common.contract}>
                <Hex value={d.contract} to={`/audit/${d.contract}`} />
              </Fact>
            </Facts>
            <p>
              {w.solvency} <Verify proof="/v1/proofs/solvency" query={{ contract: d.contract, block: asOf.blockNumber }} label={w.solvencyLabel} />
            </p>
          </Panel>
          <Holders distribution={d} payable={payable} passed={passed} />
        </div>
        <div>
          <Yours distribution={d} passed={passed} />
          <Next distribution={d} controller={controller} passed={passed} />
        </div>
      </div>
      <Claims distribution={d} />
      <AsOf at={asOf} />
    </Page>
  );
}

const MOST_DECIMALS = 18;

/** An amount as a whole number, for comparing it with another. */
const whole = (amount: string) => smallestUnits(amount, MOST_DECIMALS) ?? 0n;

function Yours({ distribution: d, passed }: { distribution: Distribution; passed: boolean }) {
  const own = account.value;
  const claims = useAnswer(own ? '/v1/investors/{person}/claims' : null, { path: { person: own ?? '' } });
  const payee = useAsked(own && `payee ${d.contract} ${own}`, async () => (await import('./chain')).payeeOf(d.contract, own as Address));
  const [given, setGiven] = useState('');
  const set = (to: Address) => (from: Address) => prepareCall(d.contract, 'setPayee', from, { payee: to });
  if (own === null) {
    return (
      <Panel title={w.yours}>
        <p class="hint">{w.connect}</p>
      </Panel>
    );
  }
  return (
    <Panel title={w.yours}>
      <Shown asked={claims}>
        {({ claims: { distributions }, asOf }) => {
          const mine = distributions.filter(({ contract, id }) => contract === d.contract && id === d.id);
          const shown = d.recordDate.at !== null && Date.parse(d.recordDate.at) <= Date.parse(asOf.time);
          if (mine.length === 0) return <p class="hint">{shown ? w.nothingDue : passed ? w.nextBlock : w.notYet}</p>;
          return (
            <>
              {mine.map(({ due, payable }) => (
                <div key={due.holder}>
                  <p class="raised">
                    <strong>
                      <Money amount={payable} currency={d.currency} />
                    </strong>
                  </p>
                  <p>
                    {w.due(money(due.entitlement, d.currency), count(due.shares))} {!same(due.holder, own) && w.forWallet(short(due.holder))}
                  </p>
                  {due.withholdingBps > 0 && <p class="hint">{w.withholding(percentOfBps(due.withholdingBps), money(due.withheld, d.currency))}</p>}
                  <Act
                    kind="primary"
                    prepare={(from) =>
                      same(due.holder, own) ? prepareCall(d.contract, 'claim', from, { id: String(d.id) }) : prepareCall(d.contract, 'claimFor', from, { id: String(d.id), holder: due.holder })
                    }
                  >
                    {w.claim}
                  </Act>
                </div>
              ))}
            </>
          );
        }}
      </Shown>
      <Doing name={w.setPayee} hint={w.setPayeeHint}>
        <p class="whole hint">
          {w.payee}: {payee.data ? <Hex value={payee.data} /> : w.yourself}
        </p>
        <TextField label={w.payeeField} value={given} onInput={setGiven} wrong={wrong(isAddress, given)} maxLength={42} />
        <div class="whole actions">
          <Act kind="primary" disabled={isAddress(given) !== null} prepare={set(given)} onDone={() => setGiven('')}>
            {w.setPayee}
          </Act>
          {payee.data && <Act prepare={set(ZERO_ADDRESS)}>{w.payeeReset}</Act>}
        </div>
      </Doing>
    </Panel>
  );
}

function Holders({ distribution: d, payable, passed }: { distribution: Distribution; payable: boolean; passed: boolean }) {
  const holders = usePages('/v1/distributions/{address}/{id}/holders', { path: { address: d.contract, id: d.id }, query: { limit: 50 } }, (page) => page.holders);
  const [chosen, setChosen] = useState<ReadonlySet<Address>>(new Set());
  const id = String(d.id);
  return (
    <Panel title={w.holders}>
      <p class="hint">{w.holdersLead}</p>
      {passed && d.status !== 'open' && d.status !== 'returned' && <Note>{w.provisional}</Note>}
      <List pages={holders} empty={w.noHolder}>
        {(items) => {
          const unpaid = [...chosen].filter((one) => items.some(({ holder, claimedAt }) => holder === one && claimedAt === null));
          return (
            <>
              <Table
                caption={w.holders}
                rows={items}
                rowKey={({ holder }) => holder}
                columns={[
                  {
                    head: c.holder,
                    cell: ({ holder, payee, claimedAt }) => (
                      <>
                        {payable && claimedAt === null && (
                          <Tick
                            label={<span class="unseen">{w.choose(short(holder))}</span>}
                            checked={chosen.has(holder)}
                            onInput={(checked) => setChosen(new Set(checked ? [...chosen, holder] : [...chosen].filter((one) => one !== holder)))}
                          />
                        )}
                        <Hex value={holder} />
                        {payee !== holder && (
                          <p class="hint">
                            {w.payee} <Hex value={payee} />
                          </p>
                        )}
                      </>
                    ),
                  },
                  {
                    head: c.shares,
                    number: true,
                    cell: ({ holder, shares }) => (
                      <>
                        <Count value={shares} />{' '}
                        {d.recordDate.index > 0 && passed && (
                          <Verify proof="/v1/proofs/holding" query={{ contract: d.shareClass, wallet: holder, recordDate: d.recordDate.index }} shown={{ balance: shares }} label={short(holder)} />
                        )}
                      </>
                    ),
                  },
                  { head: w.entitlement, number: true, cell: ({ entitlement }) => <Money amount={entitlement} currency={d.currency} /> },
                  { head: w.withheld, number: true, cell: ({ withheld }) => <Money amount={withheld} currency={d.currency} /> },
                  {
                    head: w.paid,
                    number: true,
                    cell: ({ holder, paid, claimedAt }) =>
                      claimedAt !== null && paid !== null ? (
                        <>
                          <Money amount={paid} currency={d.currency} />
                          <span class="hint">
                            {' '}
                            <When time={claimedAt} dateOnly />
                          </span>
                        </>
                      ) : payable ? (
                        <Act prepare={(from) => prepareCall(d.contract, 'claimFor', from, { id, holder })}>{w.payOne}</Act>
                      ) : (
                        w.waiting
                      ),
                  },
                ]}
              />
              {unpaid.length > 0 && (
                <p>
                  <Act kind="primary" prepare={(from) => prepareCall(d.contract, 'claimMany', from, { id, holders: unpaid })} onDone={() => setChosen(new Set())}>
                    {w.payChosen(count(unpaid.length))}
                  </Act>
                </p>
              )}
            </>
          );
        }}
      </List>
    </Panel>
  );
}

function Claims({ distribution: d }: { distribution: Distribution }) {
  const claims = usePages('/v1/distributions/{address}/{id}/claims', { path: { address: d.contract, id: d.id }, query: { limit: 20 } }, (page) => page.claims);
  return (
    <Panel title={w.claims}>
      <List pages={claims} empty={w.noClaim}>
        {(items) => (
          <Table
            caption={w.claims}
            rows={items}
            rowKey={({ holder }) => holder}
            columns={[
              { head: w.claimed, cell: ({ claimedAt }) => <When time={claimedAt} /> },
              { head: c.holder, cell: ({ holder }) => <Hex value={holder} /> },
              { head: w.payee, cell: ({ payee }) => <Hex value={payee} /> },
              { head: w.withheld, number: true, cell: ({ withheld }) => <Money amount={withheld} currency={d.currency} /> },
              { head: w.paid, number: true, cell: ({ paid }) => <Money amount={paid} currency={d.currency} /> },
            ]}
          />
        )}
      </List>
    </Panel>
  );
}

const MOST_NOTED = 100;

/** What anybody, and the controller, can do to bring it about. */
function Next({ distribution: d, controller, passed }: { distribution: Distribution; controller: Address | null; passed: boolean }) {
  const credit = useAsked(`credit ${d.contract}`, async () => (await import('./chain')).companyCredit(d.contract));
  const acts = same(account.value, controller);
  const [old, setOld] = useState('');
  const id = String(d.id);
  const units = String(smallestUnits(d.amount, decimalsOf(d.settlementToken)) ?? 0n);
  const noteRates = async (from: Address) => {
    const holders = await getAll('/v1/share-classes/{address}/holders', { path: { address: d.shareClass } }, (page) => page.holders);
    return prepareCall(d.contract, 'noteWithholding', from, { recordDate: String(d.recordDate.index), holders: holders.slice(0, MOST_NOTED).map(({ wallet }) => wallet) });
  };
  return (
    <Panel title={w.next}>
      {d.status === 'declared' && (
        <>
          <p class="hint">{w.fundHint}</p>
          <Act kind="primary" prepare={(from) => prepareCall(d.contract, 'fund', from, { id }, { token: d.settlementToken, amount: units })}>
            {w.fund}
          </Act>
          {acts && (
            <>
              <p class="hint">{w.fundFromSurplusHint}</p>
              <Act prepare={(from) => prepareCall(d.contract, 'fundFromSurplus', from, { id })}>{w.fundFromSurplus}</Act>
            </>
          )}
        </>
      )}
      {d.status === 'funded' &&
        (passed ? (
          <>
            <p class="hint">{w.openClaimsHint}</p>
            <Act kind="primary" prepare={(from) => prepareCall(d.contract, 'openClaims', from, { id })}>
              {w.openClaims}
            </Act>
          </>
        ) : (
          <p class="hint">
            {w.openClaimsLater} {d.recordDate.at && <When time={d.recordDate.at} />}
          </p>
        ))}
      {d.status === 'open' && <p class="hint">{w.nothing}</p>}
      {credit.data !== null && credit.data > 0n && (
        <>
          <p class="hint">{w.payCompanyHint(money(inUnits(credit.data, d.settlementToken), d.currency))}</p>
          <Act prepare={(from) => prepareCall(d.contract, 'payCompany', from, {})}>{w.payCompany}</Act>
        </>
      )}
      {d.kind === 'dividend' && !passed && d.recordDate.index > 0 && (
        <Doing name={w.note} hint={w.noteHint}>
          <div class="whole">
            <Act prepare={noteRates}>{w.note}</Act>
          </div>
        </Doing>
      )}
      <Doing name={w.follow} hint={w.followHint}>
        <TextField label={w.oldWallet} value={old} onInput={setOld} wrong={wrong(isAddress, old)} maxLength={42} />
        <div class="whole">
          <Act disabled={isAddress(old) !== null} prepare={(from) => prepareCall(d.contract, 'followSuccessor', from, { holder: old })} onDone={() => setOld('')}>
            {w.follow}
          </Act>
        </div>
      </Doing>
      {acts && (
        <Doing name={w.another}>
          <Declare payer={{ contract: d.contract, shareClass: d.shareClass, token: d.settlementToken }} />
        </Doing>
      )}
    </Panel>
  );
}
