import { apiCall, apiDelivery, call, evidence, found, neighborKeyed, NOON } from '../testing/fabricate.js';
import { droppedCallsRule } from './dropped-calls.js';

const heardGreeting = [{ seq: 1, at: NOON, text: 'Hello. This is an automated call.' }];
const broken = call({ endedBy: 'carrier', heard: heardGreeting });
const ledger = { calls: [broken], recordings: [], texts: [] };
const dropped = { calls: [apiCall({ outcome: 'dropped' })], given: [] };

it('finds a call that the API says broke off and that was not repeated', () => {
  expect(found(droppedCallsRule.judge(evidence({ delivery: dropped, ledger })))).toEqual([
    expect.stringMatching(/^lost: Call CA1 broke off at .* as call 1 of 3, and no further call was made\.$/),
  ]);
});

it('finds a call that only the carrier knows broke off', () => {
  const delivery = { calls: [apiCall()], given: [], listed: [apiDelivery({ instructions: undefined })] };
  expect(found(droppedCallsRule.judge(evidence({ delivery, ledger })))).toHaveLength(1);
});

it('is content with a further call, and with what was taken before the line broke', () => {
  const again = call({ callSid: 'CA2', attemptId: 'att_2', createdAt: NOON + 20_000 });
  const repeated = { ...ledger, calls: [broken, again] };
  expect(droppedCallsRule.judge(evidence({ delivery: dropped, ledger: repeated }))).toEqual([]);
  const told = { calls: [apiCall()], given: [neighborKeyed] };
  expect(droppedCallsRule.judge(evidence({ delivery: told, ledger }))).toEqual([]);
});

it('is content when the customer ended the plan', () => {
  const given = [{ ...neighborKeyed, field: 'optOut', value: true } as const];
  expect(droppedCallsRule.judge(evidence({ delivery: { ...dropped, given }, ledger }))).toEqual([]);
  const texted = [{ ...neighborKeyed, evidence: 'texted “2”' }];
  expect(droppedCallsRule.judge(evidence({ delivery: { ...dropped, given: texted }, ledger }))).toEqual([]);
});
