import { waitUntil } from '#deploy/local/process/wait-until.js';
import { startStack, type Stack } from '#deploy/local/stack/index.js';
import { CallCompleted, CallRefused, CallRequested } from '#libs/contracts/index.js';
import { createCallRequest } from '#libs/testing/mesh/call-request.js';
import { MeshDouble } from '#libs/testing/mesh/mesh-double.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';

const POLL_MS = 250;
const ORGANIZATION = 'org_bench';

/** The response times of webhooks, measured by the simulator. */
export interface WebhookTimes {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly mostMs: number | null;
}

/** The summary of the simulated carrier's ledger. */
export interface CarrierSummary {
  readonly calls: number;
  readonly rings: number;
  readonly answered: number;
  readonly attemptsCalledTwice: readonly { readonly attempt: string }[];
  readonly attemptsRungTwice: readonly { readonly attempt: string }[];
}

/** Telephony with its servers, the simulated carrier, and the bench in place of routing. */
export class TelephonyBench {
  private phones = 0;

  private constructor(
    readonly stack: Stack,
    private readonly routing: MeshDouble,
  ) {}

  /** @param env Environment of telephony and of the simulator. */
  static async open(env: Readonly<Record<string, string>>, report: (line: string) => void): Promise<TelephonyBench> {
    const stack = await startStack({
      apps: ['telephony', 'simulator'],
      servers: ['mongodb', 'redis', 'nats', 's3'],
      // The log level is production's; the logs go to files. Speech is simulated, so no recognizer is needed.
      env: { SIMULATOR_GATHER: 'word-errors:0', ...env },
      log: 'file',
      print: report,
      readyDeadlineMs: 120_000,
    });
    try {
      const { NATS_URL = '', CUSTOMER_DATA_KEY = '' } = stack.env['telephony'] ?? {};
      const routing = await MeshDouble.open(NATS_URL, 'routing', new DataSealer([CUSTOMER_DATA_KEY]));
      return new TelephonyBench(stack, routing);
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  /**
   * Registers customers who answer briefly.
   *
   * @returns Their phone numbers.
   */
  async registerCustomers(count: number): Promise<string[]> {
    const phones = Array.from({ length: count }, () => `+1312${String(5_550_000 + (this.phones += 1))}`);
    await this.control('POST', 'customers', { customers: phones.map((phone) => ({ phone, persona: 'in_a_hurry' })) });
    return phones;
  }

  setFaults(faults: Readonly<Record<string, number>>): Promise<unknown> {
    return this.control('PUT', 'faults', faults);
  }

  /**
   * Requests a call as routing does.
   *
   * @returns The attempt's id.
   */
  async requestCall(phone: string): Promise<string> {
    const payload = { ...createCallRequest(phone), alternativeWindows: [] };
    await this.routing.publish(CallRequested, {
      payload,
      aggregateId: payload.deliveryId,
      organizationId: ORGANIZATION,
    });
    return payload.attemptId;
  }

  /** Ids of the attempts that have ended, once per published event. */
  async endedAttemptIds(): Promise<string[]> {
    const events = [...(await this.routing.published(CallCompleted)), ...(await this.routing.published(CallRefused))];
    return events.map(({ payload }) => payload.attemptId);
  }

  async waitUntilEnded(attemptIds: readonly string[], deadlineMs: number): Promise<void> {
    await waitUntil(
      async () => {
        const endedIds = new Set(await this.endedAttemptIds());
        return attemptIds.every((attemptId) => endedIds.has(attemptId));
      },
      { what: 'every attempt to end', deadlineMs, everyMs: POLL_MS },
    );
  }

  carrierSummary(): Promise<CarrierSummary> {
    return this.control('GET', 'ledger/summary') as Promise<CarrierSummary>;
  }

  /** Returns the times of the webhooks since the previous call of this method, and resets them. */
  async takeWebhookTimes(): Promise<{ readonly documents: WebhookTimes; readonly reports: WebhookTimes }> {
    const times = await this.control('GET', 'webhooks');
    await this.control('DELETE', 'webhooks');
    return times as { documents: WebhookTimes; reports: WebhookTimes };
  }

  /** Telephony's metrics in Prometheus format. */
  async readMetrics(): Promise<string> {
    return (await fetch(`${this.stack.apps.get('telephony')?.url ?? ''}/metrics`)).text();
  }

  async close(): Promise<void> {
    await this.routing.close();
    await this.stack.stop();
  }

  private async control(method: string, path: string, body?: object): Promise<unknown> {
    const url = `${this.stack.apps.get('simulator')?.url ?? ''}/simulator/${path}`;
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url, { method, ...(body ? { body: JSON.stringify(body), headers } : {}) });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} failed with status ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
