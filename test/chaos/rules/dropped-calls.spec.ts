import {
  apiCall,
  apiDelivery,
  call,
  evidence,
  formatViolations,
  neighborKeyed,
  EARLY_AFTERNOON_MS,
} from '../testing/sample-evidence.js';
import { droppedCallsRule } from './dropped-calls.js';

const heardGreeting = [{ seq: 1, at: EARLY_AFTERNOON_MS, text: 'Hello. This is an automated call.' }];
const droppedCall = call({ endedBy: 'carrier', heard: heardGreeting });
const ledger = { calls: [droppedCall], recordings: [], texts: [] };
const dropped = { calls: [apiCall({ outcome: 'dropped' })], given: [] };

it('the rule about dropped calls reports a call that the API shows as dropped and that was not retried', () => {
  expect(formatViolations(droppedCallsRule.judge(evidence({ delivery: dropped, ledger })))).toEqual([
    expect.stringMatching(/^lost: Call CA1 broke off at .* as call 1 of 3, and no further call was made\.$/),
  ]);
});

it('the rule about dropped calls reports a dropped call that only the carrier knows about', () => {
  const delivery = { calls: [apiCall()], given: [], listed: [apiDelivery({ instructions: undefined })] };
  expect(formatViolations(droppedCallsRule.judge(evidence({ delivery, ledger })))).toHaveLength(1);
});

it('the rule about dropped calls accepts a further call, and input that was recorded before the line dropped', () => {
  const furtherCall = call({ callSid: 'CA2', attemptId: 'att_2', createdAt: EARLY_AFTERNOON_MS + 20_000 });
  const repeated = { ...ledger, calls: [droppedCall, furtherCall] };
  expect(droppedCallsRule.judge(evidence({ delivery: dropped, ledger: repeated }))).toEqual([]);
  const answered = { calls: [apiCall()], given: [neighborKeyed] };
  expect(droppedCallsRule.judge(evidence({ delivery: answered, ledger }))).toEqual([]);
});

it('the rule about dropped calls accepts a dropped call when the customer ended the plan', () => {
  const given = [{ ...neighborKeyed, field: 'optOut', value: true } as const];
  expect(droppedCallsRule.judge(evidence({ delivery: { ...dropped, given }, ledger }))).toEqual([]);
  const texted = [{ ...neighborKeyed, evidence: 'texted “2”' }];
  expect(droppedCallsRule.judge(evidence({ delivery: { ...dropped, given: texted }, ledger }))).toEqual([]);
});
