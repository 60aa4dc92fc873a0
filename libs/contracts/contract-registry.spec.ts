import {
  CallTurnTaken,
  contractRegistry,
  ContractRegistry,
  defineEvent,
  defineQuery,
  jsonSchemaOf,
  RecordingTranscribed,
  TextField,
} from './index.js';

class Note {
  @TextField() text!: string;
}

describe('the contract registry', () => {
  it('holds what the areas declare', () => {
    expect(contractRegistry.events.length).toBeGreaterThanOrEqual(20);
    expect(contractRegistry.rpcs.length).toBeGreaterThanOrEqual(12);
  });

  it('gives every contract a schema, so that the reference can be generated', () => {
    for (const event of contractRegistry.events) expect(jsonSchemaOf(event.payload)['properties']).not.toEqual({});
    for (const rpc of contractRegistry.rpcs) expect(jsonSchemaOf(rpc.reply)['properties']).not.toEqual({});
  });

  it('seals what holds instructions or a customer’s words', () => {
    const personal = contractRegistry.events.filter((event) =>
      /"(accessCode|transcript)"/.test(JSON.stringify(jsonSchemaOf(event.payload))),
    );
    expect(personal.length).toBeGreaterThanOrEqual(9);
    const open = [...personal, CallTurnTaken, RecordingTranscribed].filter(({ sealed }) => !sealed);
    expect(open.map(({ subject }) => subject)).toEqual([]);
  });

  it('lets analytics hear everything that is said of a delivery', () => {
    const ofDeliveries = contractRegistry.events.filter(
      (event) => 'deliveryId' in (jsonSchemaOf(event.payload)['properties'] as object),
    );
    expect(ofDeliveries.length).toBeGreaterThanOrEqual(15);
    // The turns of a call are for those who watch it; what came of them is told by its decisions and its end.
    const unheard = ofDeliveries.filter((event) => event !== CallTurnTaken && !event.consumers.includes('analytics'));
    expect(unheard.map((event) => event.subject)).toEqual([]);
  });

  it('lists all mistakes of a bad registry at once', () => {
    const twice = defineEvent({
      subject: 'routing.note.made.v1',
      payload: Note,
      consumers: ['analytics'],
      summary: '',
    });
    const unheard = defineEvent({ subject: 'routing.note.lost.v1', payload: Note, consumers: [], summary: '' });
    const nameless = defineEvent({ subject: 'billing.note', payload: Note, consumers: ['analytics'], summary: '' });
    const selfish = defineQuery({
      subject: 'rpc.routing.note.get.v1',
      request: Note,
      reply: Note,
      callers: ['routing'],
      summary: '',
    });
    expect(() => new ContractRegistry([twice, twice, unheard, nameless], [selfish])).toThrow(
      /nobody consumes it[^]*billing\.note[^]*no app "billing"[^]*does not call itself[^]*declared twice/,
    );
  });
});
