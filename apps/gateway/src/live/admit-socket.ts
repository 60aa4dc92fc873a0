import { Injectable } from '@nestjs/common';
import { AccessChanges } from '../revocation/revocation.module.js';
import { mayUse, type Member } from '../principals/principals.module.js';
import { AuthenticateMember, NotAdmitted } from './authenticate-member.js';
import { toAgentRoom, toAgentsRoom, toDispatchersRoom, type LiveSocket } from './live-socket.js';
import { TokenBucket } from './token-bucket.js';

/**
 * Rate limit on the requests of one socket. The burst lets an application acknowledge a screen of messages at once.
 */
const REQUEST_LIMIT = { burst: 60, perSecond: 20 };
const BEARER_PATTERN = /^Bearer ([\x21-\x7e]+)$/i;

/** Authenticates a new socket and joins it to its rooms. */
@Injectable()
export class AdmitSocket {
  constructor(
    private readonly authenticateMember: AuthenticateMember,
    private readonly changes: AccessChanges,
  ) {}

  /** @throws NotAdmitted */
  async execute(socket: LiveSocket): Promise<void> {
    const { receivedChangeCount } = this.changes;
    const verified = await this.authenticateMember.execute(readCredential(socket));
    socket.data.session = {
      identity: verified.identity,
      expiresAt: verified.expiresAt,
      receivedChangeCount,
      isWarned: false,
      isClosing: false,
      consecutiveRefusals: 0,
      requestBucket: new TokenBucket(REQUEST_LIMIT, performance.now()),
      skills: [],
    };
    for (const room of toRooms(verified.identity)) await socket.join(room);
    dropHandshake(socket);
  }
}

/** @throws NotAdmitted `forbidden` */
function toRooms(identity: Member): string[] {
  const { organizationId } = identity;
  if (identity.role === 'agent') return [toAgentRoom(organizationId, identity.agentId), toAgentsRoom(organizationId)];
  if (mayUse(identity, 'live:watch')) return [toDispatchersRoom(organizationId)];
  throw new NotAdmitted('forbidden');
}

/** Reads the credential from `auth: { token }`, for browsers, or from the `Authorization` header, for other clients. */
function readCredential({ handshake }: LiveSocket): string | undefined {
  const token: unknown = handshake.auth['token'];
  if (typeof token === 'string') return token;
  return BEARER_PATTERN.exec(handshake.headers.authorization ?? '')?.[1];
}

/** Drops the token and the upgrade request, which take half of the memory of a socket. */
function dropHandshake(socket: LiveSocket): void {
  socket.handshake.auth = {};
  socket.handshake.headers = {};
  (socket.conn as { request: unknown }).request = undefined;
}
