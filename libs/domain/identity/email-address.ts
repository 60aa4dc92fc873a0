/**
 * The form in which e-mail addresses are kept and compared: in lower case. Only a few mailboxes on earth tell case apart,
 * and nobody signs in by that. Dots and tags are left alone: only some providers ignore them.
 */
export const normalEmail = (email: string): string => email.toLowerCase();
