import { apiDelivery, delivery, evidence, formatViolations, neighborKeyed } from '../testing/sample-evidence.js';
import { deliveriesRule, expectedStates } from './deliveries.js';

it('the deliveries rule reports a delivery that was accepted and does not exist', () => {
  expect(formatViolations(deliveriesRule.judge(evidence({ delivery: { listed: [] } })))).toEqual([
    expect.stringMatching(/^lost: C1-001 was accepted at .*, and the API lists none\.$/),
  ]);
});

it('the deliveries rule reports a delivery that was never accepted', () => {
  const { deliveryId: _deliveryId, ...unanswered } = delivery({ listed: [] });
  expect(formatViolations(deliveriesRule.judge(evidence({ deliveries: [unanswered] })))).toEqual([
    expect.stringContaining('never answered with 2xx (last: nothing); the API lists none'),
  ]);
});

it('the deliveries rule reports a delivery that exists twice', () => {
  const listed = [apiDelivery(), apiDelivery({ deliveryId: 'del_2' })];
  expect(formatViolations(deliveriesRule.judge(evidence({ delivery: { listed } })))).toEqual([
    'doubled: C1-001 was posted with one Idempotency-Key, and became del_1, del_2.',
  ]);
});

it('the deliveries rule reports a delivery that did not reach its final state', () => {
  const listed = [apiDelivery({ state: 'awaiting_understanding' })];
  expect(formatViolations(deliveriesRule.judge(evidence({ delivery: { listed } })))).toEqual([
    expect.stringMatching(/^lost: It must end acknowledged, and is awaiting_understanding after 1 attempts/),
  ]);
});

it('the deliveries rule expects the state that the customer’s instructions imply', () => {
  const refused = { ...neighborKeyed, field: 'refused', value: true } as const;
  const rescheduled = { ...neighborKeyed, field: 'reschedule', value: '2026-01-15T16:00:00.000Z' } as const;
  expect([[], [refused], [rescheduled]].map((given) => expectedStates({ given, uncertain: [] }))).toEqual([
    ['acknowledged'],
    ['refused'],
    ['rescheduled'],
  ]);
  expect(expectedStates({ given: [], uncertain: [rescheduled] })).toEqual(['acknowledged', 'rescheduled']);
});
