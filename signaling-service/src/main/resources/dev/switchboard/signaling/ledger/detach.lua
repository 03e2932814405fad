-- A session has lost its socket; if it has another one, nothing is done.
-- ARGV 9 node, 10 session, 11 number or '', 12 ticket, which says the same where the number is not known,
--      13 1 if its client did not read what it was sent, 14 within how long (milliseconds) that bars a second time
-- Returns 'done'
local r = redis.call('HMGET', session_key(ARGV[10]), 'node', 'number', 'ticket', 'slow')
if r[1] == ARGV[9] and (r[2] == ARGV[11] or (ARGV[11] == '' and r[3] == ARGV[12])) then
  redis.call('SREM', held_key(ARGV[9]), ARGV[10])
  detach(ARGV[10], 'timeout', LEAVE_AFTER)
  if ARGV[13] == '1' then
    local again = r[4] and NOW - tonumber(r[4]) < tonumber(ARGV[14])
    redis.call('HSET', session_key(ARGV[10]), again and 'barred' or 'slow', whole(NOW))
  end
end
return answer({'done'})
