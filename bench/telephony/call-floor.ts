import { waitUntil } from '#deploy/local/process/wait-until.js';
import { startStack, type Stack } from '#deploy/local/stack/index.js';
import { CallCompleted, CallRefused, CallRequested } from '#libs/contracts/index.js';
import { callRequest } from '#libs/testing/mesh/call-request.js';
import { RestOfMesh } from '#libs/testing/mesh/rest-of-mesh.js';
import { DataSealer } from '#libs/sealing/data-sealer.js';

const POLL_MS = 250;
const ORGANIZATION = 'org_bench';

/** How long webhooks took, by the simulator's own clock; ms. */
export interface WebhookTimes {
  readonly count: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly mostMs: number | null;
}

/** What the simulated carrier saw, by its ledger. */
export interface Witness {
  readonly calls: number;
  readonly rings: number;
  readonly answered: number;
  readonly attemptsCalledTwice: readonly { readonly attempt: string }[];
  readonly attemptsRungTwice: readonly { readonly attempt: string }[];
}

/** Telephony with its servers, the simulated carrier, and the bench in the place of routing. */
export class CallFloor {
  private phones = 0;

  private constructor(
    readonly stack: Stack,
    private readonly routing: RestOfMesh,
  ) {}

  /** @param env of telephony and the simulator */
  static async open(env: Readonly<Record<string, string>>, report: (line: string) => void): Promise<CallFloor> {
    const stack = await startStack({
      apps: ['telephony', 'simulator'],
      servers: ['mongodb', 'redis', 'nats', 's3'],
      // Logging as in production, but to files. What is said is known, so no recogniser has to listen.
      env: { SIMULATOR_GATHER: 'word-errors:0', ...env },
      log: 'file',
      print: report,
      readyDeadlineMs: 120_000,
    });
    try {
      const { NATS_URL = '', CUSTOMER_DATA_KEY = '' } = stack.env['telephony'] ?? {};
      const routing = await RestOfMesh.open(NATS_URL, 'routing', new DataSealer([CUSTOMER_DATA_KEY]));
      return new CallFloor(stack, routing);
    } catch (error) {
      await stack.stop();
      throw error;
    }
  }

  /** Seats customers who answer briefly. @returns their numbers */
  async customers(count: number): Promise<string[]> {
    const phones = Array.from({ length: count }, () => `+1312${String(5_550_000 + (this.phones += 1))}`);
    await this.control('POST', 'customers', { customers: phones.map((phone) => ({ phone, persona: 'in_a_hurry' })) });
    return phones;
  }

  faults(faults: Readonly<Record<string, number>>): Promise<unknown> {
    return this.control('PUT', 'faults', faults);
  }

  /** Asks for a call as routing does. @returns the attempt's id */
  async request(phone: string): Promise<string> {
    const payload = { ...callRequest(phone), alternativeWindows: [] };
    await this.routing.tell(CallRequested, { payload, aggregateId: payload.deliveryId, organizationId: ORGANIZATION });
    return payload.attemptId;
  }

  /** Ids of the attempts that are over, each as often as it was told. */
  async over(): Promise<string[]> {
    const told = [...(await this.routing.heard(CallCompleted)), ...(await this.routing.heard(CallRefused))];
    return told.map(({ payload }) => payload.attemptId);
  }

  async untilOver(attemptIds: readonly string[], deadlineMs: number): Promise<void> {
    await waitUntil(
      async () => {
        const over = new Set(await this.over());
        return attemptIds.every((attemptId) => over.has(attemptId));
      },
      { what: 'every attempt to be over', deadlineMs, everyMs: POLL_MS },
    );
  }

  witness(): Promise<Witness> {
    return this.control('GET', 'ledger/summary') as Promise<Witness>;
  }

  /** Of the webhooks since the last call of this. */
  async webhookTimes(): Promise<{ readonly documents: WebhookTimes; readonly reports: WebhookTimes }> {
    const times = await this.control('GET', 'webhooks');
    await this.control('DELETE', 'webhooks');
    return times as { documents: WebhookTimes; reports: WebhookTimes };
  }

  /** Telephony's metrics, as they are scraped. */
  async metrics(): Promise<string> {
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
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }
}
