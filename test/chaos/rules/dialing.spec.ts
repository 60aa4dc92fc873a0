import { call, evidence, formatViolations, EARLY_AFTERNOON_MS, plan } from '../testing/sample-evidence.js';
import { dialingRule } from './dialing.js';

const judgeCalls = (...calls: ReturnType<typeof call>[]) =>
  formatViolations(dialingRule.judge(evidence({ ledger: { calls, recordings: [], texts: [] } })));

it('the dialing rule reports an attempt that was dialed twice', () => {
  const repeatedCall = call({
    callSid: 'CA2',
    createdAt: EARLY_AFTERNOON_MS + 9_000,
    startedAt: EARLY_AFTERNOON_MS + 9_000,
    rangAt: EARLY_AFTERNOON_MS + 9_100,
  });
  expect(judgeCalls(call(), repeatedCall)).toEqual([
    expect.stringMatching(/^doubled: Attempt att_1 must be dialed once, and was dialed 2 times: CA1 at .*, CA2 at/),
  ]);
});

it('the dialing rule reports a call dialed while another call to the number was open', () => {
  const other = call({
    callSid: 'CA2',
    attemptId: 'att_2',
    createdAt: EARLY_AFTERNOON_MS + 3_000,
    startedAt: EARLY_AFTERNOON_MS + 3_000,
  });
  expect(judgeCalls(call(), other)).toEqual([expect.stringContaining('while call CA1')]);
});

it('the dialing rule accepts a call dialed while a call from the customer was open', () => {
  const inboundCall = call({
    callSid: 'CA0',
    direction: 'inbound',
    attemptId: undefined,
    startedAt: EARLY_AFTERNOON_MS - 1_000,
  });
  expect(judgeCalls(inboundCall, call())).toEqual([]);
});

it('the dialing rule reports more calls than are allowed', () => {
  const calls = [0, 1, 2, 3].map((index) => {
    const at = EARLY_AFTERNOON_MS + index * 60_000;
    return call({
      callSid: `CA${index}`,
      attemptId: `att_${index}`,
      createdAt: at,
      startedAt: at,
      endedAt: at + 1_000,
    });
  });
  expect(judgeCalls(...calls)).toEqual([expect.stringContaining('At most 3 calls are allowed, and 4 were placed')]);
});

it('the dialing rule reports a ring at an unlawful hour of the customer’s local time', () => {
  const late = Date.UTC(2026, 0, 14, 21, 0, 0);
  expect(judgeCalls(call({ startedAt: late, rangAt: late }))).toEqual([
    expect.stringMatching(/^unlawful: Call CA1 rang at 21:00 in Europe\/London .* allowed is 08:00 to 21:00/),
  ]);
});

it('the dialing rule reports a ring outside the organization’s hours', () => {
  const organizations = [{ key: 'day', callsFromMinute: 900, callsUntilMinute: 1_000 }];
  expect(formatViolations(dialingRule.judge(evidence({ organizations })))).toEqual([
    expect.stringMatching(/rang at 14:00 .* allowed is 15:00 to 16:40/),
  ]);
});

it('the dialing rule reports any call to a customer who must not be called', () => {
  const delivery = { plan: plan('lives_in_the_night') };
  expect(formatViolations(dialingRule.judge(evidence({ delivery })))).toEqual([
    expect.stringContaining('allowed is no call at all'),
  ]);
});
