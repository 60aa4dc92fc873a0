import { assign, type AssignmentProblem } from '#libs/domain/assignment/index.js';
import { serveRequests } from '../worker-thread/serve-requests.js';

/** Entry point of the worker thread that solves assignment problems. */
serveRequests({
  order: 'sequential',
  handle: (problem: AssignmentProblem) => Promise.resolve(assign(problem)),
  toFailure: (error) => ({ code: 'failed', message: error instanceof Error ? error.message : String(error) }),
  release: () => Promise.resolve(),
});
