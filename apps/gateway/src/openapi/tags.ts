/** A chapter of the reference: the operations whose path begins with one of its resources. */
interface Chapter {
  readonly name: string;
  readonly description: string;
  readonly resources: readonly string[];
}

const CHAPTERS: readonly Chapter[] = [
  {
    name: 'Authentication',
    description:
      'Signing in, sessions and one’s own password. Access tokens are short-lived; a refresh token renews them.',
    resources: ['auth'],
  },
  {
    name: 'Deliveries',
    description: 'The order, what becomes of it, and its whole story. Creating one plans the call to its customer.',
    resources: ['deliveries', 'delivery-imports'],
  },
  {
    name: 'Customers',
    description: 'Who receives parcels: what they like, what they agreed to, and what they may ask of you.',
    resources: ['customers'],
  },
  { name: 'Agents', description: 'Who delivers: skills, shifts, capacity and place.', resources: ['agents'] },
  {
    name: 'Own work',
    description: 'What an agent’s application does. The agent is the token’s, never the path’s.',
    resources: ['me'],
  },
  { name: 'Calls', description: 'Attempts to reach a customer.', resources: ['calls'] },
  {
    name: 'Recordings',
    description: 'What was said, as audio and as text, and what persons made of it.',
    resources: ['recordings', 'reviews'],
  },
  { name: 'Search', description: 'By meaning and by word, over what customers said.', resources: ['search'] },
  { name: 'Routing', description: 'Who would be given a delivery and why, and when to call.', resources: ['routing'] },
  { name: 'Analytics', description: 'Figures, counted from events and never estimated.', resources: ['analytics'] },
  {
    name: 'Webhooks',
    description: 'Where you want to be told. Bodies are signed by Standard Webhooks and repeated until you answer 2xx.',
    resources: ['webhook-endpoints'],
  },
  { name: 'Announcements', description: 'Messages to every agent.', resources: ['announcements'] },
  {
    name: 'Organization',
    description: 'The organization, its people, its keys, and the record of who changed what.',
    resources: ['organizations', 'users', 'invitations', 'api-keys', 'audit-log'],
  },
  { name: 'Operations', description: 'For whoever runs this installation.', resources: ['admin'] },
];

export const TAGS = CHAPTERS.map(({ name, description }) => ({ name, description }));

/** @throws Error for a resource that no chapter tells of */
export function tagOf(path: string): string {
  const resource = path.split('/')[2] ?? '';
  const chapter = CHAPTERS.find(({ resources }) => resources.includes(resource));
  if (!chapter)
    throw new Error(`${path}: no chapter of the reference has the resource "${resource}"; add it in tags.ts.`);
  return chapter.name;
}
