import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiDelivery } from '../evidence.js';
import { Refusal } from '../world/json-client.js';
import type { SeededOrganization } from './organizations.js';
import type { PlannedDelivery } from './plan-deliveries.js';

export interface Posted {
  readonly deliveryId: string;
  /** UTC epoch milliseconds. */
  readonly at: number;
}

/** Posts deliveries at their moments, each repeated with its Idempotency-Key until it is answered, as a partner would. */
export class Poster {
  readonly posted = new Map<string, Posted>();
  /** What the last try was answered, of those that got no 2xx. */
  readonly refused = new Map<string, string>();
  #ended = false;

  constructor(
    private readonly organizations: readonly SeededOrganization[],
    private readonly beganAt: number,
  ) {}

  /** Resolves when every delivery was answered, or the poster was ended. */
  async run(planned: readonly PlannedDelivery[]): Promise<void> {
    await Promise.all(planned.map((plan) => this.#post(plan)));
  }

  end(): void {
    this.#ended = true;
  }

  async #post(plan: PlannedDelivery): Promise<void> {
    await sleep(Math.max(0, this.beganAt + plan.postAtMs - Date.now()));
    const api = this.organizations.find(({ key }) => key === plan.organization)?.api;
    while (!this.#ended && api) {
      try {
        const { deliveryId } = await api.post<ApiDelivery>('/v1/deliveries', plan.body, plan.idempotencyKey);
        this.posted.set(plan.reference, { deliveryId, at: Date.now() });
        this.refused.delete(plan.reference);
        return;
      } catch (error) {
        this.refused.set(plan.reference, error instanceof Error ? error.message : String(error));
        if (error instanceof Refusal && isFinal(error)) return;
      }
    }
  }
}

/** A request that is wrong stays wrong; anything else is repeated with the same key. */
const isFinal = ({ status }: Refusal): boolean => status >= 400 && status < 500 && status !== 409 && status !== 429;
