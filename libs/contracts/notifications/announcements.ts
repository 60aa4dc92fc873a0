import { IdField, InstantField, IntegerField, ObjectListField, TextField, TextListField } from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';

const SKILL = { max: 40, pattern: /^[a-z][a-z0-9_]*$/, patternMeaning: 'a lower-case word such as two_person' };

/** An announcement to all agents of an organization, or to those with one skill. */
export class AnnouncementInput {
  @TextField({ max: 2000, example: 'The depot closes at 18:00 today.' }) text!: string;
  @TextField({
    ...SKILL,
    optional: true,
    description: 'Notify only agents with this skill. If absent, all agents are notified.',
  })
  skill?: string;
}

/** A published announcement. Stored once, independent of the number of readers. */
export class Announcement extends AnnouncementInput {
  @IdField() announcementId!: string;
  /** Ascending within the organization, from 1. An agent sees gaps for announcements to other agents. */
  @IntegerField({ min: 1 }) sequence!: number;
  @InstantField() createdAt!: string;
}

export class ListAnnouncementsRequest {
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

/** A page of announcements, newest first. */
export class AnnouncementPage {
  @ObjectListField(() => Announcement, { maxItems: 200 }) items!: Announcement[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class ReadAnnouncementsRequest {
  @IdField() agentId!: string;
  @IntegerField({
    optional: true,
    min: 0,
    description:
      'Return announcements after this sequence. Defaults to the last sequence that the agent confirmed as read.',
  })
  after?: number;
  @IntegerField({ min: 1, max: 200 }) limit!: number;
}

/** The announcements to one agent after a sequence, oldest first. */
export class AgentAnnouncements {
  @ObjectListField(() => Announcement, { maxItems: 200 }) items!: Announcement[];
  @IntegerField({ min: 0, description: 'The last sequence that this reply covers. Use it as the next `after`.' })
  upTo!: number;
  @IntegerField({ min: 0, description: 'The last sequence that the agent confirmed as read.' }) readUpTo!: number;
  @TextListField({
    maxItems: 30,
    item: SKILL,
    description: 'The skills whose announcements the agent receives, in addition to those for all agents.',
  })
  skills!: string[];
}

export class ConfirmAnnouncementsRequest {
  @IdField() agentId!: string;
  @IntegerField({ min: 1, description: 'The last sequence that the agent has read.' }) upTo!: number;
}

/** An agent’s cursor after it moved. */
export class AnnouncementsReadPayload {
  @IdField() agentId!: string;
  @IntegerField({ min: 0 }) readUpTo!: number;
}

export const AnnouncementPublished = defineEvent({
  subject: 'notifications.announcement.published.v1',
  payload: Announcement,
  consumers: ['gateway', 'analytics'],
  summary: 'An announcement was published. Each agent reads it by their own cursor.',
});
export const AnnouncementsRead = defineEvent({
  subject: 'notifications.announcement-reader.read.v1',
  payload: AnnouncementsReadPayload,
  consumers: ['gateway', 'analytics'],
  summary: 'An agent confirmed announcements up to a sequence as read.',
});
export const PublishAnnouncementRpc = defineCommand({
  subject: 'rpc.notifications.announcement.publish.v1',
  request: AnnouncementInput,
  reply: Announcement,
  callers: ['gateway'],
  summary: 'Publishes an announcement to all agents, or to those with a skill.',
});
export const ListAnnouncementsRpc = defineQuery({
  subject: 'rpc.notifications.announcement.list.v1',
  request: ListAnnouncementsRequest,
  reply: AnnouncementPage,
  callers: ['gateway'],
  summary: 'Lists the announcements of an organization, newest first.',
});
export const ReadAnnouncementsRpc = defineQuery({
  subject: 'rpc.notifications.announcement.read.v1',
  request: ReadAnnouncementsRequest,
  reply: AgentAnnouncements,
  callers: ['gateway'],
  summary: 'Returns the announcements to an agent after their cursor, oldest first.',
});
export const ConfirmAnnouncementsRpc = defineCommand({
  subject: 'rpc.notifications.announcement.confirm.v1',
  request: ConfirmAnnouncementsRequest,
  reply: AnnouncementsReadPayload,
  callers: ['gateway'],
  summary: 'Moves an agent’s cursor forward, never backward.',
});
