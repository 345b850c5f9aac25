import { useState } from 'preact/hooks';
import { getAll } from '../api';
import { words } from '../language';
import { isEmbedded } from '../live';
import { explained } from '../signing/refusals';
import { TextField } from '../ui/form';
import { Dialog, Note } from '../ui/parts';
import { announced, connect, type Announced } from './browser';
import { accountName, PLAYED } from './played';
import { connecting, person, wallet } from './wallet';

const w = words(
  {
    connect: 'Connect wallet',
    title: 'Connect a wallet',
    disconnect: 'Disconnect',
    yours: 'Your wallets',
    noneFound: 'This browser has no wallet that announces itself (EIP-6963). You can read everything without one.',
    demoTitle: 'Demo wallet',
    demoMark: 'Demonstration only: the keys of these accounts are public.',
    demoHint: 'Choose whom to play, or name an account of your own.',
    ownName: 'Another name',
    ownHint: 'Each name is an account of its own on this demonstration chain.',
    use: 'Use this account',
    demoBanner: 'Demo wallet',
    attested: 'attested',
    notAttested: 'not attested',
    issuerOf: (name: string) => `Issuer: ${name}`,
    people: 'Investors, trustees and offices',
    issuers: 'Companies',
  },
  {
    connect: '连接钱包',
    title: '连接钱包',
    disconnect: '断开连接',
    yours: '您的钱包',
    noneFound: '此浏览器中没有找到钱包（EIP-6963）。没有钱包也可以查看全部内容。',
    demoTitle: '演示钱包',
    demoMark: '仅供演示：这些账户的密钥是公开的，任何人都可以使用。',
    demoHint: '选择要扮演的角色，或自行命名一个账户。',
    ownName: '其他名称',
    ownHint: '在此演示链上，每个名称都是独立的账户。',
    use: '使用此账户',
    demoBanner: '演示钱包',
    attested: '已认证',
    notAttested: '未认证',
    issuerOf: (name) => `发行人：${name}`,
    people: '投资者、受托人与各职务',
    issuers: '公司',
  },
);

export function WalletButton() {
  const connected = wallet.value;
  if (connected === null) {
    return (
      <button type="button" class="button primary" onClick={() => (connecting.value = { then: () => undefined })}>
        {w.connect}
      </button>
    );
  }
  return (
    <div class={`who ${connected.kind}`}>
      <a href="/me" class="who-name">
        {connected.kind === 'demo' && <strong class="demo-mark">{w.demoBanner}</strong>}
        <bdi class="text">{accountName(connected.name)}</bdi>
        <span class="hint">{person.value?.attested ? w.attested : w.notAttested}</span>
      </a>
      <button type="button" class="button quiet" onClick={() => connected.disconnect()} aria-label={w.disconnect} title={w.disconnect}>
        ✕
      </button>
    </div>
  );
}

export function ConnectDialog() {
  const request = connecting.value;
  const [refusal, setRefusal] = useState<string | null>(null);
  if (request === null) return null;
  const close = () => {
    connecting.value = null;
    setRefusal(null);
  };
  const done = () => {
    close();
    request.then();
  };
  const choose = async (found: Announced) => {
    try {
      await connect(found);
      done();
    } catch (failure) {
      setRefusal(explained(failure));
    }
  };
  return (
    <Dialog title={w.title} onClose={close}>
      <h3>{w.yours}</h3>
      {announced.value.length === 0 ? (
        <p class="hint">{w.noneFound}</p>
      ) : (
        <ul class="choices">
          {announced.value.map((found) => (
            <li key={found.info.uuid}>
              <button type="button" class="button" onClick={() => void choose(found)}>
                <bdi class="text">{found.info.name}</bdi>
              </button>
            </li>
          ))}
        </ul>
      )}
      {refusal && (
        <Note tone="bad" urgent>
          {refusal}
        </Note>
      )}
      {isEmbedded.value && <Demo onDone={done} />}
    </Dialog>
  );
}

function Demo({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState('');
  const [issuers, setIssuers] = useState<{ name: string; account: string }[] | null>(null);
  const use = async (chosen: string) => {
    const { useDemo } = await import('./demo');
    useDemo(chosen);
    onDone();
  };
  const findIssuers = async () => {
    const [{ addressOf }, rounds] = await Promise.all([
      import('./demo'),
      getAll('/v1/rounds', {}, (page) => page.rounds),
    ]);
    const found = new Map<string, string>();
    for (const { filing, company } of rounds) {
      // The demo names them by the file number; its own companies have none.
      const account = [filing.replace(/^SEC /, ''), 'synthetic', 'synthetic, open'].map((number) => `issuer of ${number}`).find((name) => addressOf(name) === company.controller);
      if (account) found.set(company.name, account);
    }
    setIssuers([...found].map(([company, account]) => ({ name: company, account })).sort((a, b) => a.name.localeCompare(b.name)));
  };
  return (
    <section class="demo">
      <h3>{w.demoTitle}</h3>
      <Note tone="wait">{w.demoMark}</Note>
      <p class="hint">{w.demoHint}</p>
      <details open>
        <summary>{w.people}</summary>
        <ul class="choices">
          {PLAYED.map((one) => (
            <li key={one}>
              <button type="button" class="button" onClick={() => void use(one)}>
                {accountName(one)}
              </button>
            </li>
          ))}
        </ul>
      </details>
      <details onToggle={() => void (issuers === null && findIssuers())}>
        <summary>{w.issuers}</summary>
        <ul class="choices">
          {(issuers ?? []).map((one) => (
            <li key={one.account}>
              <button type="button" class="button" onClick={() => void use(one.account)}>
                {w.issuerOf(one.name)}
              </button>
            </li>
          ))}
        </ul>
      </details>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim()) void use(name.trim());
        }}
      >
        <TextField label={w.ownName} hint={w.ownHint} value={name} onInput={setName} maxLength={100} />
        <button type="submit" class="button" disabled={!name.trim()}>
          {w.use}
        </button>
      </form>
    </section>
  );
}

