import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { toDigest } from '../credentials/credentials.module.js';
import { AccessChanges, affects } from '../revocation/revocation.module.js';
import type { VerifiedIdentity } from '../principals/principals.module.js';

/** A credential is verified again after this time, in case an access change was missed. */
const CACHE_TTL_MS = 30_000;
const MAX_CREDENTIALS = 20_000;

/**
 * A bounded cache of recently verified credentials by their digest. Requests with a cached credential need no database
 * read and no signature check. When full, the oldest entry is evicted. An access change removes the entries that it
 * affects.
 */
@Injectable()
export class VerifiedCredentials {
  private readonly proofs = new Map<string, { readonly proof: VerifiedIdentity; readonly expiresAt: number }>();

  constructor(
    private readonly changes: AccessChanges,
    private readonly clock: Clock,
  ) {
    changes.changes.subscribe((change) => {
      for (const [digest, { proof }] of this.proofs) {
        if (affects(change, proof.identity)) this.proofs.delete(digest);
      }
    });
  }

  /** Returns the cached proof of a credential, without any I/O. */
  find(credential: string): VerifiedIdentity | undefined {
    const digest = toDigest(credential);
    const cached = this.proofs.get(digest);
    if (!cached || !this.changes.isListening) return undefined;
    if (cached.expiresAt > this.clock.now().getTime()) return cached.proof;
    this.proofs.delete(digest);
    return undefined;
  }

  /**
   * @param changesHeard the value of `AccessChanges.changesHeard` before the verification; if it has changed since, the
   *   credential is not cached, because the change may affect it
   */
  remember(credential: string, proof: VerifiedIdentity, changesHeard: number): void {
    if (!this.changes.isListening || this.changes.changesHeard !== changesHeard) return;
    const expiresAt = Math.min(proof.expiresAt, this.clock.now().getTime() + CACHE_TTL_MS);
    if (this.proofs.size >= MAX_CREDENTIALS) this.evictOldest();
    this.proofs.set(toDigest(credential), { proof, expiresAt });
  }

  private evictOldest(): void {
    for (const digest of this.proofs.keys()) {
      this.proofs.delete(digest);
      return;
    }
  }
}
