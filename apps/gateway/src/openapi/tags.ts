/** A chapter (OpenAPI tag) of the reference: the operations whose path begins with one of its resources. */
interface Chapter {
  readonly name: string;
  readonly description: string;
  readonly resources: readonly string[];
}

const CHAPTERS: readonly Chapter[] = [
  {
    name: 'Authentication',
    description: 'Sign-in, sessions and password changes. Access tokens are short-lived; a refresh token renews them.',
    resources: ['auth'],
  },
  {
    name: 'Deliveries',
    description: 'Deliveries, their state and their history. Creating a delivery plans the call to its customer.',
    resources: ['deliveries', 'delivery-imports'],
  },
  {
    name: 'Customers',
    description: 'Recipients of parcels: preferences, consent, and export and erasure of their data.',
    resources: ['customers'],
  },
  { name: 'Agents', description: 'Agents who deliver: skills, shifts, capacity and position.', resources: ['agents'] },
  {
    name: 'Signed-in agent',
    description: 'The API of the agent’s application. The agent is always the one whom the token identifies.',
    resources: ['me'],
  },
  { name: 'Calls', description: 'Attempts to reach customers.', resources: ['calls'] },
  {
    name: 'Recordings',
    description: 'Recordings, transcripts, and reviews by people.',
    resources: ['recordings', 'reviews'],
  },
  { name: 'Search', description: 'Semantic and full-text search in what customers said.', resources: ['search'] },
  { name: 'Routing', description: 'Previews and commits of assignments, and call timing.', resources: ['routing'] },
  { name: 'Analytics', description: 'Figures counted from events, never estimated.', resources: ['analytics'] },
  {
    name: 'Webhooks',
    description:
      'Endpoints that receive events. Bodies are signed by Standard Webhooks, and retried until you answer 2xx.',
    resources: ['webhook-endpoints'],
  },
  { name: 'Announcements', description: 'Announcements to agents.', resources: ['announcements'] },
  {
    name: 'Organization',
    description: 'The organization, its users and invitations, API keys, and the audit log.',
    resources: ['organizations', 'users', 'invitations', 'api-keys', 'audit-log'],
  },
  { name: 'Operations', description: 'For the operator of this installation.', resources: ['admin'] },
];

export const TAGS = CHAPTERS.map(({ name, description }) => ({ name, description }));

/** @throws Error if no chapter has the resource */
export function toTag(path: string): string {
  const resource = path.split('/')[2] ?? '';
  const chapter = CHAPTERS.find(({ resources }) => resources.includes(resource));
  if (!chapter)
    throw new Error(`${path}: no chapter of the reference has the resource "${resource}"; add it in tags.ts.`);
  return chapter.name;
}
