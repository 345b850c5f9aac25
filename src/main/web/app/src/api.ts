import type { components, paths } from './schema';

export type Schemas = components['schemas'];
export type Address = Schemas['Address'];
export type Hash = Schemas['Hash'];

type Answered<P, M extends 'get' | 'post'> = P extends Record<M, { responses: { 200: { content: { 'application/json': infer B } } } }> ? B : never;
type Asked<P> = P extends { get: { parameters: infer A } } ? A : never;

/** What can be asked for, and is answered in JSON. */
export type GetPath = { [P in keyof paths]: Answered<paths[P], 'get'> extends never ? never : P }[keyof paths];
export type Answer<P extends GetPath> = Answered<paths[P], 'get'>;
export type Query<P extends GetPath> = NonNullable<Asked<paths[P]>['query']>;
type PathValues<P extends GetPath> = Asked<paths[P]> extends { path: infer V } ? V : Record<string, never>;
export interface Asking<P extends GetPath> {
  path?: PathValues<P>;
  query?: { [K in keyof Query<P>]?: Query<P>[K] | undefined };
}

type Preparing = Extract<keyof paths, `/v1/prepared-transactions/${string}`>;
export type Act = Preparing extends `/v1/prepared-transactions/${infer A}` ? A : never;
export type Body<A extends Act> = paths[`/v1/prepared-transactions/${A}`]['post'] extends {
  requestBody: { content: { 'application/json': infer B } };
}
  ? B
  : never;

export type ProblemBody = Schemas['Problem'] & Partial<Omit<Schemas['RefusedProblem'], keyof Schemas['Problem']>> & Partial<Omit<Schemas['InvalidRequestProblem'], keyof Schemas['Problem']>>;

/** A question that was not answered, as RFC 9457 describes it. */
export class Problem extends Error {
  constructor(readonly body: ProblemBody) {
    super(body.detail);
  }

  is(name: Schemas['ProblemName']): boolean {
    return this.body.type === `/problems/${name}`;
  }
}

/** No answer at all: the service is away, or the network is. */
export class Unreachable extends Error {}

const MOST_TURNS = 5;

/** Whoever asks too much at once is told when to ask again, and nothing was done. */
async function inTurn(ask: () => Promise<Response>): Promise<Response> {
  for (let turn = 1; ; turn++) {
    const response = await ask();
    if (response.status !== 429 || turn === MOST_TURNS) return response;
    const seconds = Number(response.headers.get('Retry-After') ?? 1);
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

async function answered<T>(ask: () => Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await inTurn(ask);
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure;
    throw new Unreachable(String(failure));
  }
  if (response.ok) return (await response.json()) as T;
  let body: ProblemBody;
  try {
    body = (await response.json()) as ProblemBody;
  } catch {
    throw new Unreachable(`${response.status} ${response.statusText}`);
  }
  throw new Problem(body);
}

function filled(template: string, values: Record<string, unknown> | undefined): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(values?.[name])));
}

export function url<P extends GetPath>(path: P, asking: Asking<P> = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asking.query ?? {})) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const text = query.toString();
  return filled(path, asking.path as Record<string, unknown> | undefined) + (text ? `?${text}` : '');
}

export function get<P extends GetPath>(path: P, asking: Asking<P> = {}, signal?: AbortSignal): Promise<Answer<P>> {
  return answered(() => fetch(url(path, asking), { headers: { accept: 'application/json' }, ...(signal ? { signal } : {}) }));
}

/** All pages of a list, one after the other. */
export async function getAll<P extends GetPath, T>(path: P, asking: Asking<P>, items: (page: Answer<P>) => T[]): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Answer<P> = await get(path, { ...asking, query: { limit: 200, ...asking.query, ...(cursor ? { cursor, at: undefined, block: undefined } : {}) } as never });
    all.push(...items(page));
    cursor = (page as { next: string | null }).next;
  } while (cursor !== null);
  return all;
}

function post<T>(path: string, body: unknown): Promise<T> {
  return answered(() => fetch(path, { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/json' }, body: JSON.stringify(body) }));
}

export type Prepared = Schemas['PreparedTransactions'];

/** The transactions of one of the acts that the API knows by name. */
export function prepare<A extends Act>(act: A, body: Body<A>): Promise<Prepared> {
  return post(`/v1/prepared-transactions/${act}`, body);
}

/** A call of any function of a contract of the ledger; the approval of a token goes first where one is needed. */
export function prepareCall(
  contract: Address,
  fn: string,
  from: Address,
  args: Record<string, unknown>,
  approve: Schemas['TokenApproval'] | null = null,
): Promise<Prepared> {
  return post(`/v1/contracts/${contract}/functions/${encodeURIComponent(fn)}`, { from, arguments: args, approve });
}

export async function relay(rawTransaction: string): Promise<Hash> {
  return (await post<Schemas['RelayedTransaction']>('/v1/transactions', { rawTransaction })).hash;
}

/** A question to the chain, through the service's front for wallets. */
export async function rpc<T>(method: string, params: unknown[]): Promise<T> {
  const answer = await post<Schemas['RpcResponse']>('/rpc', { jsonrpc: '2.0', id: 1, method, params });
  if (answer.error) throw new Error(answer.error.message);
  return answer.result as T;
}
