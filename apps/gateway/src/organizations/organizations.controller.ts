import { Controller, Header, Param } from '@nestjs/common';
import { notFound } from '#libs/contracts/index.js';
import { decodeCursor, pageOf } from '#libs/persistence/index.js';
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

const DEFAULT_PAGE = 50;
const ORGANIZATION_ID = /^org_[0-9a-f]{24}$/;

/** Organizations: the operator admits and lists them; each reads and changes itself. */
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
    summary: 'Admits an organization; the answer holds its administrator’s key, which is shown this once.',
    description: 'With `admin`, that person is invited, and the answer holds the invitation’s token, too.',
    access: 'organizations:operate',
    body: OrganizationInput,
    reply: AdmittedOrganization,
    answersSecret: true,
  })
  @Header('cache-control', 'no-store')
  async create(
    @ContractBody(OrganizationInput) input: OrganizationInput,
    @AsIdempotentCommand() command: IdempotentCommand,
  ): Promise<AdmittedOrganization> {
    return this.commands.run(command, async (tx) => {
      const { organization, ...admitted } = await this.createOrganization.execute(input, tx);
      return { ...toOrganization(organization), ...admitted };
    });
  }

  @Operation('GET', '', {
    id: 'listOrganizations',
    summary: 'All organizations of this installation, newest first.',
    access: 'organizations:operate',
    query: OrganizationsQuery,
    reply: OrganizationPage,
  })
  async list(@ContractQuery(OrganizationsQuery) query: OrganizationsQuery): Promise<OrganizationPage> {
    const { limit = DEFAULT_PAGE } = query;
    const before = decodeCursor(query.cursor, ORGANIZATION_ID);
    const found = await this.organizations.pageOfAll({ limit: limit + 1, before });
    return pageOf(found, limit, ({ _id }) => _id, toOrganization);
  }

  @Operation('GET', ':organizationId', {
    id: 'getOrganization',
    summary: 'One’s own organization, with its settings.',
    access: 'organization:read',
    reply: Organization,
    etag: true,
  })
  async get(@Param('organizationId') id: string, @AsCaller() caller: Caller): Promise<Organization> {
    assertOwn(id, caller);
    return toOrganization(await this.organizations.load(caller.organizationId, id));
  }

  @Operation('PATCH', ':organizationId', {
    id: 'updateOrganization',
    summary: 'Changes one’s own organization: its profile, when it calls, and its features.',
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
    assertOwn(id, caller);
    return this.commands.run(command, async (tx) =>
      toOrganization(await this.updateOrganization.execute(caller, changes, tx)),
    );
  }
}

/** @throws CodedError `not_found`: whether another organization exists is nobody's business */
function assertOwn(id: string, { organizationId }: Caller): void {
  if (id !== organizationId) throw notFound('organization', id);
}
