import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { normalizePassword } from '#libs/domain/identity/password-policy.js';
import { Problem } from '../problems/problems.module.js';

interface Cost {
  /** KiB */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** The Argon2id parameters that the OWASP Password Storage Cheat Sheet recommends: 19 MiB, two passes. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** Each hash occupies a core and 19 MiB. The limit keeps the gateway responsive during a flood of sign-ins. */
const MAX_CONCURRENT_HASHES = 2;
const MAX_QUEUED_HASHES = 100;

/** See https://github.com/P-H-C/phc-string-format. */
const PHC_PATTERN =
  /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43,86})$/;
const argon2Async = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;
const toBase64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

export interface PasswordCheck {
  readonly isCorrect: boolean;
  /** The hash has other cost parameters than the current ones. Rehash the password while its plain text is at hand. */
  readonly isOutdated: boolean;
}

/** Hashes and checks passwords, with limited concurrency. */
@Injectable()
export class Passwords {
  private runningHashes = 0;
  private readonly queue: (() => void)[] = [];
  /** Checked if the user does not exist, so that the response takes as long as for an existing user. */
  private readonly decoyHash = encodePhc(COST, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

  /** @returns a PHC string, which holds the cost parameters and the hash, so that the cost can be raised later */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return encodePhc(COST, salt, await this.deriveHash(password, salt, COST, HASH_BYTES));
  }

  /**
   * @param phc as `hash` returned it; `undefined` for an unknown user, whose check takes equally long and always fails
   */
  async check(password: string, phc: string | undefined): Promise<PasswordCheck> {
    const { cost, salt, hash } = decodePhc(phc ?? this.decoyHash);
    const derived = await this.deriveHash(password, salt, cost, hash.length);
    const isCorrect = timingSafeEqual(derived, hash) && phc !== undefined;
    const { memory, passes, parallelism } = cost;
    const isOutdated = memory !== COST.memory || passes !== COST.passes || parallelism !== COST.parallelism;
    return { isCorrect, isOutdated };
  }

  private async deriveHash(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
    if (this.runningHashes >= MAX_CONCURRENT_HASHES) {
      if (this.queue.length >= MAX_QUEUED_HASHES) throw createTooBusyProblem();
      await new Promise<void>((resume) => this.queue.push(resume));
    } else {
      this.runningHashes += 1;
    }
    try {
      return await argon2Async('argon2id', { message: normalizePassword(password), nonce, tagLength, ...cost });
    } finally {
      const next = this.queue.shift();
      // Hands the slot directly to the next caller in the queue, so that no other caller can take it.
      if (next) next();
      else this.runningHashes -= 1;
    }
  }
}

function createTooBusyProblem(): Problem {
  const message = 'Too many concurrent sign-ins; try again.';
  return Problem.of('unavailable', message, { retryAfterSeconds: 2 });
}

const encodePhc = ({ memory, passes, parallelism }: Cost, salt: Buffer, hash: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${toBase64(salt)}$${toBase64(hash)}`;

function decodePhc(phc: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [, memory, passes, parallelism, salt, hash] = PHC_PATTERN.exec(phc) ?? [];
  if (salt === undefined || hash === undefined)
    throw new Error('A stored password hash is not a PHC string of Argon2id.');
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}
