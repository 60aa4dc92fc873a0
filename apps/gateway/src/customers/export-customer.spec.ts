import {
  GetCallRpc,
  GetConsentRpc,
  GetCustomerRpc,
  GetPreferencesRpc,
  GetTimelineRpc,
  GetTranscriptRpc,
  ListCallsRpc,
  ListDeliveriesRpc,
  ListRecordingsRpc,
  createNotFoundError,
  type Call,
  type Customer,
  type Recording,
} from '#libs/contracts/index.js';
import { makeDelivery, EdgeFixture } from '../testing/edge-fixture.js';
import type { CustomerExport } from './customer-export.dto.js';

const AT = '2026-03-03T16:00:00Z';
const CUSTOMER: Customer = {
  customerId: 'cus_1',
  name: 'Cara',
  phone: '+13125550142',
  position: [-87.6, 41.9],
  doNotCall: false,
  createdAt: AT,
  updatedAt: AT,
  revision: 1,
};
const makeCall = (attemptId: string): Call => ({
  attemptId,
  deliveryId: 'dlv_1',
  customerId: 'cus_1',
  attempt: 1,
  state: 'completed',
  outcome: 'answered',
  requestedAt: AT,
  revision: 1,
});
const makeRecording = (recordingId: string): Recording => ({
  recordingId,
  attemptId: 'dlv_1.1',
  deliveryId: 'dlv_1',
  state: 'stored',
  durationSeconds: 9,
  channels: 2,
  createdAt: AT,
  revision: 1,
});

describe('the export of a customer', () => {
  let edge: EdgeFixture;
  let ownOrganization: { id: string; key: string };

  beforeAll(async () => {
    edge = await EdgeFixture.start({});
    ownOrganization = await edge.createOrganization();
    const { mesh } = edge;
    mesh.serve(GetCustomerRpc, ({ customerId }, { organizationId }) => {
      if (customerId !== 'cus_1' || organizationId !== ownOrganization.id)
        throw createNotFoundError('customer', customerId);
      return CUSTOMER;
    });
    mesh.serve(GetPreferencesRpc, () => ({
      customerId: 'cus_1',
      values: { notes: 'Two dogs' },
      origins: [],
      revision: 1,
    }));
    mesh.serve(GetConsentRpc, () => ({
      customerId: 'cus_1',
      legalBasis: 'consent' as const,
      history: [],
      revision: 1,
    }));
    // Two pages of each, so that the export must read the second one.
    mesh.serve(ListDeliveriesRpc, ({ cursor, customerId }) => {
      expect(customerId).toBe('cus_1');
      return cursor === undefined
        ? { items: [makeDelivery('dlv_1', 'first')], nextCursor: 'bW9yZQ' }
        : { items: [makeDelivery('dlv_2', 'second')] };
    });
    mesh.serve(ListCallsRpc, ({ cursor }) =>
      cursor === undefined ? { items: [makeCall('dlv_1.1')], nextCursor: 'bW9yZQ' } : { items: [makeCall('dlv_1.2')] },
    );
    mesh.serve(GetCallRpc, ({ attemptId }) => ({ ...makeCall(attemptId), turns: [], decisions: [] }));
    mesh.serve(GetTimelineRpc, ({ deliveryId }) => ({ deliveryId, entries: [] }));
    mesh.serve(ListRecordingsRpc, ({ deliveryId }) => ({
      items: deliveryId === 'dlv_1' ? [makeRecording('rec_1'), makeRecording('rec_2')] : [],
    }));
    mesh.serve(GetTranscriptRpc, ({ recordingId }) => {
      if (recordingId === 'rec_2') throw createNotFoundError('transcript', recordingId);
      const text = 'in the garage please';
      const fields = { recordingId, attemptId: 'dlv_1.1', deliveryId: 'dlv_1', state: 'understood' as const };
      return { ...fields, text, segments: [], version: 1, createdAt: AT, updatedAt: AT, revision: 1 };
    });
  });

  afterAll(() => edge?.stop());

  it('collects all pages into one document, and accepts recordings without a transcript', async () => {
    const response = await edge.call('GET', '/v1/customers/cus_1/export', { key: ownOrganization.key });
    expect(response.status).toBe(200);
    const exported = JSON.parse(response.text) as CustomerExport;
    expect(exported).toMatchObject({ customer: CUSTOMER, preferences: { values: { notes: 'Two dogs' } } });
    expect(exported.deliveries.map(({ delivery }) => delivery.reference)).toEqual(['first', 'second']);
    expect(exported.deliveries[0]?.recordings).toHaveLength(2);
    expect(exported.deliveries[0]?.transcripts).toMatchObject([{ recordingId: 'rec_1', text: 'in the garage please' }]);
    expect(exported.calls.map(({ attemptId }) => attemptId)).toEqual(['dlv_1.1', 'dlv_1.2']);
  });

  it('responds with 404 to another organization, and with 401 without a credential', async () => {
    const otherOrganization = await edge.createOrganization();
    expect((await edge.call('GET', '/v1/customers/cus_1/export', { key: otherOrganization.key })).status).toBe(404);
    expect((await edge.call('GET', '/v1/customers/cus_1/export')).status).toBe(401);
  });
});
