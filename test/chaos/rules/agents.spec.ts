import { evidence, formatViolations, message, EARLY_AFTERNOON_MS, PHONE } from '../testing/sample-evidence.js';
import { agentsRule } from './agents.js';

const judge = (...messages: ReturnType<typeof message>[]) =>
  agentsRule.judge(evidence({ agents: [{ agentId: 'agt_1', name: 'Agent 1', messages }] }));

it('the agents rule reports a gap in an inbox, and two messages with the same sequence', () => {
  expect(formatViolations(judge(message(), message({ messageId: 'msg_3', sequence: 3, summary: 'Other.' })))).toEqual([
    'lost: Agent 1 has no message 2 of 3.',
  ]);
  expect(formatViolations(judge(message(), message({ messageId: 'msg_2', summary: 'Other.' })))).toEqual([
    'doubled: Agent 1 has 2 messages with sequence 1.',
  ]);
});

it('the agents rule reports the same message sent twice in a row', () => {
  expect(judge(message(), message({ messageId: 'msg_2', sequence: 2 }))).toEqual([
    expect.objectContaining({ damage: 'doubled', reference: 'C1-001', persona: 'keys_neighbor' }),
  ]);
});

it('the agents rule accepts the same message twice for a customer who texted twice', () => {
  const text = (messageSid: string) => ({
    messageSid,
    to: '+1',
    from: PHONE,
    body: '2',
    direction: 'inbound',
    at: EARLY_AFTERNOON_MS,
  });
  const ledger = { calls: [], recordings: [], texts: [text('SM1'), text('SM2')] };
  const messages = [message(), message({ messageId: 'msg_2', sequence: 2 })];
  const agents = [{ agentId: 'agt_1', name: 'Agent 1', messages }];
  expect(agentsRule.judge(evidence({ agents, ledger }))).toEqual([]);
});
