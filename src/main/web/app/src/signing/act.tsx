import { render, type ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { get, type Hash, type Prepared, type Schemas } from '../api';
import { changes, look, status } from '../live';
import { words } from '../language';
import { accountName } from '../wallet/played';
import { account, connecting, wallet, type Wallet } from '../wallet/wallet';
import { Dialog, Fact, Facts, Hex, Note, When } from '../ui/parts';
import { describe, type Described } from './describe';
import { explained } from './refusals';

const w = words(
  {
    review: 'Before you sign',
    step: (n: number, of: number) => `${n} of ${of}`,
    decodedHere: 'Told by this page from the bytes to be signed.',
    unknownCall: 'These bytes are no call that this page knows. Sign only if you know what they do.',
    mismatch: 'The service calls it something else than what the bytes do. Do not sign; report this.',
    to: 'Contract called',
    call: 'Function',
    bytes: 'The bytes',
    arguments: 'Every argument',
    tried: 'The chain would accept this now; it was tried at',
    untried: 'This was not tried: what comes before it has to happen first.',
    gas: 'At most, in gas',
    signAs: (name: string) => `You sign as ${name}.`,
    sign: 'Sign and send',
    signing: 'Waiting for your wallet…',
    sent: 'Sent; waiting for its block…',
    done: 'Done. It is on the chain.',
    reverted: 'The chain took it into a block, but the contract refused it. Nothing was changed.',
    wrongAccount: 'Your wallet has changed to another account. Start again.',
    slow: 'It has not been taken into a block yet. You can close this; it will show when it has.',
    preparing: 'Preparing…',
    finish: 'Close',
    value: 'Ether sent along',
    late: 'On the chain; this page will show it as soon as the index has it.',
  },
  {
    review: '签名之前',
    step: (n, of) => `第 ${n} 步，共 ${of} 步`,
    decodedHere: '由本页面直接从待签名的字节解读得出。',
    unknownCall: '本页面无法识别这些字节所作的调用。除非您清楚其作用，否则请勿签名。',
    mismatch: '服务的说明与字节的实际作用不一致。请勿签名，并请报告此事。',
    to: '被调用的合约',
    call: '函数',
    bytes: '原始字节',
    arguments: '全部参数',
    tried: '链目前会接受此操作；试运行的时间为',
    untried: '尚未试运行：须先完成前面的步骤。',
    gas: 'Gas 上限',
    signAs: (name) => `您以 ${name} 的身份签名。`,
    sign: '签名并发送',
    signing: '等待您的钱包…',
    sent: '已发送，等待入块…',
    done: '完成，已记录在链上。',
    reverted: '交易已入块，但被合约拒绝。没有任何更改。',
    wrongAccount: '您的钱包已切换到另一个账户，请重新开始。',
    slow: '交易尚未入块。您可以关闭此窗口，入块后将会显示。',
    preparing: '正在准备…',
    finish: '关闭',
    value: '附带的以太币',
    late: '已记录在链上；索引更新后本页面即会显示。',
  },
);

type Preparing = (from: string) => Promise<Prepared>;

interface Props {
  children: ComponentChildren;
  /** Asks for the transactions once it is known who signs; throws with what is wrong. */
  prepare: Preparing;
  /** Called once all of it is on the chain and in the index. */
  onDone?: () => void;
  kind?: 'primary' | 'plain' | 'danger';
  disabled?: boolean;
  /** Who signs instead of the connected wallet, such as the registrar of a demonstration. */
  signer?: () => Promise<Wallet>;
}

/**
 * A button that does something on the chain: connects a wallet where none is, has the transactions prepared and tried,
 * shows in words what the bytes do, signs and sends them, and waits until the index has them. What the contract refuses
 * is told before anything is signed.
 */
export function Act({ children, prepare, onDone, kind = 'plain', disabled = false, signer }: Props) {
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);

  const start = async () => {
    setRefusal(null);
    const from = account.peek();
    if (from === null) {
      connecting.value = { then: () => void start() };
      return;
    }
    setBusy(true);
    try {
      const instead = (await signer?.()) ?? null;
      review(await prepare(instead?.address ?? from), instead ?? wallet.peek(), onDone);
    } catch (failure) {
      setRefusal(explained(failure));
    } finally {
      setBusy(false);
    }
  };

  return (
    <span class="act">
      <button type="button" class={`button ${kind}`} disabled={disabled || busy} onClick={() => void start()} aria-busy={busy}>
        {busy ? w.preparing : children}
      </button>
      {refusal && (
        <Note tone="bad" urgent>
          {refusal}
        </Note>
      )}
    </span>
  );
}

