import { useState } from 'preact/hooks';
import { get, getAll, prepareCall, type Address, type Hash, type Schemas } from '../api';
import { count, percent, percentOfBps, ratio, short } from '../format';
import { words } from '../language';
import { clock } from '../live';
import { PartsBar } from '../chart/charts';
import { Verify } from '../proof/Verify';
import { Act } from '../signing/act';
import { Choice as Select, isAddress, isPositive, TextField } from '../ui/form';
import { AsOf, Count, Fact, Facts, Hex, List, Name, Note, Page, Panel, Pill, Progress, Shown, Table, TimeLine, When } from '../ui/parts';
import { common } from '../ui/words';
import { useAnswer, useAsked, usePages } from '../useAnswer';
import { account, same } from '../wallet/wallet';
import { Doing, KnownDocument, unpadded, useNoted, wrong } from './parts';
import { choiceWord, company as c, outcomeTone } from './words';

const w = words(
  {
    title: 'Vote of the holders',
    question: 'What is asked',
    resolution: 'The resolution in this document. The chain knows the document by its hash; the company shows the document itself.',
    binds: 'The outcome binds',
    motion: 'The investors vote on the motion',
    subject: 'What exactly is decided, by its hash',
    whoVotes: 'Who votes',
    holdersOf: 'Holders of',
    atRecordDate: (index: string) => `at record date no. ${index}`,
    allotted: 'Those to whom this round allotted shares:',
    opens: 'Opens',
    closes: 'Closes',
    opened: 'Vote opened on the chain',
    result: 'Count',
    quorum: 'Quorum',
    quorumText: (reached: string, needed: string) => `${reached} of all votes were cast; ${needed} are needed.`,
    majority: 'Majority',
    majorityText: (reached: string, needed: string) => `${reached} of the votes for and against are for; ${needed} are needed, and more for than against.`,
    noBallotYet: 'No ballot was cast yet.',
    totalVotes: 'All votes that could be cast',
    ballots: 'Ballots',
    chart: 'Votes for, against and abstaining',
    others: 'Others',
    issuerNot: 'Shares that the issuer holds do not vote.',
    yours: 'Your ballot',
    connect: 'Connect a wallet to vote.',
    notElector: 'Your wallet has no vote in this: it held none of these shares just before the record date.',
    notOpen: 'Voting has not begun.',
    closed: 'Voting is over. The outcome stands.',
    weight: (n: string) => `${n} ${n === '1' ? 'vote' : 'votes'}`,
    asProxyOf: (name: string) => `as the proxy of ${name}`,
    standing: (choice: string) => `The ballot that stands: ${choice}. It can be changed until the close.`,
    castByElector: 'Its elector cast this ballot itself; a proxy does not change it.',
    proxy: 'Appoint a proxy',
    proxyHint: 'It may vote for you until you revoke it. You can still vote yourself; then your own ballot counts.',
    proxyField: 'Wallet of the proxy',
    yourProxy: 'Your proxy',
    revoke: 'Revoke the proxy',
    all: 'Ballots',
    none: 'Nobody has voted yet.',
    elector: 'Elector',
    choice: 'Ballot',
    votes: 'Votes',
    castBy: 'Cast by',
    changed: 'Last changed',
    raise: 'Carry out: raise the authorised number',
    raiseHint: 'The vote passed on one exact number, which the chain keeps as a hash. Enter the number; it is compared here first.',
    number: 'New authorised number',
    isIt: 'This is the number that was decided.',
    isNotIt: 'Another number was decided.',
    instruct: 'Instruct a trust’s ballot',
    instructHint: 'As a trustee: once as many trustees in office say the same as the deed asks for, that is the trust’s ballot.',
    trust: 'Trust',
    proof: 'Every event of this vote, complete, is proven against the chain:',
    proofLabel: 'history of the vote',
  },
  {
    title: '持有人表决',
    question: '表决事项',
    resolution: '本文件中的决议。链上以哈希识别该文件；文件本身由公司提供。',
    binds: '结果约束',
    motion: '投资者就以下动议表决',
    subject: '决定内容的哈希',
    whoVotes: '表决人',
    holdersOf: '持有人，类别：',
    atRecordDate: (index) => `以第 ${index} 个登记日为准`,
    allotted: '在该轮次中获配股份者：',
    opens: '开放',
    closes: '截止',
    opened: '在链上发起表决',
    result: '计票',
    quorum: '法定人数',
    quorumText: (reached, needed) => `已投全部表决权的 ${reached}；需要 ${needed}。`,
    majority: '多数',
    majorityText: (reached, needed) => `赞成占赞成与反对之和的 ${reached}；需要 ${needed}，且赞成多于反对。`,
    noBallotYet: '尚无人投票。',
    totalVotes: '全部可投表决权',
    ballots: '选票数',
    chart: '赞成、反对与弃权的票数',
    others: '其他',
    issuerNot: '发行人自己持有的股份不参与表决。',
    yours: '您的选票',
    connect: '连接钱包以投票。',
    notElector: '您的钱包在此没有表决权：登记日前一刻未持有相关股份。',
    notOpen: '投票尚未开始。',
    closed: '投票已结束，结果确定。',
    weight: (n) => `${n} 票`,
    asProxyOf: (name) => `作为 ${name} 的代理人`,
    standing: (choice) => `目前有效的选票：${choice}。截止前可以更改。`,
    castByElector: '该表决人已自行投票；代理人不能更改。',
    proxy: '委托代理人',
    proxyHint: '在您撤销之前它可以代您投票。您仍可自行投票，届时以您自己的选票为准。',
    proxyField: '代理人钱包',
    yourProxy: '您的代理人',
    revoke: '撤销委托',
    all: '选票',
    none: '尚无人投票。',
    elector: '表决人',
    choice: '选择',
    votes: '票数',
    castBy: '投票者',
    changed: '最后更改',
    raise: '执行：提高授权股数',
    raiseHint: '表决针对一个确切的数字，链上保存其哈希。输入该数字，将先在此比对。',
    number: '新的授权股数',
    isIt: '这正是所决定的数字。',
    isNotIt: '所决定的是另一个数字。',
    instruct: '指示信托的选票',
    instructHint: '作为受托人：当作出相同指示的在任受托人达到信托文件要求的人数时，即为信托的选票。',
    trust: '信托',
    proof: '本次表决的全部事件，可依据链上数据证明完整无缺：',
    proofLabel: '表决历史',
  },
);

