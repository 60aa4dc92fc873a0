/** An event's payload without what only the assigned agent may see: the value of an access code, wherever it stands. */
export function maskAccessCode<P extends object>(payload: P): P {
  return JSON.parse(JSON.stringify(payload), (key, value: unknown) =>
    key === 'accessCode' && typeof value === 'object' && value !== null ? { ...value, value: '••••' } : value,
  ) as P;
}
