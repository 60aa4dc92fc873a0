import { PARTNER_WEBHOOKS, type ContractClass, type JsonSchema } from '#libs/contracts/index.js';
import type { Operation } from '../requests/requests.module.js';
import { ProblemDetails } from '../problems/problems.module.js';
import { usedHeaders } from './headers.js';
import { PARAMETERS, parametersOf } from './parameters.js';
import type { RegisteredOperation } from './registered-operations.js';
import { responsesOf } from './responses.js';
import { DocumentSchemas } from './schemas.js';
import { SECURITY_SCHEMES, securityOf } from './security.js';
import { tagOf, TAGS } from './tags.js';
import { webhooksOf } from './webhooks.js';

/** Of the API as a whole; what changed is in docs/api/CHANGELOG.md. */
const API_VERSION = '1.0.0';

/** Of the description itself; as package.json says, no license is granted to the public. */
const LICENSE = { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' };

const INTRODUCTION = `DelAuto rings customers before their delivery, understands the answer, and brings it to the agent who delivers.

**Requests.** Bodies are JSON. Unknown fields and parameters are refused by name. Times are UTC instants ending in \`Z\` (\`+00:00\` is understood in requests, and answered as \`Z\`); positions are GeoJSON \`[longitude, latitude]\`; phone numbers are E.164. Text holds no NUL and no half of a surrogate pair; lengths count code points.

**Answers.** Clients must ignore fields they do not know: adding one is no breaking change. Lists answer \`{ items, nextCursor? }\`; send \`nextCursor\` back as \`cursor\` to go on. A cursor is opaque and stays right while items are added.

**Failures.** Every failure is \`application/problem+json\` by RFC 9457, with a stable \`type\`. See [the list of problems](/docs/problems).

**Repeating safely.** Send \`Idempotency-Key\` with POST and PATCH; signing in and out, accepting an invitation and links to listen have no use for it. If an answer is lost, repeat the request with the same key: it has its effect once.

**Changing what others change.** What can be changed has a \`revision\`, answered as \`ETag\`. Send it as \`If-Match\` to change only what you have seen.

**Limits.** \`RateLimit\` tells what is left. After 429 or 503 wait for \`Retry-After\` seconds.

**Webhooks.** See [how they are sent and signed](/docs/webhook-events).

**Changes of this API.** See [the changelog](/docs/changelog) and [the policy](/docs/policy).`;

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
 * The OpenAPI 3.1 document of the operations that are really served. The same operations give the same bytes.
 * @throws Error when an operation belongs to no chapter, or two contract classes have one name
 */
export function openApiDocument(operations: readonly RegisteredOperation[]): OpenApiDocument {
  const schemas = new DocumentSchemas([
    ProblemDetails,
    ...Object.values(PARTNER_WEBHOOKS),
    ...operations.flatMap(bodiesOf),
  ]);
  const paths: Record<string, Record<string, JsonSchema>> = {};
  for (const registered of operations) {
    const item = (paths[registered.path] ??= {});
    item[registered.operation.method.toLowerCase()] = describeOperation(registered, schemas);
  }
  const used = new Set(operations.map(({ path }) => tagOf(path)));
  return {
    openapi: '3.1.0',
    info: { title: 'DelAuto API', version: API_VERSION, description: INTRODUCTION, license: LICENSE },
    servers: [{ url: '/', description: 'Where this document comes from.' }],
    tags: TAGS.filter(({ name }) => used.has(name)),
    paths,
    webhooks: webhooksOf(schemas),
    components: {
      securitySchemes: SECURITY_SCHEMES,
      parameters: PARAMETERS,
      headers: usedHeaders(paths),
      schemas: Object.fromEntries(schemas.all),
    },
  };
}

function bodiesOf({ operation }: RegisteredOperation): ContractClass[] {
  return [operation.body, operation.reply].filter((contract) => contract !== undefined);
}

function describeOperation(registered: RegisteredOperation, schemas: DocumentSchemas): JsonSchema {
  const { operation, path } = registered;
  const parameters = parametersOf(registered, schemas);
  return {
    operationId: operation.id,
    tags: [tagOf(path)],
    summary: operation.summary,
    ...descriptionOf(registered),
    ...(operation.deprecated ? { deprecated: true } : {}),
    ...securityOf(operation),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...requestBody(operation, schemas),
    responses: responsesOf(registered, schemas),
  };
}

function descriptionOf({ operation: { description, deprecated } }: RegisteredOperation): JsonSchema {
  const end =
    deprecated && `Deprecated since ${deprecated.since}; gone on ${deprecated.sunset}. ${deprecated.instead ?? ''}`;
  const paragraphs = [description, end].filter((paragraph) => paragraph !== undefined);
  return paragraphs.length > 0 ? { description: paragraphs.join('\n\n').trim() } : {};
}

function requestBody({ body, bodySchema, bodyMedia, examples }: Operation, schemas: DocumentSchemas): JsonSchema {
  const json: JsonSchema | undefined = body
    ? { schema: schemas.reference(body), example: examples?.body ?? schemas.example(body) }
    : bodySchema && { schema: bodySchema, example: examples?.body };
  if (!json) return {};
  const others = (bodyMedia ?? []).map((media): [string, JsonSchema] => [media, { schema: { type: 'string' } }]);
  // A body all of whose fields may be absent may be absent itself.
  const required = body === undefined || schemas.fields(body).some((field) => field.required);
  return { requestBody: { required, content: { 'application/json': json, ...Object.fromEntries(others) } } };
}
