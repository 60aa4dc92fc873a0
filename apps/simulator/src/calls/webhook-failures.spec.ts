import { DELAUTO_NUMBER, startSimulator, type SimulatorFixture } from '../testing/simulator-fixture.js';
import type { CallView } from '../call-book/call-view.js';

const customer = '+14155550142';
const toTwiml = (verbs: string): string => `<Response>${verbs}</Response>`;

describe('a call whose application fails', () => {
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
    await simulator.control('POST', '/simulator/customers', { phone: customer, persona: 'speaks_instructions' });
  });
  afterEach(() => simulator.close());

  async function placeCall(url: string, overrides: object = {}): Promise<CallView> {
    await simulator.client.calls.create({
      to: customer,
      from: DELAUTO_NUMBER,
      url,
      statusCallback: `${simulator.application.url}/status`,
      statusCallbackEvent: ['completed'],
      ...overrides,
    });
    const [finalStatus] = await simulator.application.waitFor('/status');
    expect(finalStatus?.parameters['CallStatus']).toBe('completed');
    const { calls } = (await simulator.control('GET', '/simulator/ledger')) as { calls: [CallView] };
    return calls[0];
  }

  it('retries a webhook as its URL fragment configures, and signs the URL without the fragment', async () => {
    let requestCount = 0;
    simulator.application.on('/voice', () => (++requestCount < 4 ? { status: 503 } : toTwiml('<Hangup/>')));
    const call = await placeCall(`${simulator.application.url}/voice?x=1#rc=5&rp=5xx`);
    expect(requestCount).toBe(4);
    expect(call.warnings).toEqual([]);
    expect(simulator.application.received.every(({ signatureValid }) => signatureValid)).toBe(true);
  });

  it('fetches the fallback once, with the error code and URL', async () => {
    simulator.application
      .on('/voice', () => ({ status: 500 }))
      .on('/fallback', () => toTwiml('<Say>We will send you a text message.</Say>'));
    const call = await placeCall(`${simulator.application.url}/voice`, {
      fallbackUrl: `${simulator.application.url}/fallback`,
    });
    expect(simulator.application.at('/voice')).toHaveLength(1);
    expect(simulator.application.at('/fallback')[0]?.parameters).toMatchObject({
      ErrorCode: '11200',
      ErrorUrl: `${simulator.application.url}/voice`,
      CallStatus: 'in-progress',
    });
    expect(call.heard).toMatchObject([{ text: 'We will send you a text message.' }]);
  });

  it('hangs up if no webhook responds, and records warnings in the ledger', async () => {
    const call = await placeCall('http://127.0.0.1:1/voice#ct=200', { fallbackUrl: 'http://127.0.0.1:1/fallback' });
    expect(call).toMatchObject({
      status: 'completed',
      endedBy: 'carrier',
      warnings: [{ code: 11205 }, { code: 11205 }],
    });
  });

  it.each([
    ['an unknown verb', toTwiml('<Sing>La</Sing>'), 'text/xml', 12200],
    ['an unknown attribute', toTwiml('<Say loudness="9">Hello</Say>'), 'text/xml', 12200],
    ['broken XML', '<Response><Say>Hello</Response>', 'text/xml', 12100],
    ['another root', '<Answer/>', 'text/xml', 12100],
    ['a custom entity', '<!DOCTYPE x [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>', 'text/xml', 12100],
    ['no TwiML at all', '{"say": "hello"}', 'application/json', 12300],
  ])('refuses a document with %s', async (_what, body, contentType, code) => {
    simulator.application.on('/voice', () => ({ status: 200, body, contentType }));
    const call = await placeCall(`${simulator.application.url}/voice`);
    expect(call.warnings).toMatchObject([{ code }]);
    expect(call.heard).toEqual([]);
  });

  it('ends a call whose webhooks redirect in a loop', async () => {
    simulator.application.on('/voice', () => toTwiml('<Redirect>/voice</Redirect>'));
    const call = await placeCall(`${simulator.application.url}/voice`);
    expect(call.warnings).toMatchObject([{ code: 11215 }]);
  });
});
