import { Injectable } from '@nestjs/common';
import { ContactModel } from '#libs/domain/call-timing/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { ContactTryDocument } from '#libs/persistence/schemas/routing/contact-tries.js';
import { Clock } from '#libs/clock/clock.js';
import { RoutingConfig } from '../config/config.module.js';
import { ContactTryRepository, type JudgedKey } from './contact-try.repository.js';

interface LearnedModel {
  readonly model: ContactModel;
  readonly madeAt: Date;
  readAt: Date;
  last?: JudgedKey;
}

const DAY_MS = 86_400_000;
/** A call counts half after so long: people move, and change their work. */
const HALF_LIFE_MS = 120 * DAY_MS;
/** Made anew each day, so that what is long ago counts less and less, and forgotten customers are forgotten. */
const FRESH_MS = DAY_MS;
/** Calls after which they say something. */
const FEWEST_CALLS = 50;
/** A call may be judged in a transaction that commits a little later; by then it has. */
const SETTLE_MS = 10_000;
/** New calls are looked for so often. */
const READ_EVERY_MS = 5_000;
const PAGE = 200;
/** Of a busy organization the calls of the last weeks say enough; some hundred bytes each. */
const MOST_CALLS = 20_000;
const MOST_MODELS = 200;

/**
 * What each organization's calls taught of when people can be reached, in this process's memory: read from the stored tries,
 * so that a restart forgets nothing, and kept up with them.
 */
@Injectable()
export class ContactModels {
  private readonly learned = new Map<string, Promise<LearnedModel>>();

  constructor(
    private readonly tries: ContactTryRepository,
    private readonly config: RoutingConfig,
    private readonly clock: Clock,
  ) {}

  /** Nothing while too little is known: then the earliest time is as good as any. */
  async of(organizationId: OrganizationId): Promise<ContactModel | undefined> {
    if (!this.config.LEARN_CALL_TIMES) return undefined;
    const model = await this.upToDate(organizationId);
    return model.knownCalls < FEWEST_CALLS ? undefined : model;
  }

  private async upToDate(organizationId: OrganizationId): Promise<ContactModel> {
    const now = this.clock.now();
    const present = this.learned.get(organizationId);
    const known = await present;
    // Somebody else began to read while this waited: to read beside them would count calls twice.
    if (this.learned.get(organizationId) !== present) return this.upToDate(organizationId);
    const isStale = !known || now.getTime() - known.madeAt.getTime() > FRESH_MS;
    const isRead = known !== undefined && now.getTime() - known.readAt.getTime() < READ_EVERY_MS;
    if (!isStale && isRead) return known.model;
    const read = this.read(organizationId, isStale ? undefined : known, now);
    this.keep(organizationId, read);
    try {
      return (await read).model;
    } catch (error) {
      this.learned.delete(organizationId);
      throw error;
    }
  }

  /** The one asked for longest ago makes room. */
  private keep(organizationId: OrganizationId, learned: Promise<LearnedModel>): void {
    this.learned.delete(organizationId);
    this.learned.set(organizationId, learned);
    const [oldest] = this.learned.keys();
    if (oldest !== undefined && this.learned.size > MOST_MODELS) this.learned.delete(oldest);
  }

  /** What is kept of a forgotten customer is read anew without them. */
  forget(organizationId: OrganizationId): void {
    this.learned.delete(organizationId);
  }

  private async read(
    organizationId: OrganizationId,
    known: LearnedModel | undefined,
    now: Date,
  ): Promise<LearnedModel> {
    const learned = known ?? {
      model: new ContactModel(),
      madeAt: now,
      readAt: now,
      ...(await this.begin(organizationId)),
    };
    const settled = new Date(now.getTime() - SETTLE_MS);
    for (;;) {
      const page = await this.tries.judged(organizationId, { after: learned.last, before: settled, limit: PAGE });
      for (const one of page) learn(learned.model, one, now);
      const last = page.at(-1);
      if (last?.judgedAt) learned.last = { judgedAt: last.judgedAt, id: last._id };
      if (page.length < PAGE) break;
    }
    learned.readAt = now;
    return learned;
  }

  /** Before the oldest of as many calls as are looked at. */
  private async begin(organizationId: OrganizationId): Promise<{ last?: JudgedKey }> {
    const last = await this.tries.judgedBeforeLast(organizationId, MOST_CALLS);
    return last ? { last } : {};
  }
}

function learn(
  model: ContactModel,
  { _id, customerId, segment, day, hour, reached, at }: ContactTryDocument,
  now: Date,
): void {
  if (reached === undefined) return;
  const weight = 2 ** (-Math.max(0, now.getTime() - at.getTime()) / HALF_LIFE_MS);
  model.record({ customer: customerId ?? `nobody ${_id}`, segment, day, hour, reached }, weight);
}
