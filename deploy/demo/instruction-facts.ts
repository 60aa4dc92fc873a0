import type { Instructions } from '#libs/contracts/index.js';

const words = (term: string): string => term.replaceAll('_', ' ');

/** What was understood, as short facts a person can compare: "leave at neighbour (keyed)", "code 4521". */
export function instructionFacts(instructions: Instructions | undefined, zone: string): string[] {
  if (!instructions) return [];
  const facts: string[] = [];
  const add = (text: string, finding: { source: string } | undefined): void => {
    if (finding) facts.push(finding.source === 'keys' ? `${text} (keyed)` : text);
  };
  const { present, availability, unavailable, safePlace, accessCode, recipient, reschedule } = instructions;
  add(present?.value ? 'will be there' : 'will not be there', present);
  for (const window of availability?.value ?? []) facts.push(`somebody there from ${localTime(window.start, zone)}`);
  if (unavailable) facts.push('nobody there at other times');
  add(`leave at ${words(safePlace?.value ?? '')}`, safePlace);
  add(`code ${accessCode?.value ?? ''}`, accessCode);
  add(
    `give to ${recipient?.value.name ?? (recipient?.value.unit ? `unit ${recipient.value.unit}` : 'somebody else')}`,
    recipient,
  );
  add(`another time${reschedule?.value.to ? `: ${localTime(reschedule.value.to.start, zone)}` : ''}`, reschedule);
  if (instructions.refused?.value) facts.push('refuses it');
  if (instructions.optOut?.value) add('no more calls', instructions.optOut);
  if (instructions.callAhead?.value) facts.push('call before arrival');
  for (const hazard of instructions.hazards?.value ?? []) facts.push(`beware: ${words(hazard)}`);
  for (const handling of instructions.handling?.value ?? []) facts.push(words(handling));
  return facts;
}

function localTime(instant: string, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
}
