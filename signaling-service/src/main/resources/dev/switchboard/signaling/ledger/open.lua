-- Begins a session.
-- ARGV 9 node, 10 session, 11 scope, 12 name, 13 meta as a member has it, 14 sessions a peer,
--      15 ticket, 16 when its token ends or '', 17 rooms, 18 peers
-- Returns 'stale', 'full' or 'in'
local node, session, scope, name = ARGV[9], ARGV[10], ARGV[11], ARGV[12]
if redis.call('SISMEMBER', P .. 'keepers', node) == 0 then
  return answer({'stale'})
end
local peer = peer_key(scope, name)
local sessions = redis.call('SMEMBERS', peer)
if #sessions >= tonumber(ARGV[14]) then
  -- Whoever has been without a socket for longest makes room.
  local oldest, since = nil, nil
  for _, other in ipairs(sessions) do
    local r = redis.call('HMGET', session_key(other), 'node', 'since')
    if r[1] == '' and (not since or tonumber(r[2]) < since) then
      oldest, since = other, tonumber(r[2])
    end
  end
  if not oldest then
    return answer({'full'})
  end
  finish(oldest, 'timeout')
end
redis.call('HSET', session_key(session), 'scope', scope, 'name', name, 'meta', ARGV[13], 'begun', whole(NOW), 'node', node,
  'number', '1', 'seq', '0', 'acked', '0', 'bytes', '0', 'freed', '0', 'id', '0', 'ticket', ARGV[15], 'before', '',
  'exp', ARGV[16], 'rooms', ARGV[17], 'peers', ARGV[18])
redis.call('SADD', peer, session)
redis.call('SADD', held_key(node), session)
change('open', session, scope, name, '', meta_of(ARGV[13]), whole(NOW))
return answer({'in'})