type Vote = Schemas['Vote'];
const CHOICES = [
  ['1', 'for'],
  ['2', 'against'],
  ['3', 'abstain'],
] as const;

export default function VotePage({ address }: { address: Address }) {
  const asked = useAnswer('/v1/votes/{address}', { path: { address } });
  return <Shown asked={asked}>{({ vote, asOf }) => <One vote={vote} asOf={asOf} />}</Shown>;
}

function One({ vote, asOf }: { vote: Vote; asOf: Schemas['AsOf'] }) {
  const { inFavour, against, abstained, totalVotes } = vote;
  const now = clock.value ?? 0;
  const isOpen = Date.parse(vote.opensAt) <= now && now < Date.parse(vote.closesAt);
  useNoted(
    [[vote.address, { contract: 'HolderVote', name: `${w.title} · ${vote.company}` }], ...vote.electorates.map(({ shareClass, name }) => [shareClass, { contract: 'ShareToken', name }] as const)],
    vote,
  );
  // Of the votes of those whom a round allotted shares, a trust's name the trust as what they bind.
  const trust = vote.round && vote.target;
  const motion = useAsked(trust && `motion of ${vote.address} ${account.value}`, () => motionOf(trust as Address, vote.subject));
  const cast = BigInt(inFavour) + BigInt(against) + BigInt(abstained);
  const decided = BigInt(inFavour) + BigInt(against);
  return (
    <Page
      title={w.title}
      lead={
        <a href={`/companies/${vote.companyId}`}>
          <Name>{vote.company}</Name>
        </a>
      }
    >
      <div class="columns">
        <div>
          <Panel title={w.question}>
            {vote.subject === vote.documentHash && <p>{w.resolution}</p>}
            <Facts wide>
              <Fact name={c.document}>
                <KnownDocument hash={vote.documentHash} />
              </Fact>
              {motion.data && <Fact name={w.motion}>{motion.data.inWords()}</Fact>}
              {vote.subject !== vote.documentHash && (
                <Fact name={w.subject}>
                  <Hex value={vote.subject} />
                </Fact>
              )}
              {vote.target && (
                <Fact name={w.binds}>
                  <Hex value={vote.target} {...(trust ? { to: `/trusts/${trust}` } : {})} />
                </Fact>
              )}
            </Facts>
            <h3>{w.whoVotes}</h3>
            <ul class="plain">
              {vote.round && (
                <li>
                  {w.allotted} <Hex value={vote.round} to={`/rounds/${vote.round}`} />
                </li>
              )}
              {vote.electorates.map(({ shareClass, name, recordDate, recordDateAt, votesPerShare }) => (
                <li key={shareClass}>
                  {w.holdersOf}{' '}
                  <a href={`/share-classes/${shareClass}`}>
                    <Name>{name}</Name>
                  </a>{' '}
                  {w.atRecordDate(count(recordDate))}
                  {recordDateAt && (
                    <>
                      {' '}
                      (<When time={recordDateAt} />)
                    </>
                  )}
                  ; {c.votesPerShare}: {count(votesPerShare)}
                </li>
              ))}
            </ul>
            <p class="hint">{w.issuerNot}</p>
          </Panel>
          <Panel title={w.result} aside={<Pill tone={outcomeTone(vote.outcome)}>{c[vote.outcome]}</Pill>}>
            {cast === 0n ? (
              <p class="empty">{w.noBallotYet}</p>
            ) : (
              <PartsBar
                label={w.chart}
                others={w.others}
                amount={(value) => percent(BigInt(Math.round(value * 1_000_000)), 1_000_000n)}
                parts={[
                  { name: c.for, value: ratio(inFavour, cast) },
                  { name: c.against, value: ratio(against, cast) },
                  { name: c.abstain, value: ratio(abstained, cast) },
                ]}
              />
            )}
            <Facts>
              <Fact name={c.for}>
                <Count value={inFavour} />
              </Fact>
              <Fact name={c.against}>
                <Count value={against} />
              </Fact>
              <Fact name={c.abstain}>
                <Count value={abstained} />
              </Fact>
              <Fact name={w.totalVotes}>
                <Count value={totalVotes} />
              </Fact>
              <Fact name={w.ballots}>
                <Count value={vote.ballots} />
              </Fact>
            </Facts>
            <h3>{w.quorum}</h3>
            <Progress reached={ratio(cast, totalVotes)} mark={vote.quorumBps / 10_000} label={w.quorumText(percent(cast, totalVotes), percentOfBps(vote.quorumBps))} />
            <p class="hint">{w.quorumText(percent(cast, totalVotes), percentOfBps(vote.quorumBps))}</p>
            <h3>{w.majority}</h3>
            <Progress reached={ratio(inFavour, decided)} mark={vote.majorityBps / 10_000} label={w.majorityText(percent(inFavour, decided), percentOfBps(vote.majorityBps))} />
            <p class="hint">{w.majorityText(percent(inFavour, decided), percentOfBps(vote.majorityBps))}</p>
            <p>
              {w.proof} <Verify proof="/v1/proofs/history" query={{ contract: vote.address, block: asOf.blockNumber }} label={w.proofLabel} />
            </p>
          </Panel>
        </div>
        <div>
          <Yours vote={vote} isOpen={isOpen} />
          <Panel title={common.time}>
            <TimeLine
              label={common.time}
              moments={[
                { time: vote.openedAt, name: w.opened },
                { time: vote.opensAt, name: w.opens },
                { time: vote.closesAt, name: w.closes },
              ]}
            />
          </Panel>
          {isOpen && account.value && <Instruct vote={vote} />}
          {/* The service's outcome is that of the last block, which may be older than the close. */}
          {now >= Date.parse(vote.closesAt) && vote.outcome !== 'failed' && vote.target && vote.electorates.some(({ shareClass }) => shareClass === vote.target) && <Raise vote={vote} target={vote.target} />}
        </div>
      </div>
      <Ballots vote={vote} />
      <AsOf at={asOf} />
    </Page>
  );
}

