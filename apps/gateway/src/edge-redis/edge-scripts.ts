/**
 * Charges rate limits by GCRA: a limit is known by the time at which all of it will be free again. By the server's own clock,
 * so that gateways whose clocks differ count as one.
 *
 * KEYS: one a limit. ARGV: for each the ms between two requests, the ms that may be used up in advance, and how many requests
 * are asked for. Answers for each how many are granted, and the ms used up in advance; where none is granted, the
 * ms it would be.
 */
export const CHARGE_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local answer = {}
for i = 1, #KEYS do
  local interval, window, wanted = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local free = tonumber(redis.call('GET', KEYS[i]) or 0)
  if free < now then free = now end
  local granted = math.min(wanted, math.floor((now + window - free) / interval + 0.000001))
  if granted < 1 then
    granted, free = 0, free + interval
  else
    free = free + granted * interval
    redis.call('SET', KEYS[i], string.format('%.3f', free), 'PX', math.ceil(free - now) + 1)
  end
  answer[2 * i - 1], answer[2 * i] = granted, math.ceil(free - now)
end
return answer
`;

export const FORGET_SCRIPT = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`;
