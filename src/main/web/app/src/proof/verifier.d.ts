// The verifier of verify.html, which is JavaScript without types.

declare module '*/lib/bundle.js' {
  export interface Bundle {
    chainId: bigint;
    contract: string;
    header: string;
    claim: { kind: string; earlierHeader?: string };
  }
  export function readBundle(input: Uint8Array): Bundle;
}

declare module '*/lib/codes.js' {
  export function publishedCodes(listing: unknown): unknown;
}

declare module '*/lib/header.js' {
  export function claimedNumber(encoded: string): bigint | null;
}

declare module '*/lib/refusal.js' {
  export const REFUSALS: Readonly<Record<string, string>>;
  export class Unusable extends Error {}
}

declare module '*/lib/verifier.js' {
  import type { Bundle } from '*/lib/bundle.js';
  export type Proven = Record<string, unknown> & { kind: string };
  export type Verdict =
    | { verdict: 'rejected'; reason: string; detail: string }
    | { verdict: 'accepted'; chainId: bigint; block: { number: bigint; hash: string; time: bigint }; contract: string; code?: string; claim: Proven };
  export function verify(bundle: Bundle, trust: { chainId: bigint; blockHashes: string[] }, codes: unknown, onStep: (step: string) => void): Verdict;
}

declare module 'codes.json' {
  const listing: unknown;
  export default listing;
}

declare module 'errors.json' {
  const abi: unknown;
  export default abi;
}
