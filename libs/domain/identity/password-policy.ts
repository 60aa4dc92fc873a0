/** Permitted length of a password, in Unicode code points. */
export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

/** Why a new password is rejected. */
export type PasswordViolation = 'too_short' | 'too_long' | 'is_email';

/**
 * Normalizes a password to NFC before hashing, so that keyboards that compose accents differently give the same
 * password.
 */
export const normalizePassword = (password: string): string => password.normalize('NFC');

/**
 * Validates a new password. Its length makes it hard to guess. Composition rules (digits, symbols) would only make it
 * harder to remember, so there are none (NIST SP 800-63B, section 5.1.1.2).
 * @returns the violated rule, or `null` when the password is acceptable
 */
export function findPasswordViolation(password: string, email: string): PasswordViolation | null {
  const length = [...normalizePassword(password)].length;
  if (length < PASSWORD_LENGTH.min) return 'too_short';
  if (length > PASSWORD_LENGTH.max) return 'too_long';
  return password.trim().toLowerCase() === email.toLowerCase() ? 'is_email' : null;
}
