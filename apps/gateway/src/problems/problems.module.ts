import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ProblemFilter } from './problem.filter.js';

export { toProblemKind, PROBLEM_KINDS, toProblemType } from './problem-kinds.js';
export { Problem } from './problem.js';
export { ProblemDetails } from './problem-details.js';
export { PROBLEM_MEDIA, sendProblem, sendProblemOnSocket } from './send-problem.js';
export { toProblem } from './to-problem.js';

/** Converts every error of a request to problem details (RFC 9457). */
@Module({ providers: [{ provide: APP_FILTER, useClass: ProblemFilter }] })
export class ProblemsModule {}
