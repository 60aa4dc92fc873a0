import type { FaultInjector } from '../faults/faults.module.js';
import type { StatusCallbackPlan } from '../ledger/ledger.module.js';
import type { SimulatedTime } from '../config/config.module.js';
import { type WebhookClient, WebhookFailedError } from '../webhooks/webhooks.module.js';

type CallEvent = StatusCallbackPlan['events'][number];

/** Maximum wait of a held callback for a later one to overtake it, in simulated ms. */
const HOLD_BACK_MS = 20_000;

/**
 * Sends a call's status callbacks one at a time, in the order of their events, without delaying the call. Injected
 * faults may duplicate a callback or swap it with its successor.
 */
export class StatusCallbacks {
  private chain: Promise<void> = Promise.resolve();
  private heldCallback: (() => Promise<void>) | undefined;
  private sequence = 0;

  /** @param onFailure called when a callback could not be delivered */
  constructor(
    private readonly plan: StatusCallbackPlan | null,
    private readonly client: WebhookClient,
    private readonly faults: FaultInjector,
    private readonly time: SimulatedTime,
    private readonly onFailure: (error: WebhookFailedError) => void,
  ) {}

  /** Queues the callback of an event, if the plan includes it. The parameters are a snapshot of this moment. */
  send(event: CallEvent, parameters: Readonly<Record<string, string>>): void {
    const plan = this.plan;
    if (plan === null || !plan.events.includes(event)) return;
    const numberedParameters = {
      ...parameters,
      CallbackSource: 'call-progress-events',
      SequenceNumber: String(this.sequence++),
    };
    const deliver = async (): Promise<void> => {
      try {
        await this.client.send(plan.url, plan.method, numberedParameters);
      } catch (error) {
        if (!(error instanceof WebhookFailedError)) throw error;
        this.onFailure(error);
      }
    };
    const overtakenCallback = this.heldCallback;
    this.heldCallback = undefined;
    if (overtakenCallback === undefined && this.faults.shouldInject('reorderCallbacks')) {
      this.holdBack(deliver);
      return;
    }
    this.queue(deliver);
    if (this.faults.shouldInject('duplicateCallbacks')) this.queue(deliver);
    if (overtakenCallback !== undefined) this.queue(overtakenCallback);
  }

  /** Resolves when all callbacks queued so far are sent. */
  settled(): Promise<void> {
    return this.chain;
  }

  private queue(deliver: () => Promise<void>): void {
    this.chain = this.chain.then(deliver);
  }

  private holdBack(deliver: () => Promise<void>): void {
    this.heldCallback = deliver;
    void this.time.sleep(HOLD_BACK_MS).then(() => {
      if (this.heldCallback !== deliver) return;
      this.heldCallback = undefined;
      this.queue(deliver);
    });
  }
}