/** Asks for signatures in a dialog of its own, which stays although what is done takes the button away. */
function review(prepared: Prepared, signer: Wallet | null, onDone: (() => void) | undefined): void {
  const place = document.body.appendChild(document.createElement('div'));
  const close = (done: boolean) => {
    render(null, place);
    place.remove();
    if (done) onDone?.();
  };
  render(<Review prepared={prepared} signer={signer} onClose={close} />, place);
}

type State = { at: number; doing: 'reading' | 'signing' | 'waiting' | 'slow' | 'done' | 'late' | 'failed'; failure?: string };

function Review({ prepared, signer, onClose }: { prepared: Prepared; signer: Wallet | null; onClose: (done: boolean) => void }) {
  const [state, setState] = useState<State>({ at: 0, doing: 'reading' });
  const { transactions } = prepared;
  const over = state.doing === 'done' || state.doing === 'late';

  const sign = async () => {
    if (signer === null || signer.address !== prepared.from) {
      setState({ at: state.at, doing: 'failed', failure: w.wrongAccount });
      return;
    }
    try {
      let block = 0;
      for (let at = state.at; at < transactions.length; at++) {
        setState({ at, doing: 'signing' });
        const hash = await signer.send(transactions[at] as Schemas['PreparedTransaction'], prepared.chainId);
        setState({ at, doing: 'waiting' });
        block = await included(hash, () => setState({ at, doing: 'slow' }));
      }
      const indexed = await caughtUp(block);
      changes.value++;
      setState({ at: transactions.length, doing: indexed ? 'done' : 'late' });
    } catch (failure) {
      setState((before) => ({ at: before.at, doing: 'failed', failure: explained(failure) }));
    }
  };

  return (
    <Dialog title={w.review} onClose={() => onClose(over)}>
      <ol class="steps">
        {transactions.map((transaction, i) => (
          <li key={i} class={state.at > i ? 'past' : state.at === i ? 'next' : ''}>
            <OneTransaction transaction={transaction} tried={i < prepared.simulation.tried} time={prepared.simulation.time} step={transactions.length > 1 ? w.step(i + 1, transactions.length) : null} />
          </li>
        ))}
      </ol>
      {signer && <p class="hint">{w.signAs(accountName(signer.name))} <Hex value={prepared.from} /></p>}
      <div role="status" aria-live="polite">
        {state.doing === 'signing' && <Note tone="wait">{w.signing}</Note>}
        {state.doing === 'waiting' && <Note tone="wait">{w.sent}</Note>}
        {state.doing === 'slow' && <Note tone="wait">{w.slow}</Note>}
        {state.doing === 'done' && <Note tone="good">{w.done}</Note>}
        {state.doing === 'late' && <Note tone="good">{w.late}</Note>}
        {state.failure && <Note tone="bad" urgent>{state.failure}</Note>}
      </div>
      <footer class="actions">
        {!over && (
          <button type="button" class="button primary" disabled={!['reading', 'failed'].includes(state.doing)} onClick={() => void sign()}>
            {w.sign}
          </button>
        )}
        <button type="button" class="button" onClick={() => onClose(over)}>
          {w.finish}
        </button>
      </footer>
    </Dialog>
  );
}

