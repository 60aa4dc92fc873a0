import { organizationId } from '#libs/persistence/index.js';

/** The organization id of requests by the operator, which concern no organization. */
export const INSTALLATION = organizationId('installation');
