import { createHash } from 'node:crypto';

/** Returns a strong entity tag for a response that has no revision, such as a list or a document. */
export const toContentEtag = (body: string | Buffer): string =>
  `"${createHash('sha1').update(body).digest('base64url').slice(0, 20)}"`;

/**
 * Whether `If-None-Match` matches the entity tag (RFC 9110, 13.1.2). The comparison is weak, so that a compressed
 * response matches the uncompressed one.
 */
export function matchesEtag(ifNoneMatch: string | undefined, etag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  const opaqueTag = etag.replace(/^W\//, '');
  return ifNoneMatch.split(',').some((tag) => {
    const listedTag = tag.trim().replace(/^W\//, '');
    return listedTag === '*' || listedTag === opaqueTag;
  });
}
