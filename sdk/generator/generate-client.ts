import type { JsonSchema } from '#libs/contracts/index.js';
import { listDocumentedOperations } from '../../apps/gateway/src/openapi/openapi.module.js';
import type { OpenApiDocument } from '../../apps/gateway/src/openapi/openapi.module.js';
import { generateOperation } from './client-operation.js';
import { toDeclaration, quoted } from './typescript-type.js';

/** Generates the source of the client: a type per schema and a method per operation. The output is deterministic. */
export function generateClient(document: OpenApiDocument): string {
  const operations = listDocumentedOperations(document).map((operation) => generateOperation(operation, document));
  const schemas = Object.entries(document.components['schemas'] as Record<string, JsonSchema>);
  const webhooks = Object.keys(document.webhooks).map((type) => {
    const schema = document.webhooks[type] as {
      post: { requestBody: { content: Record<string, { schema: JsonSchema }> } };
    };
    const data = (
      schema.post.requestBody.content['application/json']?.schema['properties'] as Record<string, JsonSchema>
    )['data'];
    return `  readonly ${quoted(type)}: ${String(data?.['$ref']).split('/').at(-1)};`;
  });
  const methods = operations.map((operation) => operation.methods).join('\n\n');
  const textBody = /\bTextBody\b/.test(methods) ? ', type TextBody' : '';
  return [
    `// Generated from the OpenAPI document of DelAuto API ${document.info.version}: do not edit, run "npm run reference".`,
    `import { HttpClient, itemsOf, type CallOptions${textBody} } from './http-client.js';`,
    ...schemas.map(([name, schema]) => toDeclaration(name, schema)),
    ...operations.map(({ declaration }) => declaration).filter((declaration) => declaration !== undefined),
    `/** The \`data\` of each webhook type. */\nexport interface WebhookData {\n${webhooks.join('\n')}\n}`,
    `/** Every operation of the API as a method. */\nexport class DelAuto extends HttpClient {\n${methods}\n}`,
  ]
    .join('\n\n')
    .concat('\n');
}
