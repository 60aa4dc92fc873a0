import type { StoredMsg } from '@nats-io/jetstream';
import { errors } from '@nats-io/nats-core';
import { Injectable } from '@nestjs/common';
import { CodedError, createNotFoundError, RPC_ERROR_CODES, type AppName } from '#libs/contracts/kernel/index.js';
import { isStreamMissing } from '../topology/jetstream-errors.js';
import { NatsLink } from '../link/nats-link.js';
import { DEAD_LETTERS_STREAM, toDeadLetterSubject, toRedriveSubject } from '../topology/topology.js';
import { decodeJson, encodeJson, encodeText, HEADER, toHeaders } from '../link/wire.js';

/** Why an event became a dead letter. */
export const DEAD_LETTER_REASONS = [
  /** The body is not an envelope, or the payload violates its contract. */
  'malformed',
  /** The handler threw on every delivery. */
  'handler_failed',
  /** The process died repeatedly while handling the event. */
  'handler_killed_process',
  /** NATS delivered the event as often as the consumer permits, and the app did not acknowledge it. */
  'max_deliveries',
] as const;
export type DeadLetterReason = (typeof DEAD_LETTER_REASONS)[number];

/** An event that an app could not handle, with the data that an operator needs to diagnose and redrive it. */
export interface DeadLetterContent {
  readonly consumer: AppName;
  readonly subject: string;
  readonly reason: DeadLetterReason;
  /** The error's stable code, or the name of its class. */
  readonly code: string;
  readonly message: string;
  /** The first lines of the stack trace; empty when the error has no stack. */
  readonly stackHead: string;
  readonly messageId: string;
  /** How many times NATS delivered the event to the app. */
  readonly deliveries: number;
  /** UTC, ISO 8601. */
  readonly deadAt: string;
  /** The original body as text: the envelope's JSON unless the event is malformed. */
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The id of the earlier dead letter whose redrive failed and became this one. */
  readonly redriveOf?: string;
}

/** A stored dead letter. */
export interface DeadLetter extends DeadLetterContent {
  /** Its sequence in the stream, as a decimal number. */
  readonly id: string;
}

/** A query of dead letters, oldest first. */
export interface DeadLetterQuery {
  readonly consumer?: AppName;
  /** Maximum 500, default 50. */
  readonly limit?: number;
  /** Cursor: the id of the last dead letter of the previous page. */
  readonly after?: string;
}

/** A query of dead letters, newest first. */
export interface LatestDeadLettersQuery {
  readonly consumer?: AppName;
  /** Maximum 500. */
  readonly limit: number;
  /** Cursor: the id of the last dead letter of the previous page. */
  readonly before?: string;
}

const MAX_LISTED = 500;
const REPLY_TIMEOUT_MS = 5_000;

/** Stores, lists and redrives dead letters. */
@Injectable()
export class DeadLetters {
  constructor(private readonly link: NatsLink) {}

  /** Stores a dead letter. Storing the same one again within the broker's duplicate window has no effect. */
  async store(letter: DeadLetterContent): Promise<void> {
    const msgID = `dead/${letter.consumer}/${letter.messageId}/${letter.redriveOf ?? ''}`;
    const subject = toDeadLetterSubject(letter.consumer, letter.subject);
    await this.sendRequest(() => this.link.js.publish(subject, encodeJson(letter), { msgID }));
  }

  /** Lists the dead letters that are not redriven yet, oldest first. */
  async list(query: DeadLetterQuery = {}): Promise<DeadLetter[]> {
    const subject = query.consumer ? `dead.${query.consumer}.>` : 'dead.>';
    const limit = Math.min(query.limit ?? 50, MAX_LISTED);
    const letters: DeadLetter[] = [];
    let next = query.after === undefined ? 1 : toSequence(query.after) + 1;
    while (letters.length < limit) {
      const stored = await this.readStored({ seq: next, next_by_subj: subject });
      if (!stored) break;
      letters.push(toDeadLetter(stored));
      next = stored.seq + 1;
    }
    return letters;
  }

