import { setTimeout as sleep } from 'node:timers/promises';
import type { PlannedDelivery } from '../seeding/plan-deliveries.js';
import { JsonClient, Refusal } from '../support/json-client.js';

/** A text of a customer that our side accepted. */
export interface AcceptedText {
  readonly phone: string;
  readonly body: string;
  /** UTC epoch milliseconds. */
  readonly acceptedAt: number;
}

interface RungCall {
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
}

const POLL_MS = 700;
/** A customer whose call or text failed tries again after so long, and so often. */
const PATIENCE_MS = 3_000;
const MAX_TRIES = 12;
/** Our side said goodbye: the conversation came to its end. */
const GOODBYE = /goodbye|adiós/iu;

/** What customers do by themselves: ring back after a call they missed, and answer the first text they get. */
export class CustomerInitiative {
  readonly acceptedTexts: AcceptedText[] = [];
  readonly #simulator: JsonClient;
  readonly #byPhone: ReadonlyMap<string, PlannedDelivery>;
  readonly #begun = new Set<string>();
  readonly #work: Promise<void>[] = [];
  #calls = new Map<string, RungCall>();
  #cursor = 0;
  #ended = false;
  /** Customers in the middle of it. */
  busy = 0;

  constructor(
    simulatorUrl: string,
    private readonly ownNumber: string,
    planned: readonly PlannedDelivery[],
  ) {
    this.#simulator = new JsonClient(simulatorUrl, {}, 10_000);
    this.#byPhone = new Map(planned.map((one) => [one.phone, one]));
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
      await this.#look().catch(() => undefined);
      await sleep(POLL_MS);
    }
  }

  async #look(): Promise<void> {
    const { cursor, calls } = await this.#simulator.get<{ cursor: number; calls: RungCall[] }>(
      `/simulator/ledger?since=${this.#cursor}`,
    );
    this.#cursor = cursor;
    for (const call of calls) {
      this.#calls.set(call.callSid, call);
      const missed = call.direction === 'outbound-api' && call.status === 'no-answer';
      if (missed && this.#byPhone.get(call.to)?.persona.callsBack) this.#begin(call.to, () => this.#ringBack(call.to));
    }
    for (const { to, direction } of await this.#simulator.get<Text[]>('/simulator/messages')) {
      const answer = this.#byPhone.get(to)?.moves.text;
      if (direction === 'outbound-api' && answer) this.#begin(to, () => this.#write(to, answer.body));
    }
  }

  #begin(phone: string, act: () => Promise<void>): void {
    if (this.#begun.has(phone)) return;
    this.#begun.add(phone);
    this.busy += 1;
    this.#work.push(act().finally(() => (this.busy -= 1)));
  }

  async #ringBack(from: string): Promise<void> {
    for (let tries = 1; tries <= MAX_TRIES && !this.#ended; tries += 1) {
      const { callSid } = await this.#simulator.post<{ callSid: string }>('/simulator/inbound-calls', {
        from,
        to: this.ownNumber,
      });
      const call = await this.#endOf(callSid);
      if (call?.heard.some(({ text }) => GOODBYE.test(text) && !/cannot go on/iu.test(text))) return;
      await sleep(PATIENCE_MS);
    }
  }

  async #endOf(callSid: string): Promise<RungCall | undefined> {
    while (!this.#ended) {
      const call = this.#calls.get(callSid);
      if (call && call.endedAt !== null) return call;
      await sleep(POLL_MS);
    }
    return undefined;
  }

  /** A text for which the carrier found nobody on our side was never ours: the customer writes again. */
  async #write(from: string, body: string): Promise<void> {
    for (let tries = 1; tries <= MAX_TRIES && !this.#ended; tries += 1) {
      try {
        await this.#simulator.once('POST', '/simulator/messages', { from, to: this.ownNumber, body });
        this.acceptedTexts.push({ phone: from, body, acceptedAt: Date.now() });
        return;
      } catch (error) {
        if (error instanceof Refusal && error.status < 500) throw error;
      }
      await sleep(PATIENCE_MS);
    }
  }
}
