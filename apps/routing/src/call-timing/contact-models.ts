import { Injectable } from '@nestjs/common';
import { ContactModel } from '#libs/domain/call-timing/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import type { ContactTryDocument } from '#libs/persistence/schemas/routing/contact-tries.js';
import { Clock } from '#libs/clock/clock.js';
import { RoutingConfig } from '../config/config.module.js';
import { ContactTryRepository, type JudgedAttemptCursor } from './contact-try.repository.js';

interface LearnedModel {
  readonly model: ContactModel;
  readonly builtAt: Date;
  /** Time of the last read of new attempts. */
  readAt: Date;
  /** Position of the last attempt that the model has learned from. */
  last?: JudgedAttemptCursor;
}

const DAY_MS = 86_400_000;
/** Half-life of a call's weight. Old calls weigh less, as people move and change jobs. */
const HALF_LIFE_MS = 120 * DAY_MS;
/** A model is rebuilt daily, so that the weights of old calls decay and erased customers disappear. */
const MAX_MODEL_AGE_MS = DAY_MS;
/** Minimum number of calls before the model is used. */
const MIN_CALLS = 50;
/** Maximum delay between the `judgedAt` that a transaction writes and its commit. */
const COMMIT_DELAY_MS = 10_000;
/** Interval between reads of new calls. */
const READ_INTERVAL_MS = 5_000;
const PAGE_SIZE = 200;
/** Maximum number of latest calls that are read: some weeks of a busy organization, a few hundred bytes each. */
const MAX_CALLS = 20_000;
/** Maximum number of organizations whose models are cached. */
const MAX_MODELS = 200;

/**
 * Caches each organization's contact model in this process. Models are rebuilt from the stored attempts after a restart
 * and updated with new ones.
 */
@Injectable()
export class ContactModels {
  private readonly models = new Map<string, Promise<LearnedModel>>();

  constructor(
    private readonly attempts: ContactTryRepository,
    private readonly config: RoutingConfig,
    private readonly clock: Clock,
  ) {}

  /** @returns the model, or `undefined` while there are too few calls: then the earliest permitted time is used */
  async getModel(organizationId: OrganizationId): Promise<ContactModel | undefined> {
    if (!this.config.LEARN_CALL_TIMES) return undefined;
    const model = await this.getCurrent(organizationId);
    return model.knownCalls < MIN_CALLS ? undefined : model;
  }

  private async getCurrent(organizationId: OrganizationId): Promise<ContactModel> {
    const now = this.clock.now();
    const pending = this.models.get(organizationId);
    const previous = await pending;
    // A concurrent request replaced the model while this one waited. Updating both would learn from calls twice.
    if (this.models.get(organizationId) !== pending) return this.getCurrent(organizationId);
    const isStale = !previous || now.getTime() - previous.builtAt.getTime() > MAX_MODEL_AGE_MS;
    const isUpToDate = previous !== undefined && now.getTime() - previous.readAt.getTime() < READ_INTERVAL_MS;
    if (!isStale && isUpToDate) return previous.model;
    const updating = this.updateModel(organizationId, isStale ? undefined : previous, now);
    this.cacheModel(organizationId, updating);
    try {
      return (await updating).model;
    } catch (error) {
      this.models.delete(organizationId);
      throw error;
    }
  }

  /** Caches the model as the most recently used one, and evicts the least recently used one. */
  private cacheModel(organizationId: OrganizationId, learned: Promise<LearnedModel>): void {
    this.models.delete(organizationId);
    this.models.set(organizationId, learned);
    const [oldest] = this.models.keys();
    if (oldest !== undefined && this.models.size > MAX_MODELS) this.models.delete(oldest);
  }

  /** Drops the model after the erasure of a customer, so that it is rebuilt without them. */
  evict(organizationId: OrganizationId): void {
    this.models.delete(organizationId);
  }

  private async updateModel(
    organizationId: OrganizationId,
    previous: LearnedModel | undefined,
    now: Date,
  ): Promise<LearnedModel> {
    const learned = previous ?? {
      model: new ContactModel(),
      builtAt: now,
      readAt: now,
      ...(await this.findStart(organizationId)),
    };
    const committedBefore = new Date(now.getTime() - COMMIT_DELAY_MS);
    for (;;) {
      const page = await this.attempts.findJudged(organizationId, {
        after: learned.last,
        before: committedBefore,
        limit: PAGE_SIZE,
      });
      for (const attempt of page) learn(learned.model, attempt, now);
      const last = page.at(-1);
      if (last?.judgedAt) learned.last = { judgedAt: last.judgedAt, id: last._id };
      if (page.length < PAGE_SIZE) break;
    }
    learned.readAt = now;
    return learned;
  }

  /** Finds the position from which a new model reads, so that it learns from at most `MAX_CALLS` calls. */
  private async findStart(organizationId: OrganizationId): Promise<{ last?: JudgedAttemptCursor }> {
    const last = await this.attempts.findCursorBeforeLast(organizationId, MAX_CALLS);
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
  model.record({ customer: customerId ?? `unknown ${_id}`, segment, day, hour, reached }, weight);
}
