import type { DocumentedOperation } from './documented-operations.js';

/** A command line that does what the operation does, for a POSIX shell. */
export function curlOf({ method, path, parameters, described }: DocumentedOperation): string {
  const inPath = parameters.filter((parameter) => parameter['in'] === 'path');
  const filled = inPath.reduce(
    (url, { name, example }) => url.replace(`{${String(name)}}`, encodeURIComponent(String(example))),
    path,
  );
  const example = described.requestBody?.content['application/json']?.example;
  const idempotent = parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey');
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}"$DELAUTO${filled}"`,
    ...(described.security.length > 0 ? ['-H "authorization: Bearer $DELAUTO_KEY"'] : []),
    ...(idempotent ? ['-H "idempotency-key: $(uuidgen)"'] : []),
    ...(example === undefined
      ? []
      : ["-H 'content-type: application/json'", `-d ${quoted(JSON.stringify(example, null, 2))}`]),
  ].join(' \\\n  ');
}

/** Single quotes keep everything but themselves. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
