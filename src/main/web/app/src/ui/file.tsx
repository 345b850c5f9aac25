import { useId, useState } from 'preact/hooks';
import type { Hash } from '../api';
import { words } from '../language';

const w = words(
  { local: 'The file stays on this device; its fingerprint (keccak-256) is computed here.', fingerprint: 'Fingerprint' },
  { local: '文件不会离开此设备；其指纹（keccak-256）在本地计算。', fingerprint: '指纹' },
);

/** A file that the reader picks, of which only the hash that contracts keep of documents is taken. */
export function FileHash({ label, onHash, wrong }: { label: string; onHash: (hash: Hash, name: string) => void; wrong?: string | null }) {
  const id = useId();
  const [hash, setHash] = useState<Hash | null>(null);
  const pick = async (file: File | undefined) => {
    if (!file) return;
    const { keccak256 } = await import('viem');
    const found = keccak256(new Uint8Array(await file.arrayBuffer()));
    setHash(found);
    onHash(found, file.name);
  };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input id={id} type="file" aria-describedby={`${id}-hint`} aria-invalid={Boolean(wrong)} onChange={(event) => void pick(event.currentTarget.files?.[0])} />
      <p id={`${id}-hint`} class={wrong ? 'hint wrong' : 'hint'}>
        {wrong ?? (hash ? <>{w.fingerprint}: <code class="bytes">{hash}</code></> : w.local)}
      </p>
    </div>
  );
}
