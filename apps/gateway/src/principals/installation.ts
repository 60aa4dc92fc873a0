import { parseOrganizationId } from '#libs/persistence/index.js';

/** The organization id for the operator's requests, which do not belong to an organization. */
export const INSTALLATION_ORGANIZATION_ID = parseOrganizationId('installation');
