import { evidence, formatViolations, neighborKeyed, webhook } from '../testing/sample-evidence.js';
import { webhooksRule } from './webhooks.js';

const assigned = webhook('delivery.assigned', 5);
const acknowledged = webhook('delivery.acknowledged', 6);
const judge = (...webhooks: ReturnType<typeof webhook>[]) =>
  formatViolations(webhooksRule.judge(evidence({ webhooks })));

it('the webhooks rule reports a fact of which the partner was not notified', () => {
  expect(judge(assigned)).toEqual([
    'lost: The partner must be sent delivery.acknowledged, and accepted only: delivery.assigned.',
  ]);
  expect(judge(assigned, { ...acknowledged, accepted: false })).toHaveLength(1);
});

it('the webhooks rule does not report a webhook whose next attempt is still to come', () => {
  const { at } = evidence();
  const waiting = {
    webhookId: 'whk_6',
    type: 'delivery.acknowledged',
    deliveryId: 'del_1',
    state: 'pending',
    tries: 2,
  };
  const waitingWebhooks = [{ ...waiting, nextTryAt: new Date(at + 100_000).toISOString() }];
  expect(webhooksRule.judge(evidence({ webhooks: [assigned], waitingWebhooks }))).toEqual([]);
  const overdue = [{ ...waiting, nextTryAt: new Date(at - 100_000).toISOString() }];
  expect(webhooksRule.judge(evidence({ webhooks: [assigned], waitingWebhooks: overdue }))).toHaveLength(1);
});

it('the webhooks rule expects a webhook about the opt-out of a customer', () => {
  const given = [{ ...neighborKeyed, field: 'optOut', value: true } as const];
  expect(formatViolations(webhooksRule.judge(evidence({ delivery: { given } })))).toEqual([
    expect.stringContaining('must be sent customer.opted_out'),
  ]);
});

it('the webhooks rule reports a fact sent under two ids, but not one sent twice under the same id', () => {
  expect(judge(assigned, assigned, acknowledged)).toEqual([]);
  expect(judge(assigned, { ...assigned, webhookId: 'whk_other' }, acknowledged)).toEqual([
    expect.stringMatching(/^doubled: The partner was notified of “delivery.assigned 5” under 2 ids/),
    expect.stringContaining('after delivery.assigned (sequence 5)'),
  ]);
});

it('the webhooks rule reports facts out of order', () => {
  expect(judge(acknowledged, assigned)).toEqual([
    expect.stringMatching(/accepted delivery.assigned \(sequence 5\) .* after delivery.acknowledged \(sequence 6\)/),
  ]);
});

it('the webhooks rule reports a webhook without a valid signature', () => {
  expect(
    judge(assigned, acknowledged, webhook('delivery.assigned', 7, { signatureValid: false, accepted: false })),
  ).toEqual([expect.stringMatching(/^unlawful: Webhook whk_7 of .* has no valid signature\.$/)]);
});
