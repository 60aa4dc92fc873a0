import { toProblemKind, PROBLEM_KINDS, toProblemType } from '../problems/problems.module.js';
import { type DocumentedOperation, listDocumentedOperations, type OpenApiDocument } from '../openapi/openapi.module.js';

/** A problem that more operations than this can return is common to the API, so its operations are not listed. */
const MAX_LISTED_OPERATIONS = 12;

/** Renders the guide of all problem types, with what to do about each, as Markdown. */
export function renderProblemsGuide(document: OpenApiDocument): string {
  const operationsByCode = new Map<string, DocumentedOperation[]>(Object.keys(PROBLEM_KINDS).map((code) => [code, []]));
  for (const operation of listDocumentedOperations(document)) {
    for (const { content } of Object.values(operation.described.responses)) {
      for (const code of Object.keys(content?.['application/problem+json']?.examples ?? {})) {
        operationsByCode.set(code, [...(operationsByCode.get(code) ?? []), operation]);
      }
    }
  }
  return [
    '# Problems',
    'Every failure is answered as `application/problem+json` (RFC 9457). Programs match on `type` or `code`, which never change; `detail` is for people.',
    ...[...operationsByCode].map(([code, operations]) => renderSection(code, operations)),
  ].join('\n\n');
}

function renderSection(code: string, operations: readonly DocumentedOperation[]): string {
  const { status, title, meaning } = toProblemKind(code);
  const isListed = operations.length > 0 && operations.length <= MAX_LISTED_OPERATIONS;
  return [
    `<h2 id="${code}">${title}</h2>`,
    `**${status}** \`${toProblemType(code)}\``,
    meaning,
    ...(isListed ? [`Answered by ${operations.map(renderLink).join(', ')}.`] : []),
  ].join('\n\n');
}

/** Renders a deep link of Swagger UI to an operation. */
const renderLink = ({ id, tag }: DocumentedOperation): string => `[\`${id}\`](/docs#/${encodeURIComponent(tag)}/${id})`;
