import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedDelivery } from '../seeding/plan-deliveries.js';
import { JsonClient, Refusal } from '../support/json-client.js';

/** A customer's text that the product accepted. */
export interface AcceptedText {
  readonly phone: string;
  readonly body: string;
  /** UTC epoch milliseconds. */
  readonly acceptedAt: number;
}

interface SimulatorCall {
  readonly callSid: string;
  readonly direction: string;
  readonly to: string;
  readonly from: string;
  readonly status: string;
  readonly endedAt: string | null;
  readonly heard: readonly { readonly text: string }[];
}

interface Text {
  readonly to: string;
  readonly direction: string;
  readonly body: string;
}

const POLL_MS = 700;
/** How long a customer whose call or text failed waits before the next attempt. */
const RETRY_DELAY_MS = 3_000;
const MAX_ATTEMPTS = 12;
/** A text that asks the customer to confirm their reply. */
const ASK_BACK = /reply YES/iu;
/** The last prompt of a conversation that reached its end. */
const GOODBYE = /goodbye|adiós/iu;

/**
 * Simulates the actions that customers start: calling back after a missed call, replying to their first text, and
 * confirming their reply when it is asked back.
 */
export class CustomerInitiative {
  readonly acceptedTexts: AcceptedText[] = [];
  readonly #simulator: JsonClient;
  readonly #byPhone: ReadonlyMap<string, PlannedDelivery>;
  /** Phones that act on their first missed call or text, and ask-backs that are being answered. */
  readonly #started = new Set<string>();
  readonly #work: Promise<void>[] = [];
  #calls = new Map<string, SimulatorCall>();
  #cursor = 0;
  #ended = false;
  /** The number of customers whose call or text is in progress. */
  busy = 0;

  constructor(
    simulatorUrl: string,
    private readonly ownNumber: string,
    planned: readonly PlannedDelivery[],
  ) {
    this.#simulator = new JsonClient(simulatorUrl, {}, 10_000);
    this.#byPhone = new Map(planned.map((delivery) => [delivery.phone, delivery]));
  }

  start(): void {
    this.#work.push(this.#watch());
  }

  async stop(): Promise<void> {
    this.#ended = true;
    await Promise.allSettled(this.#work);
  }

  async #watch(): Promise<void> {
    while (!this.#ended) {
      await this.#checkLedger().catch(() => undefined);
      await sleep(POLL_MS);
    }
  }

  async #checkLedger(): Promise<void> {
    const { cursor, calls } = await this.#simulator.get<{ cursor: number; calls: SimulatorCall[] }>(
      `/simulator/ledger?since=${this.#cursor}`,
    );
    this.#cursor = cursor;
    for (const call of calls) {
      this.#calls.set(call.callSid, call);
      const isMissed = call.direction === 'outbound-api' && call.status === 'no-answer';
      if (isMissed && this.#byPhone.get(call.to)?.persona.callsBack)
        this.#startOnce(call.to, () => this.#callBack(call.to));
    }
    for (const { to, direction, body } of await this.#simulator.get<Text[]>('/simulator/messages')) {
      const reply = this.#byPhone.get(to)?.moves.text;
      if (direction !== 'outbound-api' || !reply) continue;
      const { confirmation } = reply;
      if (!ASK_BACK.test(body)) this.#startOnce(to, () => this.#sendText(to, reply.body));
      else if (confirmation !== undefined) this.#startOnce(`${to} ask-back`, () => this.#sendText(to, confirmation));
    }
  }

  #startOnce(name: string, act: () => Promise<void>): void {
    if (this.#started.has(name)) return;
    this.#started.add(name);
    this.busy += 1;
    this.#work.push(act().finally(() => (this.busy -= 1)));
  }

  async #callBack(from: string): Promise<void> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS && !this.#ended; attempt += 1) {
      const { callSid } = await this.#simulator.post<{ callSid: string }>('/simulator/inbound-calls', {
        from,
        to: this.ownNumber,
      });
      const call = await this.#waitUntilEnded(callSid);
      if (call?.heard.some(({ text }) => GOODBYE.test(text) && !/cannot go on/iu.test(text))) return;
      await sleep(RETRY_DELAY_MS);
    }
  }

  async #waitUntilEnded(callSid: string): Promise<SimulatorCall | undefined> {
    while (!this.#ended) {
      const call = this.#calls.get(callSid);
      if (call && call.endedAt !== null) return call;
      await sleep(POLL_MS);
    }
    return undefined;
  }

  /** If the carrier could not deliver a text to the product, the customer sends it again. */
  async #sendText(from: string, body: string): Promise<void> {
    for (let attempt = 1; attempt <= MAX_ATTEMPTS && !this.#ended; attempt += 1) {
      try {
        await this.#simulator.requestOnce('POST', '/simulator/messages', { from, to: this.ownNumber, body });
        this.acceptedTexts.push({ phone: from, body, acceptedAt: Date.now() });
        return;
      } catch (error) {
        if (error instanceof Refusal && error.status < 500) throw error;
      }
      await sleep(RETRY_DELAY_MS);
    }
  }
}
