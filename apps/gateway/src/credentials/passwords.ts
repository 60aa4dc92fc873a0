import { argon2, randomBytes, timingSafeEqual, type Argon2Parameters } from 'node:crypto';
import { promisify } from 'node:util';
import { Injectable } from '@nestjs/common';
import { normalPassword } from '#libs/domain/identity/password-policy.js';
import { Problem } from '../problems/problems.module.js';

interface Cost {
  /** KiB. */
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** Argon2id as OWASP advises: 19 MiB, two passes. */
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
/** A hash holds a core and 19 MiB; the rest of the gateway must go on whatever is thrown at the sign-in. */
const AT_ONCE = 2;
const MOST_WAITING = 100;

const PHC = /^\$argon2id\$v=19\$m=(\d{1,7}),t=(\d{1,3}),p=(\d{1,2})\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43,86})$/;
const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>;
const text = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

export interface PasswordCheck {
  readonly isRight: boolean;
  /** Hashed at another cost than today's: hash it anew while it is known. */
  readonly isOutdated: boolean;
}

/** Hashes passwords and checks them, a few at a time. */
@Injectable()
export class Passwords {
  private running = 0;
  private readonly waiting: (() => void)[] = [];
  /** Checked against where there is no user, so that the answer takes as long. */
  private readonly nobodys = encode(COST, randomBytes(SALT_BYTES), randomBytes(HASH_BYTES));

  /** @returns PHC text: the parameters are kept with the hash, so that they can be raised. */
  async hash(password: string): Promise<string> {
    const salt = randomBytes(SALT_BYTES);
    return encode(COST, salt, await this.derive(password, salt, COST, HASH_BYTES));
  }

  /** @param phc as `hash` returned it; `undefined` where there is no such user: it takes as long, and is never right. */
  async check(password: string, phc: string | undefined): Promise<PasswordCheck> {
    const { cost, salt, hash } = decode(phc ?? this.nobodys);
    const derived = await this.derive(password, salt, cost, hash.length);
    const isRight = timingSafeEqual(derived, hash) && phc !== undefined;
    const { memory, passes, parallelism } = cost;
    const isOutdated = memory !== COST.memory || passes !== COST.passes || parallelism !== COST.parallelism;
    return { isRight, isOutdated };
  }

  private async derive(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= MOST_WAITING) throw tooBusy();
      await new Promise<void>((resume) => this.waiting.push(resume));
    } else {
      this.running += 1;
    }
    try {
      return await derive('argon2id', { message: normalPassword(password), nonce, tagLength, ...cost });
    } finally {
      const next = this.waiting.shift();
      // Who waits takes over the place; it is not free in between.
      if (next) next();
      else this.running -= 1;
    }
  }
}

function tooBusy(): Problem {
  const message = 'Too many people sign in at this moment; try again.';
  return Problem.of('unavailable', message, { retryAfterSeconds: 2 });
}

const encode = ({ memory, passes, parallelism }: Cost, salt: Buffer, hash: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${text(salt)}$${text(hash)}`;

function decode(phc: string): { cost: Cost; salt: Buffer; hash: Buffer } {
  const [, memory, passes, parallelism, salt, hash] = PHC.exec(phc) ?? [];
  if (salt === undefined || hash === undefined) throw new Error('A stored password hash is no PHC text of Argon2id.');
  return {
    cost: { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
}
