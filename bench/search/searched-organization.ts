import { Module, type INestApplicationContext } from '@nestjs/common';
import { NearestVectors } from '#libs/ports/nearest-vectors.js';
import { NestFactory } from '@nestjs/core';
import { getModelToken, MongooseModule } from '@nestjs/mongoose';
import type { Model } from 'mongoose';
import { startServer } from '#deploy/local/servers/index.js';
import { waitUntil } from '#deploy/local/process/wait-until.js';
import { ensureModel } from '#deploy/local/fetch/models.js';
import { UsearchNearestVectors } from '#libs/adapters/nearest-vectors/usearch-nearest-vectors.js';
import { LocalTextEmbedder } from '#libs/adapters/text-embedder/local/local-text-embedder.js';
import { OpenAiTextEmbedder } from '#libs/adapters/text-embedder/openai/openai-text-embedder.js';
import { loadReaderModel } from '#libs/adapters/instruction-analyst/local/reader-model-file.js';
import { analyzeInstructions } from '#libs/domain/instructions/index.js';
import { toWords } from '#libs/domain/search/index.js';
import { parseOrganizationId, PersistenceModule, trusted } from '#libs/persistence/index.js';
import {
  searchEntrySchema,
  type SearchEntryDocument,
} from '../../apps/transcription/src/search-index/search-index.module.js';
import { TextEmbedder } from '#libs/ports/text-embedder.js';
import { TEST_DATA_KEYS } from '#libs/testing/data-keys.js';
import {
  describeInstructions,
  EmbedEntries,
  SEARCH_ENTRIES,
  SearchEntryRepository,
} from '../../apps/transcription/src/search-index/search-index.module.js';
import { OrganizationIndexes, SearchTranscripts } from '../../apps/transcription/src/search/search.module.js';
import { toContract } from '../../apps/transcription/src/instruction-analysis/instruction-analysis.module.js';

@Module({})
class SearchModule {}

const ORGANIZATION = parseOrganizationId('org_bench');
const SPOKEN_AT = new Date('2026-03-02T15:00:00Z');
const PLANNED = { start: new Date('2026-03-02T20:00:00Z'), end: new Date('2026-03-02T22:00:00Z') };
const BATCH_SIZE = 2_000;
/** Synthetic entries are not recent, as are most entries in production. */
const HOUR_AGO = new Date(Date.now() - 3_600_000);

/** An organization's recordings in a dedicated MongoDB, searched by the same classes that transcription uses. */
export class SearchedOrganization {
  private app!: INestApplicationContext;
  private model!: Model<SearchEntryDocument>;

  private constructor(
    private readonly server: Awaited<ReturnType<typeof startServer>>,
    private readonly embedder: TextEmbedder,
  ) {}

  static async open(embedder: 'local' | 'openai', report: (line: string) => void): Promise<SearchedOrganization> {
    const textEmbedder = await createEmbedder(embedder);
    const organization = new SearchedOrganization(await startServer('mongodb', { report }), textEmbedder);
    await organization.start();
    return organization;
  }

  /** Restarts the app, so that no index is in memory, as after a deployment. */
  async restart(): Promise<void> {
    await this.app.close();
    await this.start();
  }

  private async start(): Promise<void> {
    const { environment, url } = this.server;
    const module = {
      module: SearchModule,
      imports: [
        PersistenceModule.forApp({
          app: 'transcription',
          uri: environment['MONGODB_URI'] ?? url,
          dataKeys: TEST_DATA_KEYS,
        }),
        MongooseModule.forFeature([{ name: SEARCH_ENTRIES, schema: searchEntrySchema }]),
      ],
      providers: [
        SearchEntryRepository,
        OrganizationIndexes,
        EmbedEntries,
        SearchTranscripts,
        { provide: TextEmbedder, useValue: this.embedder },
        { provide: NearestVectors, useClass: UsearchNearestVectors },
      ],
    };
    this.app = await NestFactory.createApplicationContext(module, { logger: ['error', 'warn'] });
    this.model = this.app.get<Model<SearchEntryDocument>>(getModelToken(SEARCH_ENTRIES));
    await this.model.init();
  }

