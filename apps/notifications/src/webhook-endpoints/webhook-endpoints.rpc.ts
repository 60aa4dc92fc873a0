import { Controller } from '@nestjs/common';
import {
  ChangeWebhookEndpointRpc,
  CreateWebhookEndpointRpc,
  DeleteWebhookEndpointRpc,
  GetWebhookEndpointRpc,
  ListWebhookEndpointsRpc,
  RotateWebhookSecretRpc,
  type ChangeWebhookEndpointRequest,
  type DeleteWebhookEndpointRequest,
  type GetWebhookEndpointRequest,
  type ListWebhookEndpointsRequest,
  type RotateWebhookSecretRequest,
  type WebhookEndpoint,
  type WebhookEndpointDeletedPayload,
  type WebhookEndpointInput,
  type WebhookEndpointPage,
  type WebhookEndpointWithSecret,
} from '#libs/contracts/index.js';
import { OnRpc, type QueryContext, type CommandContext } from '#libs/messaging/index.js';
import { ChangeWebhookEndpoint } from './change-webhook-endpoint.js';
import { CreateWebhookEndpoint } from './create-webhook-endpoint.js';
import { DeleteWebhookEndpoint } from './delete-webhook-endpoint.js';
import { GetWebhookEndpoint } from './get-webhook-endpoint.js';
import { ListWebhookEndpoints } from './list-webhook-endpoints.js';
import { RotateWebhookSecret } from './rotate-webhook-secret.js';

/** Queries and commands about partners' webhook endpoints. */
@Controller()
export class WebhookEndpointsRpc {
  constructor(
    private readonly createEndpoint: CreateWebhookEndpoint,
    private readonly listEndpoints: ListWebhookEndpoints,
    private readonly getEndpoint: GetWebhookEndpoint,
    private readonly changeEndpoint: ChangeWebhookEndpoint,
    private readonly rotateSecret: RotateWebhookSecret,
    private readonly deleteEndpoint: DeleteWebhookEndpoint,
  ) {}

  @OnRpc(CreateWebhookEndpointRpc)
  create(request: WebhookEndpointInput, { organizationId, tx }: CommandContext): Promise<WebhookEndpointWithSecret> {
    return this.createEndpoint.execute(organizationId, request, tx);
  }

  @OnRpc(ListWebhookEndpointsRpc)
  list(request: ListWebhookEndpointsRequest, { organizationId }: QueryContext): Promise<WebhookEndpointPage> {
    return this.listEndpoints.execute(organizationId, request);
  }

  @OnRpc(GetWebhookEndpointRpc)
  get(request: GetWebhookEndpointRequest, { organizationId }: QueryContext): Promise<WebhookEndpoint> {
    return this.getEndpoint.execute(organizationId, request);
  }

  @OnRpc(ChangeWebhookEndpointRpc)
  change(request: ChangeWebhookEndpointRequest, { organizationId, tx }: CommandContext): Promise<WebhookEndpoint> {
    return this.changeEndpoint.execute(organizationId, request, tx);
  }

  @OnRpc(RotateWebhookSecretRpc)
  rotate(
    request: RotateWebhookSecretRequest,
    { organizationId, tx }: CommandContext,
  ): Promise<WebhookEndpointWithSecret> {
    return this.rotateSecret.execute(organizationId, request, tx);
  }

  @OnRpc(DeleteWebhookEndpointRpc)
  remove(
    request: DeleteWebhookEndpointRequest,
    { organizationId, tx }: CommandContext,
  ): Promise<WebhookEndpointDeletedPayload> {
    return this.deleteEndpoint.execute(organizationId, request, tx);
  }
}
