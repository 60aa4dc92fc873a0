/**
 * Charges rate limits by the generic cell rate algorithm (GCRA). The state of a limit is its theoretical arrival time,
 * at which the whole quota is free again. The script uses the Redis clock, so that gateways with different clocks count
 * alike.
 *
 * KEYS: one for each limit. ARGV, for each limit: the emission interval (milliseconds between two requests), the burst
 * tolerance (milliseconds that may be used in advance), and the number of requests asked for. Returns, for each limit,
 * the number of granted requests and the milliseconds used in advance; if no request is granted, the milliseconds that
 * one request would use.
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

/** Deletes a key if it still has the given value. */
export const FORGET_SCRIPT = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`;
