export const PASSWORD_LENGTH = { min: 12, max: 200 } as const;

export type PasswordMistake = 'too_short' | 'too_long' | 'is_email';

/** The form in which a password is hashed, so that keyboards which compose accents differently type the same one. */
export const normalPassword = (password: string): string => password.normalize('NFC');

/**
 * What is wrong with a new password. Length is what makes one hard to guess; rules about digits and signs only make it
 * hard to remember, so there are none.
 */
export function passwordMistake(password: string, email: string): PasswordMistake | null {
  const length = [...normalPassword(password)].length;
  if (length < PASSWORD_LENGTH.min) return 'too_short';
  if (length > PASSWORD_LENGTH.max) return 'too_long';
  return password.trim().toLowerCase() === email.toLowerCase() ? 'is_email' : null;
}
