import { waitUntil } from '#deploy/local/process/wait-until.js';
import { RunningProduct } from '../front-door/running-product.js';
import { PopulatedOrganization } from '../front-door/populated-organization.js';

const APPS = ['gateway', 'routing', 'telephony', 'transcription', 'notifications', 'analytics'] as const;
/** A word that occurs in no other text. */
const WORD = 'heliotrope';

describe('erasure of a customer across all apps', () => {
  let product: RunningProduct;
  let organization: PopulatedOrganization;

  beforeAll(async () => {
    product = await RunningProduct.open({
      logLevel: 'warn',
      transcript: `yes no leave it under the ${WORD} bench please yes`,
    });
    organization = await PopulatedOrganization.build(product, 0);
  }, 180_000);
  afterAll(() => product?.close());

  /** Finds the collections that contain one of these texts. */
  async function findPlaces(texts: readonly string[]): Promise<string[]> {
    const places: string[] = [];
    for (const app of APPS) {
      const database = await product.database(app);
      for (const { name } of await database.listCollections({}, { nameOnly: true }).toArray()) {
        const all = JSON.stringify(await database.collection(name).find().toArray());
        for (const text of texts) if (all.includes(text)) places.push(`${app}.${name}: ${text}`);
      }
    }
    return places;
  }

  const getStatus = async (path: string): Promise<number> =>
    (await product.call('GET', path, { as: organization.adminKey })).status;

  it('completes with no personal data left in any database', async () => {
    const { deliveryId, customerId, recordingId } = organization.completed;
    const customer = await organization.requestAsAdmin('GET', `/v1/customers/${customerId}`);
    const texts = [String(customer['phone']), String(customer['address']), WORD];
    expect((await findPlaces(texts)).map((place) => place.split('.')[0])).toEqual(
      expect.arrayContaining(['routing', 'telephony', 'transcription', 'notifications']),
    );
    expect(
      JSON.stringify(await organization.requestAsAdmin('GET', `/v1/recordings/${recordingId}/transcript`)),
    ).toContain(WORD);

    await organization.requestAsAdmin('POST', `/v1/deliveries/${deliveryId}/cancellation`, {
      reason: 'The customer leaves us.',
    });
    const { erasureId } = await organization.requestAsAdmin('POST', `/v1/customers/${customerId}/erasure`);
    await waitUntil(
      async () => {
        const erasure = await organization.requestAsAdmin(
          'GET',
          `/v1/customers/${customerId}/erasures/${String(erasureId)}`,
        );
        return erasure['completedAt'] !== undefined;
      },
      { what: 'every app to report', deadlineMs: 30_000, everyMs: 200 },
    );
    // The erasure's receipt names the outboxes and stored replies and how long they are retained.
    const retained = new Set(APPS.flatMap((app) => [`${app}.outbox`, `${app}.commands`]));
    const places = await findPlaces(texts);
    expect(places.filter((place) => !retained.has(place.split(':', 1)[0] ?? ''))).toEqual([]);
    for (const path of ['', '/transcript', '/audio']) {
      expect(await getStatus(`/v1/recordings/${recordingId}${path}`)).toBe(404);
    }
    expect(await getStatus(`/v1/customers/${customerId}`)).toBe(404);
    const found = await organization.requestAsAdmin('GET', `/v1/search?q=${WORD}`);
    expect(found['items']).toEqual([]);
    // The delivery may remain without personal data.
    const remaining = [`/v1/deliveries/${deliveryId}`, `/v1/deliveries/${deliveryId}/timeline`, `/v1/calls?limit=200`];
    for (const path of remaining) {
      const text = JSON.stringify(await organization.requestAsAdmin('GET', path));
      for (const secret of texts) expect(text).not.toContain(secret);
    }
    const inbox = await product.call('GET', '/v1/me/inbox', { as: organization.agentAppToken });
    for (const secret of texts) expect(inbox.text).not.toContain(secret);
  }, 120_000);
});