  /**
   * Lists the dead letters that are not redriven yet, latest first. JetStream reads a stream only forwards. This method
   * therefore reads ranges of sequences from the end of the stream backwards, and doubles their width until it has
   * `limit` dead letters, so that gaps and other apps' dead letters cost few reads.
   */
  async listLatest({ consumer, limit, before }: LatestDeadLettersQuery): Promise<DeadLetter[]> {
    const bounds = await this.readBounds();
    const max = Math.min(limit, MAX_LISTED);
    const subject = consumer ? `dead.${consumer}.>` : 'dead.>';
    const letters: DeadLetter[] = [];
    let until = before === undefined ? bounds.last + 1 : Math.min(toSequence(before), bounds.last + 1);
    for (let width = max; letters.length < max && until > bounds.first; width *= 2) {
      const from = Math.max(bounds.first, until - width);
      letters.push(...(await this.readRange(from, until, subject)).reverse());
      until = from;
    }
    return letters.slice(0, max);
  }

  /** @throws CodedError `not_found` */
  async read(id: string): Promise<DeadLetter> {
    const stored = await this.readStored({ seq: toSequence(id) });
    if (!stored) throw createNotFoundError('dead letter', id);
    return toDeadLetter(stored);
  }

  /**
   * Redelivers the event to the app that could not handle it, and to no other app. If the app has handled it in the
   * meantime, its inbox drops it. If it fails again, a new dead letter refers to this one by `redriveOf`.
   * @throws CodedError `not_found`
   */
  async redrive(id: string): Promise<void> {
    const letter = await this.read(id);
    const headers = toHeaders({ ...letter.headers, [HEADER.redriveOf]: id });
    const options = { headers, msgID: `redrive/${id}` };
    const subject = toRedriveSubject(letter.consumer, letter.subject);
    await this.sendRequest(() => this.link.js.publish(subject, encodeText(letter.body), options));
    await this.sendRequest(() => this.link.jsm.streams.deleteMessage(DEAD_LETTERS_STREAM, toSequence(id), false));
  }

  private async readRange(from: number, until: number, subject: string): Promise<DeadLetter[]> {
    const letters: DeadLetter[] = [];
    for (let next = from; next < until;) {
      const stored = await this.readStored({ seq: next, next_by_subj: subject });
      if (!stored || stored.seq >= until) break;
      letters.push(toDeadLetter(stored));
      next = stored.seq + 1;
    }
    return letters;
  }

  /** @throws CodedError `unavailable` while NATS is unreachable, `deadline_exceeded` when it does not reply */
  private async sendRequest<T>(request: () => Promise<T>): Promise<T> {
    if (!(await this.link.whenReconnected(REPLY_TIMEOUT_MS)))
      throw new CodedError(RPC_ERROR_CODES.unavailable, 'NATS is unreachable; the request was not sent. Try again.');
    try {
      return await request();
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
      throw new CodedError(RPC_ERROR_CODES.deadlineExceeded, 'NATS did not reply in time.');
    }
  }

  private async readBounds(): Promise<{ readonly first: number; readonly last: number }> {
    try {
      const { state } = await this.sendRequest(() => this.link.jsm.streams.info(DEAD_LETTERS_STREAM));
      return { first: Math.max(1, state.first_seq), last: state.last_seq };
    } catch (error) {
      if (isStreamMissing(error)) return { first: 1, last: 0 };
      throw error;
    }
  }

  private async readStored(query: { seq: number; next_by_subj?: string }): Promise<StoredMsg | null> {
    try {
      return await this.sendRequest(() => this.link.jsm.streams.getMessage(DEAD_LETTERS_STREAM, query));
    } catch (error) {
      if (isStreamMissing(error)) return null;
      throw error;
    }
  }
}

function toDeadLetter({ seq, data }: StoredMsg): DeadLetter {
  return { id: String(seq), ...(decodeJson(data) as DeadLetterContent) };
}

function toSequence(id: string): number {
  if (!/^[1-9]\d{0,14}$/.test(id)) throw createNotFoundError('dead letter', id);
  return Number(id);
}

/** Extracts the code, the message (at most 2,000 characters) and the first five stack lines of an error. */
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
