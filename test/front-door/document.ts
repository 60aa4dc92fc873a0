import type { RunningProduct } from './running-product.js';

type Json = Readonly<Record<string, unknown>>;

/** An operation in the OpenAPI document of the running gateway. */
export interface DocumentedOperation {
  readonly id: string;
  readonly method: string;
  /** In OpenAPI notation: `/v1/deliveries/{deliveryId}`. */
  readonly path: string;
  readonly isPublic: boolean;
  /** The value of `x-permission`. */
  readonly permission: string | undefined;
  readonly statuses: ReadonlySet<number>;
  /** The only success status. */
  readonly success: number;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const FIRST_FAILURE = 400;
const NOT_MODIFIED = 304;

export async function readDocument(product: RunningProduct): Promise<Json> {
  const response = await product.call('GET', '/openapi.json');
  if (response.status !== 200)
    throw new Error(`GET /openapi.json failed with status ${response.status}: ${response.text.slice(0, 300)}`);
  return response.body;
}

export function listOperations(document: Json): DocumentedOperation[] {
  const paths = document['paths'] as Record<string, Record<string, Json>>;
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      return operation ? [toOperation(method.toUpperCase(), path, operation)] : [];
    }),
  );
}

function toOperation(method: string, path: string, operation: Json): DocumentedOperation {
  const statuses = Object.keys(operation['responses'] as object).map(Number);
  const success = statuses.find((status) => status < FIRST_FAILURE && status !== NOT_MODIFIED);
  const security = operation['security'] as readonly unknown[] | undefined;
  return {
    id: String(operation['operationId']),
    method,
    path,
    isPublic: security?.length === 0,
    permission: operation['x-permission'] as string | undefined,
    statuses: new Set(statuses),
    success: success ?? 0,
  };
}

/** The path with its parameters filled in, followed by the query. */
export function toPath(
  operation: Pick<DocumentedOperation, 'path' | 'id'>,
  params: Readonly<Record<string, string>> = {},
  query: Readonly<Record<string, string>> = {},
): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_match, name: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`${operation.id} needs the path parameter ${name}.`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams(query).toString();
  return search === '' ? path : `${path}?${search}`;
}
