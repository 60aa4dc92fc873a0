import { Injectable } from '@nestjs/common';
import { Authenticate } from '../authentication/authentication.module.js';
import type { VerifiedMember } from './live-socket.js';

/** The socket, or a new token for it, is refused. The client receives only the code. */
export class NotAdmitted extends Error {
  constructor(readonly code: 'unauthorized' | 'forbidden') {
    super(code);
  }
}

/** Authenticates the member of an organization who opens a socket or renews its token. */
@Injectable()
export class AuthenticateMember {
  constructor(private readonly authenticate: Authenticate) {}

  /** @throws NotAdmitted also for the operator, who does not belong to an organization */
  async execute(credential: string | undefined): Promise<VerifiedMember> {
    const verified = credential === undefined ? null : await this.authenticate.execute(credential);
    if (!verified || verified.identity.role === 'operator') throw new NotAdmitted('unauthorized');
    return { identity: verified.identity, expiresAt: verified.expiresAt };
  }
}
