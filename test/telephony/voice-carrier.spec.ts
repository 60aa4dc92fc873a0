import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from '#deploy/local/process/free-ports.js';
import { TwilioVoiceCarrier } from '#libs/adapters/voice-carrier/twilio/twilio-voice-carrier.js';
import {
  voiceCarrierConformance,
  type CarrierUnderTest,
} from '#libs/adapters/voice-carrier/voice-carrier.conformance.js';
import { AppUnderTest } from '../processes/app-under-test.js';

const ANSWERS = '+13125550101';
const RINGS = '+13125550102';
const DOCUMENT = `<Response><Say>${'We have a parcel for you. '.repeat(12)}</Say></Response>`;

/** The adapter at the simulator, which rings as Twilio does; our side of the line is this test. */
async function start(): Promise<CarrierUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'delauto-carrier-'));
  const accountSid = `AC${randomBytes(16).toString('hex')}`;
  const authToken = randomBytes(16).toString('hex');
  const ours = createServer((request, response) => {
    const speaks = request.url === '/voice';
    request.resume();
    response.writeHead(speaks ? 200 : 204, speaks ? { 'content-type': 'text/xml' } : {}).end(speaks ? DOCUMENT : '');
  });
  await new Promise<void>((resolve) => ours.listen(0, '127.0.0.1', resolve));
  const ourUrl = `http://127.0.0.1:${(ours.address() as AddressInfo).port}`;
  const [port = 0] = await freePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const simulator = new AppUnderTest(
    'simulator',
    {
      ...{ TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authToken, PORT: String(port) },
      ...{ SIMULATOR_LEDGER_FILE: join(folder, 'ledger.jsonl'), SIMULATOR_TIME_SCALE: '10' },
      SIMULATOR_GATHER: 'word-errors:0',
    },
    `${url}/simulator/faults`,
  );
  await simulator.start();
  for (const [phone, persona] of [
    [ANSWERS, 'will_be_home'],
    [RINGS, 'never_answers'],
  ]) {
    const seated = await fetch(`${url}/simulator/customers`, {
      method: 'POST',
      body: JSON.stringify({ phone, persona }),
      headers: { 'content-type': 'application/json' },
    });
    if (!seated.ok) throw new Error(`The simulator answered ${seated.status}.`);
  }
  return {
    carrier: new TwilioVoiceCarrier({ accountSid, authToken, apiBaseUrl: url, timeoutMs: 5_000 }),
    from: '+15005550006',
    answers: ANSWERS,
    rings: RINGS,
    urls: {
      voiceUrl: `${ourUrl}/voice`,
      statusCallbackUrl: `${ourUrl}/status`,
      recordingCallbackUrl: `${ourUrl}/recording`,
    },
    patienceMs: 20_000,
    stop: async () => {
      await simulator.stop();
      ours.closeAllConnections();
      await new Promise((resolve) => ours.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

voiceCarrierConformance('Twilio’s adapter at the simulator', start);
