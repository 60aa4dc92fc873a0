import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/clock/clock.js';
import { toDigest } from '../credentials/credentials.module.js';
import { AccessChanges, affects } from '../revocation/revocation.module.js';
import type { VerifiedIdentity } from '../principals/principals.module.js';

/** A credential is verified again after this time, in case an access change was missed. */
const CACHE_TTL_MS = 30_000;
const MAX_CREDENTIALS = 20_000;

/**
 * A bounded cache of the identities of recently verified credentials. Requests with a cached credential need neither a
 * database read nor a signature check. When full, the oldest entry is evicted. An access change removes the entries
 * that it affects.
 */
@Injectable()
export class VerifiedCredentials {
  /** By the digest of the credential. `expiresAt` is in milliseconds since the epoch. */
  private readonly entries = new Map<string, { readonly verified: VerifiedIdentity; readonly expiresAt: number }>();

  constructor(
    private readonly changes: AccessChanges,
    private readonly clock: Clock,
  ) {
    changes.changes.subscribe((change) => {
      for (const [digest, { verified }] of this.entries) {
        if (affects(change, verified.identity)) this.entries.delete(digest);
      }
    });
  }

  /** Returns the verified identity of a cached credential, without any I/O. */
  find(credential: string): VerifiedIdentity | undefined {
    const digest = toDigest(credential);
    const cached = this.entries.get(digest);
    if (!cached || !this.changes.isListening) return undefined;
    if (cached.expiresAt > this.clock.now().getTime()) return cached.verified;
    this.entries.delete(digest);
    return undefined;
  }

  /**
   * @param receivedChangeCount the value of `AccessChanges.receivedChangeCount` before the verification; if it has
   *   changed since, the credential is not cached, because the change may affect it
   */
  remember(credential: string, verified: VerifiedIdentity, receivedChangeCount: number): void {
    if (!this.changes.isListening || this.changes.receivedChangeCount !== receivedChangeCount) return;
    const expiresAt = Math.min(verified.expiresAt, this.clock.now().getTime() + CACHE_TTL_MS);
    if (this.entries.size >= MAX_CREDENTIALS) this.evictOldest();
    this.entries.set(toDigest(credential), { verified, expiresAt });
  }

  private evictOldest(): void {
    for (const digest of this.entries.keys()) {
      this.entries.delete(digest);
      return;
    }
  }
}
