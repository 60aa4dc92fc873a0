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
import { decodeCursor, pageOf } from '#libs/persistence/index.js';
import type { AuditEntryDocument } from '#libs/persistence/schemas/gateway/audit-entries.js';
import { AsCaller, Caller, ContractQuery, Operation } from '../requests/requests.module.js';
import { AuditEntryRepository, type AuditPlace } from './audit-entry.repository.js';

const DEFAULT_PAGE = 50;
const PLACE = /^\d{1,15} [A-Za-z0-9-]{1,64}$/;

class AuditActor implements Actor {
  @ChoiceField(ACTOR_KINDS) kind!: Actor['kind'];
  @IdField() id!: string;
}

class AuditTarget {
  @TextField({ max: 60 }) kind!: string;
  @IdField() id!: string;
}

/** Somebody changed something. */
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
  @IdField({ optional: true, description: 'Of a user, an API key, an agent, or `operator`.' }) actorId?: string;
  @IdField({ optional: true }) targetId?: string;
  @TextField({ optional: true, max: 100, description: 'As entries say it: `routing.delivery.created`.' })
  action?: string;
  @InstantField({ optional: true }) since?: string;
  @InstantField({ optional: true, description: 'Not included.' }) until?: string;
}

/** Who changed what. */
@Controller('v1/audit-log')
export class AuditLogController {
  constructor(private readonly entries: AuditEntryRepository) {}

  @Operation('GET', '', {
    id: 'listAuditLog',
    summary: 'Every change that somebody made in the organisation, latest first.',
    description:
      'Entries appear a moment after the change: they are made from the events of the apps that own what changed.',
    access: 'audit:read',
    query: AuditQuery,
    reply: AuditPage,
  })
  async list(@ContractQuery(AuditQuery) query: AuditQuery, @AsCaller() caller: Caller): Promise<AuditPage> {
    const { limit = DEFAULT_PAGE, cursor, since, until, ...filter } = query;
    const found = await this.entries.page(
      caller.organizationId,
      { ...filter, since: instant(since), until: instant(until) },
      { limit: limit + 1, after: placeOf(cursor) },
    );
    return pageOf(found, limit, ({ at, _id }) => `${at.getTime()} ${_id}`, toEntry);
  }
}

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

function placeOf(cursor: string | undefined): AuditPlace | undefined {
  const [at, id] = decodeCursor(cursor, PLACE)?.split(' ', 2) ?? [];
  return at === undefined || id === undefined ? undefined : { at: new Date(Number(at)), id };
}

function toEntry({ _id: entryId, actor, action, target, changed, at }: AuditEntryDocument): AuditEntry {
  return { entryId, actor, action, target, ...(changed === undefined ? {} : { changed }), at: at.toISOString() };
}
