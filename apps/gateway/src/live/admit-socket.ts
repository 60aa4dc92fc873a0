import { Injectable } from '@nestjs/common';
import { AccessChanges } from '../revocation/revocation.module.js';
import { mayUse, type Member } from '../principals/principals.module.js';
import { AuthenticateMember, NotAdmitted } from './authenticate-member.js';
import { agentRoom, agentsRoom, dispatchersRoom, type LiveSocket } from './live-socket.js';
import { TokenBucket } from './token-bucket.js';

/** Requests of one socket: an application reads and acknowledges a screenful at once, then little. */
const REQUESTS = { burst: 60, perSecond: 20 };
const BEARER = /^Bearer ([\x21-\x7e]+)$/i;

/** Finds out who opens a socket, and lets them into their rooms. */
@Injectable()
export class AdmitSocket {
  constructor(
    private readonly authenticateMember: AuthenticateMember,
    private readonly changes: AccessChanges,
  ) {}

  /** @throws NotAdmitted */
  async execute(socket: LiveSocket): Promise<void> {
    const { changesHeard } = this.changes;
    const proof = await this.authenticateMember.execute(credentialOf(socket));
    socket.data.session = {
      identity: proof.identity,
      expiresAt: proof.expiresAt,
      changesHeard,
      warned: false,
      closing: false,
      refusedInARow: 0,
      requests: new TokenBucket(REQUESTS, performance.now()),
      skills: [],
    };
    for (const room of roomsOf(proof.identity)) await socket.join(room);
    forgetHandshake(socket);
  }
}

/** @throws NotAdmitted `forbidden` */
function roomsOf(identity: Member): string[] {
  const { organizationId } = identity;
  if (identity.role === 'agent') return [agentRoom(organizationId, identity.agentId), agentsRoom(organizationId)];
  if (mayUse(identity, 'live:watch')) return [dispatchersRoom(organizationId)];
  throw new NotAdmitted('forbidden');
}

/** From `auth: { token }`, where a browser can put it, or from the header, where everybody else can. */
function credentialOf({ handshake }: LiveSocket): string | undefined {
  const token: unknown = handshake.auth['token'];
  if (typeof token === 'string') return token;
  return BEARER.exec(handshake.headers.authorization ?? '')?.[1];
}

/** The token is not kept, nor the request that brought it: half of what a socket weighs. */
function forgetHandshake(socket: LiveSocket): void {
  socket.handshake.auth = {};
  socket.handshake.headers = {};
  (socket.conn as { request: unknown }).request = undefined;
}
