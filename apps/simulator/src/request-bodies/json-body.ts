import { BadRequestException } from '@nestjs/common';

/** Checks that the body is a JSON object. @throws BadRequestException if it is not */
export function objectBody(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new BadRequestException('The body must be a JSON object. Send it with Content-Type: application/json.');
  }
  return body as Readonly<Record<string, unknown>>;
}

/** Reads a field that may be a URL, null or absent. */
export function optionalUrl(body: Readonly<Record<string, unknown>>, name: string, mistakes: string[]): string | null {
  const value = body[name] ?? null;
  if (value === null) return null;
  if (typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value)) return value;
  mistakes.push(`${name} must be an http or https URL`);
  return null;
}

/** @throws BadRequestException unless the list is empty */
export function assertNoMistakes(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new BadRequestException({ code: 'invalid_request', mistakes });
}
