import type { Announcement } from '#libs/contracts/index.js';
import type { AnnouncementDocument, Audience } from '#libs/persistence/schemas/notifications/announcements.js';

const SKILL_PREFIX = 'skill:';

/** Returns the audience of an announcement: agents with this skill, or all agents. */
export const toAudience = (skill: string | undefined): Audience =>
  skill === undefined ? 'all' : `${SKILL_PREFIX}${skill}`;

/** Returns the audiences that an agent with these skills belongs to. */
export const toAudiences = (skills: readonly string[]): Audience[] => [
  'all',
  ...skills.map((skill) => toAudience(skill)),
];

/** Maps a stored announcement to its contract. */
export function toAnnouncement({
  _id,
  sequence,
  text,
  audience,
  createdAt,
}: Omit<AnnouncementDocument, 'organizationId'>): Announcement {
  return {
    announcementId: _id,
    sequence,
    text,
    ...(audience === 'all' ? {} : { skill: audience.slice(SKILL_PREFIX.length) }),
    createdAt: createdAt.toISOString(),
  };
}
