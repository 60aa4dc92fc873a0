import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { WebhookSettled } from '#libs/contracts/index.js';
import type { OrganizationId, Transaction } from '#libs/persistence/index.js';
import { ScheduleWebhookTry } from './schedule-webhook-try.js';
import { WebhookDeliveryRepository, type FinalWebhookState, type TryResult } from './webhook-delivery.repository.js';

/** The sequence of a webhook's settled event. Its events alternate: settled (1), replayed (2), settled (3). */
export const toSettledSequence = (replays: number): number => 2 * replays + 1;
/** The sequence of a webhook's replayed event. `replays` counts this replay. */
export const toReplayedSequence = (replays: number): number => 2 * replays;

/** Settles a webhook, emits its event and schedules the next webhook of its lane, all in one transaction. */
@Injectable()
export class SettleWebhook {
  private readonly logger = new Logger(SettleWebhook.name);

  constructor(
    private readonly deliveries: WebhookDeliveryRepository,
    private readonly scheduleTry: ScheduleWebhookTry,
    private readonly clock: Clock,
  ) {}

  async execute(
    organizationId: OrganizationId,
    webhookId: string,
    result: FinalWebhookState,
    detail: TryResult,
    tx: Transaction,
  ): Promise<void> {
    const at = this.clock.now();
    const settledDelivery = await this.deliveries.settle(
      organizationId,
      webhookId,
      { state: result, at, result: detail },
      tx,
    );
    if (!settledDelivery) return;
    const { endpointId, deliveryId, type, tries } = settledDelivery;
    tx.emit({
      contract: WebhookSettled,
      organizationId,
      aggregateId: webhookId,
      sequence: toSettledSequence(settledDelivery.replays),
      occurredAt: at,
      payload: {
        webhookId,
        endpointId,
        ...(deliveryId === undefined ? {} : { deliveryId }),
        type,
        result,
        tries,
        settledAt: at.toISOString(),
      },
    });
    const nextDelivery = await this.deliveries.promoteNext(organizationId, settledDelivery, tx);
    if (nextDelivery) await this.scheduleTry.execute(organizationId, nextDelivery, at, tx);
    tx.afterCommit(() =>
      this.logger.log({ webhookId, endpointId, deliveryId, type, tries, result }, 'Webhook settled'),
    );
  }
}
