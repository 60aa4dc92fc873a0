import { Controller, Param } from '@nestjs/common';
import {
  ChangeWebhookEndpointRpc,
  CreateWebhookEndpointRpc,
  DeleteWebhookEndpointRpc,
  GetWebhookEndpointRpc,
  IntegerField,
  ListWebhookEndpointsRpc,
  RotateWebhookSecretRpc,
  TextField,
  WebhookEndpoint,
  WebhookEndpointChanges,
  WebhookEndpointInput,
  WebhookEndpointPage,
  WebhookEndpointWithSecret,
  WebhookSecretRotation,
} from '#libs/contracts/index.js';
import { RpcClient } from '#libs/messaging/index.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';

const DEFAULT_PAGE_SIZE = 50;

class EndpointsQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

/** Webhook endpoints of partners. A signing secret is shown only when it is created. */
@Controller('v1/webhook-endpoints')
export class WebhookEndpointsController {
  constructor(private readonly rpc: RpcClient) {}

  @Operation('POST', '', {
    id: 'createWebhookEndpoint',
    summary: 'Creates a webhook endpoint. The response holds the signing secret (Standard Webhooks).',
    access: 'webhook-endpoints:write',
    body: WebhookEndpointInput,
    reply: WebhookEndpointWithSecret,
    etag: true,
    errors: CreateWebhookEndpointRpc.errors,
    replyHasSecret: true,
  })
  create(
    @ContractBody(WebhookEndpointInput) input: WebhookEndpointInput,
    @AsCaller() caller: Caller,
  ): Promise<WebhookEndpointWithSecret> {
    return this.rpc.call(CreateWebhookEndpointRpc, input, caller.options);
  }

  @Operation('GET', '', {
    id: 'listWebhookEndpoints',
    summary: 'Lists the organization’s webhook endpoints, newest first.',
    access: 'webhook-endpoints:read',
    query: EndpointsQuery,
    reply: WebhookEndpointPage,
  })
  list(@ContractQuery(EndpointsQuery) query: EndpointsQuery, @AsCaller() caller: Caller): Promise<WebhookEndpointPage> {
    return this.rpc.call(
      ListWebhookEndpointsRpc,
      { ...query, limit: query.limit ?? DEFAULT_PAGE_SIZE },
      caller.options,
    );
  }

  @Operation('GET', ':endpointId', {
    id: 'getWebhookEndpoint',
    summary: 'Returns a webhook endpoint.',
    access: 'webhook-endpoints:read',
    reply: WebhookEndpoint,
    etag: true,
  })
  get(@Param('endpointId') endpointId: string, @AsCaller() caller: Caller): Promise<WebhookEndpoint> {
    return this.rpc.call(GetWebhookEndpointRpc, { endpointId }, caller.options);
  }

  @Operation('PATCH', ':endpointId', {
    id: 'updateWebhookEndpoint',
    summary: 'Changes the URL, the event types or the state of a webhook endpoint.',
    access: 'webhook-endpoints:write',
    body: WebhookEndpointChanges,
    reply: WebhookEndpoint,
    etag: true,
    ifMatch: true,
    errors: ChangeWebhookEndpointRpc.errors,
  })
  change(
    @Param('endpointId') endpointId: string,
    @ContractBody(WebhookEndpointChanges) changes: WebhookEndpointChanges,
    @AsCaller() caller: Caller,
  ): Promise<WebhookEndpoint> {
    return this.rpc.call(
      ChangeWebhookEndpointRpc,
      { ...changes, endpointId, ...toExpectedRevision(caller) },
      caller.options,
    );
  }

  @Operation('DELETE', ':endpointId', {
    id: 'deleteWebhookEndpoint',
    summary: 'Deletes a webhook endpoint. Nothing more is sent to it.',
    access: 'webhook-endpoints:write',
    ifMatch: true,
    errors: DeleteWebhookEndpointRpc.errors,
  })
  async remove(@Param('endpointId') endpointId: string, @AsCaller() caller: Caller): Promise<void> {
    await this.rpc.call(DeleteWebhookEndpointRpc, { endpointId, ...toExpectedRevision(caller) }, caller.options);
  }

  @Operation('POST', ':endpointId/secret-rotation', {
    id: 'rotateWebhookSecret',
    summary: 'Creates a new signing secret. The previous secret also signs for an overlap period.',
    access: 'webhook-endpoints:write',
    status: 200,
    body: WebhookSecretRotation,
    reply: WebhookEndpointWithSecret,
    etag: true,
    ifMatch: true,
    errors: RotateWebhookSecretRpc.errors,
    replyHasSecret: true,
  })
  rotate(
    @Param('endpointId') endpointId: string,
    @ContractBody(WebhookSecretRotation) rotation: WebhookSecretRotation,
    @AsCaller() caller: Caller,
  ): Promise<WebhookEndpointWithSecret> {
    return this.rpc.call(
      RotateWebhookSecretRpc,
      { ...rotation, endpointId, ...toExpectedRevision(caller) },
      caller.options,
    );
  }
}

function toExpectedRevision({ expectedRevision }: Caller): { expectedRevision?: number } {
  return expectedRevision === undefined ? {} : { expectedRevision };
}