/** What the trust is to do if the vote passes, in the language that is read then. */
async function motionOf(trust: Address, subject: Hash) {
  const answer = await get('/v1/trusts/{address}', { path: { address: trust } });
  const { votedOn } = await import('../trust/motion');
  const own = account.peek();
  return { inWords: () => votedOn(subject, answer, own === null ? [] : [own]) };
}

/** The ballots that the reader's wallet may cast: its own, and those of electors whose proxy it is. */
function Yours({ vote, isOpen }: { vote: Vote; isOpen: boolean }) {
  const own = account.value;
  const claims = useAnswer(own ? '/v1/investors/{person}/claims' : null, { path: { person: own ?? '' } });
  const proxied = useAsked(own && `proxied ${vote.address} ${own}`, async () =>
    (await getAll('/v1/votes/{address}/ballots', { path: { address: vote.address } }, (page) => page.ballots)).filter(({ proxy }) => same(proxy, own)),
  );
  const [proxy, setProxy] = useState('');
  const now = clock.value ?? 0;
  if (own === null) {
    return (
      <Panel title={w.yours}>
        <p class="hint">{w.connect}</p>
      </Panel>
    );
  }
  if (!isOpen && now >= Date.parse(vote.closesAt)) {
    return (
      <Panel title={w.yours}>
        <p class="hint">{w.closed}</p>
      </Panel>
    );
  }
  return (
    <Panel title={w.yours}>
      {!isOpen && <Note>{w.notOpen}</Note>}
      <Shown asked={claims}>
        {({ claims: { votes } }) => {
          const mine = votes.filter((one) => one.vote === vote.address);
          if (mine.length === 0 && !proxied.data?.length) return <p class="hint">{w.notElector}</p>;
          return (
            <>
              {mine.map((one) => (
                <div key={one.elector} class="ballot">
                  <p>
                    <strong>{w.weight(count(one.weight))}</strong>
                  </p>
                  {one.choice !== 'none' && <p class="hint">{w.standing(choiceWord(one.choice))}</p>}
                  {isOpen && <Cast vote={vote} elector={one.elector} own={same(unpadded(one.elector), own)} chosen={one.choice} />}
                  {one.proxy && (
                    <p class="hint">
                      {w.yourProxy}: <Hex value={one.proxy} />{' '}
                      <Act prepare={(from) => prepareCall(vote.address, 'revokeProxy', from, { elector: one.elector })}>{w.revoke}</Act>
                    </p>
                  )}
                  <Doing name={w.proxy} hint={w.proxyHint}>
                    <TextField label={w.proxyField} value={proxy} onInput={setProxy} wrong={wrong(isAddress, proxy)} maxLength={42} />
                    <div class="whole">
                      <Act disabled={isAddress(proxy) !== null} prepare={(from) => prepareCall(vote.address, 'appointProxy', from, { elector: one.elector, proxy })} onDone={() => setProxy('')}>
                        {w.proxy}
                      </Act>
                    </div>
                  </Doing>
                </div>
              ))}
              {(proxied.data ?? []).map((one) => (
                <div key={one.elector} class="ballot">
                  <p>
                    <strong>{w.asProxyOf(electorName(one.elector))}</strong>
                  </p>
                  {one.choice !== 'none' && !same(one.castBy, own) ? (
                    <p class="hint">{w.castByElector}</p>
                  ) : (
                    isOpen && <Cast vote={vote} elector={one.elector} own={false} chosen={one.choice} />
                  )}
                </div>
              ))}
            </>
          );
        }}
      </Shown>
    </Panel>
  );
}

