import { Controller, Param } from '@nestjs/common';
import {
  IntegerField,
  ListWebhookDeliveriesRpc,
  ReplayWebhookRpc,
  TextField,
  WebhookDelivery,
  WebhookDeliveryPage,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';

const DEFAULT_PAGE_SIZE = 50;

class WebhookDeliveriesQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

/** Webhook deliveries of an endpoint, and their replay. */
@Controller('v1/webhook-endpoints/:endpointId/deliveries')
export class WebhookDeliveriesController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('GET', '', {
    id: 'listWebhookDeliveries',
    summary: 'Lists the webhook deliveries of an endpoint with their results, newest first.',
    access: 'webhook-endpoints:read',
    query: WebhookDeliveriesQuery,
    reply: WebhookDeliveryPage,
  })
  list(
    @Param('endpointId') endpointId: string,
    @ContractQuery(WebhookDeliveriesQuery) query: WebhookDeliveriesQuery,
    @AsCaller() caller: Caller,
  ): Promise<WebhookDeliveryPage> {
    const request = { ...query, endpointId, limit: query.limit ?? DEFAULT_PAGE_SIZE };
    return this.rpc.call(ListWebhookDeliveriesRpc, request, caller.options);
  }

  @Operation('POST', ':webhookId/replay', {
    id: 'replayWebhookDelivery',
    summary: 'Sends a completed webhook delivery again, with the same id and body and a new signature.',
    access: 'webhook-endpoints:write',
    status: 202,
    reply: WebhookDelivery,
    errors: ReplayWebhookRpc.errors,
  })
  replay(
    @Param('endpointId') endpointId: string,
    @Param('webhookId') webhookId: string,
    @AsCaller() caller: Caller,
  ): Promise<WebhookDelivery> {
    return this.rpc.call(ReplayWebhookRpc, { endpointId, webhookId }, caller.options);
  }
}
