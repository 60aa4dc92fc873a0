import { Controller } from '@nestjs/common';
import {
  ACTOR_KINDS,
  ChoiceField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectListField,
  TextField,
  TextListField,
  type Actor,
} from '#libs/contracts/index.js';
import { decodeCursor, toPage } from '#libs/persistence/index.js';
import type { AuditEntryDocument } from '#libs/persistence/schemas/gateway/audit-entries.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';
import { AuditEntryRepository, type AuditCursor } from './audit-entry.repository.js';

const DEFAULT_PAGE_SIZE = 50;
/** The time of an entry in milliseconds since the epoch, and its id. */
const CURSOR_PATTERN = /^\d{1,15} [A-Za-z0-9-]{1,64}$/;

class AuditActor implements Actor {
  @ChoiceField(ACTOR_KINDS) kind!: Actor['kind'];
  @IdField() id!: string;
}

class AuditTarget {
  @TextField({ max: 60 }) kind!: string;
  @IdField() id!: string;
}

/** A change and the actor who made it. */
class AuditEntry {
  @IdField() entryId!: string;
  @ObjectField(() => AuditActor) actor!: AuditActor;
  @TextField({ max: 100, example: 'gateway.user.updated' }) action!: string;
  @ObjectField(() => AuditTarget) target!: AuditTarget;
  @TextListField({ optional: true, maxItems: 100, item: { max: 100 }, description: 'Names of the changed fields.' })
  changed?: string[];
  @InstantField() at!: string;
}

class AuditPage {
  @ObjectListField(() => AuditEntry, { maxItems: 200 }) items!: AuditEntry[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

class AuditQuery {
  @IntegerField({ optional: true, min: 1, max: 200 }) limit?: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
  @IdField({ optional: true, description: 'The id of a user, an API key or an agent, or `operator`.' })
  actorId?: string;
  @IdField({ optional: true }) targetId?: string;
  @TextField({ optional: true, max: 100, description: 'The `action` of an entry, such as `routing.delivery.created`.' })
  action?: string;
  @InstantField({ optional: true }) since?: string;
  @InstantField({ optional: true, description: 'Exclusive.' }) until?: string;
}

/** The audit log: who changed what. */
@Controller('v1/audit-log')
export class AuditLogController {
  constructor(private readonly entries: AuditEntryRepository) {}

  @Operation('GET', '', {
    id: 'listAuditLog',
    summary: 'Lists the changes made in the organization, newest first.',
    description:
      'Entries appear shortly after the change, because they are created from the events of the apps that own the data.',
    access: 'audit:read',
    query: AuditQuery,
    reply: AuditPage,
  })
  async list(@ContractQuery(AuditQuery) query: AuditQuery, @AsCaller() caller: Caller): Promise<AuditPage> {
    const { limit = DEFAULT_PAGE_SIZE, cursor, since, until, ...filter } = query;
    const entries = await this.entries.findPage(
      caller.organizationId,
      { ...filter, since: toDate(since), until: toDate(until) },
      { limit: limit + 1, after: toCursor(cursor) },
    );
    return toPage(entries, limit, ({ at, _id }) => `${at.getTime()} ${_id}`, toEntry);
  }
}

const toDate = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

function toCursor(cursor: string | undefined): AuditCursor | undefined {
  const [at, id] = decodeCursor(cursor, CURSOR_PATTERN)?.split(' ', 2) ?? [];
  return at === undefined || id === undefined ? undefined : { at: new Date(Number(at)), id };
}

function toEntry({ _id: entryId, actor, action, target, changed, at }: AuditEntryDocument): AuditEntry {
  return { entryId, actor, action, target, ...(changed === undefined ? {} : { changed }), at: at.toISOString() };
}
