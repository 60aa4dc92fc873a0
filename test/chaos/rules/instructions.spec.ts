import { apiDelivery, evidence, formatViolations, message, neighborKeyed } from '../testing/sample-evidence.js';
import { instructionsRule } from './instructions.js';

const frontDoor = { safePlace: { value: 'front_door', source: 'keys', confidence: 1 } };
const judge = (...messages: ReturnType<typeof message>[]) =>
  formatViolations(instructionsRule.judge(evidence({ agents: [{ agentId: 'agt_1', name: 'Agent 1', messages }] })));

it('the instructions rule reports an instruction that the API does not show', () => {
  const listed = [apiDelivery({ instructions: undefined })];
  expect(formatViolations(instructionsRule.judge(evidence({ delivery: { listed } })))).toEqual([
    expect.stringMatching(
      /^lost: The customer pressed 2 in call CA1 at .*: safePlace must be "neighbour", and the API shows nothing instead/,
    ),
  ]);
});

it('the instructions rule reports an instruction that is not in the agent’s newest message', () => {
  const newest = message({ messageId: 'msg_2', sequence: 2, instructions: frontDoor });
  expect(judge(message(), newest)).toEqual([
    expect.stringMatching(/Agent 1's newest message 2 .* shows "front_door" instead\.$/),
  ]);
});

it('the instructions rule reports an agent who received no message, and a message that was never acknowledged', () => {
  expect(judge()).toEqual(['lost: Agent Agent 1 has it, and was sent no message about it.']);
  const { acknowledgedAt: _acknowledgedAt, ...unread } = message();
  expect(judge(unread)).toEqual([expect.stringContaining('never got message 1')]);
});

it('the instructions rule expects an access code only in the agent’s message, and the last of the keyed values', () => {
  const code = { ...neighborKeyed, field: 'accessCode', value: '4815' } as const;
  const given = [code, { ...neighborKeyed, value: 'front_door', at: neighborKeyed.at - 1_000 }, neighborKeyed];
  const instructions = { safePlace: { value: 'neighbour' }, accessCode: { value: '4815' } };
  const agents = [{ agentId: 'agt_1', name: 'Agent 1', messages: [message({ instructions })] }];
  expect(instructionsRule.judge(evidence({ delivery: { given }, agents }))).toEqual([]);
  expect(formatViolations(instructionsRule.judge(evidence({ delivery: { given } })))).toEqual([
    expect.stringContaining('accessCode must be "4815"'),
  ]);
});

it('the instructions rule accepts a later fact that may have been recorded', () => {
  const uncertain = [{ ...neighborKeyed, value: 'front_door', at: neighborKeyed.at + 1_000 }];
  const listed = [apiDelivery({ instructions: frontDoor })];
  const agents = [{ agentId: 'agt_1', name: 'Agent 1', messages: [message({ instructions: frontDoor })] }];
  expect(instructionsRule.judge(evidence({ delivery: { listed, uncertain }, agents }))).toEqual([]);
  expect(instructionsRule.judge(evidence({ delivery: { listed }, agents }))).toHaveLength(2);
});
