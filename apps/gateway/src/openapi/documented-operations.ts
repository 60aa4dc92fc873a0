import type { JsonSchema } from '#libs/contracts/index.js';
import type { OpenApiDocument } from './document.js';

interface Media {
  readonly schema: JsonSchema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** An operation object of the OpenAPI document. */
export interface DescribedOperation {
  readonly operationId: string;
  readonly summary: string;
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly tags: readonly string[];
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly 'x-permission'?: string;
  readonly 'x-roles'?: readonly string[];
  readonly parameters?: readonly JsonSchema[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly headers?: JsonSchema;
        readonly content?: Readonly<Record<string, Media>>;
      }
    >
  >;
}

/** An operation of the OpenAPI document, with its path and method. */
export interface DocumentedOperation {
  readonly id: string;
  readonly tag: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly JsonSchema[];
  readonly described: DescribedOperation;
}

/** Lists the operations of a document, in document order. */
export function listDocumentedOperations(document: OpenApiDocument): DocumentedOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): DocumentedOperation => {
      const described = operation as unknown as DescribedOperation;
      return {
        id: described.operationId,
        tag: described.tags[0] ?? '',
        method: method.toUpperCase(),
        path,
        parameters: described.parameters ?? [],
        described,
      };
    }),
  );
}
