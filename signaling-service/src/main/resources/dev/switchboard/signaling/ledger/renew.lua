-- A client has shown that it has the newest ticket, or brought a newer token.
-- ARGV 9 node, 10 session, 11 number, 12 epoch, 13 whether its token is a new one, 14 when that ends or '', 15 rooms, 16 peers
-- Returns {'lapsed', why} or 'done'
local why = lapsed(ARGV[10], ARGV[9], ARGV[11], ARGV[12])
if why then
  return answer({'lapsed', why})
end
redis.call('HSET', session_key(ARGV[10]), 'before', '')
if ARGV[13] == '1' then
  redis.call('HSET', session_key(ARGV[10]), 'exp', ARGV[14], 'rooms', ARGV[15], 'peers', ARGV[16])
end
return answer({'done'})
