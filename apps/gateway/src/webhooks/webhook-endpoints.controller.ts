import { Controller, Inject } from '@nestjs/common';
import { CreateWebhookEndpoint, WebhookEndpoint, WebhookEndpointInput } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller } from '../access/caller.js';
import { ContractBody } from '../http/contract-body.js';
import { Operation } from '../http/operation.js';

@Controller('v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  @Operation('POST', '', {
    id: 'createWebhookEndpoint',
    summary: 'A partner wants to be told; the answer holds the signing secret (Standard Webhooks).',
    access: 'webhook-endpoints:write',
    body: WebhookEndpointInput,
    reply: WebhookEndpoint,
    errors: CreateWebhookEndpoint.errors,
  })
  create(
    @ContractBody(WebhookEndpointInput) input: WebhookEndpointInput,
    @AsCaller() caller: Caller,
  ): Promise<WebhookEndpoint> {
    return this.rpc.call(CreateWebhookEndpoint, input, caller.options);
  }
}
