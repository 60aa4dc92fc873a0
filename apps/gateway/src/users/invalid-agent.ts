import { Problem } from '../problems/problems.module.js';

/** Creates a problem 400 for an inconsistent role and `agentId`. */
export const createInvalidAgentProblem = (message: string): Problem => Problem.invalid([{ path: 'agentId', message }]);
