-- What all scripts of the ledger have in common, after what all have that change who is here.
-- LedgerKeys says what the keys hold.
-- KEYS 1 the realm's ledger
-- ARGV 4 leave-after, 5 resume-within (milliseconds), 6 backlog, 7 backlog in bytes,
--      8 the highest version that the node has seen; a script's own begin at 9
local LEAVE_AFTER, RESUME_WITHIN = tonumber(ARGV[4]), tonumber(ARGV[5])
local BACKLOG, BACKLOG_BYTES = tonumber(ARGV[6]), tonumber(ARGV[7])

local function session_key(session) return P .. 'session:' .. session end
local function inbox_key(session) return P .. 'inbox:' .. session end
local function done_key(session) return P .. 'done:' .. session end
local function peer_key(scope, name) return P .. 'peer:' .. scope .. ':' .. name end
local function room_key(scope, room) return P .. 'room:' .. scope .. ':' .. room end
local function held_key(node) return P .. 'held:' .. node end

-- A version lower than one that was seen means that Redis has forgotten something: another epoch.
local epoch = redis.call('HGET', KEYS[1], 'epoch')
local version = redis.call('HINCRBY', KEYS[1], 'version', 1)
if not epoch or version <= tonumber(ARGV[8]) then
  epoch = string.sub(redis.sha1hex(P .. time[1] .. ' ' .. time[2]), 1, 22)
  version = math.max(version, tonumber(ARGV[8]) + 1)
  redis.call('HSET', KEYS[1], 'epoch', epoch, 'version', whole(version))
end

-- Who is to be told what: session, node, number and event, one after the other. An empty event is
-- the one before.
local news, last_event = {}, nil

local function due(session, at)
  redis.call('ZADD', P .. 'due', whole(at), session)
end

-- What there is to know of a session to whom something is said; nil if there is none. It is read in
-- one call, because calls are most of what a script costs.
local function inbox_of(session)
  local r = redis.call('HMGET', session_key(session), 'seq', 'acked', 'bytes', 'freed', 'node', 'scope', 'name', 'peers')
  return r[1] and {
    session = session, seq = tonumber(r[1]), acked = tonumber(r[2]), bytes = tonumber(r[3]), freed = tonumber(r[4]),
    node = r[5], scope = r[6], name = r[7], peers = r[8]
  } or nil
end

local function is_full(inbox)
  return inbox.seq - inbox.acked >= BACKLOG or inbox.bytes - inbox.freed >= BACKLOG_BYTES
end

