import { useId, useState } from 'preact/hooks';
import type { Hash, Schemas } from '../api';
import { words } from '../language';
import { hashOfFile } from '../ui/FileHash';
import { Hex, Note, Panel, Text, When } from '../ui/parts';

const w = words(
  {
    title: 'Documents',
    about: 'The contract keeps the fingerprint (keccak-256) of the terms document. A document that was changed by a single letter has another.',
    none: 'The contract names no document.',
    pick: 'Check a document that you were given',
    local: 'The file stays on this device: its fingerprint is computed here.',
    matches: (name: string, version: string) => `“${name}” is the terms document, version ${version}, in force now.`,
    old: (name: string, version: string) => `“${name}” is version ${version} of the terms, which is no longer in force.`,
    differs: (name: string) => `“${name}” is not the terms document of this round. Do not rely on it.`,
    version: (n: string) => `Version ${n}`,
    first: 'as opened',
    material: 'a material change',
    notMaterial: 'an amendment',
    deadline: 'ends',
    inForce: 'in force',
  },
  {
    title: '文件',
    about: '合约记录条款文件的指纹（keccak-256）。文件即使只改动一个字，指纹也会不同。',
    none: '合约未记录任何文件。',
    pick: '核对您收到的文件',
    local: '文件不会离开此设备：指纹在本机计算。',
    matches: (name, version) => `“${name}”就是现行有效的条款文件，第 ${version} 版。`,
    old: (name, version) => `“${name}”是条款的第 ${version} 版，已不再有效。`,
    differs: (name) => `“${name}”不是本轮次的条款文件，请勿依赖。`,
    version: (n) => `第 ${n} 版`,
    first: '开启时',
    material: '重大变更',
    notMaterial: '修订',
    deadline: '截止于',
    inForce: '现行有效',
  },
);

interface Version {
  number: number;
  hash: Hash;
  since: string;
  deadline: string | null;
  material: boolean | null;
}

/** The versions of the terms, the one in force first. */
function versions(events: Schemas['Event'][]): Version[] {
  const found: Version[] = [];
  for (const { name, arguments: args, time } of events) {
    if (name === 'RoundOpened') {
      found.unshift({ number: 1, hash: String((args.terms as Schemas['EventArguments']).termsHash), since: time, deadline: null, material: null });
    } else if (name === 'TermsAmended') {
      const deadline = new Date(Number(args.deadline) * 1000).toISOString();
      found.unshift({ number: Number(args.termsVersion), hash: String(args.termsHash), since: time, deadline, material: args.material === true });
    }
  }
  return found;
}

const isNone = (hash: Hash) => /^0x0{64}$/.test(hash);

export function Documents({ round, events }: { round: Schemas['Round']; events: Schemas['Event'][] }) {
  const [picked, setPicked] = useState<{ hash: Hash; name: string } | null>(null);
  const id = useId();
  const pick = async (file: File | undefined) => {
    if (file) setPicked({ hash: await hashOfFile(file), name: file.name });
  };
  const all = versions(events);
  const match = picked && all.find(({ hash }) => hash === picked.hash);
  const current = picked?.hash === round.termsHash;
  return (
    <Panel title={w.title}>
      <p class="hint">{w.about}</p>
      {all.every(({ hash }) => isNone(hash)) && isNone(round.termsHash) ? (
        <p>{w.none}</p>
      ) : (
        <>
          <ol class="versions">
            {all.map(({ number, hash, since, deadline, material }) => (
              <li key={number}>
                <strong>{w.version(String(number))}</strong>
                {number === round.termsVersion && all.length > 1 && ` (${w.inForce})`}, {material === null ? w.first : material ? w.material : w.notMaterial} <When time={since} />
                {deadline && (
                  <>
                    , {w.deadline} <When time={deadline} />
                  </>
                )}
                <br />
                {isNone(hash) ? w.none : <Hex value={hash} />}
              </li>
            ))}
          </ol>
          <div class="field">
            <label for={id}>{w.pick}</label>
            <input id={id} type="file" aria-describedby={`${id}-hint`} onChange={(event) => void pick(event.currentTarget.files?.[0])} />
            <p id={`${id}-hint`} class="hint">
              {w.local}
            </p>
          </div>
          <div role="status">
            {picked && (
              <Note tone={current ? 'good' : match ? 'wait' : 'bad'}>
                <Text>{current ? w.matches(picked.name, String(round.termsVersion)) : match ? w.old(picked.name, String(match.number)) : w.differs(picked.name)}</Text>
              </Note>
            )}
          </div>
        </>
      )}
    </Panel>
  );
}
