// Why something was not done, in the reader's language.

import { Problem, Unreachable, type ProblemBody } from '../api';
import { language, words } from '../language';
import { expectedSentence, problemSentence } from './problems.zh';
import { refusalSentence } from './sentence.zh';

const w = words(
  {
    unreachable: 'The service does not answer. Nothing was sent; try again shortly.',
    declined: 'You declined to sign. Nothing was sent.',
    tooMany: 'Too many requests. Wait a moment, then try again.',
    contract: (name: string, detail: string) => `The contract refuses (${name}): ${detail}`,
    wrongField: (field: string, given: string, expected: string) => `${field}: “${given}” is not accepted; expected: ${expected}.`,
    missingField: (field: string, expected: string) => `${field} is missing; expected: ${expected}.`,
  },
  {
    unreachable: '服务没有应答。尚未发送任何内容，请稍后再试。',
    declined: '您拒绝了签名。尚未发送任何内容。',
    tooMany: '请求过多，请稍候再试。',
    contract: (name, detail) => `合约拒绝（${name}）：${detail}`,
    wrongField: (field, given, expected) => `${field}：不接受“${given}”；应为：${expected}。`,
    missingField: (field, expected) => `缺少 ${field}；应为：${expected}。`,
  },
);

const USER_REJECTED = 4001;

export function explained(failure: unknown): string {
  if (failure instanceof Unreachable) return w.unreachable;
  if (failure instanceof Problem) return problem(failure.body);
  if ((failure as { code?: unknown }).code === USER_REJECTED) return w.declined;
  return failure instanceof Error ? failure.message : String(failure);
}

function problem(body: ProblemBody): string {
  const chinese = language.value === 'zh';
  if (body.error) {
    const sentence = chinese ? refusalSentence(body.error, body.contract ?? '') : null;
    return w.contract(body.error.name, sentence ?? body.detail);
  }
  if (body.parameter !== undefined) {
    const expected = chinese ? expectedSentence(body.expected ?? '') : (body.expected ?? '');
    return body.given === null || body.given === undefined ? w.missingField(body.parameter, expected) : w.wrongField(body.parameter, body.given, expected);
  }
  if (chinese) return problemSentence(body);
  return body.type === '/problems/too-many-requests' ? w.tooMany : body.detail;
}
