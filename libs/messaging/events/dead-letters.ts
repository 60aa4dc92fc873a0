import type { StoredMsg } from '@nats-io/jetstream';
import { errors } from '@nats-io/nats-core';
import { Injectable } from '@nestjs/common';
import { CodedError, notFound, RPC_ERROR_CODES, type AppName } from '#libs/contracts/kernel/index.js';
import { isStreamMissing } from '../topology/jetstream-errors.js';
import { NatsLink } from '../link/nats-link.js';
import { DEAD_LETTERS_STREAM, deadLetterSubject, redriveSubject } from '../topology/topology.js';
import { decodeJson, encodeJson, encodeText, HEADER, headersOf } from '../link/wire.js';

/** Why an event was given up. */
export const DEAD_LETTER_REASONS = [
  /** It is no envelope, or its payload does not fit its contract. */
  'malformed',
  /** Its handler threw at every delivery. */
  'handler_failed',
  /** Handling it ended the process, again and again. */
  'handler_killed_process',
  /** The server gave up: no delivery was ever acknowledged. */
  'max_deliveries',
] as const;
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number];

/** An event that an app could not handle, with what is needed to understand and to redrive it. */
export interface DeadLetterContent {
  readonly consumer: AppName;
  readonly subject: string;
  readonly reason: DeadLetterReason;
  /** The error's stable code, or its class's name. */
  readonly code: string;
  readonly message: string;
  /** First lines of the stack; empty when there is none. */
  readonly stackHead: string;
  readonly messageId: string;
  readonly deliveries: number;
  /** UTC, ISO 8601. */
  readonly deadAt: string;
  /** The original body: the envelope's JSON text, or whatever came instead. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The dead letter whose redrive ended here. */
  readonly redriveOf?: string;
}

export interface DeadLetter extends DeadLetterContent {
  readonly id: string;
}

export interface DeadLetterQuery {
  readonly consumer?: AppName;
  /** Up to 500; 50 unless said otherwise. */
  readonly limit?: number;
  /** The id of the last one seen. */
  readonly after?: string;
}

export interface LatestDeadLettersQuery {
  readonly consumer?: AppName;
  /** Up to 500. */
  readonly limit: number;
  /** The id of the last one seen. */
  readonly before?: string;
}

const MOST_LISTED = 500;
const ANSWER_MS = 5_000;

/** The events that were given up, and the way to give them another chance. */
@Injectable()
export class DeadLetters {
  constructor(private readonly link: NatsLink) {}

  /** Keeps an event that was given up. Keeping the same one again within the broker's duplicate window changes nothing. */
  async keep(letter: DeadLetterContent): Promise<void> {
    const msgID = `dead/${letter.consumer}/${letter.messageId}/${letter.redriveOf ?? ''}`;
    const subject = deadLetterSubject(letter.consumer, letter.subject);
    await this.ask(() => this.link.js.publish(subject, encodeJson(letter), { msgID }));
  }

  /** Those not redriven yet, oldest first. */
  async list(query: DeadLetterQuery = {}): Promise<DeadLetter[]> {
    const subject = query.consumer ? `dead.${query.consumer}.>` : 'dead.>';
    const limit = Math.min(query.limit ?? 50, MOST_LISTED);
    const letters: DeadLetter[] = [];
    let next = query.after === undefined ? 1 : sequenceOf(query.after) + 1;
    while (letters.length < limit) {
      const stored = await this.stored({ seq: next, next_by_subj: subject });
      if (!stored) break;
      letters.push(letterOf(stored));
      next = stored.seq + 1;
    }
    return letters;
  }

  /**
   * Those not redriven yet, latest first. The stream is read forwards only, so windows of it are, each twice as wide as
   * the one after it, until enough is found: gaps and other apps' letters cost little.
   */
  async latest({ consumer, limit, before }: LatestDeadLettersQuery): Promise<DeadLetter[]> {
    const bounds = await this.bounds();
    const most = Math.min(limit, MOST_LISTED);
    const subject = consumer ? `dead.${consumer}.>` : 'dead.>';
    const letters: DeadLetter[] = [];
    let until = before === undefined ? bounds.last + 1 : Math.min(sequenceOf(before), bounds.last + 1);
    for (let width = most; letters.length < most && until > bounds.first; width *= 2) {
      const from = Math.max(bounds.first, until - width);
      letters.push(...(await this.between(from, until, subject)).reverse());
      until = from;
    }
    return letters.slice(0, most);
  }

  /** @throws CodedError `not_found` */
  async read(id: string): Promise<DeadLetter> {
    const stored = await this.stored({ seq: sequenceOf(id) });
    if (!stored) throw notFound('dead letter', id);
    return letterOf(stored);
  }

  /**
   * Gives the event to the app that failed on it, and to no other. If it was handled after all, its inbox notices; if it
   * fails again, a new dead letter refers to this one.
   * @throws CodedError `not_found`
   */
  async redrive(id: string): Promise<void> {
    const letter = await this.read(id);
    const headers = headersOf({ ...letter.headers, [HEADER.redriveOf]: id });
    const options = { headers, msgID: `redrive/${id}` };
    const subject = redriveSubject(letter.consumer, letter.subject);
    await this.ask(() => this.link.js.publish(subject, encodeText(letter.body), options));
    await this.ask(() => this.link.jsm.streams.deleteMessage(DEAD_LETTERS_STREAM, sequenceOf(id), false));
  }

  private async between(from: number, until: number, subject: string): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for (let next = from; next < until;) {
      const stored = await this.stored({ seq: next, next_by_subj: subject });
      if (!stored || stored.seq >= until) break;
      letters.push(letterOf(stored));
      next = stored.seq + 1;
    }
    return letters;
  }

  /** @throws CodedError `unavailable` while NATS is away, `deadline_exceeded` when it does not answer */
  private async ask<T>(question: () => Promise<T>): Promise<T> {
    if (!(await this.link.whenReconnected(ANSWER_MS)))
      throw new CodedError(RPC_ERROR_CODES.unavailable, 'NATS cannot be reached; nothing was done.');
    try {
      return await question();
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      throw new CodedError(RPC_ERROR_CODES.deadlineExceeded, 'NATS did not answer in time.');
    }
  }

  private async bounds(): Promise<{ readonly first: number; readonly last: number }> {
    try {
      const { state } = await this.ask(() => this.link.jsm.streams.info(DEAD_LETTERS_STREAM));
      return { first: Math.max(1, state.first_seq), last: state.last_seq };
    } catch (error) {
      if (isStreamMissing(error)) return { first: 1, last: 0 };
      throw error;
    }
  }

  private async stored(query: { seq: number; next_by_subj?: string }): Promise<StoredMsg | null> {
    try {
      return await this.ask(() => this.link.jsm.streams.getMessage(DEAD_LETTERS_STREAM, query));
    } catch (error) {
      if (isStreamMissing(error)) return null;
      throw error;
    }
  }
}

function letterOf({ seq, data }: StoredMsg): DeadLetter {
  return { id: String(seq), ...(decodeJson(data) as DeadLetterContent) };
}

function sequenceOf(id: string): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw notFound('dead letter', id);
  return Number(id);
}

/** The parts of an error worth keeping. */
export function describeError(error: unknown): Pick<DeadLetterContent, 'code' | 'message' | 'stackHead'> {
  if (!(error instanceof Error)) return { code: 'not_an_error', message: String(error).slice(0, 2_000), stackHead: '' };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number')
      ? String(error.code)
      : error.name;
  return {
    code,
    message: error.message.slice(0, 2_000),
    stackHead: (error.stack ?? '').split('\n').slice(1, 6).join('\n'),
  };
}
