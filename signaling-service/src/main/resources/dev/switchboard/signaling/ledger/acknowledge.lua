-- Clients have what is in their inboxes up to a number; it need not be kept.
-- ARGV from 9 on: node, session, number, epoch, up to; and so on
-- Returns 'done'
for i = 9, #ARGV, 5 do
  local session, up_to = ARGV[i + 1], tonumber(ARGV[i + 4])
  if not lapsed(session, ARGV[i], ARGV[i + 2], ARGV[i + 3]) then
    local r = redis.call('HMGET', session_key(session), 'acked', 'seq')
    if up_to > tonumber(r[1]) and up_to <= tonumber(r[2]) then
      local id = whole(up_to) .. '-0'
      local entry = redis.call('XRANGE', inbox_key(session), id, id)[1]
      redis.call('HSET', session_key(session), 'acked', whole(up_to), 'freed', entry[2][4])
      redis.call('XTRIM', inbox_key(session), 'MINID', whole(up_to + 1) .. '-0')
    end
  end
end
return answer({'done'})