const electorName = (elector: Hash) => short(unpadded(elector) ?? elector);

function Cast({ vote, elector, own, chosen }: { vote: Vote; elector: Hash; own: boolean; chosen: Schemas['VoteChoice'] }) {
  return (
    <div class="actions">
      {CHOICES.map(([choice, name]) => (
        <Act
          key={choice}
          kind={chosen === name ? 'primary' : 'plain'}
          prepare={(from) => (own ? prepareCall(vote.address, 'vote', from, { choice }) : prepareCall(vote.address, 'voteFor', from, { electors: [elector], choice }))}
        >
          {c[name]}
        </Act>
      ))}
    </div>
  );
}

/** A trustee has a say in the ballot of a trust that holds shares. */
function Instruct({ vote }: { vote: Vote }) {
  const own = account.value;
  const trusts = useAsked(`instructable ${vote.companyId} ${own}`, async () => {
    const all = await getAll('/v1/trusts', { query: { company: vote.companyId } }, (page) => page.trusts);
    const holding = all.filter(({ shareClass }) => vote.electorates.some((one) => one.shareClass === shareClass));
    const answers = await Promise.all(holding.map(({ address }) => get('/v1/trusts/{address}', { path: { address } })));
    return answers.filter(({ trustees }) => trustees.some(({ trustee, leftAs }) => same(trustee, own) && leftAs === null)).map(({ trust }) => trust.address);
  });
  const [chosen, choose] = useState('');
  if (!trusts.data?.length) return null;
  const trust = chosen || (trusts.data[0] as Address);
  return (
    <Panel title={w.instruct}>
      <p class="hint">{w.instructHint}</p>
      <Select label={w.trust} value={trust} onInput={choose} options={trusts.data.map((one) => [one, short(one)] as const)} />
      <div class="actions">
        {CHOICES.map(([choice, name]) => (
          <Act key={choice} prepare={(from) => prepareCall(vote.address, 'instruct', from, { trust, choice })}>
            {c[name]}
          </Act>
        ))}
      </div>
    </Panel>
  );
}

