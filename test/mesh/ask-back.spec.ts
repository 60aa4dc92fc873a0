import { DEMO_ENVIRONMENT } from '#deploy/demo/demo-environment.js';
import { killAndRestart } from '#deploy/demo/kill.js';
import { placeAtLocalTime, type Place } from '#deploy/demo/places.js';
import { startStack, type Stack } from '#deploy/local/stack/index.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import type { Delivery, Timeline } from '#libs/contracts/index.js';
import { bearer, JsonClient } from '../chaos/support/json-client.js';

const HOUR_MS = 3_600_000;
const EARLY_AFTERNOON_MINUTES = 13 * 60;
const DEADLINE_MS = 120_000;
/** Longer than an answer takes here, and short enough to wait for. */
const HOLD_SECONDS = 25;

interface SentText {
  readonly to: string;
  readonly direction: string;
  readonly body: string;
}

/** The whole mesh as processes on real servers; the customers are phones of the simulated carrier. */
describe('a customer who writes something that cannot be undone', () => {
  const now = new Date();
  const place: Place = placeAtLocalTime(EARLY_AFTERNOON_MINUTES, now);
  let stack: Stack;
  let simulator: JsonClient;
  let partner: JsonClient;
  let serial = 0;

  const at = (hours: number): string => new Date(now.getTime() + hours * HOUR_MS).toISOString();
  const urlOf = (app: string): string => stack.apps.get(app)?.url ?? '';

  beforeAll(async () => {
    const env = { ...DEMO_ENVIRONMENT, CONFIRMATION_HOLD_SECONDS: `${HOLD_SECONDS}` };
    stack = await startStack({ log: 'file', env, print: () => undefined });
    simulator = new JsonClient(urlOf('simulator'), {}, DEADLINE_MS);
    const operatorKey = stack.env['gateway']?.['OPERATOR_API_KEY'] ?? '';
    const operator = new JsonClient(urlOf('gateway'), bearer(operatorKey), DEADLINE_MS);
    const organization = await operator.post<{ apiKey: string }>('/v1/organizations', {
      name: 'Northwind',
      zone: place.zone,
      maxAttemptsPerDelivery: 1,
      callsFromMinute: 8 * 60,
      callsUntilMinute: 21 * 60,
    });
    partner = new JsonClient(urlOf('gateway'), bearer(organization.apiKey), DEADLINE_MS);
    await partner.post('/v1/agents', {
      name: 'Ana',
      phone: place.phone(99),
      position: place.position,
      skills: [],
      shift: { start: at(-1), end: at(12) },
      capacity: { count: 100 },
      experience: 0.7,
    });
  });

  afterAll(async () => {
    await stack?.stop();
  });

  const listTexts = async (phone: string): Promise<string[]> =>
    (await simulator.get<SentText[]>('/simulator/messages'))
      .filter(({ to, direction }) => to === phone && direction === 'outbound-api')
      .map(({ body }) => body);
  const eventually = <T>(what: string, probe: () => Promise<T | undefined | false>): Promise<T> =>
    waitUntil(probe, { what, deadlineMs: DEADLINE_MS, everyMs: 250 });

  /** A customer who never answers the phone and was therefore texted about a delivery. */
  async function textedCustomer(language: 'en' | 'es' = 'en') {
    serial += 1;
    const phone = place.phone(serial);
    await simulator.post('/simulator/customers', {
      customers: [{ phone, persona: 'never_answers', zone: place.zone }],
    });
    const { deliveryId } = await partner.post<Delivery>('/v1/deliveries', {
      reference: `A-${serial}`,
      customer: { name: 'Cara', phone, language, zone: place.zone, position: place.position, legalBasis: 'consent' },
      window: { start: at(4), end: at(6) },
      parcel: { description: language === 'en' ? 'your new lamp' : 'su lámpara nueva' },
    });
    await eventually(`a text to ${phone}`, async () => (await listTexts(phone)).length === 1);
    const to = stack.env['telephony']?.['TWILIO_PHONE_NUMBER'] ?? '';
    return {
      deliveryId,
      write: (body: string) => simulator.post('/simulator/messages', { from: phone, to, body }),
      texts: () => listTexts(phone),
      get: () => partner.get<Delivery>(`/v1/deliveries/${deliveryId}`),
      waitForAskBack: () => eventually(`an ask-back to ${phone}`, async () => (await listTexts(phone))[1]),
      waitFor: (what: string, isSo: (delivery: Delivery) => boolean) =>
        eventually(`${deliveryId} to be ${what}`, async () => {
          const delivery = await partner.get<Delivery>(`/v1/deliveries/${deliveryId}`);
          return isSo(delivery) && delivery;
        }),
    };
  }

  it.concurrent('is asked first, and after a yes the delivery is refused', async ({ expect }) => {
    const customer = await textedCustomer();
    await customer.write('refuse it');
    expect(await customer.waitForAskBack()).toBe(
      'Northwind: you asked us to send your new lamp back. Reply YES to send it back, or NO to have it delivered as planned. STOP to opt out.',
    );
    expect((await customer.get()).state).not.toBe('refused');
    await customer.write('YES');
    await customer.waitFor('refused', ({ state }) => state === 'refused');
    expect(await customer.texts()).toHaveLength(2);
    const lines = await eventually('the timeline', async () => {
      const timeline = await partner.get<Timeline>(`/v1/deliveries/${customer.deliveryId}/timeline`);
      const texts = timeline.entries.map(({ text }) => text);
      return texts.includes('The customer refused the delivery') && texts;
    });
    const expected = [
      'The customer wrote: “refuse it”',
      'The customer is asked to confirm: send the parcel back',
      'Text to the customer requested: it asks whether to send the parcel back',
      'The customer wrote: “YES”',
      'The customer confirmed: send the parcel back',
      'The customer refused the delivery',
    ];
    expect(lines.filter((line) => expected.includes(line))).toEqual(expected);
  });

  it.concurrent('is asked first, and after a no the delivery goes on as planned', async ({ expect }) => {
    const customer = await textedCustomer();
    await customer.write('refuse it');
    await customer.waitForAskBack();
    await customer.write('no');
    const delivery = await customer.waitFor('with an agent', ({ state, confirmation }) => {
      return state === 'assigned' && confirmation?.state === 'declined';
    });
    expect(delivery.instructions?.refused).toBeUndefined();
  });

  it.concurrent('is asked in Spanish and may answer in Spanish', async ({ expect }) => {
    const customer = await textedCustomer('es');
    await customer.write('ya no lo quiero, devuélvanlo');
    expect(await customer.waitForAskBack()).toBe(
      'Northwind: nos pidió devolver su lámpara nueva. Responda SÍ para devolverlo, o NO para recibirlo como estaba previsto. STOP para no recibir más.',
    );
    await customer.write('SÍ');
    await customer.waitFor('refused', ({ state }) => state === 'refused');
  });

  it.concurrent('and does not answer is left to a dispatcher, and the delivery goes on', async ({ expect }) => {
    const customer = await textedCustomer();
    await customer.write('refuse it');
    await customer.waitForAskBack();
    await customer.waitFor('unanswered', ({ confirmation }) => confirmation?.state === 'unanswered');
    await customer.waitFor('with an agent', ({ state }) => state === 'assigned');
    const page = await partner.get<{ items: Delivery[] }>('/v1/deliveries?confirmation=unanswered');
    expect(page.items.map(({ deliveryId }) => deliveryId)).toContain(customer.deliveryId);
  });

  // Not concurrent: it interrupts every customer.
  it('is asked exactly once although routing and telephony are killed meanwhile', async () => {
    const customer = await textedCustomer();
    await customer.write('refuse it');
    await killAndRestart(stack, 'routing');
    await customer.waitForAskBack();
    await customer.write('YES');
    await killAndRestart(stack, 'telephony');
    await killAndRestart(stack, 'routing');
    await customer.waitFor('refused', ({ state }) => state === 'refused');
    expect(await customer.texts()).toHaveLength(2);
  });
});
