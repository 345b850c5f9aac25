import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { signal } from '@preact/signals';
import { language, speak, words } from '../src/language';
import { findExits, nodeAt, refusedBy, type Ask, type Doing, type Exit, type Found } from './chain';

const w = words(
  {
    title: 'Get your money out without us',
    lead: 'This page needs no service of ours, only a node of the chain. Save it: the copy does the same. No role and no key can stop what it calls; the contracts pay to the wallet that they know, whoever sends the transaction.',
    where: '1. A node of the chain',
    url: 'JSON-RPC address of a node',
    urlHint: 'Any node of that chain: your own, a public one, or your wallet’s below.',
    useWallet: 'Use the wallet in this browser',
    walletUsed: (address: string) => `The wallet ${address} asks and signs.`,
    noWallet: 'This browser has no wallet (EIP-1193).',
    what: '2. The contract and the wallet',
    contract: 'Round, distribution or trust (0x and 40 hexadecimal digits)',
    contractHint: 'It stands on your receipt.',
    wallet: 'Wallet that committed or holds (0x and 40 hexadecimal digits)',
    identity: 'Identity (optional, 0x and 64 hexadecimal digits)',
    identityHint: 'Only where the wallet was replaced; it stands on your receipt.',
    find: 'See what can be got out',
    asking: 'Asking the node…',
    found: '3. What can be got out',
    round: 'This is a funding round.',
    distribution: 'This is a distribution.',
    trust: 'This is a trust.',
    nothing: 'The contract owes this person nothing that can be got out.',
    unknown: 'At this address there is no round, distribution or trust that this page knows.',
    refund: 'Refund of the commitment',
    cancel: 'Take the commitment back',
    claimCredit: 'The money of shares that were not allotted',
    claimFor: 'Claim of distribution no.',
    claim: 'Claim of what the ended trust leaves',
    possible: 'possible now',
    refused: (why: string) => `not now: ${why}`,
    send: 'Sign and send with the wallet',
    sent: 'Sent. Its hash is:',
    byHand: 'Sign elsewhere',
    byHandHint: 'Any wallet or tool can sign this call; whoever sends it, the money goes to the wallet that the contract knows.',
    raw: 'Signed transaction, to be broadcast through the node',
    broadcast: 'Broadcast',
    wrong: 'Give a node, and a contract and a wallet of 0x and 40 hexadecimal digits.',
    failed: (why: string) => `The node did not answer as expected: ${why}`,
    other: '中文',
  },
  {
    title: '不经我们自行取回资金',
    lead: '本页面不需要我们的任何服务，只需要该链的一个节点。请保存本页面：副本同样有效。任何角色或密钥都无法阻止它的调用；无论由谁发送交易，合约都付款给其记录的钱包。',
    where: '1. 该链的一个节点',
    url: '节点的 JSON-RPC 地址',
    urlHint: '该链的任意节点：您自己的、公共的，或下方您钱包的节点。',
    useWallet: '使用此浏览器中的钱包',
    walletUsed: (address) => `由钱包 ${address} 查询并签名。`,
    noWallet: '此浏览器没有钱包（EIP-1193）。',
    what: '2. 合约与钱包',
    contract: '融资轮次、分配或信托（0x 加 40 位十六进制数字）',
    contractHint: '见您的凭证。',
    wallet: '认购或持有的钱包（0x 加 40 位十六进制数字）',
    identity: '身份（可选，0x 加 64 位十六进制数字）',
    identityHint: '仅在钱包已被更换时需要；见您的凭证。',
    find: '查看可取回的内容',
    asking: '正在询问节点…',
    found: '3. 可取回的内容',
    round: '这是一个融资轮次。',
    distribution: '这是一项分配。',
    trust: '这是一个信托。',
    nothing: '合约目前没有此人可取回的款项。',
    unknown: '此地址处没有本页面所识别的轮次、分配或信托。',
    refund: '认购退款',
    cancel: '撤回认购',
    claimCredit: '未获配售股份的款项',
    claimFor: '领取分配，编号',
    claim: '领取已终止信托的剩余财产',
    possible: '现在可以',
    refused: (why) => `现在不可以：${why}`,
    send: '用钱包签名并发送',
    sent: '已发送，哈希为：',
    byHand: '在别处签名',
    byHandHint: '任何钱包或工具都可签署此调用；无论由谁发送，款项都付给合约记录的钱包。',
    raw: '已签名的交易，通过节点广播',
    broadcast: '广播',
    wrong: '请提供节点，以及 0x 加 40 位十六进制数字的合约和钱包。',
    failed: (why) => `节点的答复不符合预期：${why}`,
    other: 'English',
  },
);

const DOING: Record<Doing, () => string> = {
  refund: () => w.refund,
  cancel: () => w.cancel,
  claimCredit: () => w.claimCredit,
  claimFor: () => w.claimFor,
  claim: () => w.claim,
};

interface Provider {
  request(asked: { method: string; params?: unknown[] }): Promise<unknown>;
}

const provider = signal<Provider | null>(null);

addEventListener('eip6963:announceProvider', (event) => {
  provider.value ??= (event as CustomEvent<{ provider: Provider }>).detail.provider;
});
dispatchEvent(new Event('eip6963:requestProvider'));
window.setTimeout(() => (provider.value ??= (window as { ethereum?: Provider }).ethereum ?? null), 300);

const ofWallet = (wallet: Provider): Ask => async (method, params) => {
  try {
    return await wallet.request({ method, params });
  } catch (failure) {
    throw refusedBy(failure as { message: string; data?: unknown });
  }
};

const given = new URLSearchParams(location.hash.slice(1));
const ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const IDENTITY = /^0x[0-9a-fA-F]{64}$/;
type Hex = `0x${string}`;

