-- All that a node has, in place of what stands there. What differs is told.
-- ARGV 6 the value of the field that says that it is all of it, then session and value of each
local before = sessions_of(NODE)

local function differ(session, was, is)
  if was.meta ~= is.meta then
    change('describe', session, is.scope, is.peer, '', is.meta)
  end
  for room in pairs(was.rooms) do
    if not is.rooms[room] then
      change('leave', session, is.scope, is.peer, room, 'left')
    end
  end
  for room, meta in pairs(is.rooms) do
    if was.rooms[room] ~= meta then
      change(was.rooms[room] and 'update' or 'join', session, is.scope, is.peer, room, meta)
    end
  end
end

beat()
redis.call('DEL', online_key(NODE))
redis.call('HSET', online_key(NODE), '', ARGV[6])
for i = 7, #ARGV, 2 do
  local session, value = ARGV[i], ARGV[i + 1]
  redis.call('HSET', online_key(NODE), session, value)
  if before[session] ~= value then
    local is, was = decoded(value), decoded(before[session])
    if not was then
      change('open', session, is.scope, is.peer, '', is.meta, whole(is.since))
      was = {meta = is.meta, rooms = {}}
    end
    differ(session, was, is)
  end
  before[session] = nil
end
for session, value in pairs(before) do
  gone(session, value, 'left')
end
tell()
return {}
