import { signal } from '@preact/signals';
import type { Address, Hash, Schemas } from '../api';
import { words } from '../language';
import { status } from '../live';
import { wallet, type TypedData, type Wallet } from './wallet';

// EIP-1193
interface Provider {
  request(asked: { method: string; params?: unknown[] }): Promise<unknown>;
  on?(event: string, listener: (value: never) => void): void;
  removeListener?(event: string, listener: (value: never) => void): void;
}

// EIP-6963
export interface Announced {
  info: { uuid: string; name: string; icon: string; rdns: string };
  provider: Provider;
}

const w = words({ noAccount: 'The wallet gave no account.' }, { noAccount: '钱包没有提供账户。' });

const KEPT = 'fundtrail.wallet';
const UNKNOWN_CHAIN = 4902;

/** The wallets that this browser has. */
export const announced = signal<Announced[]>([]);

export function discover(): void {
  addEventListener('eip6963:announceProvider', (event) => {
    const found = (event as CustomEvent<Announced>).detail;
    if (announced.value.some((known) => known.info.uuid === found.info.uuid)) return;
    announced.value = [...announced.value, found];
    if (sessionStorage.getItem(KEPT) === found.info.rdns) void resume(found);
  });
  dispatchEvent(new Event('eip6963:requestProvider'));
  const older = (window as { ethereum?: Provider }).ethereum;
  window.setTimeout(() => {
    if (older && announced.value.length === 0) {
      announced.value = [{ info: { uuid: 'window.ethereum', name: 'window.ethereum', icon: '', rdns: 'window.ethereum' }, provider: older }];
    }
  }, 300);
}

async function resume(found: Announced): Promise<void> {
  const accounts = (await found.provider.request({ method: 'eth_accounts' })) as Address[];
  if (accounts[0]) use(found, accounts[0]);
}

export async function connect(found: Announced): Promise<void> {
  const accounts = (await found.provider.request({ method: 'eth_requestAccounts' })) as Address[];
  if (!accounts[0]) throw new Error(w.noAccount);
  await ontoChain(found.provider);
  sessionStorage.setItem(KEPT, found.info.rdns);
  use(found, accounts[0]);
}

/** Has the wallet change to the ledger's chain; the service's own chain is told to it where it is not known. */
async function ontoChain(provider: Provider): Promise<void> {
  const chain = status.value?.chain;
  if (!chain) return;
  const chainId = `0x${BigInt(chain.id).toString(16)}`;
  if (BigInt((await provider.request({ method: 'eth_chainId' })) as string) === BigInt(chain.id)) return;
  try {
    await provider.request({ method: 'wallet_switchEthereumChain', params: [{ chainId }] });
  } catch (failure) {
    if ((failure as { code?: number }).code !== UNKNOWN_CHAIN || chain.node !== 'embedded') throw failure;
    await provider.request({
      method: 'wallet_addEthereumChain',
      params: [{ chainId, chainName: 'Fundtrail', rpcUrls: [`${location.origin}/rpc`], nativeCurrency: { name: 'Ether', symbol: 'ETH', decimals: 18 } }],
    });
  }
}

function use(found: Announced, address: Address): void {
  const { provider } = found;
  const changed = (accounts: never) => {
    const next = (accounts as Address[])[0];
    provider.removeListener?.('accountsChanged', changed);
    if (next) use(found, next);
    else forget();
  };
  const forget = () => {
    provider.removeListener?.('accountsChanged', changed);
    sessionStorage.removeItem(KEPT);
    wallet.value = null;
  };
  provider.on?.('accountsChanged', changed);
  wallet.value = new BrowserWallet(found, address.toLowerCase(), forget);
}

const hex = (value: string | number | null) => (value === null ? undefined : `0x${BigInt(value).toString(16)}`);

class BrowserWallet implements Wallet {
  readonly kind = 'browser';

  constructor(
    private readonly found: Announced,
    readonly address: Address,
    readonly disconnect: () => void,
  ) {}

  get name(): string {
    return this.found.info.name;
  }

  async send(tx: Schemas['PreparedTransaction']): Promise<Hash> {
    await ontoChain(this.found.provider);
    // The nonce stays the wallet's own: it alone knows what else it has sent.
    const params = [
      {
        from: this.address,
        to: tx.to,
        data: tx.data,
        value: hex(tx.value),
        gas: hex(tx.gas),
        maxFeePerGas: hex(tx.maxFeePerGas),
        maxPriorityFeePerGas: hex(tx.maxPriorityFeePerGas),
      },
    ];
    return (await this.found.provider.request({ method: 'eth_sendTransaction', params })) as Hash;
  }

  async signTypedData({ domain, types, primaryType, message }: TypedData): Promise<string> {
    const EIP712Domain = Object.keys(domain).map((name) => ({
      name,
      type: name === 'chainId' ? 'uint256' : name === 'verifyingContract' ? 'address' : 'string',
    }));
    const data = JSON.stringify({ domain, types: { EIP712Domain, ...types }, primaryType, message });
    return (await this.found.provider.request({ method: 'eth_signTypedData_v4', params: [this.address, data] })) as string;
  }

  async blockHash(number: number): Promise<Hash | null> {
    const block = (await this.found.provider.request({ method: 'eth_getBlockByNumber', params: [hex(number), false] })) as { hash: Hash } | null;
    return block?.hash ?? null;
  }
}
