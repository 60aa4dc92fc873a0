import { Problem } from '../problems/problems.module.js';

/** Problem 400 for a role and an agent that do not go together. */
export const agentIssue = (message: string): Problem => Problem.invalid([{ path: 'agentId', message }]);
