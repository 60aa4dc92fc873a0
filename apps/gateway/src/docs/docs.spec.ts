import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { GatewayConfig } from '../config/gateway.config.js';
import { createGateway } from '../gateway.js';
import { PROBLEM_KINDS } from '../problems/problems.module.js';
import type { OpenApiDocument } from '../openapi/document.js';
import { listDocumentedOperations } from '../openapi/documented-operations.js';

const ASSET_PATTERN = /(?:src|href)="([^"#]*\.(?:js|css))"/g;

describe('/docs', () => {
  let gateway: NestFastifyApplication;
  let url: string;
  let document: OpenApiDocument;
  const pages = new Map<string, string>();

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}${path}`, { headers });

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
    document = (await (await get('/openapi.json')).json()) as OpenApiDocument;
    const referencePage = await (await get('/docs')).text();
    for (const [, path = ''] of referencePage.matchAll(/href="(\/docs[^"#.]*)"/g)) {
      pages.set(path, await (await get(path)).text());
    }
  });

  afterAll(() => gateway?.close());

  it('links to the reference and to every guide', () => {
    expect([...pages.keys()]).toEqual([
      '/docs',
      '/docs/webhook-events',
      '/docs/problems',
      '/docs/changelog',
      '/docs/policy',
    ]);
    expect(pages.get('/docs/webhook-events')).toContain('<code>webhook-id.webhook-timestamp.body</code>');
    expect(pages.get('/docs/policy')).toContain('<h2>What does not change within a version</h2>');
    expect(pages.get('/docs/changelog')).toContain('<h2>1.0.0</h2>');
  });

  it('explains every problem type, and lists the operations of rare ones', () => {
    const page = pages.get('/docs/problems') ?? '';
    for (const code of Object.keys(PROBLEM_KINDS)) expect(page).toContain(`<h2 id="${code}">`);
    const [, section = ''] = page.split('<h2 id="sign_in_failed">');
    expect(section.split('<h2')[0]).toContain('<a href="/docs#/Authentication/login"><code>login</code></a>');
  });

  it('has no broken links, nor does the OpenAPI document', () => {
    const operations = new Set(
      listDocumentedOperations(document).map(({ id, tag }) => `/${encodeURIComponent(tag)}/${id}`),
    );
    const documentLinks = JSON.stringify(document).matchAll(/\]\((\/[^)]*)\)/g);
    const links = [...pages.values()].flatMap((page) => [...page.matchAll(/href="([^"]*)"/g)]);
    const broken = [...links, ...documentLinks]
      .map(([, link = '']) => link)
      .filter((link) => {
        const [path = '', anchor] = link.split('#');
        if (['/openapi.json', '/docs/style.css', '/docs/swagger-ui.css', 'data:,'].includes(path)) return false;
        return !pages.has(path) || (anchor !== undefined && !operations.has(anchor));
      });
    expect(links.length).toBeGreaterThan(30);
    expect(broken).toEqual([]);
  });

  it('permits and uses only its own scripts and styles', async () => {
    for (const [path, page] of pages) {
      const policy = (await get(path)).headers.get('content-security-policy');
      expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;/);
      expect(policy).not.toContain('unsafe');
      expect(page).not.toMatch(/<script(?![^>]* src=)|<style|style="|\son\w+="|(?:src|href)="https?:/);
    }
  });

  it('serves the files of the reference, compressed and with an ETag', async () => {
    const assets = [...(pages.get('/docs') ?? '').matchAll(ASSET_PATTERN)].map(([, path = '']) => path);
    expect(assets.sort()).toEqual([
      '/docs/initializer.js',
      '/docs/style.css',
      '/docs/swagger-ui.css',
      '/docs/swagger-ui.js',
    ]);
    for (const path of assets) {
      const response = await get(path);
      const type = path.endsWith('.js') ? 'text/javascript' : 'text/css';
      expect([path, response.status, response.headers.get('content-type')]).toEqual([
        path,
        200,
        `${type}; charset=utf-8`,
      ]);
      expect((await response.text()).length).toBeGreaterThan(100);
      const revalidated = await get(path, { 'if-none-match': response.headers.get('etag') ?? '' });
      expect([path, revalidated.status]).toEqual([path, 304]);
    }
    const bundle = await get('/docs/swagger-ui.js', { 'accept-encoding': 'gzip' });
    expect(bundle.headers.get('content-encoding')).toBe('gzip');
    expect(await bundle.text()).toContain('SwaggerUIBundle');
    expect((await get('/docs/nothing')).status).toBe(404);
  });

  it('configures Swagger UI with the served document, without external requests', async () => {
    const script = await (await get('/docs/initializer.js')).text();
    expect(script).toContain('"url": "/openapi.json"');
    expect(script).toContain('"validatorUrl": null');
    expect(script).not.toMatch(/https?:/);
  });
});
