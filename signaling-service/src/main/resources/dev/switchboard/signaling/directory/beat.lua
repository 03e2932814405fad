-- The node lives. Redis' own clock decides, so that no two nodes need to agree on the time.
-- KEYS 1 the leases: of each node until when, of '' the epoch, of '\n' when anybody beat last
-- ARGV 1 node, 2 lease in milliseconds, 3 an epoch for a Redis that has none
-- Returns {epoch, 1 if the lease was still held or else 0, then of each other node its id and 1 if it lives or else 0}
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local lease = tonumber(ARGV[2])
redis.call('HSETNX', KEYS[1], '', ARGV[3])
local pulse = tonumber(redis.call('HGET', KEYS[1], '\n') or now)

-- While nobody beat, it was Redis that was out of reach: whose lease ended then gets one more.
local nobody_beat = lease > 0 and now - pulse > lease / 2
local function lives(until_then)
  return until_then > now or (nobody_beat and until_then > pulse)
end

local answer = {'', 0}
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  local node, value = all[i], all[i + 1]
  if node == '' then
    answer[1] = value
  elseif node == ARGV[1] then
    answer[2] = lives(tonumber(value)) and 1 or 0
  elseif node ~= '\n' then
    local alive = lives(tonumber(value))
    if alive and tonumber(value) <= now then
      redis.call('HSET', KEYS[1], node, string.format('%d', now + lease))
    end
    answer[#answer + 1] = node
    answer[#answer + 1] = alive and 1 or 0
  end
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%d', now + lease), '\n', string.format('%d', now))
return answer
