import { Module } from '@nestjs/common';
import { ProjectionsModule } from '../projections/projections.module.js';
import { AgentFiguresRepository } from './agent-figures.repository.js';
import { CallFiguresRepository } from './call-figures.repository.js';
import { FiguresRpc } from './figures.rpc.js';
import { GetAgentFigures } from './get-agent-figures.js';
import { GetCallFigures } from './get-call-figures.js';
import { GetInsights } from './get-insights.js';
import { GetSummary } from './get-summary.js';
import { InsightsRepository } from './insights.repository.js';
import { SummaryRepository } from './summary.repository.js';

/** Figures for dashboards and reports, computed from the projections. */
@Module({
  imports: [ProjectionsModule],
  controllers: [FiguresRpc],
  providers: [
    SummaryRepository,
    AgentFiguresRepository,
    CallFiguresRepository,
    InsightsRepository,
    GetSummary,
    GetAgentFigures,
    GetCallFigures,
    GetInsights,
  ],
})
export class FiguresModule {}
