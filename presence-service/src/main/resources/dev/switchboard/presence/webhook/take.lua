-- Takes or renews the lease, and what is to be delivered: at most half of it what failed before.
-- ARGV 1 who asks, 2 the lease (milliseconds), 3 the last entry that was looked at, 4 how many,
--      5 for how long what failed before is left alone by whoever asks next (milliseconds)
-- Returns {0 another has the lease, 1 it is new, 2 it was there; 1 if switched off; how many wait;
-- how many dead letters; the last entry looked at; 1 if there is more to look at;
-- {entry, id, peer, body, tries} of each}
local ME, AFTER, WANTED = ARGV[1], ARGV[3], tonumber(ARGV[4])
local LOOKED_AT = 1000

local off = redis.call('HEXISTS', HOOK, 'disabled')
local queued, dead = redis.call('XLEN', QUEUE), redis.call('XLEN', DEAD)
local holder = redis.call('GET', HOLDER)
if holder and holder ~= ME then
  return {0, off, queued, dead, AFTER, 0, {}}
end
redis.call('SET', HOLDER, ME, 'PX', ARGV[2])
-- What another had under way nobody has now.
local after = holder and AFTER or '0-0'
local held = holder and 2 or 1
if off == 1 then
  return {held, off, queued, dead, after, 0, {}}
end

local letters = {}
local function add(entry)
  local fields = entry[2]
  letters[#letters + 1] = {entry[1], fields[2], fields[4], fields[6],
    tonumber(redis.call('HGET', TRIES, entry[1]) or '0')}
end

local again = redis.call('ZRANGEBYSCORE', DUE, '-inf', whole(NOW), 'LIMIT', 0, math.ceil(WANTED / 2))
for _, id in ipairs(again) do
  local entry = entry_of(id)
  if entry then
    redis.call('ZADD', DUE, whole(NOW + tonumber(ARGV[5])), id)
    add(entry)
  else
    remove(id)
  end
end

local looked, ended = 0, false
while #letters < WANTED and looked < LOOKED_AT and not ended do
  local page = redis.call('XRANGE', QUEUE, '(' .. after, '+', 'COUNT', WANTED - #letters)
  ended = #page == 0
  for _, entry in ipairs(page) do
    after = entry[1]
    looked = looked + 1
    if not redis.call('ZSCORE', DUE, after) then
      add(entry)
    end
  end
end
local more = looked >= LOOKED_AT and #letters < WANTED and not ended
return {held, off, queued, dead, after, more and 1 or 0, letters}
