import type { Server, Socket } from 'socket.io';
import type { Member, VerifiedIdentity } from '../principals/principals.module.js';
import type { TokenBucket } from './token-bucket.js';

/** The state of one socket. Keep it small: a gateway has ten thousand sockets. */
export interface LiveSession {
  identity: Member;
  /** Milliseconds since the epoch; `Infinity` for a credential that does not expire. */
  expiresAt: number;
  /** `AccessChanges.receivedChangeCount` when the credential was verified. A later change may affect it. */
  receivedChangeCount: number;
  isWarned: boolean;
  /** The closing event has been sent; further requests are ignored. */
  isClosing: boolean;
  /** Consecutive requests refused by the rate limit. */
  consecutiveRefusals: number;
  /** The rate limit on the socket's requests. */
  readonly requestBucket: TokenBucket;
  /** The agent's skills whose rooms the socket is in, as of the last replay. */
  skills: readonly string[];
}

export type LiveServer = Server<object, object, object, { session: LiveSession }>;
export type LiveSocket = Socket<object, object, object, { session: LiveSession }>;
export type VerifiedMember = VerifiedIdentity & { readonly identity: Member };

// The gateway chooses the rooms of a socket from its verified identity. Clients cannot join rooms.

/** The room of one agent's sockets. */
export const toAgentRoom = (organizationId: string, agentId: string): string => `agent:${organizationId}:${agentId}`;
/** The room of all agents of an organization. */
export const toAgentsRoom = (organizationId: string): string => `agents:${organizationId}`;
/** The room of the agents with a skill. */
export const toSkillRoom = (organizationId: string, skill: string): string => `skill:${organizationId}:${skill}`;
/** The room of the users and API keys that watch the organization’s deliveries. */
export const toDispatchersRoom = (organizationId: string): string => `live:${organizationId}`;

/** Returns a key for the identity of a socket, by which the sockets of one identity are limited. */
export function toHolderKey(identity: Member): string {
  if ('agentId' in identity) return `agent:${identity.organizationId}:${identity.agentId}`;
  return 'userId' in identity ? `user:${identity.userId}` : `key:${identity.keyId}`;
}
