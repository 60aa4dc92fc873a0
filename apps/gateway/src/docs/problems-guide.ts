import { toProblemKind, PROBLEM_KINDS, toProblemType } from '../problems/problems.module.js';
import { type DocumentedOperation, documentedOperations, type OpenApiDocument } from '../openapi/openapi.module.js';

/** If more operations than this can answer a problem, it is common to the API, and they are not listed. */
const MAX_OPERATIONS_NAMED = 12;

/** Renders the guide of all problem types, with what to do about each, as Markdown. */
export function renderProblemsGuide(document: OpenApiDocument): string {
  const operationsByCode = new Map<string, DocumentedOperation[]>(Object.keys(PROBLEM_KINDS).map((code) => [code, []]));
  for (const operation of documentedOperations(document)) {
    for (const { content } of Object.values(operation.described.responses)) {
      for (const code of Object.keys(content?.['application/problem+json']?.examples ?? {})) {
        operationsByCode.set(code, [...(operationsByCode.get(code) ?? []), operation]);
      }
    }
  }
  return [
    '# Problems',
    'Every failure is answered as `application/problem+json` (RFC 9457). Programs match on `type` or `code`, which never change; `detail` is for people.',
    ...[...operationsByCode].map(([code, operations]) => section(code, operations)),
  ].join('\n\n');
}

function section(code: string, operations: readonly DocumentedOperation[]): string {
  const { status, title, meaning } = toProblemKind(code);
  const isListed = operations.length > 0 && operations.length <= MAX_OPERATIONS_NAMED;
  return [
    `<h2 id="${code}">${title}</h2>`,
    `**${status}** \`${toProblemType(code)}\``,
    meaning,
    ...(isListed ? [`Answered by ${operations.map(linkTo).join(', ')}.`] : []),
  ].join('\n\n');
}

/** A deep link of Swagger UI to an operation. */
const linkTo = ({ id, tag }: DocumentedOperation): string => `[\`${id}\`](/docs#/${encodeURIComponent(tag)}/${id})`;
