import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { sendProblem } from './send-problem.js';
import { toProblem } from './to-problem.js';

/** Converts every error of a request to problem details with a stable type. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const problem = toProblem(error);
    if (problem.status >= 500) this.logger.error(error, problem.title);
    sendProblem(problem, host.switchToHttp().getResponse<FastifyReply>());
  }
}
