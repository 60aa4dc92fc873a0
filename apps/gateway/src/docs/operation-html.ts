import type { JsonSchema } from '#libs/contracts/index.js';
import type { OpenApiDocument } from '../openapi/openapi.module.js';
import { curlOf } from './curl.js';
import type { DocumentedOperation } from './documented-operations.js';
import { html, type Html } from './html.js';
import { inlineMarkdown, markdown } from './markdown.js';
import { anchorOf, fieldRow, fieldsTable, referenced, typeHtml } from './schema-html.js';

/** Everything the reference says of one operation. */
export function operationHtml(operation: DocumentedOperation, document: OpenApiDocument): Html {
  const { id, method, path, described } = operation;
  return html`<section class="operation" id="${id}">
    <h2>
      <a class="anchor" href="#${id}">${described.summary}</a>
      ${described.deprecated && html`<span class="deprecated">deprecated</span>`}
    </h2>
    <p class="route">
      <span class="method ${method.toLowerCase()}">${method}</span> <code>${path}</code> <span class="id">${id}</span>
    </p>
    ${typeof described.description === 'string' ? markdown(described.description) : undefined} ${accessHtml(operation)}
    ${parametersHtml(operation, document)} ${bodyHtml(operation, document)}
    <h3>Example</h3>
    <pre class="curl"><code>${curlOf(operation)}</code></pre>
    ${successHtml(operation, document)} ${problemsHtml(operation)}
  </section>`;
}

function accessHtml({ described }: DocumentedOperation): Html {
  const permission = described['x-permission'];
  if (permission === undefined) return html`<p class="access">Open to anybody.</p>`;
  const byKey = described.security.some((requirement) => 'apiKey' in requirement);
  return html`<p class="access">
    Permission <code>${permission}</code>:
    ${(described['x-roles'] ?? []).join(', ')}${byKey ? ', or an API key with this scope' : ''}.
  </p>`;
}

function parametersHtml({ parameters }: DocumentedOperation, document: OpenApiDocument): Html | undefined {
  if (parameters.length === 0) return undefined;
  const known = document.components['parameters'] as Record<string, JsonSchema>;
  const rows = parameters.map((parameter) => {
    const { $ref } = parameter;
    const resolved = (typeof $ref === 'string' && known[$ref.replace('#/components/parameters/', '')]) || parameter;
    const field = { ...(resolved['schema'] as JsonSchema), description: sayWhere(resolved) };
    return fieldRow(String(resolved['name']), field, resolved['required'] === true);
  });
  return html`<h3>Parameters</h3>
    <table class="fields">
      <thead>
        <tr>
          <th>parameter</th>
          <th>type</th>
          <th>meaning</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>`;
}

function sayWhere(parameter: JsonSchema): string {
  const { description } = parameter;
  return `In the ${String(parameter['in'])}. ${typeof description === 'string' ? description : ''}`.trim();
}

function bodyHtml({ described }: DocumentedOperation, document: OpenApiDocument): Html | undefined {
  const content = described.requestBody?.content;
  if (!content) return undefined;
  const others = Object.keys(content).filter((media) => media !== 'application/json');
  return html`<h3>Body</h3>
    ${schemaHtml(content['application/json']?.schema, document)}
    ${others.length > 0 && html`<p>Also understood: ${others.map((media) => html`<code>${media}</code> `)}</p>`}`;
}

function successHtml({ described }: DocumentedOperation, document: OpenApiDocument): Html {
  const answers = Object.entries(described.responses).filter(([status]) => Number(status) < 400);
  return html`${answers.map(([status, { description, headers, content }]) => {
    const [media, body] = Object.entries(content ?? {})[0] ?? [];
    return html`<h3>Answer ${status}</h3>
      <p>${body ? html`<code>${media}</code>` : description}</p>
      ${body && schemaHtml(body.schema, document)}
      ${
        body?.example !== undefined &&
        html`<details>
          <summary>Example</summary>
          <pre><code>${JSON.stringify(body.example, null, 2)}</code></pre>
        </details>`
      }
      <p class="headers">Headers: ${Object.keys(headers ?? {}).map((name) => html`<code>${name}</code> `)}</p>`;
  })}`;
}

function schemaHtml(schema: JsonSchema | undefined, document: OpenApiDocument): Html | undefined {
  if (!schema) return undefined;
  const name = referenced(schema);
  if (name === undefined) return html`<p>${typeHtml(schema)}</p>`;
  const target = (document.components['schemas'] as Record<string, JsonSchema>)[name] ?? {};
  return html`<p><a href="${anchorOf(name)}">${name}</a></p>
    ${fieldsTable(target)}`;
}

function problemsHtml({ described }: DocumentedOperation): Html {
  const rows = Object.entries(described.responses)
    .filter(([status]) => Number(status) >= 400)
    .flatMap(([status, { content }]) =>
      Object.entries(content?.['application/problem+json']?.examples ?? {}).map(([code, { value }]) => {
        const { detail } = value as { detail: string };
        return html`<tr>
          <td>${status}</td>
          <td>
            <a href="/docs/problems#${code}"><code>${code}</code></a>
          </td>
          <td>${inlineMarkdown(detail)}</td>
        </tr>`;
      }),
    );
  return html`<details class="problems">
    <summary>Problems it may answer (${rows.length})</summary>
    <table>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </details>`;
}
