import { PARTNER_WEBHOOKS, type ContractClass, type JsonSchema } from '#libs/contracts/index.js';
import type { Operation } from '../requests/requests.module.js';
import { ProblemDetails } from '../problems/problems.module.js';
import { collectUsedHeaders } from './headers.js';
import { PARAMETERS, toParameters } from './parameters.js';
import type { RegisteredOperation } from './registered-operations.js';
import { toResponses } from './responses.js';
import { DocumentSchemas } from './schemas.js';
import { SECURITY_SCHEMES, toSecurity } from './security.js';
import { toTag, TAGS } from './tags.js';
import { toWebhooks } from './webhooks.js';

/** docs/api/CHANGELOG.md lists the changes of each version. */
const API_VERSION = '1.0.0';

/** The license of the API description. As in package.json, no license is granted to the public. */
const LICENSE = { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' };

const INTRODUCTION = `DelAuto calls customers before their delivery, understands their answers, and passes the instructions to the agent who delivers.

**Requests.** Bodies are JSON. Unknown fields and parameters are rejected by name. Times are UTC instants ending in \`Z\` (requests may also use \`+00:00\`; responses always use \`Z\`); positions are GeoJSON \`[longitude, latitude]\`; phone numbers are E.164. Text must not contain NUL or unpaired surrogates; lengths count code points.

**Responses.** Clients must ignore unknown fields: adding a field is not a breaking change. Lists return \`{ items, nextCursor? }\`; send \`nextCursor\` as \`cursor\` to get the next page. A cursor is opaque and stays valid while items are added.

**Errors.** Every error is \`application/problem+json\` (RFC 9457) with a stable \`type\`. See [the list of problems](/docs/problems).

**Idempotency.** Send \`Idempotency-Key\` with POST and PATCH. Signing in and out, accepting an invitation and creating audio links do not use it. If a response is lost, repeat the request with the same key: it takes effect once.

**Concurrent changes.** A resource that can be changed has a \`revision\`, returned as \`ETag\`. Send it as \`If-Match\` to change only the revision you have read.

**Rate limits.** The header \`RateLimit\` contains the remaining quota. After 429 or 503, wait for \`Retry-After\` seconds.

**Webhooks.** See [how they are sent and signed](/docs/webhook-events).

**API changes.** See [the changelog](/docs/changelog) and [the policy](/docs/policy).`;

export interface OpenApiDocument {
  readonly openapi: string;
  readonly info: {
    readonly title: string;
    readonly version: string;
    readonly description: string;
    readonly license: { readonly name: string; readonly identifier: string };
  };
  readonly servers: readonly { readonly url: string; readonly description: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>;
  readonly webhooks: Readonly<Record<string, JsonSchema>>;
  readonly components: Readonly<Record<string, JsonSchema>>;
}

/**
 * Builds the OpenAPI 3.1 document of the operations that are served. The same operations always give the same bytes.
 * @throws Error if an operation does not belong to a chapter (see tags.ts), or if two contract classes have the same
 *   name
 */
export function buildOpenApiDocument(operations: readonly RegisteredOperation[]): OpenApiDocument {
  const schemas = new DocumentSchemas([
    ProblemDetails,
    ...Object.values(PARTNER_WEBHOOKS),
    ...operations.flatMap(collectBodies),
  ]);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const registered of operations) {
    const item = (paths[registered.path] ??= {});
    item[registered.operation.method.toLowerCase()] = describeOperation(registered, schemas);
  }
  const usedTags = new Set(operations.map(({ path }) => toTag(path)));
  return {
    openapi: '3.1.0',
    info: { title: 'DelAuto API', version: API_VERSION, description: INTRODUCTION, license: LICENSE },
    servers: [{ url: '/', description: 'The server that served this document.' }],
    tags: TAGS.filter(({ name }) => usedTags.has(name)),
    paths,
    webhooks: toWebhooks(schemas),
    components: {
      securitySchemes: SECURITY_SCHEMES,
      parameters: PARAMETERS,
      headers: collectUsedHeaders(paths),
      schemas: Object.fromEntries(schemas.all),
    },
  };
}

function collectBodies({ operation }: RegisteredOperation): ContractClass[] {
  return [operation.body, operation.reply].filter((contract) => contract !== undefined);
}

function describeOperation(registered: RegisteredOperation, schemas: DocumentSchemas): JsonSchema {
  const { operation, path } = registered;
  const parameters = toParameters(registered, schemas);
  return {
    operationId: operation.id,
    tags: [toTag(path)],
    summary: operation.summary,
    ...toDescription(registered),
    ...(operation.deprecated ? { deprecated: true } : {}),
    ...toSecurity(operation),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...toRequestBody(operation, schemas),
    responses: toResponses(registered, schemas),
  };
}

function toDescription({ operation: { description, deprecated } }: RegisteredOperation): JsonSchema {
  const deprecationNotice =
    deprecated && `Deprecated since ${deprecated.since}; removed on ${deprecated.sunset}. ${deprecated.instead ?? ''}`;
  const paragraphs = [description, deprecationNotice].filter((paragraph) => paragraph !== undefined);
  return paragraphs.length > 0 ? { description: paragraphs.join('\n\n').trim() } : {};
}

function toRequestBody({ body, bodySchema, bodyMedia, examples }: Operation, schemas: DocumentSchemas): JsonSchema {
  const json: JsonSchema | undefined = body
    ? { schema: schemas.toReference(body), example: examples?.body ?? schemas.toExample(body) }
    : bodySchema && { schema: bodySchema, example: examples?.body };
  if (!json) return {};
  const otherMedia = (bodyMedia ?? []).map((media): [string, JsonSchema] => [media, { schema: { type: 'string' } }]);
  // The body is optional if all of its fields are optional.
  const required = body === undefined || schemas.listFields(body).some((field) => field.required);
  return { requestBody: { required, content: { 'application/json': json, ...Object.fromEntries(otherMedia) } } };
}