/** Carries out a vote that raised the authorised number; the chain has only a hash of the number. */
function Raise({ vote, target }: { vote: Vote; target: Address }) {
  const shareClass = useAnswer('/v1/share-classes/{address}', { path: { address: target } });
  const [number, setNumber] = useState('');
  const subject = useAsked(isPositive(number) === null ? `raised to ${number}` : null, async () => (await import('./chain')).raisedTo(target, number));
  if (!same(account.value, shareClass.data?.shareClass.company.controller)) return null;
  return (
    <Panel title={w.raise}>
      <p class="hint">{w.raiseHint}</p>
      <TextField label={w.number} value={number} onInput={setNumber} inputMode="numeric" wrong={wrong(isPositive, number)} />
      {subject.data && <Note tone={subject.data === vote.subject ? 'good' : 'bad'}>{subject.data === vote.subject ? w.isIt : w.isNotIt}</Note>}
      <Act kind="primary" disabled={subject.data !== vote.subject} prepare={(from) => prepareCall(target, 'raiseAuthorised', from, { authorised: number, vote: vote.address })}>
        {w.raise}
      </Act>
    </Panel>
  );
}

function Ballots({ vote }: { vote: Vote }) {
  const ballots = usePages('/v1/votes/{address}/ballots', { path: { address: vote.address }, query: { limit: 50 } }, (page) => page.ballots);
  return (
    <Panel title={w.all}>
      <List pages={ballots} empty={w.none}>
        {(items) => (
          <Table
            caption={w.all}
            rows={items}
            rowKey={({ elector }) => elector}
            columns={[
              { head: w.elector, cell: ({ elector }) => <Hex value={unpadded(elector) ?? elector} /> },
              { head: w.choice, cell: ({ choice }) => choiceWord(choice) },
              { head: w.votes, number: true, cell: ({ weight }) => <Count value={weight} /> },
              { head: w.castBy, cell: ({ castBy }) => (castBy ? <Hex value={castBy} /> : '–') },
              { head: w.changed, cell: ({ changedAt }) => <When time={changedAt} /> },
            ]}
          />
        )}
      </List>
    </Panel>
  );
}
