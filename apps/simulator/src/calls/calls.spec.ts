import type { CallView } from '../call-book/call-view.js';
import { DELAUTO_NUMBER, startSimulator, type SimulatorFixture } from '../testing/simulator-fixture.js';

const customer = '+14155550142';
const toTwiml = (verbs: string): string => `<?xml version="1.0" encoding="UTF-8"?><Response>${verbs}</Response>`;

describe('a call driven by the twilio SDK', () => {
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
  });
  afterEach(() => simulator.close());

  const setCustomer = (persona: string, utterances = {}): Promise<unknown> =>
    simulator.control('POST', '/simulator/customers', { phone: customer, persona, utterances });
  const createCall = (overrides: object = {}): ReturnType<typeof simulator.client.calls.create> =>
    simulator.client.calls.create({
      to: customer,
      from: DELAUTO_NUMBER,
      url: `${simulator.application.url}/voice?attemptId=a1`,
      statusCallback: `${simulator.application.url}/status?attemptId=a1`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      ...overrides,
    });
  const listCalls = async (): Promise<CallView[]> =>
    ((await simulator.control('GET', '/simulator/ledger')) as { calls: CallView[] }).calls;

  it('rings, executes the TwiML and reports every status in order, signed', async () => {
    await setCustomer('speaks_instructions');
    simulator.application
      .on('/voice', () =>
        toTwiml(
          `<Gather input="speech dtmf" action="/answer?step=1" speechTimeout="auto"><Say>Where should we leave your parcel?</Say></Gather>`,
        ),
      )
      .on('/answer', () => toTwiml('<Say>Thank you.</Say><Hangup/>'));
    const created = await createCall();
    expect(created).toMatchObject({ status: 'queued', direction: 'outbound-api', to: customer, answeredBy: null });

    const statuses = await simulator.application.waitFor('/status', 4);
    expect(statuses.map(({ parameters }) => parameters['CallStatus'])).toEqual([
      'initiated',
      'ringing',
      'in-progress',
      'completed',
    ]);
    expect(statuses.map(({ parameters }) => parameters['SequenceNumber'])).toEqual(['0', '1', '2', '3']);
    expect(statuses.at(-1)?.parameters).toMatchObject({
      CallSid: created.sid,
      CallbackSource: 'call-progress-events',
      SipResponseCode: '200',
      To: customer,
      From: DELAUTO_NUMBER,
    });
    expect(Number(statuses.at(-1)?.parameters['CallDuration'])).toBeGreaterThan(5);
    expect(simulator.application.received.every(({ signatureValid }) => signatureValid)).toBe(true);

    const [answer] = simulator.application.at('/answer');
    expect(answer?.query).toEqual({ step: '1' });
    expect(answer?.parameters).toMatchObject({
      SpeechResult: 'Please leave it on the back porch, behind the flower pot.',
      CallStatus: 'in-progress',
    });
    expect(Number(answer?.parameters['Confidence'])).toBeGreaterThan(0.9);

    const [callView] = await listCalls();
    expect(callView).toMatchObject({
      callSid: created.sid,
      attempt: { attemptId: 'a1' },
      status: 'completed',
      endedBy: 'application',
    });
    expect(callView?.said.map(({ text }) => text)).toEqual([
      'Please leave it on the back porch, behind the flower pot.',
    ]);
    expect(callView?.heard.map(({ text }) => text)).toEqual(['Where should we leave your parcel?', 'Thank you.']);

    const fetched = await simulator.client.calls(created.sid).fetch();
    expect(fetched).toMatchObject({
      status: 'completed',
      subresourceUris: { recordings: expect.stringContaining(created.sid) as unknown },
    });
    expect(fetched.startTime).toBeInstanceOf(Date);
    expect(Number(fetched.duration)).toBeGreaterThan(5);
  });

  it('gathers keys, also during the prompt, and continues with the next verb without input', async () => {
    await setCustomer('presses_keys');
    simulator.application
      .on('/voice', () =>
        toTwiml(
          '<Gather numDigits="1" action="/keys"><Say>For your neighbor, press 2. Where should we leave it?</Say></Gather><Redirect>/silent</Redirect>',
        ),
      )
      .on('/keys', () =>
        toTwiml(
          '<Gather input="speech" timeout="3" action="/keys"><Say>Is that right?</Say></Gather><Redirect>/silent</Redirect>',
        ),
      )
      .on('/silent', () => toTwiml('<Hangup/>'));
    await createCall();
    await simulator.application.waitFor('/silent');
    expect(simulator.application.at('/keys').map(({ parameters }) => parameters['Digits'])).toEqual(['2']);
    const [callView] = await listCalls();
    // No Gather listened for the second key.
    expect(callView?.pressed).toMatchObject([
      { digits: '2', gathered: true },
      { digits: '1', gathered: false },
    ]);
  });

  it.each([
    ['busy', ['initiated', 'busy'], '486'],
    ['never_answers', ['initiated', 'ringing', 'no-answer'], '487'],
    ['unreachable', ['initiated', 'failed'], '404'],
  ])('ends a call to %s without fetching TwiML', async (persona, expected, sip) => {
    await setCustomer(persona);
    await createCall({ timeout: 20 });
    const statuses = await simulator.application.waitFor('/status', expected.length);
    expect(statuses.map(({ parameters }) => parameters['CallStatus'])).toEqual(expected);
    expect(statuses.at(-1)?.parameters).toMatchObject({ SipResponseCode: sip, CallDuration: '0' });
    expect(simulator.application.at('/voice')).toEqual([]);
  });

  it('lets a customer answer only the second call, and restarts a customer who is set again', async () => {
    await setCustomer('no_answer_first');
    simulator.application.on('/voice', () => toTwiml('<Hangup/>'));
    await createCall({ timeout: 5, statusCallbackEvent: ['completed'] });
    await simulator.application.waitFor('/status', 1);
    await createCall({ timeout: 5, statusCallbackEvent: ['completed'] });
    const statuses = await simulator.application.waitFor('/status', 2);
    expect(statuses.map(({ parameters }) => parameters['CallStatus'])).toEqual(['no-answer', 'completed']);
    await setCustomer('no_answer_first');
    await createCall({ timeout: 5, statusCallbackEvent: ['completed'] });
    const allStatuses = await simulator.application.waitFor('/status', 3);
    expect(allStatuses.at(-1)?.parameters['CallStatus']).toBe('no-answer');
  });

  it('lets the customer hang up in the middle of a sentence', async () => {
    await setCustomer('hangs_up_at_once');
    simulator.application.on('/voice', () =>
      toTwiml('<Gather input="speech"><Say>Good morning, this is a longer greeting.</Say></Gather>'),
    );
    await createCall();
    await simulator.application.waitUntil(
      () => simulator.application.at('/status').some(({ parameters }) => parameters['CallStatus'] === 'completed'),
      'the end of the call',
    );
    const [callView] = await listCalls();
    expect(callView).toMatchObject({ status: 'completed', endedBy: 'customer', heard: [{ share: 0.2 }] });
  });

  it('detects a machine asynchronously, and records what is said after the beep', async () => {
    await setCustomer('voicemail');
    simulator.application
      .on('/voice', () => toTwiml('<Pause length="60"/>'))
      .on('/amd', async ({ parameters }) => {
        await simulator.client
          .calls(parameters['CallSid'] ?? '')
          .update({ twiml: toTwiml('<Say>Your parcel comes tomorrow.</Say>') });
        return { status: 200 };
      });
    await createCall({
      machineDetection: 'DetectMessageEnd',
      asyncAmd: 'true',
      asyncAmdStatusCallback: `${simulator.application.url}/amd`,
    });
    const statuses = await simulator.application.waitFor('/status', 4);
    expect(simulator.application.at('/amd')[0]).toMatchObject({
      parameters: { AnsweredBy: 'machine_end_beep' },
      signatureValid: true,
    });
    expect(statuses.at(-1)?.parameters).toMatchObject({ CallStatus: 'completed', AnsweredBy: 'machine_end_beep' });
    const [callView] = await listCalls();
    expect(callView?.leftOnVoicemail).toBe('Your parcel comes tomorrow.');
  });

  it('cancels a ringing call on request, and rejects a second request to end it', async () => {
    await setCustomer('never_answers');
    const ringing = await createCall({ timeout: 600 });
    await simulator.application.waitFor('/status', 2);
    await simulator.client.calls(ringing.sid).update({ status: 'completed' });
    await simulator.application.waitFor('/status', 3);
    expect(await simulator.client.calls(ringing.sid).fetch()).toMatchObject({ status: 'canceled' });
    await expect(simulator.client.calls(ringing.sid).update({ status: 'completed' })).rejects.toMatchObject({
      status: 400,
      code: 21220,
    });
  });

  it('transfers to another number as a separate leg', async () => {
    await setCustomer('speaks_instructions');
    const colleague = '+14155550199';
    await simulator.control('POST', '/simulator/customers', { phone: colleague, persona: 'dispatcher' });
    simulator.application
      .on('/voice', () => toTwiml(`<Dial action="/dialed">${colleague}</Dial>`))
      .on('/dialed', () => toTwiml('<Hangup/>'));
    const parent = await createCall();
    const [dialed] = await simulator.application.waitFor('/dialed');
    expect(dialed?.parameters).toMatchObject({ DialCallStatus: 'completed', DialCallDuration: '20' });
    const [leg] = await simulator.client.calls.list({ parentCallSid: parent.sid });
    expect(leg).toMatchObject({ to: colleague, direction: 'outbound-dial', status: 'completed' });
  });

  it('places an inbound call of a customer to a number of DelAuto', async () => {
    await setCustomer('speaks_instructions');
    simulator.application.on('/inbound', () => toTwiml('<Hangup/>'));
    await simulator.control('PUT', '/simulator/numbers', {
      phone: DELAUTO_NUMBER,
      voiceUrl: `${simulator.application.url}/inbound`,
      statusCallback: `${simulator.application.url}/status`,
    });
    await simulator.control('POST', '/simulator/inbound-calls', { from: customer, to: DELAUTO_NUMBER });
    const [call] = await simulator.application.waitFor('/inbound');
    expect(call?.parameters).toMatchObject({
      Direction: 'inbound',
      From: customer,
      To: DELAUTO_NUMBER,
      CallStatus: 'in-progress',
    });
    await simulator.application.waitFor('/status');
  });
});
