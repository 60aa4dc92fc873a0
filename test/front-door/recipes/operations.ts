import { MANAGERS, EMPTY_REQUEST, OPERATOR, type Recipes } from './recipe.js';

/** Every message was handled in these tests, so that this dead letter does not exist, not even for the operator. */
const NO_DEAD_LETTER = 'DEAD.1';

/** The operator's view of the installation, and managers' view of their organization's work. */
export const OPERATION_RECIPES: Recipes = {
  getQueues: { roles: OPERATOR, request: EMPTY_REQUEST, foreign: 'names nothing' },
  getHealth: { roles: OPERATOR, request: EMPTY_REQUEST, foreign: 'names nothing' },
  getCacheFigures: { roles: OPERATOR, request: EMPTY_REQUEST, foreign: 'names nothing' },
  listDeadLetters: { roles: OPERATOR, request: EMPTY_REQUEST, foreign: 'names nothing' },
  getDeadLetter: {
    roles: OPERATOR,
    request: () => ({ params: { deadLetterId: NO_DEAD_LETTER } }),
    status: 404,
    foreign: 'names nothing',
  },
  redriveDeadLetter: {
    roles: OPERATOR,
    request: () => ({ params: { deadLetterId: NO_DEAD_LETTER } }),
    status: 404,
    foreign: 'names nothing',
  },
  getAgentFigures: { roles: MANAGERS, scope: 'analytics:read', request: EMPTY_REQUEST, foreign: 'names nothing' },
  getInsights: { roles: MANAGERS, scope: 'analytics:read', request: EMPTY_REQUEST, foreign: 'names nothing' },
  getCallFigures: { roles: MANAGERS, scope: 'analytics:read', request: EMPTY_REQUEST, foreign: 'names nothing' },
};
