-- A node died: its sessions have lost their sockets. Whoever comes second finds nothing.
-- ARGV 9 node, 10 how long ago it lived, in milliseconds
-- Returns {'done', how many}
local node, many = ARGV[9], 0
redis.call('SREM', P .. 'keepers', node)
for _, session in ipairs(redis.call('SMEMBERS', held_key(node))) do
  if redis.call('HGET', session_key(session), 'node') == node then
    detach(session, 'node-lost', math.max(0, LEAVE_AFTER - tonumber(ARGV[10])))
    many = many + 1
  end
end
redis.call('DEL', held_key(node))
return answer({'done', whole(many)})
