-- Has a session described otherwise in every room it is in.
-- ARGV 9 node, 10 session, 11 number, 12 epoch, 13 id, 14 scope, 15 name and meta as a member has them
-- Returns {'lapsed', why}, {'refused', code, subject} or 'done'
local session, id, scope = ARGV[10], ARGV[13], ARGV[14]
local done = settled(9, '')
if done then
  return answer(done)
end
remember(session, id, 'ok')
redis.call('HSET', session_key(session), 'meta', ARGV[15])
local name = redis.call('HGET', session_key(session), 'name')
change('describe', session, scope, name, '', meta_of(ARGV[15]))
for _, room in ipairs(rooms_of(session)) do
  local key = room_key(scope, room)
  local now = string.match(redis.call('HGET', key, session), '^%d+\n') .. ARGV[15]
  redis.call('HSET', key, session, now)
  tell_room(scope, room, session, 'updated\n' .. room .. '\n' .. session .. '\n' .. now)
  change('update', session, scope, name, room, meta_of(ARGV[15]))
end
return answer({'done'})
