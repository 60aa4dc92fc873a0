import { BadRequestException } from '@nestjs/common';

/** Checks that the body is a JSON object. @throws BadRequestException if it is not */
export function parseObjectBody(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BadRequestException('The body must be a JSON object. Send it with Content-Type: application/json.');
  }
  return body as Readonly<Record<string, unknown>>;
}

/** Returns the URL in a field; null if it is null, absent or invalid. Adds a message to `problems` if it is invalid. */
export function parseOptionalUrl(
  body: Readonly<Record<string, unknown>>,
  name: string,
  problems: string[],
): string | null {
  const value = body[name] ?? null;
  if (value === null) return null;
  if (typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)) return value;
  problems.push(`${name} must be an http or https URL`);
  return null;
}

/** @throws BadRequestException unless the list is empty */
export function assertNoProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new BadRequestException({ code: 'invalid_request', mistakes: problems });
}
