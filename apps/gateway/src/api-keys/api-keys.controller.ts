import { Controller, Header, Param } from '@nestjs/common';
import { decodeCursor, toPage } from '#libs/persistence/index.js';
import { Clock } from '#libs/clock/clock.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';
import { assertMayGrant } from '../principals/principals.module.js';
import { AsIdempotentCommand, type IdempotentCommand, IdempotentCommands } from '../idempotency/idempotency.module.js';
import {
  ApiKey,
  ApiKeyInput,
  ApiKeyPage,
  ApiKeysQuery,
  toGrant,
  IssuedApiKeyReply,
  Rotation,
  toApiKey,
} from './api-key.dto.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { IssueApiKey, type IssuedApiKey } from './issue-api-key.js';
import { RevokeApiKey } from './revoke-api-key.js';
import { RotateApiKey } from './rotate-api-key.js';

const DEFAULT_PAGE_SIZE = 50;
const DEFAULT_OVERLAP_SECONDS = 86_400;
const KEY_ID_PATTERN = /^dak_[0-9a-f]{24}$/;

/** API keys of the organization's systems. */
@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly issueApiKey: IssueApiKey,
    private readonly rotateApiKey: RotateApiKey,
    private readonly revokeApiKey: RevokeApiKey,
    private readonly keys: ApiKeyRepository,
    private readonly commands: IdempotentCommands,
    private readonly clock: Clock,
  ) {}

  @Operation('POST', '', {
    id: 'createApiKey',
    summary: 'Creates an API key for a system of the organization. The key is shown only once.',
    description:
      'Choose its permissions by `scopes` or by a `role`. A caller can grant only scopes that they have themselves.',
    access: 'api-keys:write',
    body: ApiKeyInput,
    reply: IssuedApiKeyReply,
    replyHasSecret: true,
  })
  @Header('cache-control', 'no-store')
  async create(
    @ContractBody(ApiKeyInput) input: ApiKeyInput,
    @AsCaller() caller: Caller,
    @AsIdempotentCommand() command: IdempotentCommand,
  ): Promise<IssuedApiKeyReply> {
    return this.commands.run(command, async (tx) => {
      const grant = toGrant(input, this.clock.now());
      assertMayGrant(caller.identity, grant.scopes);
      return toReply(await this.issueApiKey.execute(caller.organizationId, { label: input.label, ...grant }, tx));
    });
  }

  @Operation('GET', '', {
    id: 'listApiKeys',
    summary: 'Lists the organization’s keys, including revoked ones, newest first.',
    access: 'api-keys:read',
    query: ApiKeysQuery,
    reply: ApiKeyPage,
  })
  async list(@ContractQuery(ApiKeysQuery) query: ApiKeysQuery, @AsCaller() caller: Caller): Promise<ApiKeyPage> {
    const { limit = DEFAULT_PAGE_SIZE } = query;
    const before = decodeCursor(query.cursor, KEY_ID_PATTERN);
    const keys = await this.keys.findPage(caller.organizationId, { limit: limit + 1, before });
    return toPage(keys, limit, ({ _id }) => _id, toApiKey);
  }

  @Operation('GET', ':keyId', {
    id: 'getApiKey',
    summary: 'Returns a key, without its secret.',
    access: 'api-keys:read',
    reply: ApiKey,
  })
  async get(@Param('keyId') keyId: string, @AsCaller() caller: Caller): Promise<ApiKey> {
    return toApiKey(await this.keys.load(caller.organizationId, keyId));
  }

  @Operation('POST', ':keyId/rotation', {
    id: 'rotateApiKey',
    summary: 'Gives a key a new secret, which is shown only once. The previous secret stays valid for the overlap.',
    access: 'api-keys:write',
    body: Rotation,
    reply: IssuedApiKeyReply,
    errors: ['api_key_revoked'],
    replyHasSecret: true,
  })
  @Header('cache-control', 'no-store')
  async rotate(
    @Param('keyId') keyId: string,
    @ContractBody(Rotation) { overlapSeconds = DEFAULT_OVERLAP_SECONDS }: Rotation,
    @AsCaller() caller: Caller,
    @AsIdempotentCommand() command: IdempotentCommand,
  ): Promise<IssuedApiKeyReply> {
    return this.commands.run(command, async (tx) =>
      toReply(await this.rotateApiKey.execute(caller, keyId, overlapSeconds, tx)),
    );
  }

  @Operation('DELETE', ':keyId', {
    id: 'revokeApiKey',
    summary: 'Revokes a key. It stops working immediately, on every gateway.',
    access: 'api-keys:write',
  })
  async revoke(@Param('keyId') keyId: string, @AsCaller() caller: Caller): Promise<void> {
    await this.revokeApiKey.execute(caller, keyId);
  }
}

const toReply = ({ key, apiKey }: IssuedApiKey): IssuedApiKeyReply => ({ ...toApiKey(key), apiKey });
