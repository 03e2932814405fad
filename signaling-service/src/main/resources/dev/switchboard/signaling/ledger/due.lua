-- Sessions without a socket leave their rooms, and later are gone.
-- ARGV 9 how many at once
-- Returns {'done', how many more there may be}
local sessions = redis.call('ZRANGEBYSCORE', P .. 'due', '-inf', whole(NOW), 'LIMIT', 0, ARGV[9])
for _, session in ipairs(sessions) do
  local r = redis.call('HMGET', session_key(session), 'node', 'scope', 'why', 'since', 'left', 'overrun', 'name')
  if not r[1] then
    redis.call('ZREM', P .. 'due', session)
  elseif r[6] then
    finish(session, 'timeout')
  elseif r[1] ~= '' then
    redis.call('ZREM', P .. 'due', session)
  elseif r[5] == '1' or NOW >= tonumber(r[4]) + RESUME_WITHIN then
    finish(session, r[3])
  else
    leave_rooms(session, r[2], r[3])
    redis.call('HSET', session_key(session), 'left', '1')
    change('away', session, r[2], r[7], '', r[3])
    seen(r[7], tonumber(r[4]))
    due(session, tonumber(r[4]) + RESUME_WITHIN)
  end
end
return answer({'done', whole(#sessions)})
