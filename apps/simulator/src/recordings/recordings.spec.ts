import { VoiceLibrary, findVoicesFolder } from '../audio/voice-library.js';
import { SAMPLE_RATE_HZ } from '../audio/wav.js';
import type { CallView } from '../call-book/call-view.js';
import {
  ACCOUNT_SID,
  AUTH_TOKEN,
  DELAUTO_NUMBER,
  startSimulator,
  type SimulatorFixture,
} from '../testing/simulator-fixture.js';

const customer = '+14155550142';
const toTwiml = (verbs: string): string => `<Response>${verbs}</Response>`;
const voices = new VoiceLibrary(findVoicesFolder(import.meta.dirname));

/** Reads the channels of a 16-bit WAV file from the simulator. */
function readChannels(wav: Buffer): Int16Array[] {
  const count = wav.readUInt16LE(22);
  expect(wav.readUInt32LE(24)).toBe(SAMPLE_RATE_HZ);
  const frames = wav.readUInt32LE(40) / 2 / count;
  return Array.from({ length: count }, (_, channel) =>
    Int16Array.from({ length: frames }, (_unused, frame) => wav.readInt16LE(44 + (frame * count + channel) * 2)),
  );
}

/** Finds the index of the sample at which `part` starts in `whole`; negative if it does not occur. */
function findSamples(whole: Int16Array, part: Int16Array): number {
  const toBytes = (samples: Int16Array): Buffer => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
  return toBytes(whole).indexOf(toBytes(part)) / 2;
}

