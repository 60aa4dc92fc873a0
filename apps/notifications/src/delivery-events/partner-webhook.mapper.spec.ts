import {
  parseContract,
  PARTNER_WEBHOOKS,
  type ContractClass,
  type DeliveryAssignedPayload,
  type EventEnvelope,
} from '#libs/contracts/index.js';
import {
  toDeliveryAcknowledgedWebhook,
  toDeliveryAssignedWebhook,
  toDeliveryCanceledWebhook,
  toDeliveryDeliveredWebhook,
  toDeliveryFailedWebhook,
  toDeliveryOutForDeliveryWebhook,
  toCustomerOptedOutWebhook,
  toDeliveryRefusedWebhook,
  toDeliveryReinstatedWebhook,
  toDeliveryRescheduledWebhook,
  toDeliveryUnassignableWebhook,
  type EventWebhook,
} from './partner-webhook.mapper.js';

function createEvent<P extends object>(payload: P): EventEnvelope<P> {
  const envelope = { id: 'e1', subject: 's', organizationId: 'org_1', aggregateId: 'dlv_1', sequence: 4 };
  return { ...envelope, occurredAt: '2026-03-02T15:00:00Z', payload };
}

const deliveryFact = { deliveryId: 'dlv_1', reference: 'REF-1' };
const window = { start: '2026-03-02T15:00:00Z', end: '2026-03-02T17:00:00Z' };
const createFinding = <V>(value: V) => ({ value, confidence: 1, source: 'speech' as const });
const assignedPayload: DeliveryAssignedPayload = {
  ...deliveryFact,
  agentId: 'agt_1',
  agentName: 'Ana',
  customerName: 'Cara Customer',
  address: '1 Secret Street',
  position: [-87, 41],
  window,
  instructions: { accessCode: createFinding('4512'), complexity: 2 },
  transcript: 'the code is 4512',
  reason: { explanation: 'near', cost: 1 },
  customerReached: true,
};

const eventWebhooks: EventWebhook[] = [
  toDeliveryAssignedWebhook(createEvent(assignedPayload)),
  toDeliveryAcknowledgedWebhook(createEvent({ ...deliveryFact, agentId: 'agt_1' })),
  toDeliveryRescheduledWebhook(createEvent({ ...deliveryFact, window })),
  toDeliveryRescheduledWebhook(createEvent(deliveryFact)),
  toDeliveryOutForDeliveryWebhook(createEvent({ ...deliveryFact, agentId: 'agt_1' })),
  toDeliveryDeliveredWebhook(
    createEvent({ ...deliveryFact, agentId: 'agt_1', note: 'no thanks to 4512', safePlaceUsed: 'garage' as const }),
  ),
  toDeliveryFailedWebhook(
    createEvent({ ...deliveryFact, agentId: 'agt_1', reason: 'nobody_home' as const, note: 'Secret Street' }),
  ),
  toDeliveryCanceledWebhook(createEvent({ ...deliveryFact, reason: 'sold out', agentId: 'agt_1' })),
  toDeliveryRefusedWebhook(createEvent({ ...deliveryFact, transcript: 'no thanks' })),
  toDeliveryReinstatedWebhook(createEvent({ ...deliveryFact, window })),
  toDeliveryUnassignableWebhook(createEvent({ ...deliveryFact, reason: 'no agent on duty' })),
  toCustomerOptedOutWebhook(createEvent({ customerId: 'cus_1', phone: '+13125550123', deliveryId: 'dlv_1' })),
  toCustomerOptedOutWebhook(createEvent({ customerId: 'cus_1', phone: '+13125550123' })),
];

describe('webhooks for partners', () => {
  it('match the contract of every webhook type exactly', () => {
    for (const { webhook } of eventWebhooks) {
      const contract: ContractClass = PARTNER_WEBHOOKS[webhook.type];
      expect(() => parseContract(contract, webhook.data, 'reject')).not.toThrow();
    }
    expect(new Set(eventWebhooks.map(({ webhook }) => webhook.type))).toEqual(new Set(Object.keys(PARTNER_WEBHOOKS)));
  });

  it('contain no access code, phone number, address, note or transcript', () => {
    expect(JSON.stringify(eventWebhooks)).not.toMatch(/4512|\+1312|Secret Street|no thanks|the code is/);
  });

  it('contain the time of the event and its sequence', () => {
    expect(eventWebhooks[1]).toEqual({
      deliveryId: 'dlv_1',
      webhook: {
        type: 'delivery.acknowledged',
        timestamp: '2026-03-02T15:00:00Z',
        data: { sequence: 4, deliveryId: 'dlv_1', reference: 'REF-1', agentId: 'agt_1' },
      },
    });
  });
});
