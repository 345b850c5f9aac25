import { useState } from 'preact/hooks';
import { prepare, rpc, type Address, type Prepared, type Schemas } from '../api';
import { money, smallestUnits } from '../format';
import { words } from '../language';
import { clock, isEmbedded, status } from '../live';
import { Act } from '../signing/act';
import { Choice } from '../ui/form';
import { Note, Panel } from '../ui/parts';
import { common } from '../ui/words';
import { account, connecting, person } from '../wallet/wallet';
import { endOf } from './regimes';

const w = words(
  {
    title: 'Try it',
    mark: 'Demonstration chain only. The money is worth nothing and the registrar’s key is public: anybody can do this here, and nobody can on a real ledger.',
    connect: 'Choose a demo wallet',
    connectHint: 'Give it a name of your own, then come back here.',
    attest: '1. Be attested',
    attested: 'You are attested.',
    attestHint: 'On a real ledger a registrar checks who you are first. Here its public key signs at once.',
    kind: 'As',
    dollars: (amount: string) => `2. Get ${amount} of demonstration money`,
    invest: '3. Commit above, then take some of it back.',
  },
  {
    title: '试用',
    mark: '仅限演示链。货币没有价值，登记员的密钥是公开的：在这里任何人都可以这样做，在真实账本上则不行。',
    connect: '选择演示钱包',
    connectHint: '请自拟一个名称，然后回到这里。',
    attest: '1. 获得认证',
    attested: '您已获认证。',
    attestHint: '在真实账本上，登记员会先核实您的身份。此处由其公开密钥立即签名。',
    kind: '类别',
    dollars: (amount) => `2. 领取 ${amount} 演示货币`,
    invest: '3. 在上方认购，然后取回一部分。',
  },
);

const KINDS = ['retail', 'accredited', 'sophisticated', 'qualified'] as const;
const AMOUNT = '100000.00';
const YEAR = 365 * 86_400_000;

/** How a visitor of a demonstration comes to invest; nothing of it exists elsewhere. */
export function TryIt({ round }: { round: Schemas['Round'] }) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>('retail');
  const now = clock.value ?? 0;
  const me = account.value;
  if (!isEmbedded.value || round.status !== 'open' || now >= Date.parse(endOf(round))) return null;
  const { currency, decimals, address: token } = round.settlementToken;
  return (
    <Panel title={w.title} class="try-it">
      <Note tone="wait">{w.mark}</Note>
      {me === null ? (
        <>
          <button type="button" class="button" onClick={() => (connecting.value = { then: () => undefined })}>
            {w.connect}
          </button>
          <p class="hint">{w.connectHint}</p>
        </>
      ) : (
        <>
          {person.value?.eligible ? (
            <p>{w.attested}</p>
          ) : (
            <>
              <Choice label={w.kind} value={kind} onInput={(chosen) => setKind(KINDS.find((one) => one === chosen) ?? 'retail')} options={KINDS.map((one) => [one, common[one]] as const)} />
              <Act
                signer={async () => (await import('../wallet/demo')).demoWallet('registrar')}
                prepare={(registrar) => attestation(registrar, me, kind, new Date(now + YEAR))}
              >
                {w.attest}
              </Act>
              <p class="hint">{w.attestHint}</p>
            </>
          )}
          <Act prepare={(from) => mint(token, from, decimals)}>{w.dollars(money(AMOUNT, currency))}</Act>
          <p class="hint">{w.invest}</p>
        </>
      )}
    </Panel>
  );
}

async function attestation(registrar: Address, visitor: Address, category: Schemas['Category'], until: Date): Promise<Prepared> {
  const { keccak256, stringToBytes } = await import('viem');
  const hash = (what: string) => keccak256(stringToBytes(`fundtrail visitor ${what}: ${visitor}`));
  return prepare('attest', {
    from: registrar,
    identity: hash('identity'),
    wallet: visitor,
    country: '840',
    category,
    expiresAt: `${until.toISOString().slice(0, 19)}Z`,
    persons: 1,
    withholdingBps: 0,
    dossier: hash('dossier'),
    limits: [{ regime: 'US-REG-CF', currency: 'USD', amount: '20000.00' }],
  });
}

/** The token is no contract of the ledger, so its call is written here, and tried on the chain like any other. */
async function mint(token: Address, to: Address, decimals: number): Promise<Prepared> {
  const { encodeFunctionData, parseAbi } = await import('viem');
  const data = encodeFunctionData({
    abi: parseAbi(['function mint(address to, uint256 amount)']),
    args: [to as `0x${string}`, smallestUnits(AMOUNT, decimals) ?? 0n],
  });
  const [nonce] = await Promise.all([rpc<string>('eth_getTransactionCount', [to, 'latest']), rpc('eth_call', [{ from: to, to: token, data }, 'latest'])]);
  const { asOf, chain } = status.peek() as Schemas['Status'];
  return {
    asOf: asOf as Schemas['AsOf'],
    chainId: chain.id,
    from: to,
    simulation: { time: chain.clock as string, tried: 1 },
    transactions: [
      {
        description: 'Mint demonstration money',
        function: 'mint(address,uint256)',
        to: token,
        value: '0',
        data,
        nonce: Number(nonce),
        gas: '100000',
        maxFeePerGas: '0',
        maxPriorityFeePerGas: '0',
      },
    ],
  };
}