function Exits() {
  const [url, setUrl] = useState(given.get('rpc') ?? '');
  const [contract, setContract] = useState(given.get('contract') ?? '');
  const [wallet, setWallet] = useState(given.get('wallet') ?? '');
  const [identity, setIdentity] = useState(given.get('identity') ?? '');
  const [account, setAccount] = useState<Hex | null>(null);
  const [state, setState] = useState<'' | 'asking' | Found | 'unknown' | Error>('');
  useEffect(() => {
    document.title = `${w.title} · Fundtrail`;
  }, [language.value]);

  const node = (): Ask | null => (url ? nodeAt(url) : account && provider.value ? ofWallet(provider.value) : null);
  const useWallet = async () => {
    const [first] = (await provider.value?.request({ method: 'eth_requestAccounts' })) as Hex[];
    if (!first) return;
    setAccount(first);
    if (!wallet) setWallet(first);
  };
  const find = async () => {
    const ask = node();
    if (ask === null || !ADDRESS.test(contract) || !ADDRESS.test(wallet) || (identity && !IDENTITY.test(identity))) {
      setState(new Error(w.wrong));
      return;
    }
    setState('asking');
    try {
      setState((await findExits(ask, contract.toLowerCase() as Hex, wallet.toLowerCase() as Hex, identity ? (identity.toLowerCase() as Hex) : null)) ?? 'unknown');
    } catch (failure) {
      setState(new Error(w.failed(failure instanceof Error ? failure.message : String(failure))));
    }
  };
  return (
    <main>
      <p class="language">
        <button type="button" lang={language.value === 'en' ? 'zh-Hans' : 'en'} onClick={() => speak(language.value === 'en' ? 'zh' : 'en')}>{w.other}</button>
      </p>
      <h1>{w.title}</h1>
      <p>{w.lead}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void find();
        }}
      >
        <h2>{w.where}</h2>
        <Field name="rpc" label={w.url} hint={w.urlHint} value={url} onInput={setUrl} />
        {provider.value === null ? <p class="hint">{w.noWallet}</p> : account ? <p class="hint">{w.walletUsed(account)}</p> : <button type="button" onClick={() => void useWallet()}>{w.useWallet}</button>}
        <h2>{w.what}</h2>
        <Field name="contract" label={w.contract} hint={w.contractHint} value={contract} onInput={setContract} />
        <Field name="wallet" label={w.wallet} value={wallet} onInput={setWallet} />
        <Field name="identity" label={w.identity} hint={w.identityHint} value={identity} onInput={setIdentity} />
        <button type="submit">{w.find}</button>
      </form>
      <section aria-live="polite">
        {state === 'asking' && <p>{w.asking}</p>}
        {state === 'unknown' && <p class="bad">{w.unknown}</p>}
        {state instanceof Error && <p class="bad" role="alert">{state.message}</p>}
        {typeof state === 'object' && !(state instanceof Error) && (
          <>
            <h2>{w.found}</h2>
            <p>{w[state.kind]} <code>{state.person}</code></p>
            {state.exits.length === 0 && <p>{w.nothing}</p>}
            {state.exits.map((exit) => (
              <One key={exit.data} exit={exit} ask={node() as Ask} account={account} />
            ))}
          </>
        )}
      </section>
    </main>
  );
}

function Field({ name, label, hint, value, onInput }: { name: string; label: string; hint?: string; value: string; onInput: (text: string) => void }) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      <input id={name} type="text" value={value} onInput={(event) => onInput(event.currentTarget.value.trim())} autocomplete="off" spellcheck={false} aria-describedby={`${name}-hint`} />
      <p id={`${name}-hint`} class="hint">{hint}</p>
    </div>
  );
}

function One({ exit, ask, account }: { exit: Exit; ask: Ask; account: Hex | null }) {
  const [raw, setRaw] = useState('');
  const [sent, setSent] = useState<string | Error | null>(null);
  const attempt = async (sending: Promise<unknown>) => {
    try {
      setSent(String(await sending));
    } catch (failure) {
      setSent(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };
  const send = () => attempt((provider.value as Provider).request({ method: 'eth_sendTransaction', params: [{ from: account, to: exit.to, data: exit.data, value: '0x0' }] }));
  return (
    <article class={exit.refusal === null ? 'possible' : ''}>
      <h3>
        {DOING[exit.doing]()} {exit.id === undefined ? '' : String(exit.id)}
      </h3>
      <p>
        {exit.amount && exit.refusal === null && <strong>{exit.amount} · </strong>}
        {exit.refusal === null ? w.possible : w.refused(exit.refusal)}
      </p>
      {exit.refusal === null && account && <button type="button" onClick={() => void send()}>{w.send}</button>}
      <details>
        <summary>{w.byHand}</summary>
        <p class="hint">{w.byHandHint}</p>
        <pre>{`cast send ${exit.to} ${exit.data} --rpc-url …`}</pre>
        <div class="field">
          <label for={`raw-${exit.data}`}>{w.raw}</label>
          <textarea id={`raw-${exit.data}`} value={raw} onInput={(event) => setRaw(event.currentTarget.value.trim())} spellcheck={false} />
          <button type="button" disabled={!/^0x([0-9a-fA-F]{2})+$/.test(raw)} onClick={() => void attempt(ask('eth_sendRawTransaction', [raw]))}>{w.broadcast}</button>
        </div>
      </details>
      {typeof sent === 'string' && <p role="status">{w.sent} <code>{sent}</code></p>}
      {sent instanceof Error && <p class="bad" role="alert">{sent.message}</p>}
    </article>
  );
}

render(<Exits />, document.getElementById('app') as HTMLElement);