-- Puts an event into an inbox.
local function put(inbox, event, from, id)
  local seq, bytes = whole(inbox.seq + 1), whole(inbox.bytes + #event)
  redis.call('HSET', session_key(inbox.session), 'seq', seq, 'bytes', bytes)
  redis.call('XADD', inbox_key(inbox.session), seq .. '-0', 'e', event, 'b', bytes, 'f', from, 'i', id)
  for _, part in ipairs({inbox.session, inbox.node, seq, event == last_event and '' or event}) do
    news[#news + 1] = part
  end
  last_event = event
end

-- Puts into an inbox what nobody asked for, so that a full one does not refuse it. One that is fuller
-- by far belongs to a client that reads nothing, and is given up.
local function append(session, event)
  local inbox = inbox_of(session)
  if not inbox then
    return
  end
  if inbox.seq - inbox.acked >= 4 * BACKLOG then
    redis.call('HSET', session_key(session), 'overrun', '1')
    due(session, NOW)
    return
  end
  put(inbox, event, '', '')
end

-- Why the node's hold on a session is void; nil if it is not, and then also the id of its last command.
local function lapsed(session, node, number, held_epoch)
  local r = redis.call('HMGET', session_key(session), 'node', 'number', 'id')
  if not r[2] or held_epoch ~= epoch then
    return 'gone'
  end
  if r[2] ~= number then
    return 'elsewhere'
  end
  if r[1] ~= node then
    return 'detached'
  end
  return nil, r[3]
end

-- An id that does not rise was used before: what came of it then, or false if nobody knows.
local function repeated(session, id, last)
  if tonumber(id) > tonumber(last) then
    return nil
  end
  for _, one in ipairs(redis.call('LRANGE', done_key(session), 0, -1)) do
    local known, outcome = string.match(one, '^(%d+) (.*)$')
    if known == id then
      return outcome
    end
  end
  return false
end

local function remember(session, id, outcome)
  redis.call('HSET', session_key(session), 'id', id)
  if redis.call('RPUSH', done_key(session), id .. ' ' .. outcome) > 256 then
    redis.call('LTRIM', done_key(session), -128, -1)
  end
end

-- Whether a glob stands for a name. In time that is a product of both lengths, never more: this is
-- no Lua pattern, because one with many stars would hold Redis up.
local function stands_for(glob, name)
  local g, n, star, resume = 1, 1, nil, nil
  while n <= #name do
    local c = string.byte(glob, g)
    if c == 42 then
      star, resume = g, n
      g = g + 1
    elseif c and c == string.byte(name, n) then
      g, n = g + 1, n + 1
    elseif star then
      resume = resume + 1
      g, n = star + 1, resume
    else
      return false
    end
  end
  while string.byte(glob, g) == 42 do
    g = g + 1
  end
  return g > #glob
end

-- Whether one of the patterns, a line each, stands for the name.
local function allows(patterns, name)
  for pattern in string.gmatch(patterns, '[^\n]+') do
    if stands_for(pattern, name) then
      return true
    end
  end
  return false
end

local function tell_room(scope, room, except, event)
  for _, other in ipairs(redis.call('HKEYS', room_key(scope, room))) do
    if other ~= '' and other ~= except then
      append(other, event)
    end
  end
end

local function leave_room(session, scope, room, why)
  local key = room_key(scope, room)
  local self = redis.call('HGET', key, session)
  redis.call('HDEL', session_key(session), 'in:' .. room)
  if not self then
    return
  end
  redis.call('HDEL', key, session)
  if redis.call('HLEN', key) <= 1 then
    redis.call('DEL', key)
  end
  tell_room(scope, room, session, 'left\n' .. room .. '\n' .. why .. '\n' .. session .. '\n' .. self)
  change('leave', session, scope, redis.call('HGET', session_key(session), 'name') or '', room, why)
end

local function rooms_of(session)
  local rooms = {}
  for _, field in ipairs(redis.call('HKEYS', session_key(session))) do
    if string.sub(field, 1, 3) == 'in:' then
      rooms[#rooms + 1] = string.sub(field, 4)
    end
  end
  table.sort(rooms)
  return rooms
end

local function leave_rooms(session, scope, why)
  for _, room in ipairs(rooms_of(session)) do
    leave_room(session, scope, room, why)
  end
end

-- Nobody can have the session back: senders of what it has not read are told.
local function finish(session, why)
  local key = session_key(session)
  local r = redis.call('HMGET', key, 'scope', 'name', 'node', 'acked', 'left', 'since')
  leave_rooms(session, r[1], why)
  local senders, ids = {}, {}
  for _, entry in ipairs(redis.call('XRANGE', inbox_key(session), whole(tonumber(r[4]) + 1) .. '-0', '+')) do
    local from, id = entry[2][6], entry[2][8]
    if id ~= '' then
      if not ids[from] then
        senders[#senders + 1] = from
        ids[from] = id
      else
        ids[from] = ids[from] .. ' ' .. id
      end
    end
  end
  redis.call('DEL', key, inbox_key(session), done_key(session))
  redis.call('SREM', peer_key(r[1], r[2]), session)
  redis.call('SREM', held_key(r[3]), session)
  redis.call('ZREM', P .. 'due', session)
  for _, sender in ipairs(senders) do
    append(sender, 'unread\n' .. r[2] .. '\n' .. session .. '\n' .. ids[sender] .. '\n')
  end
  -- One that has been away was told to be gone when it went.
  if r[5] ~= '1' then
    change('gone', session, r[1], r[2], '', why)
    seen(r[2], tonumber(r[6] or NOW))
  end
end

local function detach(session, why, leave_in)
  redis.call('HSET', session_key(session), 'node', '', 'why', why, 'since', whole(NOW), 'left', '0')
  due(session, NOW + leave_in)
end

local function answer(result)
  tell()
  return {result, epoch, whole(version), news}
end

-- What came of a command that is not to be done now: its hold is void, or its id was used before. Nil if it
-- is to be done. Its hold and its id begin at that place of ARGV.
local function settled(at, subject)
  local session, id = ARGV[at + 1], ARGV[at + 4]
  local why, last = lapsed(session, ARGV[at], ARGV[at + 2], ARGV[at + 3])
  if why then
    return {'lapsed', why}
  end
  local outcome = repeated(session, id, last)
  if outcome == false then
    return {'refused', 'bad_field', 'id'}
  elseif outcome then
    return outcome == 'ok' and {'done'} or {'refused', outcome, subject}
  end
  return nil
end
