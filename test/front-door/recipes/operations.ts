import { MANAGERS, EMPTY_REQUEST, OPERATOR, type Recipes } from './recipe.js';

/** A dead letter that does not exist, because these tests handle every message. */
const NO_DEAD_LETTER = 'DEAD.1';

/** The operator's view of the installation, and managers' view of their organization's work. */
export const OPERATION_RECIPES: Recipes = {
  getQueues: { roles: OPERATOR, request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getHealth: { roles: OPERATOR, request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getCacheFigures: { roles: OPERATOR, request: EMPTY_REQUEST, foreign: 'refers to no object' },
  listDeadLetters: { roles: OPERATOR, request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getDeadLetter: {
    roles: OPERATOR,
    request: () => ({ params: { deadLetterId: NO_DEAD_LETTER } }),
    status: 404,
    foreign: 'refers to no object',
  },
  redriveDeadLetter: {
    roles: OPERATOR,
    request: () => ({ params: { deadLetterId: NO_DEAD_LETTER } }),
    status: 404,
    foreign: 'refers to no object',
  },
  getAgentFigures: { roles: MANAGERS, scope: 'analytics:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getInsights: { roles: MANAGERS, scope: 'analytics:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
  getCallFigures: { roles: MANAGERS, scope: 'analytics:read', request: EMPTY_REQUEST, foreign: 'refers to no object' },
};