  /** Adds documents and resolves when all of them are embedded. */
  async add(documents: readonly { readonly id: string; readonly text: string }[]): Promise<void> {
    await this.model.insertMany(documents.map(({ id, text }) => toSearchEntry(id, text)));
    const missing = () => this.model.countDocuments({ vectorModel: trusted({ $exists: false }) });
    this.app.get(EmbedEntries).wake();
    await waitUntil(async () => (await missing()) === 0, {
      what: 'all documents to be embedded',
      deadlineMs: 120_000,
      everyMs: 200,
    });
  }

  /**
   * Fills the index with synthetic recordings: words of the existing recordings in random order, and vectors near
   * theirs.
   *
   * @param random Uniform in [0, 1).
   */
  async fillUpTo(count: number, random: () => number, report: (done: number) => void): Promise<void> {
    const existing = await this.model.find({ vector: trusted({ $exists: true }) }).lean();
    const words = existing.flatMap(({ text }) => text.split(' '));
    const pickRandom = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
    for (let done = existing.length; done < count; done += BATCH_SIZE) {
      const rows = Array.from({ length: Math.min(BATCH_SIZE, count - done) }, (_, index) => {
        const template = pickRandom(existing);
        const text = Array.from({ length: 8 + Math.floor(random() * 16) }, () => pickRandom(words)).join(' ');
        const vector = perturb(template?.vector, random);
        return {
          ...toSearchEntry(`f${done + index}`, text),
          vector,
          vectorModel: template?.vectorModel,
          changedAt: HOUR_AGO,
        };
      });
      await this.model.insertMany(rows, { lean: true });
      report(done + rows.length);
    }
  }

  /**
   * Searches as the product does.
   *
   * @returns Ids, best first.
   */
  async search(q: string, limit: number): Promise<string[]> {
    const page = await this.app.get(SearchTranscripts).execute(ORGANIZATION, { q, limit });
    return page.items.map(({ recordingId }) => recordingId);
  }

  /** Resolves when the organization's index is loaded into memory. */
  async waitUntilLoaded(): Promise<void> {
    const isLoaded = async (): Promise<boolean> =>
      (await this.app.get(OrganizationIndexes).get(ORGANIZATION)) !== undefined;
    await waitUntil(isLoaded, { what: 'the organization to be loaded into memory', deadlineMs: 120_000, everyMs: 50 });
  }

  /** Searches with MongoDB's text index only. */
  async searchWords(q: string, limit: number): Promise<string[]> {
    const words = toWords(q).map(({ text }) => text);
    const found = await this.app.get(SearchEntryRepository).search(ORGANIZATION, { words, language: 'en', limit });
    return found.map(({ _id }) => _id);
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.server.stop();
  }
}

async function createEmbedder(name: 'local' | 'openai'): Promise<TextEmbedder> {
  if (name === 'local') return new LocalTextEmbedder({ modelDir: await ensureModel('minilm-l6-v2') });
  const { OPENAI_API_KEY: apiKey = '', OPENAI_BASE_URL: baseUrl, OPENAI_EMBEDDING_MODEL } = process.env;
  return new OpenAiTextEmbedder({
    apiKey,
    baseUrl,
    model: OPENAI_EMBEDDING_MODEL ?? 'text-embedding-3-small',
    dimensions: 384,
  });
}

/** The search entry that transcription would store for this text. */
function toSearchEntry(id: string, text: string): SearchEntryDocument {
  const utterance = { text, locale: 'en-US', zone: 'America/Chicago', question: 'open' } as const;
  const instructions = analyzeInstructions({ ...utterance, now: SPOKEN_AT, planned: PLANNED }, loadReaderModel());
  return {
    _id: id,
    organizationId: ORGANIZATION,
    attemptId: `att_${id}`,
    deliveryId: `dlv_${id}`,
    spokenAt: SPOKEN_AT,
    language: 'en',
    text,
    wishes: describeInstructions(toContract(instructions, text, PLANNED)),
  };
}

/** Returns a vector of length 1 at an angle of about 45 degrees to the stored one. */
function perturb(stored: unknown, random: () => number): Buffer {
  const { buffer } = stored as { buffer: Uint8Array };
  const bytes = Uint8Array.from(buffer);
  const vector = new Float32Array(bytes.buffer);
  const noise = vector.map((value) => value + (random() - 0.5) * (3.5 / Math.sqrt(vector.length)));
  const length = Math.hypot(...noise);
  return Buffer.from(noise.map((value) => value / length).buffer);
}
