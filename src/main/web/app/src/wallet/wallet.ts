import { computed, signal } from '@preact/signals';
import type { Address, Hash, Schemas } from '../api';
import { get } from '../api';
import { changes } from '../live';
import { effect } from '@preact/signals';

/** EIP-712 data, as eth_signTypedData_v4 takes it. */
export interface TypedData {
  domain: Record<string, string | number>;
  types: Record<string, { name: string; type: string }[]>;
  primaryType: string;
  message: Record<string, string | number>;
}

/** What signs for somebody. It never gives a key away. */
export interface Wallet {
  readonly name: string;
  readonly kind: 'browser' | 'demo';
  readonly address: Address;
  /** Signs and sends; the hash of the transaction. */
  send(transaction: Schemas['PreparedTransaction'], chainId: string): Promise<Hash>;
  signTypedData(data: TypedData): Promise<string>;
  /** The hash that the wallet's own node gives for a block, where it has a node other than this service. */
  blockHash(number: number): Promise<Hash | null>;
  disconnect(): void;
}

/** Who acts on this page; null while nobody is connected. */
export const wallet = signal<Wallet | null>(null);

export const account = computed(() => wallet.value?.address ?? null);

/** Whether the dialog that connects a wallet is open, and what goes on once one is. */
export const connecting = signal<{ then: () => void } | null>(null);

/** What the registry knows of the connected wallet. */
export const person = signal<Schemas['Investor'] | null>(null);

effect(() => {
  const address = account.value;
  void changes.value;
  if (address === null) {
    person.value = null;
    return;
  }
  if (person.peek()?.wallet !== address) person.value = null;
  get('/v1/investors/{person}', { path: { person: address } }).then(
    ({ investor }) => {
      if (account.peek() === address) person.value = investor;
    },
    () => undefined,
  );
});

/** Addresses are compared and sent in lower case, as the service answers them. */
export function same(one: string | null | undefined, other: string | null | undefined): boolean {
  return one !== null && one !== undefined && one.toLowerCase() === other?.toLowerCase();
}

/** A person as a contract names them in a word: an identity, or a wallet in its low bytes. */
export const wordOf = (person: string) => `0x${person.slice(2).toLowerCase().padStart(64, '0')}`;
