/** Changes whenever cached answers of before must not be served any more. */
export const EPOCH_KEY = 'edge:epoch';

/**
 * All that a request needs of Redis, in one round trip: it charges rate limits (GCRA, by the server's own clock, so that
 * gateways with different clocks count as one) and, unless one of them is used up, looks up a cached answer.
 *
 * KEYS: the limits' keys; then, for a lookup, the entry's key, its lock's, and the keys of the versions it depends on.
 * ARGV: how many limits; for each the ms between two requests and the ms that may be used up in advance; how long the lock
 * lasts in ms, 0 without a lookup.
 *
 * Answers which limit refused (0: none), how long to wait in ms, and each limit's ms used up in advance; after a lookup
 * also the versions now, and either the entry (head and body) or `nil` and whether the caller is the one to fill it.
 * An entry counts only under the versions that were current before it was read from its owner: one that was read before
 * a change and stored after it is never served.
 */
export const EDGE_SCRIPT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + time[2] / 1000
local limits = tonumber(ARGV[1])
local refused, wait, nexts, used = 0, 0, {}, {}
for i = 1, limits do
  local interval, window = tonumber(ARGV[2 * i]), tonumber(ARGV[2 * i + 1])
  local tat = tonumber(redis.call('GET', KEYS[i]) or 0)
  if tat < now then tat = now end
  nexts[i] = tat + interval
  used[i] = math.ceil(nexts[i] - now)
  local over = nexts[i] - now - window
  if over > wait then refused, wait = i, math.ceil(over) end
end
if refused == 0 then
  for i = 1, limits do
    redis.call('SET', KEYS[i], string.format('%.3f', nexts[i]), 'PX', math.max(1, used[i]))
  end
end
local lock = tonumber(ARGV[2 * limits + 2])
if refused > 0 or lock == 0 then return { refused, wait, used } end

local entry, filling = KEYS[limits + 1], KEYS[limits + 2]
local versions = redis.call('MGET', unpack(KEYS, limits + 3))
for i = 1, #versions do versions[i] = versions[i] or '' end
local version = table.concat(versions, '|')
local stored = redis.call('HMGET', entry, 'version', 'head', 'body')
if stored[1] == version then return { refused, wait, used, version, stored[2], stored[3] } end
if redis.call('GET', filling) == version then return { refused, wait, used, version, false, 0 } end
redis.call('SET', filling, version, 'PX', lock)
return { refused, wait, used, version, false, 1 }
`;
