import { assign, type AssignmentProblem } from '#libs/domain/assignment/index.js';
import { serveRequests } from '../worker-thread/serve-requests.js';

/** The body of the thread in which assignment problems are solved. */
serveRequests({
  order: 'in-turn',
  answer: (problem: AssignmentProblem) => Promise.resolve(assign(problem)),
  describe: (error) => ({ code: 'failed', message: error instanceof Error ? error.message : String(error) }),
  release: () => Promise.resolve(),
});
