/**
 * On what ground a customer may be called: with prior consent, or as a notice about a parcel on its way (an exemption
 * with tight limits of its own).
 */
export const LEGAL_BASES = ['consent', 'delivery_notice'] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];
