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

function event<P extends object>(payload: P): EventEnvelope<P> {
  const envelope = { id: 'e1', subject: 's', organizationId: 'org_1', aggregateId: 'dlv_1', sequence: 4 };
  return { ...envelope, occurredAt: '2026-03-02T15:00:00Z', payload };
}

const fact = { deliveryId: 'dlv_1', reference: 'REF-1' };
const window = { start: '2026-03-02T15:00:00Z', end: '2026-03-02T17:00:00Z' };
const found = <V>(value: V) => ({ value, confidence: 1, source: 'speech' as const });
const assigned: DeliveryAssignedPayload = {
  ...fact,
  agentId: 'agt_1',
  agentName: 'Ana',
  customerName: 'Cara Customer',
  address: '1 Secret Street',
  position: [-87, 41],
  window,
  instructions: { accessCode: found('4512'), complexity: 2 },
  transcript: 'the code is 4512',
  reason: { explanation: 'near', cost: 1 },
  customerReached: true,
};

const all: EventWebhook[] = [
  toDeliveryAssignedWebhook(event(assigned)),
  toDeliveryAcknowledgedWebhook(event({ ...fact, agentId: 'agt_1' })),
  toDeliveryRescheduledWebhook(event({ ...fact, window })),
  toDeliveryRescheduledWebhook(event(fact)),
  toDeliveryOutForDeliveryWebhook(event({ ...fact, agentId: 'agt_1' })),
  toDeliveryDeliveredWebhook(
    event({ ...fact, agentId: 'agt_1', note: 'no thanks to 4512', safePlaceUsed: 'garage' as const }),
  ),
  toDeliveryFailedWebhook(event({ ...fact, agentId: 'agt_1', reason: 'nobody_home' as const, note: 'Secret Street' })),
  toDeliveryCanceledWebhook(event({ ...fact, reason: 'sold out', agentId: 'agt_1' })),
  toDeliveryRefusedWebhook(event({ ...fact, transcript: 'no thanks' })),
  toDeliveryReinstatedWebhook(event({ ...fact, window })),
  toDeliveryUnassignableWebhook(event({ ...fact, reason: 'nobody on duty' })),
  toCustomerOptedOutWebhook(event({ customerId: 'cus_1', phone: '+13125550123', deliveryId: 'dlv_1' })),
  toCustomerOptedOutWebhook(event({ customerId: 'cus_1', phone: '+13125550123' })),
];

describe('webhooks for partners', () => {
  it('match the contract of every webhook type exactly', () => {
    for (const { webhook } of all) {
      const contract: ContractClass = PARTNER_WEBHOOKS[webhook.type];
      expect(() => parseContract(contract, webhook.data, 'reject')).not.toThrow();
    }
    expect(new Set(all.map(({ webhook }) => webhook.type))).toEqual(new Set(Object.keys(PARTNER_WEBHOOKS)));
  });

  it('contain no access code, phone number, address or words of the customer', () => {
    expect(JSON.stringify(all)).not.toMatch(/4512|\+1312|Secret Street|no thanks|the code is/);
  });

  it('contain the time of the event and its sequence', () => {
    expect(all[1]).toEqual({
      deliveryId: 'dlv_1',
      webhook: {
        type: 'delivery.acknowledged',
        timestamp: '2026-03-02T15:00:00Z',
        data: { sequence: 4, deliveryId: 'dlv_1', reference: 'REF-1', agentId: 'agt_1' },
      },
    });
  });
});
