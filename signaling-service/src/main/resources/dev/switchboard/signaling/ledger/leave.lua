-- Takes a session out of a room.
-- ARGV 9 node, 10 session, 11 number, 12 epoch, 13 id, 14 scope, 15 room
-- Returns {'lapsed', why}, {'refused', code, subject} or 'done'
local session, id, scope, room = ARGV[10], ARGV[13], ARGV[14], ARGV[15]
local done = settled(9, room)
if done then
  return answer(done)
end
if redis.call('HEXISTS', room_key(scope, room), session) == 0 then
  remember(session, id, 'not_in_room')
  return answer({'refused', 'not_in_room', room})
end
remember(session, id, 'ok')
leave_room(session, scope, room, 'left')
return answer({'done'})
