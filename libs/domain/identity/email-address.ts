/**
 * Normalizes an e-mail address to lower case, the form in which addresses are stored and compared.
 *
 * RFC 5321 (section 2.4) allows a case-sensitive local part, but hardly any provider uses it. Dots and `+` tags are
 * kept, as only some providers ignore them.
 */
export const normalizeEmail = (email: string): string => email.toLowerCase();
