import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import twilio from 'twilio';

import { createSimulator } from '../create-simulator.js';
import { SimulatorConfig, SimulatorEnvironment } from '../config/simulator.config.js';
import { WebhookReceiver } from './webhook-receiver.js';

export const ACCOUNT_SID = 'AC00000000000000000000000000000001';
export const AUTH_TOKEN = 'token-of-the-specs';
/** A phone number of DelAuto. */
export const DELAUTO_NUMBER = '+14155550100';

/** A running simulator, and an application that receives its webhooks. */
export interface SimulatorFixture {
  readonly url: string;
  /** The unmodified Twilio SDK with another base URL. */
  readonly client: ReturnType<typeof twilio>;
  /** The application that the simulator calls. */
  readonly application: WebhookReceiver;
  /** Calls the control API. Returns the JSON reply. */
  readonly control: (method: string, path: string, body?: unknown) => Promise<unknown>;
  readonly ledgerFile: string;
  readonly close: () => Promise<void>;
}

/**
 * Creates a client of the Twilio SDK, as telephony does, with the simulator's base URL.
 * @param timeout of a request, in ms
 */
export function createTwilioClient(url: string, timeout = 10_000): ReturnType<typeof twilio> {
  const client = twilio(ACCOUNT_SID, AUTH_TOKEN, { timeout });
  client.api.baseUrl = url;
  return client;
}

/** Starts a simulator on a free port with its own ledger, and an application that receives its webhooks. */
export async function startSimulator(environment: Partial<SimulatorEnvironment> = {}): Promise<SimulatorFixture> {
  const folder = mkdtempSync(join(tmpdir(), 'simulator-'));
  const application = await WebhookReceiver.start(AUTH_TOKEN);
  const values: SimulatorEnvironment = Object.assign(new SimulatorEnvironment(), {
    PORT: 0,
    TWILIO_ACCOUNT_SID: ACCOUNT_SID,
    TWILIO_AUTH_TOKEN: AUTH_TOKEN,
    SIMULATOR_LEDGER_FILE: join(folder, 'ledger.jsonl'),
    SIMULATOR_TIME_SCALE: 200,
    SIMULATOR_GATHER: 'word-errors:0',
    LOG_LEVEL: 'fatal',
    ...environment,
  });
  const { app, url } = await createSimulator(new SimulatorConfig(values), '127.0.0.1');
  return {
    url,
    application,
    client: createTwilioClient(url),
    control: async (method, path, body) => {
      const response = await fetch(url + path, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const text = await response.text();
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
    ledgerFile: values.SIMULATOR_LEDGER_FILE,
    close: async () => {
      await app.close();
      await application.close();
      rmSync(folder, { recursive: true });
    },
  };
}
