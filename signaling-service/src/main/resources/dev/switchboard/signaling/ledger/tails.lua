-- How far inboxes go.
-- ARGV from 9 on: node, session, number, epoch; and so on
-- Returns a number for each, or why it is void
local result = {}
for i = 9, #ARGV, 4 do
  result[#result + 1] = lapsed(ARGV[i + 1], ARGV[i], ARGV[i + 2], ARGV[i + 3])
    or redis.call('HGET', session_key(ARGV[i + 1]), 'seq')
end
return answer(result)
