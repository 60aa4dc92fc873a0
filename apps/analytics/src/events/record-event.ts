import { Injectable } from '@nestjs/common';
import { CustomerErased, type CustomerErasedPayload, type EventEnvelope } from '#libs/contracts/index.js';
import type { Transaction } from '#libs/persistence/index.js';
import { TimelineRepository } from '../timeline/timeline.module.js';
import { toProjectionChanges, ProjectionStore } from '../projections/projections.module.js';

/** Applies one event to the projections and the timeline. Idempotent, and independent of the order of events. */
@Injectable()
export class RecordEvent {
  constructor(
    private readonly projections: ProjectionStore,
    private readonly timeline: TimelineRepository,
  ) {}

  async execute(event: EventEnvelope, tx: Transaction): Promise<void> {
    for (const change of toProjectionChanges(event)) await this.projections.apply(change, tx);
    await this.timeline.append(event, tx);
    if (isErasure(event)) await this.timeline.erase(event, tx);
  }
}

/** Whether the event says that a customer's personal data was erased. */
export const isErasure = (event: EventEnvelope): event is EventEnvelope<CustomerErasedPayload> =>
  event.subject === CustomerErased.subject;
