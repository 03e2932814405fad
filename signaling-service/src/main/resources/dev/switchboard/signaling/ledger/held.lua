-- What a node holds, as far as the ledger knows.
-- ARGV 9 node
-- Returns session, number, and so on
local result = {}
for _, session in ipairs(redis.call('SMEMBERS', held_key(ARGV[9]))) do
  local r = redis.call('HMGET', session_key(session), 'node', 'number', 'scope', 'name')
  if r[1] == ARGV[9] then
    for _, part in ipairs({session, r[2], r[3], r[4]}) do
      result[#result + 1] = part
    end
  else
    redis.call('SREM', held_key(ARGV[9]), session)
  end
end
return answer(result)
