import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiDelivery } from '../support/api.js';
import { Refusal } from '../support/json-client.js';
import type { SeededOrganization } from './organizations.js';
import type { PlannedDelivery } from './plan-deliveries.js';

const RETRY_MS = 400;

export interface PostedDelivery {
  readonly deliveryId: string;
  /** UTC epoch milliseconds. */
  readonly at: number;
}

/**
 * Posts deliveries at their planned times. Each post is repeated with its Idempotency-Key until it gets a response, as
 * a partner would do.
 */
export class Poster {
  readonly posted = new Map<string, PostedDelivery>();
  /** The response to the last attempt, of posts without a 2xx. */
  readonly refused = new Map<string, string>();
  /** The number of attempts by the problem in their response, or that got no response. */
  readonly problems = new Map<string, number>();
  #ended = false;

  constructor(
    private readonly organizations: readonly SeededOrganization[],
    private readonly beganAt: number,
  ) {}

  /** Resolves when every post got a final response, or the poster was ended. */
  async run(planned: readonly PlannedDelivery[]): Promise<void> {
    await Promise.all(planned.map((plan) => this.#post(plan)));
  }

  end(): void {
    this.#ended = true;
  }

  #count(error: unknown): void {
    const problem = error instanceof Refusal ? `${error.status} ${toProblem(error.body)}` : 'no response';
    this.problems.set(problem, (this.problems.get(problem) ?? 0) + 1);
  }

  async #post(plan: PlannedDelivery): Promise<void> {
    await sleep(Math.max(0, this.beganAt + plan.postAtMs - Date.now()));
    const api = this.organizations.find(({ key }) => key === plan.organization)?.api;
    while (!this.#ended && api) {
      try {
        const key = { 'idempotency-key': plan.idempotencyKey };
        const { deliveryId } = await api.requestOnce<ApiDelivery>('POST', '/v1/deliveries', plan.body, key);
        this.posted.set(plan.reference, { deliveryId, at: Date.now() });
        this.refused.delete(plan.reference);
        return;
      } catch (error) {
        this.refused.set(plan.reference, error instanceof Error ? error.message : String(error));
        this.#count(error);
        if (error instanceof Refusal && isFinal(error)) return;
      }
      await sleep(RETRY_MS);
    }
  }
}

/** An invalid request stays invalid; any other is repeated with the same key. */
const isFinal = ({ status }: Refusal): boolean => status >= 400 && status < 500 && status !== 409 && status !== 429;

const toProblem = (body: unknown): string => {
  const { type } = (body ?? {}) as { type?: unknown };
  return typeof type === 'string' ? (type.split(':').at(-1) ?? type) : 'without a type';
};
