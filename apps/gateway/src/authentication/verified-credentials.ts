import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { digestOf } from '../credentials/credentials.module.js';
import { AccessChanges, concerns } from '../revocation/revocation.module.js';
import type { Proof } from '../principals/principals.module.js';

/** However well a credential is known, after so long it is looked up again: the back-stop if a change is not heard. */
const REMEMBERED_MS = 30_000;
const MOST_REMEMBERED = 20_000;

/**
 * Credentials proven a moment ago, by their digest: the fast path of every request, without a look at the database or a
 * signature. Bounded; the oldest makes room. What changes somebody's access removes what is remembered of them.
 */
@Injectable()
export class VerifiedCredentials {
  private readonly proofs = new Map<string, { readonly proof: Proof; readonly until: number }>();

  constructor(
    private readonly changes: AccessChanges,
    private readonly clock: Clock,
  ) {
    changes.changes.subscribe((change) => {
      for (const [digest, { proof }] of this.proofs) {
        if (concerns(change, proof.identity)) this.proofs.delete(digest);
      }
    });
  }

  /** Who it proves, when that is known from a moment ago; without waiting for anything. */
  find(credential: string): Proof | undefined {
    const digest = digestOf(credential);
    const known = this.proofs.get(digest);
    if (!known || !this.changes.isListening) return undefined;
    if (known.until > this.clock.now().getTime()) return known.proof;
    this.proofs.delete(digest);
    return undefined;
  }

  /**
   * @param changesHeard as it was before the credential was looked up: what changed since may concern it
   */
  remember(credential: string, proof: Proof, changesHeard: number): void {
    if (!this.changes.isListening || this.changes.changesHeard !== changesHeard) return;
    const until = Math.min(proof.expiresAt, this.clock.now().getTime() + REMEMBERED_MS);
    if (this.proofs.size >= MOST_REMEMBERED) this.forgetOldest();
    this.proofs.set(digestOf(credential), { proof, until });
  }

  private forgetOldest(): void {
    for (const digest of this.proofs.keys()) {
      this.proofs.delete(digest);
      return;
    }
  }
}
