import { ourNumber, startSimulator, type SimulatorFixture } from '../testing/simulator-fixture.js';
import type { CallView } from '../call-book/call-view.js';

const customer = '+14155550142';
const response = (verbs: string): string => `<Response>${verbs}</Response>`;

describe('a call whose application fails', () => {
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
    await simulator.control('POST', '/simulator/customers', { phone: customer, persona: 'speaks_instructions' });
  });
  afterEach(() => simulator.close());

  async function callTo(url: string, more: object = {}): Promise<CallView> {
    await simulator.client.calls.create({
      to: customer,
      from: ourNumber,
      url,
      statusCallback: `${simulator.application.url}/status`,
      statusCallbackEvent: ['completed'],
      ...more,
    });
    const [end] = await simulator.application.waitFor('/status');
    expect(end?.parameters['CallStatus']).toBe('completed');
    const { calls } = (await simulator.control('GET', '/simulator/ledger')) as { calls: [CallView] };
    return calls[0];
  }

  it('retries a webhook as its URL fragment configures, and signs the URL without the fragment', async () => {
    let tries = 0;
    simulator.application.on('/voice', () => (++tries < 4 ? { status: 503 } : response('<Hangup/>')));
    const ring = await callTo(`${simulator.application.url}/voice?x=1#rc=5&rp=5xx`);
    expect(tries).toBe(4);
    expect(ring.warnings).toEqual([]);
    expect(simulator.application.received.every(({ signatureValid }) => signatureValid)).toBe(true);
  });

  it('fetches the fallback once, with the error code and URL', async () => {
    simulator.application
      .on('/voice', () => ({ status: 500 }))
      .on('/fallback', () => response('<Say>We will send you a text message.</Say>'));
    const ring = await callTo(`${simulator.application.url}/voice`, {
      fallbackUrl: `${simulator.application.url}/fallback`,
    });
    expect(simulator.application.at('/voice')).toHaveLength(1);
    expect(simulator.application.at('/fallback')[0]?.parameters).toMatchObject({
      ErrorCode: '11200',
      ErrorUrl: `${simulator.application.url}/voice`,
      CallStatus: 'in-progress',
    });
    expect(ring.heard).toMatchObject([{ text: 'We will send you a text message.' }]);
  });

  it('hangs up if no webhook responds, and records warnings in the ledger', async () => {
    const ring = await callTo('http://127.0.0.1:1/voice#ct=200', { fallbackUrl: 'http://127.0.0.1:1/fallback' });
    expect(ring).toMatchObject({
      status: 'completed',
      endedBy: 'carrier',
      warnings: [{ code: 11205 }, { code: 11205 }],
    });
  });

  it.each([
    ['an unknown verb', response('<Sing>La</Sing>'), 'text/xml', 12200],
    ['an unknown attribute', response('<Say loudness="9">Hello</Say>'), 'text/xml', 12200],
    ['broken XML', '<Response><Say>Hello</Response>', 'text/xml', 12100],
    ['another root', '<Answer/>', 'text/xml', 12100],
    ['a custom entity', '<!DOCTYPE x [<!ENTITY a "b">]><Response><Say>&a;</Say></Response>', 'text/xml', 12100],
    ['no TwiML at all', '{"say": "hello"}', 'application/json', 12300],
  ])('refuses a document with %s', async (_what, body, contentType, code) => {
    simulator.application.on('/voice', () => ({ status: 200, body, contentType }));
    const ring = await callTo(`${simulator.application.url}/voice`);
    expect(ring.warnings).toMatchObject([{ code }]);
    expect(ring.heard).toEqual([]);
  });

  it('ends a call whose webhooks redirect in a loop', async () => {
    simulator.application.on('/voice', () => response('<Redirect>/voice</Redirect>'));
    const ring = await callTo(`${simulator.application.url}/voice`);
    expect(ring.warnings).toMatchObject([{ code: 11215 }]);
  });
});
