/**
 * The legal basis of a call: prior consent, or the notice of a delivery (an exemption with its own, tighter limits).
 */
export const LEGAL_BASES = ['consent', 'delivery_notice'] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];
