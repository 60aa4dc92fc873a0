import { execFileSync } from 'node:child_process';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { fieldsOf, PARTNER_WEBHOOKS } from '#libs/contracts/index.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { GatewayConfig } from '../config/gateway.config.js';
import { createGateway } from '../gateway.js';
import type { OpenApiDocument } from '../openapi/document.js';
import { curlOf } from './curl.js';
import { documentedOperations, type DocumentedOperation } from './documented-operations.js';
import { html } from './html.js';
import { markdown } from './markdown.js';

describe('/docs', () => {
  let gateway: NestFastifyApplication;
  let url: string;
  let operations: DocumentedOperation[];
  const pages = new Map<string, string>();

  beforeAll(async () => {
    const servers = await startTestServers({ mongo: true, nats: true, redis: true });
    const config = Object.assign(new GatewayConfig(), {
      PORT: 0,
      MONGODB_URI: servers.mongo.uri,
      CUSTOMER_DATA_KEY: TEST_DATA_KEY,
      NATS_URL: servers.nats.url,
      REDIS_URL: servers.redis.url,
      LOG_LEVEL: 'fatal',
      JWT_SECRET: 'jwt-secret-of-this-test-01234567890123',
      OPERATOR_API_KEY: 'operator-key-of-this-test-0123456789',
    });
    gateway = await createGateway(config);
    await gateway.listen(0, '127.0.0.1');
    url = (await gateway.getUrl()).replace('[::1]', '127.0.0.1');
    operations = documentedOperations((await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument);
    const first = await (await fetch(`${url}/docs`)).text();
    for (const [, path = ''] of first.matchAll(/href="(\/docs[^"#]*)"/g)) {
      if (!pages.has(path)) pages.set(path, await (await fetch(`${url}${path}`)).text());
    }
  });

  afterAll(() => gateway?.close());

  it('tells of every operation: its path, its permission and an example', () => {
    for (const { id, path, described } of operations) {
      const page = [...pages.values()].find((text) => text.includes(`<section class="operation" id="${id}">`)) ?? '';
      expect(page).toContain(`<code>${path}</code>`);
      expect(page).toContain(described['x-permission'] ?? 'Open to anybody');
    }
  });

  it('tells partners of every webhook, how it is signed and what is in it', () => {
    const page = pages.get('/docs/webhook-events') ?? '';
    expect(page).toContain('webhook-signature');
    for (const [type, data] of Object.entries(PARTNER_WEBHOOKS)) {
      const [, section = ''] = page.split(`<section id="${type}">`);
      for (const { name } of fieldsOf(data)) expect(section.split('</section>')[0]).toContain(`<code>${name}</code>`);
    }
  });

  it('has no link that leads nowhere', () => {
    const broken: string[] = [];
    for (const [from, text] of pages) {
      for (const [, link = ''] of text.matchAll(/href="([^"]*)"/g)) {
        const [path = '', anchor] = link.split('#');
        if (['/openapi.json', '/docs/style.css'].includes(path)) continue;
        const page = pages.get(path === '' ? from : path);
        if (page === undefined || (anchor !== undefined && !page.includes(`id="${anchor}"`)))
          broken.push(`${from} → ${link}`);
      }
    }
    expect(broken).toEqual([]);
  });

  it('needs nothing but its own stylesheet, and says so to the browser', async () => {
    const answer = await fetch(`${url}/docs`);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'self';/);
    for (const page of pages.values())
      expect(page).not.toMatch(/<script|<img|<iframe|style="|\son\w+="|https?:\/\/[^"]*\.js/);
    const style = await fetch(`${url}/docs/style.css`);
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
    const known = await fetch(`${url}/docs`, { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } });
    expect(known.status).toBe(304);
    expect((await fetch(`${url}/docs/nothing`)).status).toBe(404);
  });

  it('has command lines that a shell reads as they are meant', () => {
    for (const operation of operations) {
      const shell = `curl() { printf '%s\\0' "$@"; }; uuidgen() { echo key; }; DELAUTO=http://d DELAUTO_KEY=k; ${curlOf(operation)}`;
      const words = execFileSync('sh', ['-c', shell], { encoding: 'utf8' }).split('\0');
      expect(words.some((word) => word.startsWith('http://d/v1/') && !word.includes('{'))).toBe(true);
      const example = operation.described.requestBody?.content['application/json']?.example;
      if (example !== undefined) expect(JSON.parse(words[words.indexOf('-d') + 1] ?? '')).toEqual(example);
    }
  });
});

describe('html', () => {
  it('escapes whatever is put in', () => {
    expect(html`<b title="${'"'}">${['<i>', html`<br />`, undefined, false]}</b>`.text).toBe(
      '<b title="&quot;">&lt;i&gt;<br /></b>',
    );
  });
});

describe('markdown', () => {
  it.each([
    ['# A `b`', '<h1>A <code>b</code></h1>'],
    ['one\ntwo', '<p>one\ntwo</p>'],
    ['**a** <script>', '<p><strong>a</strong> &lt;script&gt;</p>'],
    ['- a\n  b\n- c', '<ul><li>a b</li><li>c</li></ul>'],
    ['1. a\n2. b', '<ol><li>a</li><li>b</li></ol>'],
    ['```sh\na\n\n<b>\n```', '<pre><code>a\n\n&lt;b&gt;</code></pre>'],
    ['[a](/b) [c](javascript:x)', '<p><a href="/b">a</a> [c](javascript:x)</p>'],
    ['`**a**`', '<p><code>**a**</code></p>'],
    [
      '| a | b |\n| --- | --- |\n| 1 | 2 |',
      '<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>',
    ],
    ['## A\ntext', '<h2>A</h2><p>text</p>'],
  ])('%j', (source, expected) => {
    expect(markdown(source).text).toBe(expected);
  });
});
