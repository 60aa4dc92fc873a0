import { Injectable } from '@nestjs/common';
import type { GetSummaryRequest, Summary } from '#libs/contracts/index.js';
import type { OrganizationId } from '#libs/persistence/index.js';
import { SummaryRepository, type Span } from './summary.repository.js';

/** Counts the organization's figures over a span of event time. `Summary` defines each figure. */
@Injectable()
export class GetSummary {
  constructor(private readonly figures: SummaryRepository) {}

  async execute(organizationId: OrganizationId, { from, to }: GetSummaryRequest): Promise<Summary> {
    const span: Span = {
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
    };
    const [funnel, callOutcomes, optOuts, webhooksDelivered, medianAcknowledgeMs] = await Promise.all([
      this.figures.countFunnel(organizationId, span),
      this.figures.countCallOutcomes(organizationId, span),
      this.figures.countOptOuts(organizationId, span),
      this.figures.countDeliveredWebhooks(organizationId, span),
      this.figures.computeMedianAcknowledgeMs(organizationId, span),
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
