import { DELAUTO_NUMBER, startSimulator, type SimulatorFixture } from '../testing/simulator-fixture.js';
import { countSmsSegments } from './sms-segments.js';

const customer = '+14155550142';

describe('text messages', () => {
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
    await simulator.control('POST', '/simulator/customers', { phone: customer, persona: 'speaks_instructions' });
    await simulator.control('PUT', '/simulator/numbers', {
      phone: DELAUTO_NUMBER,
      smsUrl: `${simulator.application.url}/sms`,
    });
  });
  afterEach(() => simulator.close());

  const send = (to = customer): ReturnType<typeof simulator.client.messages.create> =>
    simulator.client.messages.create({
      to,
      from: DELAUTO_NUMBER,
      body: 'Your parcel comes today.',
      statusCallback: `${simulator.application.url}/status?ref=n1`,
    });

  it('reach the inbox, and report each status to a signed callback', async () => {
    const message = await send();
    expect(message).toMatchObject({ status: 'queued', numSegments: '1', direction: 'outbound-api' });
    const statuses = await simulator.application.waitFor('/status', 3);
    expect(statuses.map(({ parameters }) => parameters['MessageStatus'])).toEqual(['queued', 'sent', 'delivered']);
    expect(statuses.every(({ signatureValid }) => signatureValid)).toBe(true);
    expect(await simulator.control('GET', `/simulator/messages?to=${encodeURIComponent(customer)}`)).toMatchObject([
      { sid: message.sid, body: 'Your parcel comes today.', status: 'delivered', reference: { ref: 'n1' } },
    ]);
    expect(
      await simulator.client.messages.list({ to: customer, dateSentAfter: new Date(Date.now() - 60_000) }),
    ).toHaveLength(1);
  });

  it('are undelivered to a handset that does not exist', async () => {
    await send('+14155550188');
    const statuses = await simulator.application.waitFor('/status', 3);
    expect(statuses.at(-1)?.parameters).toMatchObject({ MessageStatus: 'undelivered', ErrorCode: '30003' });
  });

  it('from a customer reach the webhook, whose reply is sent to the customer', async () => {
    simulator.application.on('/sms', () => '<Response><Message>Noted &amp; passed on.</Message></Response>');
    await simulator.control('POST', '/simulator/messages', {
      from: customer,
      to: DELAUTO_NUMBER,
      body: 'leave with neighbor',
    });
    const [inbound] = await simulator.application.waitFor('/sms');
    expect(inbound).toMatchObject({
      signatureValid: true,
      parameters: { From: customer, To: DELAUTO_NUMBER, Body: 'leave with neighbor', NumMedia: '0' },
    });
    expect(await simulator.control('GET', `/simulator/messages?to=${encodeURIComponent(customer)}`)).toMatchObject([
      { body: 'Noted & passed on.', direction: 'outbound-reply' },
    ]);
  });

  it('are refused after STOP, until START', async () => {
    const write = (body: string): Promise<unknown> =>
      simulator.control('POST', '/simulator/messages', { from: customer, to: DELAUTO_NUMBER, body });
    await write('Stop');
    await expect(send()).rejects.toMatchObject({ status: 400, code: 21610 });
    await write('START');
    await expect(send()).resolves.toMatchObject({ status: 'queued' });
  });

  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    ['ж'.repeat(70), 1],
    ['ж'.repeat(71), 2],
    ['😀'.repeat(36), 2],
  ])('are counted in segments: case %#', (text, segments) => {
    expect(countSmsSegments(text)).toBe(segments);
  });
});
