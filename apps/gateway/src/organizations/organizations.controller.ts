import { Controller, Header, Param } from '@nestjs/common';
import { createNotFoundError } from '#libs/contracts/index.js';
import { decodeCursor, toPage } from '#libs/persistence/index.js';
import { AsCaller, Caller, ContractBody, ContractQuery, Operation } from '../requests/requests.module.js';
import { AsIdempotentCommand, type IdempotentCommand, IdempotentCommands } from '../idempotency/idempotency.module.js';
import { CreateOrganization } from './create-organization.js';
import {
  AdmittedOrganization,
  Organization,
  OrganizationChanges,
  OrganizationInput,
  OrganizationPage,
  OrganizationsQuery,
  toOrganization,
} from './organization.dto.js';
import { OrganizationRepository } from './organization.repository.js';
import { UpdateOrganization } from './update-organization.js';

const DEFAULT_PAGE_SIZE = 50;
const ORGANIZATION_ID_PATTERN = /^org_[0-9a-f]{24}$/;

/** Organizations. The operator creates and lists them; each organization reads and changes itself. */
@Controller('v1/organizations')
export class OrganizationsController {
  constructor(
    private readonly createOrganization: CreateOrganization,
    private readonly updateOrganization: UpdateOrganization,
    private readonly commands: IdempotentCommands,
    private readonly organizations: OrganizationRepository,
  ) {}

  @Operation('POST', '', {
    id: 'createOrganization',
    summary: 'Creates an organization. The response holds its administrator’s API key, which is shown only once.',
    description: 'With `admin`, that person is invited, and the response also holds the invitation’s token.',
    access: 'organizations:operate',
    body: OrganizationInput,
    reply: AdmittedOrganization,
    replyHasSecret: true,
  })
  @Header('cache-control', 'no-store')
  async create(
    @ContractBody(OrganizationInput) input: OrganizationInput,
    @AsIdempotentCommand() command: IdempotentCommand,
  ): Promise<AdmittedOrganization> {
    return this.commands.run(command, async (tx) => {
      const { organization, ...credentials } = await this.createOrganization.execute(input, tx);
      return { ...toOrganization(organization), ...credentials };
    });
  }

  @Operation('GET', '', {
    id: 'listOrganizations',
    summary: 'Lists all organizations of this installation, newest first.',
    access: 'organizations:operate',
    query: OrganizationsQuery,
    reply: OrganizationPage,
  })
  async list(@ContractQuery(OrganizationsQuery) query: OrganizationsQuery): Promise<OrganizationPage> {
    const { limit = DEFAULT_PAGE_SIZE } = query;
    const before = decodeCursor(query.cursor, ORGANIZATION_ID_PATTERN);
    const organizations = await this.organizations.findPage({ limit: limit + 1, before });
    return toPage(organizations, limit, ({ _id }) => _id, toOrganization);
  }

  @Operation('GET', ':organizationId', {
    id: 'getOrganization',
    summary: 'Returns the caller’s organization, with its settings.',
    access: 'organization:read',
    reply: Organization,
    etag: true,
  })
  async get(@Param('organizationId') id: string, @AsCaller() caller: Caller): Promise<Organization> {
    assertOwnOrganization(id, caller);
    return toOrganization(await this.organizations.load(caller.organizationId, id));
  }

  @Operation('PATCH', ':organizationId', {
    id: 'updateOrganization',
    summary: 'Changes the caller’s organization: its profile, calling hours and features.',
    access: 'organization:write',
    body: OrganizationChanges,
    reply: Organization,
    etag: true,
    ifMatch: true,
  })
  async update(
    @Param('organizationId') id: string,
    @ContractBody(OrganizationChanges) changes: OrganizationChanges,
    @AsCaller() caller: Caller,
    @AsIdempotentCommand() command: IdempotentCommand,
  ): Promise<Organization> {
    assertOwnOrganization(id, caller);
    return this.commands.run(command, async (tx) =>
      toOrganization(await this.updateOrganization.execute(caller, changes, tx)),
    );
  }
}

/** @throws CodedError `not_found` for other organizations, so that callers do not learn which exist */
function assertOwnOrganization(id: string, { organizationId }: Caller): void {
  if (id !== organizationId) throw createNotFoundError('organization', id);
}
