import type { JsonSchema } from '#libs/contracts/index.js';
import { kindOf, PROBLEM_KINDS, typeOf } from '../problems/problems.module.js';
import type { OpenApiDocument } from '../openapi/openapi.module.js';
import { documentedOperations, type DocumentedOperation } from './documented-operations.js';
import { html, type Html } from './html.js';
import { inlineMarkdown, markdown } from './markdown.js';
import { operationHtml } from './operation-html.js';
import { fieldsTable, typeHtml } from './schema-html.js';
import { webhookEvents } from './webhook-events.js';

/** One page of the reference, without the frame around it. */
export interface Page {
  /** Its path is `/docs/<slug>`; empty for the first page. */
  readonly slug: string;
  readonly title: string;
  readonly body: Html;
}

export const slugOf = (title: string): string => title.toLowerCase().replaceAll(/[^a-z]+/g, '-');

/** Texts that are written by hand, as Markdown. */
export interface WrittenPages {
  readonly changelog: string;
  readonly policy: string;
}

/** All pages: introduction, a chapter a tag, webhook events, schemas, problems, and the written ones. */
export function referencePages(document: OpenApiDocument, written: WrittenPages): Page[] {
  const operations = documentedOperations(document);
  return [
    { slug: '', title: 'Introduction', body: introduction(document, operations) },
    ...document.tags.map(({ name, description }) => ({
      slug: slugOf(name),
      title: name,
      body: chapter(name, description, operations, document),
    })),
    { slug: 'webhook-events', title: 'Webhook events', body: webhookEvents(document) },
    { slug: 'schemas', title: 'Schemas', body: schemas(document) },
    { slug: 'problems', title: 'Problems', body: problems(operations) },
    { slug: 'changelog', title: 'Changelog', body: markdown(written.changelog) },
    { slug: 'policy', title: 'Policy of changes', body: markdown(written.policy) },
  ];
}

function introduction(document: OpenApiDocument, operations: readonly DocumentedOperation[]): Html {
  return html`<h1>${document.info.title} <small>${document.info.version}</small></h1>
    ${markdown(document.info.description)}
    <p>The same as a document for programs: <a href="/openapi.json">/openapi.json</a>, OpenAPI 3.1.</p>
    <h2>Operations</h2>
    ${document.tags.map(
      ({ name, description }) =>
        html`<h3><a href="/docs/${slugOf(name)}">${name}</a></h3>
          <p>${description}</p>
          <table class="index">
            <tbody>
              ${operations.filter(({ tag }) => tag === name).map(indexRow)}
            </tbody>
          </table>`,
    )}`;
}

const indexRow = ({ id, tag, method, path, described }: DocumentedOperation): Html =>
  html`<tr>
    <td><span class="method ${method.toLowerCase()}">${method}</span></td>
    <td><code>${path}</code></td>
    <td><a href="/docs/${slugOf(tag)}#${id}">${described.summary}</a></td>
  </tr>`;

function chapter(
  name: string,
  description: string,
  operations: readonly DocumentedOperation[],
  document: OpenApiDocument,
): Html {
  const own = operations.filter(({ tag }) => tag === name);
  return html`<h1>${name}</h1>
    <p class="lead">${description}</p>
    <table class="index">
      <tbody>
        ${own.map(indexRow)}
      </tbody>
    </table>
    ${own.map((operation) => operationHtml(operation, document))}`;
}

function schemas(document: OpenApiDocument): Html {
  const all = Object.entries(document.components['schemas'] as Record<string, JsonSchema>);
  return html`<h1>Schemas</h1>
    <p class="lead">What bodies and answers are made of.</p>
    ${all.map(
      ([name, schema]) =>
        html`<section id="${name}">
          <h2><a class="anchor" href="#${name}">${name}</a></h2>
          ${schema['type'] === 'object' ? fieldsTable(schema) : html`<p>${typeHtml(schema)}</p>`}
        </section>`,
    )}`;
}

function problems(operations: readonly DocumentedOperation[]): Html {
  const answeredBy = new Map<string, DocumentedOperation[]>(Object.keys(PROBLEM_KINDS).map((code) => [code, []]));
  for (const operation of operations) {
    for (const { content } of Object.values(operation.described.responses)) {
      for (const code of Object.keys(content?.['application/problem+json']?.examples ?? {})) {
        answeredBy.set(code, [...(answeredBy.get(code) ?? []), operation]);
      }
    }
  }
  return html`<h1>Problems</h1>
    <p class="lead">
      Every failure is answered as <code>application/problem+json</code> (RFC 9457). Programs match on
      <code>type</code> or <code>code</code>, which never change; <code>detail</code> is for people.
    </p>
    ${[...answeredBy].map(([code, from]) => problemHtml(code, from))}`;
}

/** More operations than these answer it: then it is everywhere. */
const MOST_NAMED = 12;

function problemHtml(code: string, from: readonly DocumentedOperation[]): Html {
  const { status, title, meaning } = kindOf(code);
  return html`<section id="${code}">
    <h2><a class="anchor" href="#${code}">${title}</a></h2>
    <p class="route"><span class="method status">${status}</span> <code>${typeOf(code)}</code></p>
    <p>${inlineMarkdown(meaning)}</p>
    ${
      from.length > 0 &&
      from.length <= MOST_NAMED &&
      html`<p>
        Answered by
        ${from.map(
          ({ id, tag }, at) => html`${at > 0 && ', '}<a href="/docs/${slugOf(tag)}#${id}"><code>${id}</code></a>`,
        )}.
      </p>`
    }
  </section>`;
}
