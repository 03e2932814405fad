-- What the scripts of a webhook have in common. Spool says what the keys hold.
-- KEYS 1 what all of the webhook's keys begin with; they have the same hash tag
local HOOK = KEYS[1]
local QUEUE, DUE, TRIES = HOOK .. ':queue', HOOK .. ':due', HOOK .. ':tries'
local DEAD, HOLDER = HOOK .. ':dead', HOOK .. ':holder'
local time = redis.call('TIME')
local NOW = time[1] * 1000 + math.floor(time[2] / 1000)

local function whole(number)
  return string.format('%d', number)
end

local function entry_of(id)
  return redis.call('XRANGE', QUEUE, id, id)[1]
end

local function remove(id)
  redis.call('XDEL', QUEUE, id)
  redis.call('ZREM', DUE, id)
  redis.call('HDEL', TRIES, id)
end

-- Who lost the lease has nothing to say any more.
local function holds(who)
  return redis.call('GET', HOLDER) == who
end
