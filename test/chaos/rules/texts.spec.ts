import {
  call,
  evidence,
  formatViolations,
  neighborKeyed,
  EARLY_AFTERNOON_MS,
  PHONE,
} from '../testing/sample-evidence.js';
import { textsRule } from './texts.js';

const text = (messageSid: string, at: number, body = 'Please reply.') => ({
  messageSid,
  to: PHONE,
  from: '+15005550006',
  body,
  direction: 'outbound-api',
  at,
});
const optedOut = { given: [{ ...neighborKeyed, field: 'optOut', value: true, at: EARLY_AFTERNOON_MS } as const] };

it('the texts rule reports a text that was sent twice', () => {
  const texts = [text('SM1', EARLY_AFTERNOON_MS), text('SM2', EARLY_AFTERNOON_MS + 1_000)];
  expect(formatViolations(textsRule.judge(evidence({ ledger: { calls: [], recordings: [], texts } })))).toEqual([
    expect.stringMatching(/^doubled: “Please reply\.” was sent to \+442079461000 2 times: SM1 at .*, SM2 at/),
  ]);
});

it('the texts rule reports a call and texts after an opt-out, except the text that confirms it', () => {
  const ledger = {
    calls: [call({ callSid: 'CA2', createdAt: EARLY_AFTERNOON_MS + 10_000 })],
    recordings: [],
    texts: [text('SM1', EARLY_AFTERNOON_MS + 5_000, 'You get no more calls.'), text('SM2', EARLY_AFTERNOON_MS + 9_000)],
  };
  expect(formatViolations(textsRule.judge(evidence({ delivery: optedOut, ledger })))).toEqual([
    expect.stringMatching(/^unlawful: Call CA2 was placed at .*, after the opt-out/),
    expect.stringMatching(/^unlawful: Text SM2 was sent at .*, after the opt-out/),
  ]);
});
