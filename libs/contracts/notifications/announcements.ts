import { IdField, InstantField, IntegerField, ObjectListField, TextField, TextListField } from '../fields/index.js';
import { defineCommand, defineEvent, defineQuery } from '../kernel/index.js';

const SKILL = { max: 40, pattern: /^[a-z][a-z0-9_]*$/, patternMeaning: 'a lower-case word such as two_person' };

/** Something all agents of an organisation shall know, or all those with one skill. */
export class AnnouncementInput {
  @TextField({ max: 2000, example: 'The depot closes at 18:00 today.' }) text!: string;
  @TextField({ ...SKILL, optional: true, description: 'Only agents with this skill are told; absent, all are.' })
  skill?: string;
}

/** Stored once, however many read it. */
export class Announcement extends AnnouncementInput {
  @IdField() announcementId!: string;
  /** Ascending in the organisation, from 1; an agent sees gaps where an announcement was for others. */
  @IntegerField({ min: 1 }) sequence!: number;
  @InstantField() createdAt!: string;
}

export class ListAnnouncementsRequest {
  @IntegerField({ min: 1, max: 200 }) limit!: number;
  @TextField({ optional: true, max: 200 }) cursor?: string;
}

export class AnnouncementPage {
  @ObjectListField(() => Announcement, { maxItems: 200 }) items!: Announcement[];
  @TextField({ optional: true, max: 200 }) nextCursor?: string;
}

export class ReadAnnouncementsRequest {
  @IdField() agentId!: string;
  @IntegerField({
    optional: true,
    min: 0,
    description: 'After this sequence; absent, after what the agent has confirmed as read.',
  })
  after?: number;
  @IntegerField({ min: 1, max: 200 }) limit!: number;
}

/** What concerns one agent after a sequence, oldest first. */
export class AgentAnnouncements {
  @ObjectListField(() => Announcement, { maxItems: 200 }) items!: Announcement[];
  @IntegerField({ min: 0, description: 'Ask on after this one: everything up to it was considered.' }) upTo!: number;
  @IntegerField({ min: 0, description: 'The agent has confirmed everything up to this one.' }) readUpTo!: number;
  @TextListField({
    maxItems: 30,
    item: SKILL,
    description: 'Whose announcements the agent is told, beside those for all.',
  })
  skills!: string[];
}

export class ConfirmAnnouncementsRequest {
  @IdField() agentId!: string;
  @IntegerField({ min: 1, description: 'Everything up to this sequence was read.' }) upTo!: number;
}

export class AnnouncementsReadPayload {
  @IdField() agentId!: string;
  @IntegerField({ min: 0 }) readUpTo!: number;
}

export const AnnouncementPublished = defineEvent({
  subject: 'notifications.announcement.published.v1',
  payload: Announcement,
  consumers: ['gateway', 'analytics'],
  summary: 'Agents shall know something; it waits behind each reader’s cursor.',
});
export const AnnouncementsRead = defineEvent({
  subject: 'notifications.announcement-reader.read.v1',
  payload: AnnouncementsReadPayload,
  consumers: ['gateway', 'analytics'],
  summary: 'An agent has read announcements up to a sequence.',
});
export const PublishAnnouncementRpc = defineCommand({
  subject: 'rpc.notifications.announcement.publish.v1',
  request: AnnouncementInput,
  reply: Announcement,
  callers: ['gateway'],
  summary: 'Tells all agents, or those with a skill.',
});
export const ListAnnouncementsRpc = defineQuery({
  subject: 'rpc.notifications.announcement.list.v1',
  request: ListAnnouncementsRequest,
  reply: AnnouncementPage,
  callers: ['gateway'],
  summary: 'Announcements of an organisation, newest first.',
});
export const ReadAnnouncementsRpc = defineQuery({
  subject: 'rpc.notifications.announcement.read.v1',
  request: ReadAnnouncementsRequest,
  reply: AgentAnnouncements,
  callers: ['gateway'],
  summary: 'What concerns one agent after its cursor, oldest first.',
});
export const ConfirmAnnouncementsRpc = defineCommand({
  subject: 'rpc.notifications.announcement.confirm.v1',
  request: ConfirmAnnouncementsRequest,
  reply: AnnouncementsReadPayload,
  callers: ['gateway'],
  summary: 'Moves an agent’s cursor forward; never back.',
});
