-- What is in an inbox.
-- ARGV 9 node, 10 session, 11 number, 12 epoch, 13 after, 14 how many
-- Returns {'lapsed', why} or {'read', number, event, number, event, ...}
local why = lapsed(ARGV[10], ARGV[9], ARGV[11], ARGV[12])
if why then
  return answer({'lapsed', why})
end
local result = {'read'}
for _, entry in ipairs(redis.call('XRANGE', inbox_key(ARGV[10]), whole(tonumber(ARGV[13]) + 1) .. '-0', '+', 'COUNT', ARGV[14])) do
  result[#result + 1] = string.match(entry[1], '^%d+')
  result[#result + 1] = entry[2][2]
end
return answer(result)
