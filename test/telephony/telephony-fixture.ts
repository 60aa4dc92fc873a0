import { createHmac, randomBytes } from 'node:crypto';
import { mkdtemp, rm, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type mongoose from 'mongoose';
import { findFreePorts } from '#deploy/local/process/free-ports.js';
import { CallRequested, type CallRequestedPayload } from '#libs/contracts/index.js';
import { createCallRequest } from '#libs/testing/mesh/call-request.js';
import { connectObserver, startTestServers, type TestS3, type TestServer } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { AppUnderTest } from '../processes/app-under-test.js';
import { MeshPeer } from './mesh-peer.js';

/** One call in the simulator's ledger. */
export interface Ring {
  readonly callSid: string;
  readonly parentCallSid: string | null;
  readonly to: string;
  readonly status: string;
  readonly createdAt: string;
  readonly rangAt: string | null;
  readonly endedAt: string | null;
  readonly attempt: Readonly<Record<string, string>>;
  readonly heard: readonly { readonly text: string }[];
  readonly leftOnVoicemail: string | null;
}

export interface Readiness {
  readonly httpStatus: number;
  readonly status: string;
  readonly details: Readonly<Record<string, { readonly status: string; readonly since?: string }>>;
}

/** DelAuto's number, which places calls and which customers call back. */
export const OWN_NUMBER = '+15005550006';

/** Telephony on real servers and the simulated external systems, each as a process. */
export class TelephonyFixture {
  readonly accountSid = `AC${randomBytes(16).toString('hex')}`;
  readonly authToken = randomBytes(16).toString('hex');
  peer!: MeshPeer;
  database!: mongoose.Connection;
  telephony!: AppUnderTest;
  telephonyUrl!: string;
  s3!: TestS3;
  nats!: TestServer;
  redis!: TestServer;
  private simulator!: AppUnderTest;
  private simulatorUrl!: string;
  private folder!: string;
  private customers = 0;

  /** @param settings Environment of telephony; variables that begin with `SIMULATOR_` are the simulator's. */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<TelephonyFixture> {
    const fixture = new TelephonyFixture();
    try {
      await fixture.open(settings);
    } catch (error) {
      await fixture.close();
      throw error;
    }
    return fixture;
  }

  private async open(settings: Readonly<Record<string, string>>): Promise<void> {
    this.folder = await mkdtemp(join(tmpdir(), 'delauto-telephony-'));
    const { mongo, nats, redis, s3 } = await startTestServers({ mongo: true, nats: true, redis: true, s3: true });
    const [telephonyPort = 0, simulatorPort = 0] = await findFreePorts(2);
    this.s3 = s3;
    this.nats = nats;
    this.redis = redis;
    this.telephonyUrl = `http://127.0.0.1:${telephonyPort}`;
    this.simulatorUrl = `http://127.0.0.1:${simulatorPort}`;
    const account = { TWILIO_ACCOUNT_SID: this.accountSid, TWILIO_AUTH_TOKEN: this.authToken };
    this.simulator = new AppUnderTest(
      'simulator',
      {
        ...account,
        PORT: String(simulatorPort),
        SIMULATOR_LEDGER_FILE: join(this.folder, 'ledger.jsonl'),
        SIMULATOR_TIME_SCALE: '20',
        SIMULATOR_GATHER: 'word-errors:0',
        SIMULATOR_VOICE_URL: `${this.telephonyUrl}/twilio/calls/inbound`,
        SIMULATOR_VOICE_STATUS_URL: `${this.telephonyUrl}/twilio/calls/inbound/status`,
        SIMULATOR_SMS_URL: `${this.telephonyUrl}/twilio/sms/inbound`,
        ...Object.fromEntries(Object.entries(settings).filter(([name]) => name.startsWith('SIMULATOR_'))),
      },
      `${this.simulatorUrl}/simulator/faults`,
    );
    this.telephony = new AppUnderTest(
      'telephony',
      {
        ...account,
        PORT: String(telephonyPort),
        PUBLIC_URL: this.telephonyUrl,
        MONGODB_URI: mongo.uri,
        CUSTOMER_DATA_KEY: TEST_DATA_KEY,
        NATS_URL: nats.url,
        REDIS_URL: redis.url,
        VOICE_CARRIER: 'twilio',
        SMS: 'twilio',
        TWILIO_BASE_URL: this.simulatorUrl,
        TWILIO_PHONE_NUMBER: OWN_NUMBER,
        OBJECT_STORE: 's3',
        S3_ENDPOINT: s3.endpoint,
        S3_REGION: s3.region,
        S3_BUCKET: s3.bucket,
        S3_ACCESS_KEY_ID: s3.accessKeyId,
        S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
        RECORDINGS_KEY: Buffer.alloc(32, 7).toString('base64'),
        CARRIER_CALLS_PER_SECOND: '200',
        CARRIER_TIMEOUT_MS: '1500',
        CARRIER_SETTLE_MS: '4000',
        CALL_WATCH_SECONDS: '2',
        RECORDING_SEARCH_SECONDS: '3',
        ...settings,
      },
      `${this.telephonyUrl}/health/ready`,
    );
    await Promise.all([this.simulator.start(), this.telephony.start()]);
    this.peer = await MeshPeer.connect(nats.url);
    await this.peer.listen();
    this.database = await connectObserver(mongo.uri, 'telephony');
  }

  async close(): Promise<void> {
    await this.peer?.close();
    await this.database?.close();
    await Promise.all([this.telephony?.stop(), this.simulator?.stop()]);
    await rm(this.folder, { recursive: true, force: true });
  }

  /**
   * Registers a customer of this persona with its own number.
   *
   * @returns The phone number.
   */
  async newCustomer(persona: string): Promise<string> {
    this.customers += 1;
    const phone = `+1312555${String(1000 + this.customers)}`;
    await this.registerCustomer(phone, persona);
    return phone;
  }

  async registerCustomer(phone: string, persona: string): Promise<void> {
    await this.control('POST', 'customers', { phone, persona });
  }

  /** Registers customers who each follow a script, at these numbers. */
  async registerScriptedCustomers(
    customers: readonly { readonly phone: string; readonly script: readonly object[] }[],
  ): Promise<void> {
    await this.control('POST', 'customers', {
      customers: customers.map((newCustomer) => ({ ...newCustomer, persona: 'scripted' })),
    });
  }

  /** Sets the faults of the simulated carrier; an empty object removes them. */
  faults(faults: Readonly<Record<string, number>>): Promise<unknown> {
    return this.control('PUT', 'faults', faults);
  }

  /**
   * Makes the customer at this number call DelAuto's number.
   *
   * @returns The carrier's call id.
   */
  async callBack(phone: string): Promise<string> {
    const { callSid } = (await this.control('POST', 'inbound-calls', { from: phone, to: OWN_NUMBER })) as {
      callSid: string;
    };
    return callSid;
  }

  /** The response of telephony's readiness probe. */
  async readiness(): Promise<Readiness> {
    const response = await fetch(`${this.telephonyUrl}/health/ready`);
    return { httpStatus: response.status, ...((await response.json()) as Omit<Readiness, 'httpStatus'>) };
  }

  /**
   * The value of one of telephony's Prometheus metrics, given by name and labels.
   *
   * @returns Undefined if the metric does not exist.
   */
  async readMetric(name: string): Promise<number | undefined> {
    const lines = (await (await fetch(`${this.telephonyUrl}/metrics`)).text()).split('\n');
    const line = lines.find((one) => one.startsWith(`${name} `));
    return line === undefined ? undefined : Number(line.slice(name.length + 1));
  }

  /** Every call that was ever requested to a number, from the carrier's ledger. */
  async listRings(phone: string): Promise<Ring[]> {
    const query = new URLSearchParams({ to: phone });
    const { calls } = (await this.control('GET', `ledger?${query.toString()}`)) as { calls: Ring[] };
    return calls;
  }

  /**
   * The entries about a call's recording in the carrier's ledger, in order: `started`, `paused`, `resumed`, `finished`.
   */
  async listRecordingSteps(callSid: string): Promise<string[]> {
    const lines = (await readFile(join(this.folder, 'ledger.jsonl'), 'utf8')).trim().split('\n');
    const entries = lines.map((line) => JSON.parse(line) as { type: string; callSid?: string; recordingSid?: string });
    const started = entries.find(
      ({ type, callSid: startedCallSid }) => type === 'recording.started' && startedCallSid === callSid,
    );
    return entries
      .filter(({ recordingSid }) => recordingSid !== undefined && recordingSid === started?.recordingSid)
      .map(({ type }) => type.replace('recording.', ''));
  }

  /**
   * Requests a call as routing does.
   *
   * @returns The request.
   */
  async requestCall(
    phone: string,
    changes: Partial<CallRequestedPayload> = {},
    sequence = 1,
  ): Promise<CallRequestedPayload> {
    const request = { ...createCallRequest(phone), ...changes };
    await this.peer.publish(CallRequested, request.deliveryId, request, sequence);
    return request;
  }

  /** Posts a webhook as the carrier would, signed by default. */
  async webhook(
    path: string,
    params: Readonly<Record<string, string>>,
    signature: 'genuine' | 'forged' | 'none' = 'genuine',
  ): Promise<{ status: number; body: string }> {
    const form = { AccountSid: this.accountSid, ...params };
    const signedText = Object.entries(form)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .reduce((text, [name, value]) => text + name + value, `${this.telephonyUrl}${path}`);
    const token = signature === 'forged' ? 'another token altogether' : this.authToken;
    const response = await fetch(`${this.telephonyUrl}${path}`, {
      method: 'POST',
      body: new URLSearchParams(form),
      headers:
        signature === 'none'
          ? {}
          : { 'x-twilio-signature': createHmac('sha1', token).update(signedText).digest('base64') },
    });
    return { status: response.status, body: await response.text() };
  }

  private async control(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.simulatorUrl}/simulator/${path}`, {
      method,
      ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /simulator/${path} failed with status ${response.status}: ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }
}
