-- Lets a session into a room.
-- ARGV 9 node, 10 session, 11 number, 12 epoch, 13 id, 14 scope, 15 room, 16 name and meta as a
--      member has them, 17 capacity, 18 rooms a session may be in
-- Returns {'lapsed', why}, {'refused', code, subject} or 'done'
local session, id, scope, room = ARGV[10], ARGV[13], ARGV[14], ARGV[15]
local why, last_id = lapsed(session, ARGV[9], ARGV[11], ARGV[12])
if why then
  return answer({'lapsed', why})
end
local key = room_key(scope, room)
local all = redis.call('HGETALL', key)
local self, last, others = nil, 0, {}
for i = 1, #all, 2 do
  if all[i] == '' then
    last = tonumber(all[i + 1])
  elseif all[i] == session then
    self = all[i + 1]
  else
    others[#others + 1] = all[i] .. '\n' .. all[i + 1]
  end
end

local function admit()
  append(session, 'admitted\n' .. id .. '\n' .. room .. '\n' .. #others .. '\n' .. table.concat(others))
  return answer({'done'})
end

local before = repeated(session, id, last_id)
if before == false then
  return answer({'refused', 'bad_field', 'id'})
elseif before == 'ok' then
  return self and admit() or answer({'done'})
elseif before then
  return answer({'refused', before, room})
end
if not self then
  local refusal = nil
  if #others >= tonumber(ARGV[17]) then
    refusal = 'room_full'
  elseif #rooms_of(session) >= tonumber(ARGV[18]) then
    refusal = 'too_many_rooms'
  end
  if refusal then
    remember(session, id, refusal)
    return answer({'refused', refusal, room})
  end
end
remember(session, id, 'ok')
local number = self and string.match(self, '^%d+') or whole(last + 1)
local now = number .. '\n' .. ARGV[16]
redis.call('HSET', key, session, now)
if not self then
  redis.call('HSET', key, '', number)
  redis.call('HSET', session_key(session), 'in:' .. room, '1')
  tell_room(scope, room, session, 'joined\n' .. room .. '\nnew\n' .. session .. '\n' .. now)
elseif self ~= now then
  tell_room(scope, room, session, 'updated\n' .. room .. '\n' .. session .. '\n' .. now)
end
if self ~= now then
  change(self and 'update' or 'join', session, scope, redis.call('HGET', session_key(session), 'name'), room,
    meta_of(ARGV[16]))
end
return admit()
