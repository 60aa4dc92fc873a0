import {
  PASSWORD_LENGTH,
  findPasswordViolation,
  type PasswordViolation,
} from '#libs/domain/identity/password-policy.js';
import { Problem } from '../problems/problems.module.js';

const VIOLATION_MESSAGES: Readonly<Record<PasswordViolation, string>> = {
  too_short: `must be ${PASSWORD_LENGTH.min} characters or longer`,
  too_long: `must be ${PASSWORD_LENGTH.max} characters or shorter`,
  is_email: 'must not be the e-mail address',
};

/** @throws Problem 400 that names the violated password rule */
export function assertValidPassword(field: string, password: string, email: string): void {
  const violation = findPasswordViolation(password, email);
  if (violation) throw Problem.invalid([{ path: field, message: `${field} ${VIOLATION_MESSAGES[violation]}` }]);
}
