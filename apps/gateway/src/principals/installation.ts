import { organizationId } from '#libs/persistence/index.js';

/** In whose name the operators' questions are asked: they are about no organization. */
export const INSTALLATION = organizationId('installation');
