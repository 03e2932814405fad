-- What all scripts begin with that change who is here. OnlineKeys says what the keys hold.
-- KEYS any of the realm's; all others have the same hash tag and are built from ARGV 1
-- ARGV 1 what the realm's keys begin with, 2 how many changes are kept,
--      3 how long it is known when a peer was last seen (milliseconds)
local P, CHANGES, KEEP_SEEN = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local NOW = time[1] * 1000 + math.floor(time[2] / 1000)

local function whole(number)
  return string.format('%d', number)
end

-- The stream's own ids are the versions: they rise even where Redis lost what was there before.
local changed = false
local function change(kind, session, scope, name, room, more, since)
  redis.call('XADD', P .. 'changes', 'MAXLEN', '~', CHANGES, '*', 'kind', kind, 'session', session,
    'scope', scope, 'name', name, 'room', room, 'more', more, 'since', since or '')
  changed = true
end

-- It only moves forward: of several sessions the last may have been silent for longest.
local function seen(name, at)
  local key = P .. 'seen:' .. name
  if at > tonumber(redis.call('GET', key) or '0') then
    redis.call('SET', key, whole(at), 'PX', KEEP_SEEN)
  end
end

-- Who follows the realm hears that there is something to read.
local function tell()
  if changed then
    redis.call('PUBLISH', 'switchboard.presence', '{"v":2,"realm":"' .. string.match(P, '{(.*)}') .. '"}')
  end
end

-- What one says of oneself, of a text that has a name, a length and that, a line each.
local function meta_of(described)
  return string.match(described, '^[^\n]*\n[^\n]*\n(.*)$') or ''
end
