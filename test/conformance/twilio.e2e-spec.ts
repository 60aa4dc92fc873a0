import { waitUntil } from '#deploy/local/process/wait-until.js';
import { TwilioSmsSender } from '#libs/adapters/sms/twilio/twilio-sms-sender.js';
import { TwilioVoiceCarrier } from '#libs/adapters/voice-carrier/twilio/twilio-voice-carrier.js';
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  createTwilioClient,
  DELAUTO_NUMBER,
  startSimulator,
  type SimulatorFixture,
} from '../../apps/simulator/src/testing/simulator-fixture.js';
import { ApiDescription, descriptionFile } from './api-description.js';
import { RecordingProxy } from './recording-proxy.js';

const customer = '+14155550142';
/**
 * Described but not implemented by the simulator: telephony streams no media, and neither changes nor deletes texts.
 */
const UNSUPPORTED_OPERATIONS = new Set(['CreateStream', 'UpdateStream', 'UpdateMessage', 'DeleteMessage']);
/** Final states of a recording; a very short one is absent. */
const FINAL_STATUSES = ['completed', 'absent'];

describe('Twilio’s published API description', () => {
  let simulator: SimulatorFixture;
  let proxy: RecordingProxy;
  let description: ApiDescription;

  beforeAll(async () => {
    description = new ApiDescription(descriptionFile('twilio-api-v2010.subset.json'));
    simulator = await startSimulator({ SIMULATOR_TIME_SCALE: 20 });
    proxy = await RecordingProxy.start(simulator.url);
    await simulator.control('POST', '/simulator/customers', { phone: customer, persona: 'speaks_instructions' });
    simulator.application.on('/voice', () => '<Response><Pause length="600"/></Response>');
  });
  afterAll(async () => {
    await proxy?.close();
    await simulator?.close();
  });
  beforeEach(() => {
    proxy.exchanges.length = 0;
  });

  const coveredOperations = new Set<string>();
  function expectConformance(): void {
    expect(proxy.exchanges.length).toBeGreaterThan(0);
    // Media files are not JSON, and the description does not cover them.
    const described = proxy.exchanges.filter(({ path }) => !/\.(wav|mp3)$/.test(path));
    for (const exchange of described) coveredOperations.add(description.findOperation(exchange)?.id ?? '');
    expect(described.flatMap((exchange) => description.findErrors(exchange))).toEqual([]);
  }

  it('matches the requests of telephony’s carrier adapter, and the simulator’s responses', async () => {
    const carrier = new TwilioVoiceCarrier({ accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, apiBaseUrl: proxy.url });
    const { url } = simulator.application;
    const { carrierCallId } = await carrier.placeCall({
      to: customer,
      from: DELAUTO_NUMBER,
      ringSeconds: 25,
      record: true,
      voiceUrl: `${url}/voice`,
      fallbackUrl: `${url}/fallback`,
      statusCallbackUrl: `${url}/status`,
      recordingCallbackUrl: `${url}/recording`,
      amdCallbackUrl: `${url}/amd`,
    });
    await waitUntil(async () => (await carrier.getCall(carrierCallId))?.status === 'in_progress', {
      what: 'the call to be answered',
      deadlineMs: 10_000,
    });
    // The recording begins shortly after the call is answered.
    await waitUntil(async () => (await carrier.listRecordings({ carrierCallId })).length > 0, {
      what: 'the recording to begin',
      deadlineMs: 10_000,
    });
    await carrier.redirectCall({ carrierCallId, voiceUrl: `${url}/voice`, reason: 'redirect' });
    for (const isPaused of [true, false]) await carrier.setRecordingPaused({ carrierCallId, isPaused });
    expect(await carrier.listCalls({ to: customer, since: new Date(0) })).toHaveLength(1);
    await carrier.endCall(carrierCallId);
    await waitUntil(
      async () => FINAL_STATUSES.includes((await carrier.listRecordings({ carrierCallId }))[0]?.status ?? ''),
      {
        what: 'the recording to end',
        deadlineMs: 10_000,
      },
    );
    const [recording] = await carrier.listRecordings({ carrierCallId });
    await carrier.deleteRecording(recording?.recordingId ?? '');
    expectConformance();
  });

  it('matches the requests of telephony’s text adapter, and the simulator’s responses', async () => {
    const sender = new TwilioSmsSender({ accountSid: ACCOUNT_SID, authToken: AUTH_TOKEN, apiBaseUrl: proxy.url });
    const statusCallbackUrl = `${simulator.application.url}/sms-status`;
    await sender.send({
      to: customer,
      from: DELAUTO_NUMBER,
      body: 'Your parcel comes today.',
      statusCallbackUrl,
      clientReference: 'sms-1',
    });
    expectConformance();
  });

  it('matches everything else that the simulator offers to Twilio’s own SDK', async () => {
    const client = createTwilioClient(proxy.url);
    const call = await client.calls.create({
      to: customer,
      from: DELAUTO_NUMBER,
      url: `${simulator.application.url}/voice`,
    });
    await waitUntil(async () => (await client.calls(call.sid).fetch()).status === 'in-progress', {
      what: 'the call to be answered',
      deadlineMs: 10_000,
    });
    const recording = await client.calls(call.sid).recordings.create({ recordingChannels: 'dual' });
    const running = client.calls(call.sid).recordings(recording.sid);
    await running.update({ status: 'paused' });
    await running.fetch();
    await running.update({ status: 'in-progress' });
    await running.update({ status: 'stopped' });
    await client.calls(call.sid).recordings.list();
    await client.calls(call.sid).update({ status: 'completed' });
    const hasRecordingEnded = async (): Promise<boolean> =>
      FINAL_STATUSES.includes((await client.recordings(recording.sid).fetch()).status);
    await waitUntil(hasRecordingEnded, { what: 'the recording to end', deadlineMs: 10_000 });
    await client.recordings.list();
    await running.remove();
    const second = await client.calls.create({
      to: customer,
      from: DELAUTO_NUMBER,
      twiml: '<Response><Hangup/></Response>',
      record: true,
    });
    await waitUntil(async () => (await client.calls(second.sid).fetch()).status === 'completed', {
      what: 'the second call to end',
      deadlineMs: 10_000,
    });
    await client.calls(second.sid).remove();
    const message = await client.messages.create({ to: customer, from: DELAUTO_NUMBER, body: 'Hello' });
    await client.messages(message.sid).fetch();
    await client.messages.list();
    expectConformance();
  });

  it('is covered completely, except for operations that the simulator does not offer', () => {
    expect(
      description.operationIds().filter((id) => !coveredOperations.has(id) && !UNSUPPORTED_OPERATIONS.has(id)),
    ).toEqual([]);
  });
});
