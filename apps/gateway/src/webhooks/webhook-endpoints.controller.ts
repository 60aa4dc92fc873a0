import { Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { CreateWebhookEndpoint, WebhookEndpointInput, type WebhookEndpoint } from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { Allow, AsMember } from '../access/access.guard.js';
import type { Member } from '../access/identity.js';
import { ContractBody } from '../http/contract-body.js';
import { CommandId } from '../http/idempotency.js';

@Controller('v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(@Inject(RpcClient) private readonly rpc: RpcClient) {}

  /** The answer holds the signing secret (Standard Webhooks). */
  @Post()
  @Allow('webhook-endpoints:write')
  @HttpCode(201)
  create(
    @ContractBody(WebhookEndpointInput) input: WebhookEndpointInput,
    @AsMember() { organizationId }: Member,
    @CommandId() command: { commandId?: string },
  ): Promise<WebhookEndpoint> {
    return this.rpc.call(CreateWebhookEndpoint, input, { organizationId, ...command });
  }
}
