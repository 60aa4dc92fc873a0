/**
 * Charges rate limits by the generic cell rate algorithm (GCRA). The state of a limit is its theoretical arrival time,
 * at which the whole quota is free again. The script uses the Redis clock, so that all gateways use the same time.
 *
 * KEYS: one for each limit. ARGV, for each limit: the emission interval (milliseconds between two requests), the burst
 * tolerance (milliseconds that may be used in advance), and the requested number of requests. Returns, for each limit,
 * the number of granted requests and the milliseconds used in advance; if no request is granted, the milliseconds that
 * one request would use.
 */
export const CHARGE_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local reply = {}
for i = 1, #KEYS do
  local interval, tolerance, requested = tonumber(ARGV[3 * i - 2]), tonumber(ARGV[3 * i - 1]), tonumber(ARGV[3 * i])
  local arrival = tonumber(redis.call('GET', KEYS[i]) or 0)
  if arrival < now then arrival = now end
  local granted = math.min(requested, math.floor((now + tolerance - arrival) / interval + 0.000001))
  if granted < 1 then
    granted, arrival = 0, arrival + interval
  else
    arrival = arrival + granted * interval
    redis.call('SET', KEYS[i], string.format('%.3f', arrival), 'PX', math.ceil(arrival - now) + 1)
  end
  reply[2 * i - 1], reply[2 * i] = granted, math.ceil(arrival - now)
end
return reply
`;

/** Deletes a key if it still has the given value. */
export const DELETE_IF_EQUAL_SCRIPT = `
if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
return 0
`;