describe('recordings', () => {
  let simulator: SimulatorFixture;
  beforeEach(async () => {
    simulator = await startSimulator();
    simulator.application.on('/end', () => toTwiml('<Pause length="2"/>'));
    await simulator.control('POST', '/simulator/customers', { phone: customer, persona: 'speaks_instructions' });
  });
  afterEach(() => simulator.close());

  const createCall = (overrides: object = {}): Promise<{ sid: string }> =>
    simulator.client.calls.create({
      to: customer,
      from: DELAUTO_NUMBER,
      url: `${simulator.application.url}/voice`,
      ...overrides,
    });
  const fetchMedia = async (url: string): Promise<Response> =>
    fetch(url, {
      headers: { authorization: `Basic ${Buffer.from(`${ACCOUNT_SID}:${AUTH_TOKEN}`).toString('base64')}` },
    });
  const questionTwiml =
    '<Gather input="speech" action="/end" speechTimeout="auto"><Say>Where should we leave your parcel?</Say></Gather>';

  it('contain the customer’s speech, at its time in the call, on a separate channel', async () => {
    simulator.application.on('/voice', () => toTwiml(questionTwiml));
    const call = await createCall({
      record: true,
      recordingChannels: 'dual',
      recordingStatusCallback: `${simulator.application.url}/recording`,
      recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
    });
    const [started, completed] = await simulator.application.waitFor('/recording', 2);
    expect(started?.parameters).toMatchObject({ RecordingStatus: 'in-progress', CallSid: call.sid });
    expect(completed?.parameters).toMatchObject({
      RecordingStatus: 'completed',
      RecordingChannels: '2',
      RecordingSource: 'OutboundAPI',
      ErrorCode: '0',
      AccountSid: ACCOUNT_SID,
    });
    expect(completed?.signatureValid).toBe(true);

    const url = completed?.parameters['RecordingUrl'] ?? '';
    const [customerSide, delautoSide] = readChannels(
      Buffer.from(await (await fetchMedia(`${url}.wav?RequestedChannels=2`)).arrayBuffer()),
    );
    const saidSamples = voices.readSamples('leave-behind-planter.wav');
    const { calls } = (await simulator.control('GET', '/simulator/ledger')) as { calls: [CallView] };
    const saidAtMs = calls[0].said[0]?.atMs ?? NaN;
    const startIndex = findSamples(customerSide ?? new Int16Array(), saidSamples);
    // The ledger's offset is rounded to a millisecond, which is eight samples.
    expect(Math.abs(startIndex - (saidAtMs * SAMPLE_RATE_HZ) / 1000)).toBeLessThanOrEqual(SAMPLE_RATE_HZ / 1000);
    expect(delautoSide?.every((sample) => sample === 0)).toBe(true);
    expect(Number(completed?.parameters['RecordingDuration'])).toBe(
      Math.ceil((customerSide?.length ?? 0) / SAMPLE_RATE_HZ),
    );

    const mono = readChannels(Buffer.from(await (await fetchMedia(`${url}.wav?RequestedChannels=1`)).arrayBuffer()));
    expect(mono).toHaveLength(1);
    expect(findSamples(mono[0] ?? new Int16Array(), saidSamples)).toBe(startIndex);
    expect((await fetch(`${url}.wav`)).status).toBe(401);
  });

  it('are listed, fetched and deleted', async () => {
    simulator.application.on('/voice', () =>
      toTwiml(`<Start><Recording channels="dual" recordingStatusCallback="/recording"/></Start>${questionTwiml}`),
    );
    const call = await createCall();
    const [completed] = await simulator.application.waitFor('/recording');
    const sid = completed?.parameters['RecordingSid'] ?? '';
    expect(await simulator.client.recordings.list({ callSid: call.sid })).toMatchObject([
      { sid, status: 'completed', channels: 2 },
    ]);
    expect(await simulator.client.calls(call.sid).recordings.list()).toMatchObject([{ sid, track: 'both' }]);
    expect(await simulator.client.recordings(sid).fetch()).toMatchObject({
      mediaUrl: completed?.parameters['RecordingUrl'],
      callSid: call.sid,
    });
    expect(await simulator.client.recordings(sid).remove()).toBe(true);
    await expect(simulator.client.recordings(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    expect((await fetchMedia(completed?.parameters['RecordingUrl'] ?? '')).status).toBe(404);
  });

  it('omit the speech during a pause', async () => {
    simulator.application
      .on('/voice', () =>
        toTwiml(
          `<Start><Recording recordingStatusCallback="/recording"/></Start><Pause length="3"/><Redirect>/code</Redirect>`,
        ),
      )
      .on('/code', async ({ parameters }) => {
        await simulator.client
          .calls(parameters['CallSid'] ?? '')
          .recordings('Twilio.CURRENT')
          .update({ status: 'paused', pauseBehavior: 'skip' });
        return toTwiml(questionTwiml);
      });
    await createCall();
    const [completed] = await simulator.application.waitFor('/recording');
    const wav = Buffer.from(await (await fetchMedia(completed?.parameters['RecordingUrl'] ?? '')).arrayBuffer());
    const [customerSide] = readChannels(wav);
    expect(customerSide?.every((sample) => sample === 0)).toBe(true);
    expect((customerSide?.length ?? 0) / SAMPLE_RATE_HZ).toBeLessThan(4);
  });

  it('are absent if the call was too short to record', async () => {
    simulator.application.on('/voice', () => toTwiml('<Hangup/>'));
    await createCall({ record: true, recordingStatusCallback: `${simulator.application.url}/recording` });
    const [absent] = await simulator.application.waitFor('/recording');
    expect(absent?.parameters).toMatchObject({ RecordingStatus: 'absent', ErrorCode: '16101' });
    expect((await fetchMedia(absent?.parameters['RecordingUrl'] ?? '')).status).toBe(404);
  });

  it('of a Record verb are reported also if the customer hangs up after the message', async () => {
    await simulator.control('POST', '/simulator/customers', {
      phone: customer,
      persona: 'leaves_message_and_hangs_up',
    });
    simulator.application.on('/voice', () =>
      toTwiml('<Say>How should we leave it? Speak after the beep.</Say><Record action="/message"/>'),
    );
    await createCall();
    const [message] = await simulator.application.waitFor('/message');
    expect(message?.parameters).toMatchObject({ Digits: 'hangup', CallStatus: 'completed' });
    expect(Number(message?.parameters['RecordingDuration'])).toBeGreaterThanOrEqual(3);
  });

  it('of a Record verb contain one message and are passed to the action', async () => {
    simulator.application
      .on('/voice', () =>
        toTwiml(
          '<Say>How should we leave it? Speak after the beep.</Say><Record action="/message" timeout="3" maxLength="30"/>',
        ),
      )
      .on('/message', () => toTwiml('<Hangup/>'));
    await createCall();
    const [message] = await simulator.application.waitFor('/message');
    expect(message?.parameters).toMatchObject({ RecordingSid: expect.stringMatching(/^RE/) as unknown, Digits: '' });
    expect(Number(message?.parameters['RecordingDuration'])).toBeGreaterThanOrEqual(6);
  });
});
