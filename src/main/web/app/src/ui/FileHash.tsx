import { useId, useState } from 'preact/hooks';
import { keccak256 } from 'viem';
import { words } from '../language';
import { isHash, TextField } from './form';

const w = words(
  {
    file: 'Choose the file',
    hint: 'The keccak256 hash of the document. Choose the file and it is computed here; the file itself is sent nowhere.',
    of: (name: string) => `Computed here from ${name}.`,
  },
  {
    file: '选择文件',
    hint: '文件的 keccak256 哈希。选择文件后在本机计算，文件本身不会发送到任何地方。',
    of: (name) => `由本机根据 ${name} 计算。`,
  },
);

/** keccak256 of a file, as the contracts keep documents. */
export async function hashOfFile(file: Blob): Promise<string> {
  return keccak256(new Uint8Array(await file.arrayBuffer()));
}

/** A document's hash: given, or computed from the file in the browser. */
export function FileHash({ label, value, onInput, wrong }: { label: string; value: string; onInput: (hash: string) => void; wrong?: string | null }) {
  const id = useId();
  const [of, setOf] = useState<{ name: string; hash: string } | null>(null);
  const chosen = async (file: File | undefined) => {
    if (file === undefined) return;
    const hash = await hashOfFile(file);
    setOf({ name: file.name, hash });
    onInput(hash);
  };
  return (
    <div class="file-hash">
      <TextField label={label} value={value} onInput={onInput} maxLength={66} placeholder="0x…" hint={of?.hash === value ? w.of(of.name) : w.hint} wrong={wrong ?? (value === '' ? null : isHash(value))} />
      <label class="button small" for={id}>
        {w.file}
      </label>
      <input id={id} class="unseen" type="file" onChange={(event) => void chosen(event.currentTarget.files?.[0])} />
    </div>
  );
}
