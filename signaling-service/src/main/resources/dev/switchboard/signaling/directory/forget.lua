-- A node that died has been swept everywhere; unless it has come back meanwhile, it is forgotten.
-- KEYS 1 the leases
-- ARGV 1 node
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local until_then = redis.call('HGET', KEYS[1], ARGV[1])
if until_then and tonumber(until_then) <= now then
  redis.call('HDEL', KEYS[1], ARGV[1])
end
return {}
