import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '#deploy/local/process/free-ports.js';
import { TwilioVoiceCarrier } from '#libs/adapters/voice-carrier/twilio/twilio-voice-carrier.js';
import {
  voiceCarrierConformance,
  type CarrierUnderTest,
} from '#libs/adapters/voice-carrier/voice-carrier.conformance.js';
import { AppUnderTest } from '../processes/app-under-test.js';

const ANSWERING_NUMBER = '+13125550101';
const UNANSWERED_NUMBER = '+13125550102';
const DOCUMENT = `<Response><Say>${'We have a parcel for you. '.repeat(12)}</Say></Response>`;

/**
 * Starts the simulator, which places calls as Twilio does, and the adapter under test. The test responds to the
 * carrier's webhooks.
 */
async function start(): Promise<CarrierUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'delauto-carrier-'));
  const accountSid = `AC${randomBytes(16).toString('hex')}`;
  const authToken = randomBytes(16).toString('hex');
  const webhookServer = createServer((request, response) => {
    const isVoice = request.url === '/voice';
    request.resume();
    response.writeHead(isVoice ? 200 : 204, isVoice ? { 'content-type': 'text/xml' } : {}).end(isVoice ? DOCUMENT : '');
  });
  await new Promise<void>((resolve) => webhookServer.listen(0, '127.0.0.1', resolve));
  const webhookUrl = `http://127.0.0.1:${(webhookServer.address() as AddressInfo).port}`;
  const [port = 0] = await findFreePorts(1);
  const url = `http://127.0.0.1:${port}`;
  const simulator = new AppUnderTest(
    'simulator',
    {
      TWILIO_ACCOUNT_SID: accountSid,
      TWILIO_AUTH_TOKEN: authToken,
      PORT: String(port),
      SIMULATOR_LEDGER_FILE: join(folder, 'ledger.jsonl'),
      SIMULATOR_TIME_SCALE: '10',
      SIMULATOR_GATHER: 'word-errors:0',
    },
    `${url}/simulator/faults`,
  );
  await simulator.start();
  for (const [phone, persona] of [
    [ANSWERING_NUMBER, 'will_be_home'],
    [UNANSWERED_NUMBER, 'never_answers'],
  ]) {
    const response = await fetch(`${url}/simulator/customers`, {
      method: 'POST',
      body: JSON.stringify({ phone, persona }),
      headers: { 'content-type': 'application/json' },
    });
    if (!response.ok) throw new Error(`POST /simulator/customers failed with status ${response.status}.`);
  }
  return {
    carrier: new TwilioVoiceCarrier({ accountSid, authToken, apiBaseUrl: url, timeoutMs: 5_000 }),
    from: '+15005550006',
    answers: ANSWERING_NUMBER,
    rings: UNANSWERED_NUMBER,
    urls: {
      voiceUrl: `${webhookUrl}/voice`,
      statusCallbackUrl: `${webhookUrl}/status`,
      recordingCallbackUrl: `${webhookUrl}/recording`,
    },
    timeoutMs: 20_000,
    stop: async () => {
      await simulator.stop();
      webhookServer.closeAllConnections();
      await new Promise((resolve) => webhookServer.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

voiceCarrierConformance('Twilio’s adapter at the simulator', start);
