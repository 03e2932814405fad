-- The node lives. Redis' own clock decides, so that no two nodes need to agree on the time.
-- KEYS 1 the leases
-- ARGV 1 node, 2 lease in milliseconds, 3 an epoch for a Redis that has none
-- Returns {epoch, 1 if the lease was still held or else 0, then of each other node its id and 1 if it lives or else 0}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSETNX', KEYS[1], '', ARGV[3])
local until_then = redis.call('HGET', KEYS[1], ARGV[1])
local answer = {'', (until_then and tonumber(until_then) > now) and 1 or 0}
redis.call('HSET', KEYS[1], ARGV[1], string.format('%d', now + tonumber(ARGV[2])))
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i] == '' then
    answer[1] = all[i + 1]
  elseif all[i] ~= ARGV[1] then
    answer[#answer + 1] = all[i]
    answer[#answer + 1] = tonumber(all[i + 1]) > now and 1 or 0
  end
end
return answer
