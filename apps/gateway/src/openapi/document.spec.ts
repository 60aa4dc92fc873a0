import { ModulesContainer } from '@nestjs/core';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  ContractViolation,
  toJsonSchema,
  parseContract,
  PARTNER_WEBHOOKS,
  type ContractClass,
  type FieldIssue,
} from '#libs/contracts/index.js';
import { createApp, type Boot } from '#libs/platform/boot/boot-app.js';
import { startTestServers } from '#libs/testing/servers/index.js';
import { TEST_DATA_KEY } from '#libs/testing/data-keys.js';
import { GatewayConfig } from '../config/gateway.config.js';
import { gateway as gatewayBoot } from '../gateway.js';
import { ProblemDetails } from '../problems/problem-details.js';
import type { OpenApiDocument } from './document.js';
import { listRegisteredOperations, type RegisteredOperation } from './registered-operations.js';

interface Media {
  readonly example?: unknown;
  readonly examples?: Record<string, { value: unknown }>;
}
interface DescribedOperation {
  readonly operationId: string;
  readonly tags: string[];
  readonly security: Record<string, string[]>[];
  readonly requestBody?: { readonly content: Record<string, Media> };
  readonly parameters?: Record<string, unknown>[];
  readonly responses: Record<string, { readonly content?: Record<string, Media> }>;
}

function findIssues(contract: ContractClass, example: unknown): readonly FieldIssue[] {
  try {
    parseContract(contract, example, 'reject');
    return [];
  } catch (error) {
    if (error instanceof ContractViolation) return error.issues;
    throw error;
  }
}

describe('the OpenAPI document', () => {
  let gateway: NestFastifyApplication;
  let document: OpenApiDocument;
  let operations: RegisteredOperation[];
  const servedRoutes = new Set<string>();

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
    const recordingBoot: Boot<GatewayConfig> = {
      ...gatewayBoot,
      prepare: async (nest, bootConfig) => {
        const server = nest.getHttpAdapter().getInstance();
        server.addHook('onRoute', ({ method, url }) => {
          for (const verb of [method].flat()) servedRoutes.add(`${verb} ${url}`);
        });
        await gatewayBoot.prepare?.(nest, bootConfig);
      },
    };
    gateway = await createApp(recordingBoot, config);
    await gateway.listen(0, '127.0.0.1');
    document = (await (await fetch(`${await gateway.getUrl()}/openapi.json`)).json()) as OpenApiDocument;
    operations = listRegisteredOperations(gateway.get(ModulesContainer));
  });

  afterAll(() => gateway?.close());

  const listDescribedOperations = (): [string, DescribedOperation][] =>
    Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]): [string, DescribedOperation] => [
        `${method.toUpperCase()} ${path}`,
        operation as unknown as DescribedOperation,
      ]),
    );

  it('is valid OpenAPI 3.1', async () => {
    const result = await new Validator().validate(structuredClone(document) as never);
    expect(result.errors).toBeUndefined();
    expect(result.valid).toBe(true);
  });

  it('describes exactly the routes that are served under /v1', () => {
    const routes = [...servedRoutes]
      .filter((route) => / \/v1\b/.test(route) && !route.startsWith('HEAD '))
      .map((route) => route.replaceAll(/:(\w+)/g, '{$1}'));
    expect(
      listDescribedOperations()
        .map(([route]) => route)
        .sort(),
    ).toEqual(routes.sort());
  });

  it('has a name, a chapter and a security requirement for each operation', () => {
    const webhooks = Object.values(document.webhooks) as unknown as { post: DescribedOperation }[];
    const allOperations = [
      ...listDescribedOperations().map(([, operation]) => operation),
      ...webhooks.map(({ post }) => post),
    ];
    const ids = allOperations.map(({ operationId }) => operationId);
    expect(ids.filter((id) => !/^[a-z][A-Za-z]+$/.test(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [route, operation] of listDescribedOperations()) {
      expect({ route, tags: operation.tags.length }).toEqual({ route, tags: 1 });
      expect({ route, public: operation.security.length === 0 }).toEqual({
        route,
        public: operations.find(({ operation: { id } }) => id === operation.operationId)?.operation.access === 'public',
      });
    }
  });

  it('has a complete, valid example of every request and response body', () => {
    for (const { operation, path } of operations) {
      const item = document.paths[path]?.[operation.method.toLowerCase()] as unknown as DescribedOperation;
      const examples = [
        [operation.body, item.requestBody?.content['application/json']?.example],
        [
          operation.reply,
          item.responses[operation.status]?.content?.[operation.replyMedia ?? 'application/json']?.example,
        ],
      ] as const;
      for (const [contract, example] of examples) {
        if (!contract) continue;
        expect([operation.id, findIssues(contract, example)]).toEqual([operation.id, []]);
        const fields = Object.keys(toJsonSchema(contract)['properties'] as object);
        if (!operation.examples) expect([operation.id, Object.keys(example as object)]).toEqual([operation.id, fields]);
      }
    }
  });

  it('describes every webhook with a valid example', () => {
    const webhooks = document.webhooks as unknown as Record<string, { post: Required<DescribedOperation> }>;
    for (const [type, contract] of Object.entries(PARTNER_WEBHOOKS)) {
      const example = webhooks[type]?.post.requestBody.content['application/json']?.example as Record<string, unknown>;
      expect([type, findIssues(contract, example['data'])]).toEqual([type, []]);
      expect(example['type']).toBe(type);
    }
  });

  it('has valid examples of problems', () => {
    for (const [, { responses }] of listDescribedOperations()) {
      for (const [status, { content }] of Object.entries(responses).filter(([code]) => Number(code) >= 400)) {
        const examples = Object.values(content?.['application/problem+json']?.examples ?? {});
        expect(examples.length).toBeGreaterThan(0);
        for (const { value } of examples) {
          expect(parseContract(ProblemDetails, value, 'reject').status).toBe(Number(status));
        }
      }
    }
  });
});
