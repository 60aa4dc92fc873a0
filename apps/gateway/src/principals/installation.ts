import { organizationId } from '#libs/persistence/index.js';

/** The organization id for the operator's requests, which belong to no organization. */
export const INSTALLATION_ORGANIZATION_ID = organizationId('installation');
