// The development accounts of the embedded chain. Their keys are computed from their names, so everybody knows them:
// nothing of value may ever belong to one, and the service shows them on its own chain alone.

import { keccak256, stringToBytes } from 'viem';
import { privateKeyToAccount } from 'viem/accounts';
import { relay, type Address, type Hash, type Schemas } from '../api';
import { wallet, type TypedData, type Wallet } from './wallet';

const KEPT = 'fundtrail.demo';

const accountOf = (name: string) => privateKeyToAccount(keccak256(stringToBytes(`fundtrail development account: ${name}`)));

export function addressOf(name: string): Address {
  return accountOf(name).address.toLowerCase();
}

class DemoWallet implements Wallet {
  readonly kind = 'demo';
  readonly address: Address;
  private readonly account;

  constructor(readonly name: string) {
    this.account = accountOf(name);
    this.address = this.account.address.toLowerCase();
  }

  async send(tx: Schemas['PreparedTransaction'], chainId: string): Promise<Hash> {
    return relay(
      await this.account.signTransaction({
        type: 'eip1559',
        chainId: Number(chainId),
        to: tx.to as `0x${string}`,
        data: tx.data as `0x${string}`,
        value: BigInt(tx.value),
        nonce: tx.nonce,
        gas: BigInt(tx.gas ?? 30_000_000),
        maxFeePerGas: BigInt(tx.maxFeePerGas),
        maxPriorityFeePerGas: BigInt(tx.maxPriorityFeePerGas),
      }),
    );
  }

  signTypedData(data: TypedData): Promise<string> {
    return this.account.signTypedData(data as never);
  }

  async blockHash(): Promise<Hash | null> {
    return null;
  }

  disconnect(): void {
    sessionStorage.removeItem(KEPT);
    wallet.value = null;
  }
}

export function useDemo(name: string): void {
  sessionStorage.setItem(KEPT, name);
  wallet.value = new DemoWallet(name);
}

export function resumeDemo(): void {
  const name = sessionStorage.getItem(KEPT);
  if (name !== null) wallet.value = new DemoWallet(name);
}

/** An account that acts beside the reader's own, such as the registrar who lets a visitor in. */
export function demoWallet(name: string): Wallet {
  return new DemoWallet(name);
}
