import { useState } from 'preact/hooks';
import { url, type Asking } from '../api';
import { words } from '../language';
import { count } from '../format';
import { explained } from '../signing/refusals';
import { Dialog, Fact, Facts, Hex, Note, When } from '../ui/parts';
import { common } from '../ui/words';
import { refusalInWords, stepInWords } from './words';
import type { Checked } from './check';

const w = words(
  {
    verify: 'Verify',
    title: 'Verified in this browser',
    checking: 'Reading the proof and checking it here…',
    accepted: 'Proven, if the block’s hash is the right one.',
    rejected: 'Rejected. Do not rely on what the page shows.',
    unusable: 'There is no proof to judge.',
    matches: 'It says the same as this page.',
    differs: (shown: string, proven: string) => `This page shows ${shown}, but what is proven is ${proven}.`,
    fromWallet: 'The block’s hash was given by your own wallet’s node, not by this service.',
    fromService: 'The block’s hash was given by this service. Whoever wants to trust nobody compares it with their own node:',
    hash: 'Block hash',
    steps: 'Step by step',
    save: 'Save the proof',
    page: 'Check it offline',
    claim: 'What is proven',
  },
  {
    verify: '验证',
    title: '在此浏览器中验证',
    checking: '正在读取证明，并在此浏览器中检查…',
    accepted: '已证明，前提是区块的哈希值正确。',
    rejected: '证明被拒绝。请勿依赖本页面显示的内容。',
    unusable: '没有可供检查的证明。',
    matches: '证明的内容与本页面显示的一致。',
    differs: (shown, proven) => `本页面显示的是 ${shown}，但证明的是 ${proven}。`,
    fromWallet: '区块的哈希值由您自己钱包的节点提供，而非由本服务提供。',
    fromService: '区块的哈希值由本服务提供。如不愿信任任何人，请与您自己的节点核对：',
    hash: '区块的哈希值',
    steps: '逐步检查',
    save: '保存证明',
    page: '离线验证',
    claim: '所证明的内容',
  },
);

type ProofPath = '/v1/proofs/holding' | '/v1/proofs/register' | '/v1/proofs/history' | '/v1/proofs/event' | '/v1/proofs/commitment' | '/v1/proofs/solvency';

interface Props<P extends ProofPath> {
  proof: P;
  query: NonNullable<Asking<P>['query']>;
  /** What the page shows, by the field of the claim, such as { balance: '25' }: it has to be what is proven. */
  shown?: Readonly<Record<string, string>>;
  label?: string;
}

/** The button beside a figure that has it proven: the proof is checked here, and its steps are shown. */
export function Verify<P extends ProofPath>({ proof, query, shown = {}, label }: Props<P>) {
  const [state, setState] = useState<null | 'checking' | Checked | Error>(null);
  const address = url(proof, { query } as Asking<P>);
  const start = async () => {
    setState('checking');
    try {
      const { check } = await import('./check');
      setState(await check(address));
    } catch (failure) {
      setState(failure instanceof Error ? failure : new Error(String(failure)));
    }
  };
  return (
    <>
      <button type="button" class="button small verify" onClick={() => void start()} aria-label={label ? `${w.verify}: ${label}` : w.verify}>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M8 1.5 13.5 4v4c0 3.2-2.3 5.6-5.5 6.5C4.8 13.6 2.5 11.2 2.5 8V4zM5.5 8l2 2 3.5-4" />
        </svg>
        {w.verify}
      </button>
      {state !== null && (
        <Dialog title={w.title} onClose={() => setState(null)}>
          {state === 'checking' ? (
            <p class="reading" role="status">{w.checking}</p>
          ) : state instanceof Error ? (
            <Note tone="bad" urgent>
              {w.unusable} {explained(state)}
            </Note>
          ) : (
            <Outcome checked={state} shown={shown} />
          )}
        </Dialog>
      )}
    </>
  );
}

function Outcome({ checked, shown }: { checked: Checked; shown: Readonly<Record<string, string>> }) {
  const { verdict, steps, anchor } = checked;
  const accepted = verdict.verdict === 'accepted';
  const differing = accepted
    ? Object.entries(shown).find(([field, value]) => String(verdict.claim[field]) !== value)
    : undefined;
  const save = () => {
    const link = document.createElement('a');
    const blob = URL.createObjectURL(new Blob([checked.bundle as Uint8Array<ArrayBuffer>], { type: 'application/json' }));
    link.href = blob;
    link.download = 'bundle.json';
    link.click();
    URL.revokeObjectURL(blob);
  };
  return (
    <>
      <div role="status">
        {!accepted && (
          <Note tone="bad" urgent>
            <strong>{w.rejected}</strong> {refusalInWords(verdict.reason)}
          </Note>
        )}
        {accepted && differing && (
          <Note tone="bad" urgent>
            <strong>{w.rejected}</strong> {w.differs(differing[1], String(verdict.claim[differing[0]]))}
          </Note>
        )}
        {accepted && !differing && (
          <Note tone="good">
            <strong>{w.accepted}</strong> {Object.keys(shown).length > 0 && w.matches}
          </Note>
        )}
      </div>
      <h3>{w.steps}</h3>
      <ol class="proof-steps">
        {steps.map((step) => (
          <li key={step} class="text">{stepInWords(step)}</li>
        ))}
        {!accepted && <li class="wrong text"><code lang="en">{verdict.detail}</code></li>}
      </ol>
      {accepted && (
        <Facts>
          <Fact name={common.block}>
            {count(verdict.block.number)}, <When time={new Date(Number(verdict.block.time) * 1000).toISOString().replace('.000', '')} />
          </Fact>
          <Fact name={w.hash}>
            <code class="bytes">{verdict.block.hash}</code>
          </Fact>
          <Fact name={common.contract}>
            <Hex value={verdict.contract} /> {verdict.code}
          </Fact>
        </Facts>
      )}
      <p class="hint">{anchor === 'wallet' ? w.fromWallet : <>{w.fromService} <code>cast block {accepted ? String(verdict.block.number) : ''} -f hash</code></>}</p>
      <footer class="actions">
        <button type="button" class="button" onClick={save}>{w.save}</button>
        <a class="button" href="/verify.html" target="_blank" rel="noopener">{w.page}</a>
      </footer>
    </>
  );
}
