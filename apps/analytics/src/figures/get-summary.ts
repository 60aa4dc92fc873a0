import { Injectable } from '@nestjs/common';
import type { GetSummaryRequest, Summary } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { SummaryRepository, type Span } from './summary.repository.js';

/** Counts the organization's figures over a span of event time. The contract's fields define the figures. */
@Injectable()
export class GetSummary {
  constructor(private readonly figures: SummaryRepository) {}

  async execute(organizationId: OrganizationId, { from, to }: GetSummaryRequest): Promise<Summary> {
    const span: Span = {
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
    const [funnel, callOutcomes, optOuts, webhooksDelivered, medianAcknowledgeMs] = await Promise.all([
      this.figures.funnel(organizationId, span),
      this.figures.callOutcomes(organizationId, span),
      this.figures.optOuts(organizationId, span),
      this.figures.webhooksDelivered(organizationId, span),
      this.figures.medianAcknowledgeMs(organizationId, span),
    ]);
    return {
      funnel,
      callOutcomes,
      optOuts,
      webhooksDelivered,
      ...(medianAcknowledgeMs === undefined ? {} : { medianAcknowledgeMs }),
    };
  }
}
