import type { Instructions } from '#libs/contracts/index.js';

const toWords = (term: string): string => term.replaceAll('_', ' ');

/** Formats instructions as short facts for comparison, such as "leave at porch (keyed)" or "code 4521". */
export function listInstructionFacts(instructions: Instructions | undefined, zone: string): string[] {
  if (!instructions) return [];
  const facts: string[] = [];
  const add = (text: string, finding: { source: string } | undefined): void => {
    if (finding) facts.push(finding.source === 'keys' ? `${text} (keyed)` : text);
  };
  const { present, availability, unavailable, safePlace, accessCode, recipient, reschedule } = instructions;
  add(present?.value ? 'will be there' : 'will not be there', present);
  for (const window of availability?.value ?? []) facts.push(`someone there from ${localTime(window.start, zone)}`);
  if (unavailable) facts.push('no one there at other times');
  add(`leave at ${toWords(safePlace?.value ?? '')}`, safePlace);
  add(`code ${accessCode?.value ?? ''}`, accessCode);
  add(
    `give to ${recipient?.value.name ?? (recipient?.value.unit ? `unit ${recipient.value.unit}` : 'someone else')}`,
    recipient,
  );
  add(`another time${reschedule?.value.to ? `: ${localTime(reschedule.value.to.start, zone)}` : ''}`, reschedule);
  if (instructions.refused?.value) facts.push('refuses the delivery');
  if (instructions.optOut?.value) add('no more calls', instructions.optOut);
  if (instructions.callAhead?.value) facts.push('call before arrival');
  for (const hazard of instructions.hazards?.value ?? []) facts.push(`beware: ${toWords(hazard)}`);
  for (const handling of instructions.handling?.value ?? []) facts.push(toWords(handling));
  return facts;
}

function localTime(instant: string, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(
    new Date(instant),
  );
}
