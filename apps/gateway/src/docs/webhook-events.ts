import type { JsonSchema } from '#libs/contracts/index.js';
import type { OpenApiDocument } from '../openapi/openapi.module.js';
import { html, type Html } from './html.js';
import { markdown } from './markdown.js';
import { anchorOf, fieldsTable, referenced } from './schema-html.js';

interface DescribedWebhook {
  readonly summary: string;
  readonly parameters: readonly JsonSchema[];
  readonly requestBody: {
    readonly content: {
      readonly 'application/json': {
        readonly schema: { readonly properties: { readonly data: JsonSchema } };
        readonly example: unknown;
      };
    };
  };
}

const HOW = `Webhooks are sent by \`POST\` to every endpoint that asks for their type ([how to add one](/docs/webhooks)).

**Answer with 2xx within 10 seconds**, and work afterwards. Everything else, redirects too, is tried again: ten times over three days, after 5 seconds, 5 and 30 minutes, 2, 5, 10, 14, 20 and 24 hours, and never before the time that your \`Retry-After\` names. 410 disables the endpoint.

**They may come twice**: remember \`webhook-id\`, which is the same for every repeat. What is about one delivery comes in order, one at a time; \`data.sequence\` counts up, with gaps where something happened that you are not told of.

**Check the signature** by Standard Webhooks (standardwebhooks.com), for which there are libraries in most languages: HMAC-SHA256 with the endpoint's secret over \`webhook-id.webhook-timestamp.body\`, the body as it came. While a secret is rotated there are two signatures, and one that fits is enough. Refuse a timestamp that is more than five minutes off.`;

/** What a partner's endpoint is told: how it is sent and signed, and each type with its data and an example. */
export function webhookEvents(document: OpenApiDocument): Html {
  const schemas = document.components['schemas'] as Record<string, JsonSchema>;
  const events = Object.entries(document.webhooks).map(([type, { post }]) => [type, post as DescribedWebhook] as const);
  return html`<h1>Webhook events</h1>
    <p class="lead">What your systems are told as it happens.</p>
    ${markdown(HOW)}
    <h2>Headers</h2>
    <table class="fields">
      <tbody>
        ${(events[0]?.[1].parameters ?? []).map(
          ({ name, description, example }) =>
            html`<tr>
              <td><code>${String(name)}</code></td>
              <td>${markdown(String(description))}</td>
              <td><code>${String(example)}</code></td>
            </tr>`,
        )}
      </tbody>
    </table>
    ${events.map(([type, webhook]) => eventHtml(type, webhook, schemas))}`;
}

function eventHtml(
  type: string,
  { summary, requestBody }: DescribedWebhook,
  schemas: Record<string, JsonSchema>,
): Html {
  const { schema, example } = requestBody.content['application/json'];
  const name = referenced(schema.properties.data) ?? '';
  return html`<section id="${type}">
    <h2>
      <a class="anchor" href="#${type}"><code>${type}</code></a>
    </h2>
    <p>${summary}</p>
    <p><code>data</code> is <a href="${anchorOf(name)}">${name}</a>:</p>
    ${fieldsTable(schemas[name] ?? {})}
    <details>
      <summary>Example</summary>
      <pre><code>${JSON.stringify(example, null, 2)}</code></pre>
    </details>
  </section>`;
}
