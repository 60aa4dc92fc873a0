import { Controller } from '@nestjs/common';
import {
  ListWebhookDeliveriesRpc,
  ReplayWebhookRpc,
  type ListWebhookDeliveriesRequest,
  type ReplayWebhookRequest,
  type WebhookDelivery,
  type WebhookDeliveryPage,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { ListWebhookDeliveries } from './list-webhook-deliveries.js';
import { ReplayWebhook } from './replay-webhook.js';

/** Queries and commands about the webhooks of an endpoint. */
@Controller()
export class WebhookDeliveriesRpc {
  constructor(
    private readonly listDeliveries: ListWebhookDeliveries,
    private readonly replayWebhook: ReplayWebhook,
  ) {}

  @OnRpc(ListWebhookDeliveriesRpc)
  deliveries(request: ListWebhookDeliveriesRequest, { organizationId }: QueryContext): Promise<WebhookDeliveryPage> {
    return this.listDeliveries.execute(organizationId, request);
  }

  @OnRpc(ReplayWebhookRpc)
  replay(request: ReplayWebhookRequest, { organizationId, tx }: CommandContext): Promise<WebhookDelivery> {
    return this.replayWebhook.execute(organizationId, request, tx);
  }
}