function OneTransaction({ transaction, tried, time, step }: { transaction: Schemas['PreparedTransaction']; tried: boolean; time: string; step: string | null }) {
  const [described, setDescribed] = useState<Described | null | undefined>(undefined);
  useEffect(() => {
    void describe(transaction.to, transaction.data).then(setDescribed);
  }, [transaction]);
  if (described === undefined) return null;
  const called = transaction.function.split('(')[0];
  const differs = described !== null && described.call.split('.')[1] !== called;
  return (
    <>
      {step && <p class="hint">{step}</p>}
      {described === null ? (
        <Note tone="bad">{w.unknownCall}</Note>
      ) : (
        <>
          <p class="sentence">{described.sentence ?? <span lang="en">{described.notice}</span>}</p>
          <p class="hint">{w.decodedHere}</p>
          {differs && <Note tone="bad" urgent>{w.mismatch}</Note>}
        </>
      )}
      <Facts>
        <Fact name={w.to}>
          <Hex value={transaction.to} />
        </Fact>
        {described && <Fact name={w.call}><code>{described.call}</code></Fact>}
        {transaction.value !== '0' && <Fact name={w.value}>{transaction.value} wei</Fact>}
        {transaction.gas && <Fact name={w.gas}>{transaction.gas}</Fact>}
      </Facts>
      <p class="hint">
        {tried ? <>{w.tried} <When time={time} />.</> : w.untried}
      </p>
      {described && described.details.length > 0 && (
        <details>
          <summary>{w.arguments}</summary>
          <dl class="arguments">
            {described.details.map(({ name, value, description }) => (
              <div key={name}>
                <dt lang="en" title={description ?? ''}><code>{name}</code></dt>
                <dd class="text">{value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <details>
        <summary>{w.bytes}</summary>
        <code class="bytes">{transaction.data}</code>
      </details>
    </>
  );
}

const LOOK_AGAIN_MS = 250;
const SLOW_AFTER_MS = 15_000;
const INDEX_PATIENCE_MS = 20_000;

const pause = (ms: number) => new Promise((resolve) => window.setTimeout(resolve, ms));

/** The block that a transaction came into, however long that takes. */
async function included(hash: Hash, onSlow: () => void): Promise<number> {
  const began = performance.now();
  for (;;) {
    const { state, block } = await get('/v1/transactions/{hash}', { path: { hash } }).catch((): Pick<Schemas['Transaction'], 'state' | 'block'> => ({ state: 'pending', block: null }));
    if (state === 'reverted') throw new Error(w.reverted);
    if (state === 'succeeded' && block) return block.number;
    if (performance.now() - began > SLOW_AFTER_MS) onSlow();
    await pause(LOOK_AGAIN_MS);
  }
}

async function caughtUp(block: number): Promise<boolean> {
  const began = performance.now();
  while (performance.now() - began < INDEX_PATIENCE_MS) {
    await look();
    if ((status.value?.asOf?.blockNumber ?? 0) >= block) return true;
    await pause(LOOK_AGAIN_MS);
  }
  return false;
}

/** The signature of an EIP-2612 permit for what a contract may take of a token. */
export async function permit(signer: Wallet, token: string, spender: string, amount: bigint, deadline: bigint): Promise<{ v: string; r: string; s: string }> {
  const { readPermitDomain } = await import('./permit');
  const { domain, nonce } = await readPermitDomain(token, signer.address);
  const signature = await signer.signTypedData({
    domain,
    types: {
      Permit: [
        { name: 'owner', type: 'address' },
        { name: 'spender', type: 'address' },
        { name: 'value', type: 'uint256' },
        { name: 'nonce', type: 'uint256' },
        { name: 'deadline', type: 'uint256' },
      ],
    },
    primaryType: 'Permit',
    message: { owner: signer.address, spender, value: amount.toString(), nonce: nonce.toString(), deadline: deadline.toString() },
  });
  const bytes = signature.slice(2);
  const v = Number.parseInt(bytes.slice(128, 130), 16);
  return { r: `0x${bytes.slice(0, 64)}`, s: `0x${bytes.slice(64, 128)}`, v: String(v < 27 ? v + 27 : v) };
}

