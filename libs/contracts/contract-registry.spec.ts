import {
  CallTurnTaken,
  contractRegistry,
  ContractRegistry,
  defineEvent,
  defineQuery,
  toJsonSchema,
  RecordingTranscribed,
  TextField,
} from './index.js';

class Note {
  @TextField() text!: string;
}

describe('the contract registry', () => {
  it('contains the events and RPCs that the apps declare', () => {
    expect(contractRegistry.events.length).toBeGreaterThanOrEqual(20);
    expect(contractRegistry.rpcs.length).toBeGreaterThanOrEqual(12);
  });

  it('provides a schema with properties for every contract, so that the reference can be generated', () => {
    for (const event of contractRegistry.events) expect(toJsonSchema(event.payload)['properties']).not.toEqual({});
    for (const rpc of contractRegistry.rpcs) expect(toJsonSchema(rpc.reply)['properties']).not.toEqual({});
  });

  it('seals every event that contains access codes or a customer’s words', () => {
    const personalEvents = contractRegistry.events.filter((event) =>
      /"(accessCode|transcript)"/.test(JSON.stringify(toJsonSchema(event.payload))),
    );
    expect(personalEvents.length).toBeGreaterThanOrEqual(9);
    const unsealed = [...personalEvents, CallTurnTaken, RecordingTranscribed].filter(({ sealed }) => !sealed);
    expect(unsealed.map(({ subject }) => subject)).toEqual([]);
  });

  it('delivers every event about a delivery to analytics', () => {
    const deliveryEvents = contractRegistry.events.filter(
      (event) => 'deliveryId' in (toJsonSchema(event.payload)['properties'] as object),
    );
    expect(deliveryEvents.length).toBeGreaterThanOrEqual(15);
    // Only dispatchers who watch a call need its turns. The events `decision-made` and `completed` hold the results.
    const unconsumed = deliveryEvents.filter(
      (event) => event !== CallTurnTaken && !event.consumers.includes('analytics'),
    );
    expect(unconsumed.map((event) => event.subject)).toEqual([]);
  });

  it('reports all problems of an invalid registry at once', () => {
    const duplicate = defineEvent({
      subject: 'routing.note.made.v1',
      payload: Note,
      consumers: ['analytics'],
      summary: '',
    });
    const withoutConsumers = defineEvent({
      subject: 'routing.note.lost.v1',
      payload: Note,
      consumers: [],
      summary: '',
    });
    const malformed = defineEvent({ subject: 'billing.note', payload: Note, consumers: ['analytics'], summary: '' });
    const callsItself = defineQuery({
      subject: 'rpc.routing.note.get.v1',
      request: Note,
      reply: Note,
      callers: ['routing'],
      summary: '',
    });
    expect(() => new ContractRegistry([duplicate, duplicate, withoutConsumers, malformed], [callsItself])).toThrow(
      /has no consumers[^]*billing\.note[^]*unknown app "billing"[^]*must not call itself[^]*declared twice/,
    );
  });
});
