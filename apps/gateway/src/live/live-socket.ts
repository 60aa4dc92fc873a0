import type { Server, Socket } from 'socket.io';
import type { Member, Proof } from '../principals/principals.module.js';
import type { TokenBucket } from './token-bucket.js';

/** What a gateway knows of one socket. Small, because there are ten thousand. */
export interface LiveSession {
  identity: Member;
  /** Milliseconds since the epoch; `Infinity` where the credential does not expire. */
  expiresAt: number;
  /** What had been heard of changes when the credential was proven: a later one may concern it. */
  changesHeard: number;
  warned: boolean;
  /** The reason has been told; nothing more is done for it. */
  closing: boolean;
  /** Requests refused since the last one that was not, for coming too often. */
  refusedInARow: number;
  readonly requests: TokenBucket;
  /** The rooms of the agent's skills, as the last replay found them. */
  skills: readonly string[];
}

export type LiveServer = Server<object, object, object, { session: LiveSession }>;
export type LiveSocket = Socket<object, object, object, { session: LiveSession }>;
export type MemberProof = Proof & { readonly identity: Member };

/** Rooms are chosen by the gateway from the proven identity, never by the client. */
export const agentRoom = (organizationId: string, agentId: string): string => `agent:${organizationId}:${agentId}`;
export const agentsRoom = (organizationId: string): string => `agents:${organizationId}`;
export const skillRoom = (organizationId: string, skill: string): string => `skill:${organizationId}:${skill}`;
export const dispatchersRoom = (organizationId: string): string => `live:${organizationId}`;

/** Whose socket it is, for the limit on how many one may have. */
export function holderOf(identity: Member): string {
  if ('agentId' in identity) return `agent:${identity.organizationId}:${identity.agentId}`;
  return 'userId' in identity ? `user:${identity.userId}` : `key:${identity.keyId}`;
}
