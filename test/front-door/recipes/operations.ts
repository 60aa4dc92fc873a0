import { MANAGERS, NOTHING, OPERATOR, type Recipes } from './recipe.js';

/** Every message was understood here: there is no such dead letter, for the operator neither. */
const NO_DEAD_LETTER = 'DEAD.1';

/** What the operator sees of the installation, and managers of their organisation's work. */
export const OPERATION_RECIPES: Recipes = {
  getQueues: { roles: OPERATOR, request: NOTHING, foreign: 'names nothing' },
  getHealth: { roles: OPERATOR, request: NOTHING, foreign: 'names nothing' },
  getCacheFigures: { roles: OPERATOR, request: NOTHING, foreign: 'names nothing' },
  listDeadLetters: { roles: OPERATOR, request: NOTHING, foreign: 'names nothing' },
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
  getAgentFigures: { roles: MANAGERS, scope: 'analytics:read', request: NOTHING, foreign: 'names nothing' },
  getInsights: { roles: MANAGERS, scope: 'analytics:read', request: NOTHING, foreign: 'names nothing' },
  getCallFigures: { roles: MANAGERS, scope: 'analytics:read', request: NOTHING, foreign: 'names nothing' },
};
