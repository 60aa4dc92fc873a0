import type { OrganizationProfile } from '#libs/contracts/index.js';

/** Creates an organization's profile, as the gateway publishes it. */
export const createOrganizationProfile = (
  organizationId: string,
  overrides: Partial<OrganizationProfile> = {},
): OrganizationProfile => ({
  organizationId,
  name: 'Harbour Parcels',
  zone: 'America/Chicago',
  maxAttemptsPerDelivery: 3,
  callsFromMinute: 9 * 60,
  callsUntilMinute: 20 * 60,
  daysOff: [],
  recordingRetentionDays: 90,
  features: { recordCalls: true, transcribe: true, smsFallback: true, holdoutPercent: 0 },
  ...overrides,
});
