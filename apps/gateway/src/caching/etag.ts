import { createHash } from 'node:crypto';

/** The entity tag of an answer that has no revision of its own: a list, a document. */
export const contentTag = (body: string | Buffer): string =>
  `"${createHash('sha1').update(body).digest('base64url').slice(0, 20)}"`;

/** Whether the client has it already (RFC 9110, 13.1.2: compared weakly, so a compressed answer is the same one). */
export function isKnown(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaque = etag.replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => {
    const given = tag.trim().replace(/^W\//, '');
    return given === '*' || given === opaque;
  });
}
